import type { Problem } from '../../../base/errors';
import { formatBytes, formatMoment } from '../../../base/format';
import { perLanguage } from '../../../base/i18n/language';
import { t } from '../../../base/i18n/translate';
import { describeError } from '../../../upload/messages/problems';
import { describeWorkItem } from '../../../upload/messages/work-items';
import { downloadUrl } from '../../model/file-links';
import type { PartFacts } from '../../split/describe-parts';
import { describeParts } from '../../split/describe-parts';
import { toAttachedFile } from '../session/hub-files';
import type {
  IndexState,
  ProjectFacet,
  ProjectFile,
  ProjectItem,
  ProjectResult,
  ProjectSortKey,
} from '../project-index';

const times = perLanguage((locale) => new Intl.DateTimeFormat(locale, { timeStyle: 'short' }));

/** `As of 14:05`; with the date if it is not today. Times in milliseconds since the epoch. */
export function describeAsOf(asOf: number, now: number): string {
  const isToday = new Date(asOf).toDateString() === new Date(now).toDateString();
  return t('As of {time}', { time: isToday ? times().format(asOf) : formatMoment(new Date(asOf)) });
}

/** Cost of the first index, before it begins. */
export function describeCost({ items, requests }: NonNullable<IndexState['estimate']>): string {
  return t(
    'Stapler reads {items, plural, one {# work item} other {# work items}} once, in about {requests, plural, one {# request} other {# requests}}.',
    { items, requests },
  );
}

/** `12,000 of 30,000 work items read`. */
export function describeProgress({ done, total }: NonNullable<IndexState['progress']>): string {
  return t('{done, number} of {total, plural, one {# work item read} other {# work items read}}', {
    done,
    total,
  });
}

const FACET_NAMES: Readonly<Record<ProjectFacet, () => string>> = {
  type: () => t('Type'),
  size: () => t('Size'),
  person: () => t('Attached by'),
  area: () => t('Area'),
  state: () => t('State'),
  month: () => t('Month'),
};

/** `Attached by`. */
export function nameFacet(facet: ProjectFacet): string {
  return FACET_NAMES[facet]();
}

const SORT_NAMES: Readonly<Record<ProjectSortKey, () => string>> = {
  name: () => t('Name'),
  size: () => t('Size'),
  addedAt: () => t('Attached'),
  addedBy: () => t('Attached by'),
  item: () => t('Work item'),
  area: () => t('Area'),
};

/** Name of a sort key, used as the title of its column. */
export function nameProjectSortKey(key: ProjectSortKey): string {
  return SORT_NAMES[key]();
}

/** `1,234 files, 3.4 GB`. */
export function describeFound({ count, bytes }: Pick<ProjectResult, 'count' | 'bytes'>): string {
  return t('{count, plural, one {# file, {size}} other {# files, {size}}}', {
    count,
    size: formatBytes(bytes),
  });
}

/** `Bug 7 Login loops`. */
export function describeItem({ id, type, title }: ProjectItem): string {
  return [describeWorkItem(id, type), title].filter(Boolean).join(' ');
}

/** Whether another file has the same content; empty without one. */
export function describeDuplicate({
  isDuplicate,
  hasSameContent,
}: Pick<ProjectFile, 'isDuplicate' | 'hasSameContent'>): string {
  if (!isDuplicate) return '';
  return hasSameContent ? t('Duplicate') : t('Probably a duplicate');
}

/** Describes the parts of a found file; `undefined` if it is not split. */
export function describeFoundParts(file: ProjectFile): PartFacts | undefined {
  return file.parts && describeParts(toAttachedFile(file));
}

/** Reason why the work items, or the list, could not be read. */
export function describeListProblem(problem: Problem): string {
  return problem.kind === 'no-permission'
    ? t("You don't have permission to view these work items. Ask a project administrator.")
    : describeError(problem);
}

/** Names, work items and addresses of files, one a line. */
export function linesOf(files: readonly ProjectFile[]): string {
  return files.map((file) => [file.name, describeItem(file.item), downloadUrl(file)].join('\t')).join('\n');
}
