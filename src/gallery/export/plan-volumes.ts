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
  const total = files.reduce((sum, { source }) => sum + (source.size ?? 0), 0);
  const limit = total <= MAX_ARCHIVE_BYTES ? MAX_ARCHIVE_BYTES : VOLUME_BYTES;
  const volumes: { files: PlannedFile[]; bytes: number }[] = [];
  for (const file of files) {
    const size = file.source.size ?? 0;
    const last = volumes.at(-1);
    if (last && last.bytes + size <= limit) {
      last.files.push(file);
      last.bytes += size;
    } else volumes.push({ files: [file], bytes: size });
  }
  return volumes;
}
