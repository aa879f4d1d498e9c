import { formatBytes } from '../../../base/format';
import { perLanguage } from '../../../base/i18n/language';
import { t } from '../../../base/i18n/translate';
import type { FacetGroup, ProjectFacet } from '../project-index';
import { PROJECT_FACETS } from '../project-index';
import type { Condition, ConditionName } from '../model/conditions';
import { UNKNOWN, writeCondition } from '../model/conditions';
import type { FacetCounts } from '../model/facets';
import { SIZE_CLASSES } from '../model/facet-tables';

const months = perLanguage((locale) => new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'long' }));

/** Adds labels and conditions to the counts of the facets. */
export function describeFacets(counts: FacetCounts): Readonly<Record<ProjectFacet, readonly FacetGroup[]>> {
  const groups = PROJECT_FACETS.map((facet) => [
    facet,
    counts[facet].map(({ value, count, bytes }) => ({ ...DESCRIBE[facet](value), count, bytes })),
  ]);
  return Object.fromEntries(groups) as Record<ProjectFacet, readonly FacetGroup[]>;
}

type Description = Pick<FacetGroup, 'label' | 'condition'>;

const DESCRIBE: Readonly<Record<ProjectFacet, (value: string) => Description>> = {
  type: (value) =>
    value === ''
      ? { label: t('No file type'), condition: conditionOf('type', 'none', false) }
      : { label: value, condition: conditionOf('type', value, true) },
  size: describeSize,
  person: (value) =>
    value === ''
      ? { label: t('Unknown'), condition: conditionOf('by', UNKNOWN, false) }
      : { label: value, condition: conditionOf('by', value, true) },
  area: (value) => ({ label: value, condition: conditionOf('area', value, true) }),
  state: (value) => ({ label: value, condition: conditionOf('state', value, true) }),
  month: (value) => {
    const [year = 0, month = 1] = value.split('-').map(Number);
    const label = value === '' ? t('Unknown') : months().format(new Date(year, month - 1, 1));
    return { label, condition: conditionOf('month', value || UNKNOWN, false) };
  },
};

function conditionOf(name: ConditionName, text: string, isExact: boolean): string {
  const condition: Condition = { name, isNegated: false, values: [{ text, isExact }] };
  return writeCondition(condition);
}

/** @param value Number of a size class; empty if unknown. */
function describeSize(value: string): Description {
  if (value === '') return { label: t('Unknown'), condition: conditionOf('size', UNKNOWN, false) };
  const from = SIZE_CLASSES[Number(value)] ?? 0;
  const to = SIZE_CLASSES[Number(value) + 1];
  if (to === undefined)
    return {
      label: t('{size} or more', { size: formatBytes(from) }),
      condition: conditionOf('size', `>=${write(from)}`, false),
    };
  const label =
    from === 0
      ? t('Less than {size}', { size: formatBytes(to) })
      : t('{from} to {to}', { from: formatBytes(from), to: formatBytes(to) });
  const condition = from === 0 ? `<${write(to)}` : `${write(from)}..${write(to)}`;
  return { label, condition: conditionOf('size', condition, false) };
}

/** Writes a size as a person would: `100kb`. */
function write(bytes: number): string {
  return bytes >= 1e6 ? `${bytes / 1e6}mb` : `${bytes / 1e3}kb`;
}
