import type { AttachmentReference } from '../../../azure/work-item';
import type { ProjectFile } from '../project-index';

/** Files with the same bytes. */
export interface DuplicateGroup {
  /** Hexadecimal, of their bytes. */
  readonly sha256: string;
  /** Of each file, in bytes. */
  readonly size: number;
  /** The oldest one. */
  readonly original: ProjectFile;
  /**
   * The other ones, oldest first. Further links to the attachment of the original are left out: they share its stored
   * bytes.
   */
  readonly copies: readonly ProjectFile[];
  /** Bytes of the copies. Links to one attachment count once. */
  readonly wastedBytes: number;
}

/** All links to one attachment. */
export interface LinkedContent {
  readonly reference: AttachmentReference;
  /** In bytes, more than 0. */
  readonly size: number;
  /** At least one. */
  readonly files: readonly ProjectFile[];
}

/** Returns attachments of equal size, largest first, without split files. All others are unique. */
export function sameSizeGroups(files: readonly ProjectFile[]): readonly (readonly LinkedContent[])[] {
  const contents = [...groupBy(files, ({ reference }) => reference.id).values()].flatMap(
    (links): readonly LinkedContent[] => {
      const [first] = links;
      // An empty file wastes nothing.
      return first?.size && !first.parts
        ? [{ reference: first.reference, size: first.size, files: links }]
        : [];
    },
  );
  return [...groupBy(contents, ({ size }) => size)]
    .filter(([, group]) => group.length > 1)
    .sort(([a], [b]) => b - a)
    .map(([, group]) => group);
}

/** Returns the groups of contents with equal labels, without groups of one and contents without a label. */
export function sameLabelGroups(
  contents: readonly LinkedContent[],
  labelOf: (content: LinkedContent) => string | undefined,
): ReadonlyMap<string, readonly LinkedContent[]> {
  const groups = groupBy(contents, labelOf);
  return new Map(
    [...groups].flatMap(([label, group]) =>
      label !== undefined && group.length > 1 ? [[label, group] as const] : [],
    ),
  );
}

/** Returns the group of contents with the same bytes; at least two. */
export function duplicateGroupOf(sha256: string, contents: readonly LinkedContent[]): DuplicateGroup {
  const files = contents.flatMap((content) => content.files).sort(byAge);
  const [original] = files;
  if (!original) throw new RangeError('A group of duplicates has files.');
  const size = original.size ?? 0;
  return {
    ...{ sha256, size, original },
    copies: files.filter(({ reference }) => reference.id !== original.reference.id),
    wastedBytes: size * (contents.length - 1),
  };
}

/** Oldest first; files of unknown age last. Equal ages have a fixed order. */
function byAge(a: ProjectFile, b: ProjectFile): number {
  const age = ({ addedAt }: ProjectFile): number => (Number.isNaN(addedAt) ? Infinity : addedAt);
  if (age(a) !== age(b)) return age(a) < age(b) ? -1 : 1;
  return a.item.id - b.item.id || (a.reference.id < b.reference.id ? -1 : 1);
}

function groupBy<T, Key>(values: readonly T[], keyOf: (value: T) => Key): Map<Key, T[]> {
  const groups = new Map<Key, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}
