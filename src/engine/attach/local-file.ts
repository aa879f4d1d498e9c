import { basename } from 'node:path';
import { attachmentName } from '../../upload/intake/attachment-name';
import type { RunFile } from '../../bulk/run/enqueue-unique';
import { openDiskFile } from '../../upload/intake/disk-file';

/** A file on this computer, to be attached. */
export interface LocalFile {
  /** Absolute. */
  readonly path: string;
  /** Path to read the bytes from, such as that of an open handle. Default: `path`. */
  readonly openPath?: string;
  /** Folder that goes into the comment, `logs/2026`. Default: none. */
  readonly folder?: string;
  /** Name of the attachment. Default: that of the file. */
  readonly name?: string;
  /** Comment of this file alone. Default: that of all files. */
  readonly comment?: string;
}

/** A file of a plan, identified by its path. */
export type OpenedFile = RunFile & { readonly source: File };

/** A file of a plan, or a volume of one. */
export type SentFile = RunFile & { readonly source: Blob };

/** Opens files for a plan. No handle stays open. @throws FileUnreadableError */
export async function openFiles(files: readonly LocalFile[]): Promise<readonly OpenedFile[]> {
  const opened: OpenedFile[] = [];
  for (const { path, openPath = path, folder = '' } of files) {
    const source = await openDiskFile(openPath);
    opened.push({ id: path, name: attachmentName(basename(path)), size: source.size, folder, source });
  }
  return opened;
}
