import type { AttachedFile } from './attached-file';
import { currentLanguage, perLanguage } from '../i18n/language';
import type { FileKind } from '../model/file-kind';

/** What files can be sorted by. */
export type SortKey = 'name' | 'kind' | 'size' | 'addedAt' | 'addedBy' | 'comment';

/** Which files are shown, and in which order. */
export interface Arrangement {
  readonly sortBy: SortKey;
  readonly isDescending: boolean;
  /** None for all of them. */
  readonly kinds: ReadonlySet<FileKind>;
  /** Words that stand in the name, the comment or the name of who attached it, whatever the case; empty for all. */
  readonly text: string;
}

/** Names as people order them: `2.png` before `10.png`, whatever the case. */
const collator = perLanguage(
  (_, culture) => new Intl.Collator(culture, { numeric: true, sensitivity: 'base' }),
);

/**
 * The files that fit, in order. Those of which the server does not say what they are sorted by come last, whichever way
 * it goes; those that are equal in it stay as they are on the work item.
 */
export function arrange(
  files: readonly AttachedFile[],
  { sortBy, isDescending, kinds, text }: Arrangement,
): readonly AttachedFile[] {
  const words = fold(text).split(/\s+/).filter(Boolean);
  const fitting = files.filter((file) => (kinds.size === 0 || kinds.has(file.kind)) && hasWords(file, words));
  const sign = isDescending ? -1 : 1;
  return fitting.sort((a, b) => {
    const isKnown = [a, b].map((file) => isSaid(file[sortBy]));
    if (isKnown[0] !== isKnown[1]) return isKnown[0] ? -1 : 1;
    return isKnown[0] ? sign * compare(a[sortBy], b[sortBy]) : 0;
  });
}

/** How many of the files are of each kind, for those kinds that there are. */
export function countKinds(files: readonly AttachedFile[]): ReadonlyMap<FileKind, number> {
  const counts = new Map<FileKind, number>();
  for (const { kind } of files) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}

function hasWords({ name, comment, addedBy }: AttachedFile, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const said = fold([name, comment, addedBy].join('\n'));
  return words.every((word) => said.includes(word));
}

function fold(text: string): string {
  return text.normalize('NFC').toLocaleLowerCase(currentLanguage().locale);
}

type Sortable = AttachedFile[SortKey];

function isSaid(value: Sortable): boolean {
  return typeof value === 'number' ? !Number.isNaN(value) : value !== undefined && value !== '';
}

function compare(a: Sortable, b: Sortable): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : collator().compare(String(a), String(b));
}
