import { readComment } from '../intake/folder-mark';
import type { SplitFacts, VolumeComment } from './volume-mark';
import { readVolumeComment } from './volume-mark';
import { wholeName } from './volume-names';

/** Facts of an attachment that may be a volume. */
export interface VolumeCandidate {
  readonly name: string;
  /** In bytes; `undefined` or `NaN` if unknown. */
  readonly size: number | undefined;
  /** Without the folder. */
  readonly comment: string;
}

/** An attachment with the mark of a volume. */
export interface Volume<File> extends VolumeComment {
  readonly file: File;
}

/** Volumes of one file on one work item. */
export interface VolumeSet<File> {
  /** Name of the whole file. */
  readonly name: string;
  /** Comment of the user; may be empty. */
  readonly comment: string;
  readonly facts: SplitFacts;
  /** By number, starting with the first; `undefined` if missing. */
  readonly volumes: readonly (Volume<File> | undefined)[];
}

/** Attachments, with the sets of volumes among them. */
export interface FoundSets<File> {
  /** In the order of their first attachments. */
  readonly sets: readonly VolumeSet<File>[];
  /** All other attachments, in their order. */
  readonly others: readonly File[];
}

/**
 * Finds the split files among the attachments of a work item, by the marks in their comments: a name may have been
 * changed. Volumes of one content are interchangeable; a second copy of it is a set of its own.
 */
export function findVolumeSets<File extends VolumeCandidate>(files: readonly File[]): FoundSets<File> {
  const byContent = new Map<string, Volume<File>[]>();
  const others: File[] = [];
  for (const file of files) {
    const read = readVolumeComment(file.comment);
    if (!read) {
      others.push(file);
      continue;
    }
    const key = keyOf(read.mark);
    const ofContent = byContent.get(key);
    if (ofContent) ofContent.push({ ...read, file });
    else byContent.set(key, [{ ...read, file }]);
  }
  return { sets: [...byContent.values()].flatMap(setsOf), others };
}

/** Returns the numbers of the volumes that are missing. */
export function missingVolumes(set: VolumeSet<unknown>): readonly number[] {
  return set.volumes.flatMap((volume, index) => (volume ? [] : [index + 1]));
}

/**
 * Returns the numbers of the volumes whose size does not match the others: another file has their mark. With an unknown
 * size, a volume counts as right until it has been read.
 */
export function foreignVolumes(set: VolumeSet<VolumeCandidate>): readonly number[] {
  const { count, totalBytes } = set.facts;
  const volumeBytes = commonVolumeBytes(set);
  if (volumeBytes === undefined) return [];
  const lastBytes = totalBytes - volumeBytes * (count - 1);
  return set.volumes.flatMap((volume, index) => {
    const size = volume?.file.size;
    return isKnown(size) && size !== (index < count - 1 ? volumeBytes : lastBytes) ? [index + 1] : [];
  });
}

/** Returns the most frequent size that fits the whole file, of all volumes but the last. */
export function commonVolumeBytes({
  facts: { count, totalBytes },
  volumes,
}: VolumeSet<VolumeCandidate>): number | undefined {
  const sizes = volumes.slice(0, -1).map((volume) => volume?.file.size);
  const fitting = sizes.filter(isKnown).filter((size) => size > 0 && Math.ceil(totalBytes / size) === count);
  return byFrequency(fitting)[0];
}

function isKnown(size: number | undefined): size is number {
  return size !== undefined && !Number.isNaN(size);
}

/** Returns the key of the split file that an attachment is a volume of, by its stored comment. */
export function splitKeyOf(storedComment: string): string | undefined {
  // Most comments have no mark.
  if (!storedComment.includes('[stapler ')) return undefined;
  const read = readVolumeComment(readComment(storedComment).comment);
  return read && keyOf(read.mark);
}

function keyOf({ count, totalBytes, sha256 }: SplitFacts): string {
  return `${count} ${totalBytes} ${sha256}`;
}

/**
 * Distributes volumes of one content to sets, the first as complete as possible. Volumes with the same stem in their
 * names stay together where this makes no set less complete.
 */
function setsOf<File extends VolumeCandidate>(volumes: readonly Volume<File>[]): readonly VolumeSet<File>[] {
  const [first] = volumes;
  if (!first) return [];
  const { count, totalBytes, sha256 } = first.mark;
  const stems = byFrequency(volumes.map(stemOf));
  const columns = Array.from({ length: count }, (_, index) =>
    inSets(
      volumes.filter(({ mark }) => mark.number === index + 1),
      stems,
    ),
  );
  const setCount = Math.max(...columns.map((column) => column.length));
  return Array.from({ length: setCount }, (_, setIndex) => {
    const ofSet = columns.map((column) => column[setIndex]);
    const present = ofSet.filter((volume) => volume !== undefined);
    return {
      name: byFrequency(present.map(stemOf))[0] ?? '',
      comment: present[0]?.comment ?? '',
      facts: { count, totalBytes, sha256 },
      volumes: ofSet,
    };
  });
}

/** Orders volumes of one number by set: each at the place of its stem, if that is free. */
function inSets<File extends VolumeCandidate>(
  volumes: readonly Volume<File>[],
  stems: readonly string[],
): readonly Volume<File>[] {
  const places = new Map<number, Volume<File>>();
  const rest: Volume<File>[] = [];
  for (const volume of volumes) {
    const place = stems.indexOf(stemOf(volume));
    if (place < volumes.length && !places.has(place)) places.set(place, volume);
    else rest.push(volume);
  }
  return volumes.flatMap((_, index) => places.get(index) ?? rest.shift() ?? []);
}

function stemOf({ file }: Volume<VolumeCandidate>): string {
  return wholeName(file.name);
}

/** Returns the distinct values, the most frequent first. */
function byFrequency<Value>(values: readonly Value[]): readonly Value[] {
  const times = new Map<Value, number>();
  for (const value of values) times.set(value, (times.get(value) ?? 0) + 1);
  return [...times].sort(([, a], [, b]) => b - a).map(([value]) => value);
}
