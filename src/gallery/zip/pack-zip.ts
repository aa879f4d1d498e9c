import { makeZip } from 'client-zip';
import type { AttachedFile } from '../../attached/attached-file';
import { entryFolder, entryPaths } from '../../attached/entry-names';
import type { ManifestLine } from '../../attached/zip-manifest';
import { zipManifest } from '../../attached/zip-manifest';
import type { Problem } from '../../model/errors';
import { isCancelled, toProblem } from '../../model/errors';
import type { Attachments } from '../attachments';
import { gatherBlob } from './gather-blob';
import type { Member } from '../gallery-state';
import { describeUnread } from './zip-sentences';

/** A file that is not in the archive, and why. */
export interface LeftOut {
  readonly name: string;
  readonly problem: Problem;
}

/** An archive, and what is missing in it. */
export interface PackedZip {
  readonly bytes: Blob;
  readonly leftOut: readonly LeftOut[];
}

/** How files are packed. */
export interface PackOptions {
  readonly readBytes: Attachments['readBytes'];
  readonly signal: AbortSignal;
  /** Told how many bytes of the files have been read. */
  readonly onProgress: (bytesRead: number) => void;
}

/** Packs files, those of several work items in a folder for each. */
export type PackZip = (
  files: readonly AttachedFile[],
  members: readonly Member[],
  options: PackOptions,
) => Promise<PackedZip>;

const MANIFEST = 'manifest.csv';

/** The earliest date that a zip can hold. */
const EARLIEST = Date.UTC(1980, 0, 2);

/**
 * Reads one file after another into an archive and describes all of them in its `manifest.csv`. One that cannot be read
 * is left out and told. Nothing is compressed: most attachments are so already.
 *
 * @throws StaplerError when none could be read, CancelledError or `AbortError` after an abort.
 */
export const packZip: PackZip = async (files, members, { readBytes, signal, onProgress }) => {
  const paths = pathsOf(files, members);
  const lines: ManifestLine[] = [];
  const leftOut: LeftOut[] = [];
  let bytesBefore = 0;

  /** Its bytes; `undefined` for one that is left out. */
  async function read(file: AttachedFile): Promise<Blob | undefined> {
    try {
      return await readBytes(file, signal, (bytes) => onProgress(bytesBefore + bytes));
    } catch (error) {
      const problem = toProblem(error);
      leftOut.push({ name: file.name, problem });
      if (signal.aborted || isCancelled(error) || leftOut.length === files.length) throw error;
      lines.push({ file, outcome: { reason: describeUnread(problem, file.name) } });
      return undefined;
    }
  }

  async function* entries() {
    for (const [index, file] of files.entries()) {
      const name = paths[index] ?? '';
      const input = await read(file);
      if (input) {
        lines.push({ file, outcome: { path: name, size: input.size } });
        yield { name, input, lastModified: dateOf(file) };
      }
      bytesBefore += file.size ?? 0;
      onProgress(bytesBefore);
    }
    yield { name: MANIFEST, input: zipManifest(lines), lastModified: new Date() };
  }

  return { bytes: await gatherBlob(makeZip(entries()), 'application/zip', signal), leftOut };
};

function pathsOf(files: readonly AttachedFile[], members: readonly Member[]): readonly string[] {
  const isOfSeveral = new Set(files.map(({ workItemId }) => workItemId)).size > 1;
  const titles = new Map(members.map(({ workItemId, title }) => [workItemId, title]));
  const places = files.map(({ workItemId, name }) => ({
    folder: isOfSeveral ? entryFolder(workItemId, titles.get(workItemId) ?? '') : '',
    name,
  }));
  return entryPaths(places, [MANIFEST]);
}

function dateOf({ addedAt }: AttachedFile): Date {
  return Number.isNaN(addedAt) ? new Date() : new Date(Math.max(addedAt, EARLIEST));
}
