import { freeName } from '../../upload/intake/free-name';
import type { AttachedFile } from '../model/attached-file';

/** A zip of attachments, before it is made. */
export interface PlannedArchive {
  readonly name: string;
  /** At least two. */
  readonly files: readonly AttachedFile[];
}

/** Distribution of attachments over zips. */
export interface ArchivePlan {
  readonly archives: readonly PlannedArchive[];
  /** Files too large for a zip with another one, or of unknown size. They stay. */
  readonly leftOut: readonly AttachedFile[];
}

/** Bytes that a zip has for each file besides content and texts, at most: its headers and dates. */
const HEADER_BYTES = 1024;

/** Growth of incompressible content, at most: a part of its size. */
const GROWTH = 0.001;

/** UTF-8 needs at most this number of bytes for a UTF-16 code unit. */
const BYTES_PER_UNIT = 3;

/**
 * Distributes files over zips in their order. Each zip fits within the limit, even if nothing can be compressed.
 *
 * @param limitBytes Maximum size of a zip, in bytes.
 * @param takenNames Names of attachments, which the zips don't repeat.
 */
export function planArchives(
  files: readonly AttachedFile[],
  limitBytes: number,
  takenNames: readonly string[],
): ArchivePlan {
  const groups: AttachedFile[][] = [];
  const leftOut: AttachedFile[] = [];
  let group: AttachedFile[] = [];
  let bytes = 0;
  for (const file of files) {
    const fileBytes = maxEntryBytes(file);
    if (fileBytes > limitBytes) {
      leftOut.push(file);
      continue;
    }
    if (bytes + fileBytes > limitBytes) [group, bytes] = [[], 0];
    if (group.length === 0) groups.push(group);
    group.push(file);
    bytes += fileBytes;
  }
  const archives: PlannedArchive[] = [];
  for (const each of groups) {
    // A zip of one file gives no place.
    if (each.length === 1) leftOut.push(...each);
    else {
      const taken = [...takenNames, ...archives.map(({ name }) => name)];
      archives.push({ name: freeName(archiveName(each), taken), files: each });
    }
  }
  return { archives, leftOut };
}

/** Bytes of a file in a zip, at most. `Infinity` if its size is unknown. */
function maxEntryBytes({ size = Infinity, name, folder, comment }: AttachedFile): number {
  // The path is in two headers.
  const units = 2 * (name.length + folder.length) + comment.length;
  return Math.ceil(size * (1 + GROWTH)) + HEADER_BYTES + BYTES_PER_UNIT * units;
}

/** Name with the days of the files: `attachments 2026-03-12 to 2026-05-03.zip`. */
function archiveName(files: readonly AttachedFile[]): string {
  const days = files.flatMap(({ addedAt }) => (Number.isNaN(addedAt) ? [] : [dayOf(addedAt)])).sort();
  const [first] = days;
  const last = days.at(-1);
  if (first === undefined) return 'attachments.zip';
  return first === last ? `attachments ${first}.zip` : `attachments ${first} to ${last}.zip`;
}

/** Day in local time, `2026-03-12`. */
function dayOf(time: number): string {
  const date = new Date(time);
  const pad = (number: number): string => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}
