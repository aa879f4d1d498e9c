import { makeZip } from 'client-zip';
import type { Problem } from '../../base/errors';
import { isCancelled, toProblem } from '../../base/errors';
import { gatherBlob } from '../../base/gather-blob';
import type { Attachments } from '../attachments';
import type { Member } from '../gallery-state';
import type { AttachedFile } from '../model/attached-file';
import { partsOf } from '../model/attached-file';
import { entryFolder, entryPaths, safePath } from '../model/entry-names';
import { brokenVolumes } from '../model/split-files';
import type { ManifestLine } from '../model/zip-manifest';
import { zipManifest } from '../model/zip-manifest';
import { describeUnread } from '../sentences';
import { createReadAhead } from './read-ahead';

/** File missing from the archive, and the reason. */
export interface LeftOut {
  readonly name: string;
  readonly problem: Problem;
}

/** An archive and its missing files. */
export interface PackedZip {
  readonly bytes: Blob;
  readonly leftOut: readonly LeftOut[];
}

/** Options of `packZip`. */
export interface PackOptions {
  readonly readBytes: Attachments['readBytes'];
  readonly signal: AbortSignal;
  /** Called with the number of bytes read from all files. */
  readonly onProgress: (bytesRead: number) => void;
}

/** Packs files in the folders they came from. Those of several work items go into one folder for each item. */
export type PackZip = (
  files: readonly AttachedFile[],
  members: readonly Member[],
  options: PackOptions,
) => Promise<PackedZip>;

const MANIFEST = 'manifest.csv';

/** Earliest date in the zip format. */
const EARLIEST = Date.UTC(1980, 0, 2);

/**
 * Reads files into an archive and lists all of them in its `manifest.csv`. Files that fail to be read are left out and
 * reported. Of a split file that can't be joined, the archive has the parts as well. The archive is not compressed, because most attachments already are.
 *
 * @throws StaplerError when no file can be read, CancelledError or `AbortError` after an abort.
 */
export const packZip: PackZip = async (chosen, members, { readBytes, signal, onProgress }) => {
  const files = chosen.flatMap((file) => [file, ...partsInstead(file)]);
  const paths = pathsOf(files, members);
  const lines: ManifestLine[] = [];
  const leftOut: LeftOut[] = [];
  /** Bytes read, per file. */
  const bytesRead = files.map(() => 0);
  const reading = createReadAhead(files, (file, at) =>
    readBytes(file, signal, (bytes) => setProgress(at, bytes)),
  );

  function setProgress(index: number, bytes: number): void {
    bytesRead[index] = bytes;
    onProgress(bytesRead.reduce((sum, each) => sum + each, 0));
  }

  async function* entries() {
    for (const [index, file] of files.entries()) {
      const name = paths[index] ?? '';
      try {
        const input = await reading.take(index);
        lines.push({ file, outcome: { path: name, size: input.size } });
        yield { name, input, lastModified: dateOf(file) };
      } catch (error) {
        const problem = toProblem(error);
        leftOut.push({ name: file.name, problem });
        if (signal.aborted || isCancelled(error) || leftOut.length === files.length) throw error;
        lines.push({ file, outcome: { reason: describeUnread(problem, file.name) } });
      }
      // The bytes are in the archive now.
      reading.release(index);
      setProgress(index, file.size ?? 0);
    }
    yield { name: MANIFEST, input: zipManifest(lines), lastModified: new Date() };
  }

  return { bytes: await gatherBlob(makeZip(entries()), 'application/zip', signal), leftOut };
};

/** Returns the attachments to pack for a split file with missing parts. Its reading fails at once, which tells the parts. */
function partsInstead(file: AttachedFile): readonly AttachedFile[] {
  return file.volumes && brokenVolumes(file.volumes).length > 0 ? partsOf(file) : [];
}

function pathsOf(files: readonly AttachedFile[], members: readonly Member[]): readonly string[] {
  const isOfSeveral = new Set(files.map(({ workItemId }) => workItemId)).size > 1;
  const titles = new Map(members.map(({ workItemId, title }) => [workItemId, title]));
  const places = files.map(({ workItemId, name, folder }) => {
    const ofItem = isOfSeveral ? entryFolder(workItemId, titles.get(workItemId) ?? '') : '';
    return { folder: [ofItem, safePath(folder)].filter(Boolean).join('/'), name };
  });
  return entryPaths(places, [MANIFEST]);
}

function dateOf({ addedAt }: AttachedFile): Date {
  return Number.isNaN(addedAt) ? new Date() : new Date(Math.max(addedAt, EARLIEST));
}
