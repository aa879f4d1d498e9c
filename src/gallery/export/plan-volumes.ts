import type { ExportSource } from './find-sources';

/** File of an export and its path. */
export interface PlannedFile {
  readonly source: ExportSource;
  /** From the root of the archive, with slashes. */
  readonly path: string;
}

/** Files of one archive. */
export interface Volume {
  readonly files: readonly PlannedFile[];
  /** Sum of the known sizes. */
  readonly bytes: number;
}

const MIB = 1024 * 1024;

/** Up to this size, in bytes, an export is one archive. */
export const MAX_ARCHIVE_BYTES = 2048 * MIB;

/** Size of the archives of a larger export, in bytes. A larger file has one of its own. */
export const VOLUME_BYTES = 500 * MIB;

/** Distributes files to archives, in their order. Files of unknown size count as empty. */
export function planVolumes(files: readonly PlannedFile[]): readonly Volume[] {
  const volumes: { files: PlannedFile[]; bytes: number }[] = [];
  const sizes = files.map(({ source }) => source.size ?? 0);
  for (const [index, volume] of volumesOf(sizes).entries()) {
    const [file, size = 0] = [files[index], sizes[index]];
    const known = volumes[volume];
    if (!file) continue;
    if (known) {
      known.files.push(file);
      known.bytes += size;
    } else volumes.push({ files: [file], bytes: size });
  }
  return volumes;
}

/** Returns the number of archives for files of these sizes, in bytes. */
export function countVolumes(sizes: readonly number[]): number {
  return (volumesOf(sizes).at(-1) ?? -1) + 1;
}

/** Returns the number of the archive of each file, from 0 in ascending order. */
function volumesOf(sizes: readonly number[]): readonly number[] {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const limit = total <= MAX_ARCHIVE_BYTES ? MAX_ARCHIVE_BYTES : VOLUME_BYTES;
  let volume = 0;
  let bytes = 0;
  return sizes.map((size, index) => {
    const isNext = index > 0 && bytes + size > limit;
    if (isNext) volume++;
    bytes = isNext ? size : bytes + size;
    return volume;
  });
}
