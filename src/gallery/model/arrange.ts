import type { AttachedFile } from './attached-file';
import { perLanguage } from '../../base/i18n/language';
import type { Filters } from './filters';
import { matcherOf } from './filters';

/** Sortable columns. */
export type SortKey = 'name' | 'kind' | 'size' | 'addedAt' | 'addedBy' | 'folder' | 'comment';

/** Filters and sort order of a file list. */
export interface Arrangement extends Filters {
  readonly sortBy: SortKey;
  readonly isDescending: boolean;
  /** Whether files of one folder are together, by the names of the folders; files without one come last. */
  readonly byFolder?: boolean;
}

/** Natural order, case-insensitive: `2.png` before `10.png`. */
export const collator = perLanguage(
  (_, culture) => new Intl.Collator(culture, { numeric: true, sensitivity: 'base' }),
);

/**
 * Filters and sorts files. Files without a value for the sort key come last in both directions; equal files keep their
 * order on the work item.
 */
export function arrange(files: readonly AttachedFile[], arrangement: Arrangement): readonly AttachedFile[] {
  const { sortBy, isDescending, byFolder } = arrangement;
  const matching = files.filter(matcherOf(arrangement));
  const sign = isDescending ? -1 : 1;
  const order = (key: SortKey, a: AttachedFile, b: AttachedFile, factor: number): number => {
    const isKnown = [a, b].map((file) => hasValue(file[key]));
    if (isKnown[0] !== isKnown[1]) return isKnown[0] ? -1 : 1;
    return isKnown[0] ? factor * compare(a[key], b[key]) : 0;
  };
  return matching.sort((a, b) => (byFolder && order('folder', a, b, 1)) || order(sortBy, a, b, sign));
}

type Sortable = AttachedFile[SortKey];

function hasValue(value: Sortable): boolean {
  return typeof value === 'number' ? !Number.isNaN(value) : value !== undefined && value !== '';
}

function compare(a: Sortable, b: Sortable): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : collator().compare(String(a), String(b));
}
