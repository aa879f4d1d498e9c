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

/** So many files are read while one is packed: on a slow line, waiting for each answer is most of the time. */
const READ_AHEAD = 3;

const NOTHING = Promise.resolve(new Blob());

/** The earliest date that a zip can hold. */
const EARLIEST = Date.UTC(1980, 0, 2);

/**
 * Reads files into an archive, a few ahead of the one that is packed, and describes all of them in its `manifest.csv`.
 * One that cannot be read is left out and told. Nothing is compressed: most attachments are so already.
 *
 * @throws StaplerError when none could be read, CancelledError or `AbortError` after an abort.
 */
export const packZip: PackZip = async (files, members, { readBytes, signal, onProgress }) => {
  const paths = pathsOf(files, members);
  const lines: ManifestLine[] = [];
  const leftOut: LeftOut[] = [];
  /** Bytes that were read of each file. */
  const bytesRead = files.map(() => 0);
  const readings: Promise<Blob>[] = [];

  /** Begins to read the file at this place and those that come after it. */
  function readAhead(index: number): Promise<Blob> {
    for (const file of files.slice(readings.length, index + READ_AHEAD + 1)) {
      const at = readings.length;
      const reading = readBytes(file, signal, (bytes) => note(at, bytes));
      // Whoever waits for its turn hears of it; until then it is no error that nobody cares for.
      reading.catch(() => undefined);
      readings.push(reading);
    }
    return readings[index] ?? Promise.reject(new RangeError('There is no such file.'));
  }

  function note(index: number, bytes: number): void {
    bytesRead[index] = bytes;
    onProgress(bytesRead.reduce((sum, each) => sum + each, 0));
  }

  async function* entries() {
    for (const [index, file] of files.entries()) {
      const name = paths[index] ?? '';
      try {
        const input = await readAhead(index);
        lines.push({ file, outcome: { path: name, size: input.size } });
        yield { name, input, lastModified: dateOf(file) };
      } catch (error) {
        const problem = toProblem(error);
        leftOut.push({ name: file.name, problem });
        if (signal.aborted || isCancelled(error) || leftOut.length === files.length) throw error;
        lines.push({ file, outcome: { reason: describeUnread(problem, file.name) } });
      }
      // What was taken into the archive need not be held for it as well.
      readings[index] = NOTHING;
      note(index, file.size ?? 0);
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
