import type { AttachedFile } from './attached-file';
import { currentLanguage, perLanguage } from '../../base/i18n/translate';
import type { FileKind } from '../../base/file-kind';

/** Sortable columns. */
export type SortKey = 'name' | 'kind' | 'size' | 'addedAt' | 'addedBy' | 'comment';

/** Filter and sort order of a file list. */
export interface Arrangement {
  readonly sortBy: SortKey;
  readonly isDescending: boolean;
  /** Empty for all kinds. */
  readonly kinds: ReadonlySet<FileKind>;
  /** Words in the name, the comment or the author, case-insensitive; empty for all files. */
  readonly text: string;
}

/** Natural order, case-insensitive: `2.png` before `10.png`. */
const collator = perLanguage(
  (_, culture) => new Intl.Collator(culture, { numeric: true, sensitivity: 'base' }),
);

/**
 * Filters and sorts files. Files without a value for the sort key come last in both directions; equal files keep their
 * order on the work item.
 */
export function arrange(
  files: readonly AttachedFile[],
  { sortBy, isDescending, kinds, text }: Arrangement,
): readonly AttachedFile[] {
  const words = fold(text).split(/\s+/).filter(Boolean);
  const matching = files.filter(
    (file) => (kinds.size === 0 || kinds.has(file.kind)) && hasWords(file, words),
  );
  const sign = isDescending ? -1 : 1;
  return matching.sort((a, b) => {
    const isKnown = [a, b].map((file) => hasValue(file[sortBy]));
    if (isKnown[0] !== isKnown[1]) return isKnown[0] ? -1 : 1;
    return isKnown[0] ? sign * compare(a[sortBy], b[sortBy]) : 0;
  });
}

/** Counts files by kind. Kinds without a file have no entry. */
export function countKinds(files: readonly AttachedFile[]): ReadonlyMap<FileKind, number> {
  const counts = new Map<FileKind, number>();
  for (const { kind } of files) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}

function hasWords({ name, comment, addedBy }: AttachedFile, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const searched = fold([name, comment, addedBy].join('\n'));
  return words.every((word) => searched.includes(word));
}

function fold(text: string): string {
  return text.normalize('NFC').toLocaleLowerCase(currentLanguage().locale);
}

type Sortable = AttachedFile[SortKey];

function hasValue(value: Sortable): boolean {
  return typeof value === 'number' ? !Number.isNaN(value) : value !== undefined && value !== '';
}

function compare(a: Sortable, b: Sortable): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : collator().compare(String(a), String(b));
}
