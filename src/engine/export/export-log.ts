import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { is, literal, picklist } from 'valibot';
import { createMutex } from '../../base/async';
import { nameSchema, objectOf } from '../../base/schema';
import { readLines, writeLine } from '../../upload/recovery/journal/file-lines';
import type { FolderDisk } from '../../upload/recovery/journal/folder-disk';
import { createFolder, FILE_MODE, openFolderDisk } from '../../upload/recovery/journal/folder-disk';
import { ExportFolderError } from './export-folder';
import type { ExportLayout } from '../../gallery/export/export-paths';
import type { ExportedFile } from './exported-file';
import { exportedFileSchema } from './exported-file';

/** Origin and form of an export. They never change. */
export interface ExportHeader {
  readonly version: 1;
  /** Base URL of the organization. */
  readonly organization: string;
  readonly layout: ExportLayout;
}

const headerSchema = objectOf<ExportHeader>({
  version: literal(1),
  organization: nameSchema,
  layout: picklist(['folders', 'flat']),
});

/** All files of an export. Only their places in the log are in memory. */
export interface ExportLog {
  /** Returns the work items with files, ascending. */
  readonly workItemIds: () => readonly number[];
  /** Returns the files of a work item. The last entry of a file counts. */
  readonly filesOf: (workItemId: number) => Promise<readonly ExportedFile[]>;
  /** Adds or changes a file that is complete on the disk. */
  readonly add: (file: ExportedFile) => Promise<void>;
  readonly close: () => Promise<void>;
}

const LOG_NAME = 'files.log';

/** Bytes to read at once. */
const CHUNK_BYTES = 256 * 1024;

/** Place of a line: offset and length, in bytes. */
type Place = readonly [offset: number, length: number];

/**
 * Opens the log of an export. A line that was being written when the process was killed is removed.
 *
 * @param folder Created unless it exists.
 * @param disk For tests. Default: the folder itself.
 * @throws ExportFolderError if it is the log of another export.
 */
export async function openExportLog(
  folder: string,
  header: ExportHeader,
  disk?: FolderDisk,
): Promise<ExportLog> {
  await createFolder(folder);
  const places = new Map<number, Place[]>();
  const handle = await open(join(folder, LOG_NAME), 'a+', FILE_MODE);
  let size = 0;
  let known: ExportHeader | undefined;

  function note(value: unknown, place: Place): void {
    if (is(headerSchema, value)) known ??= value;
    if (!is(exportedFileSchema, value)) return;
    const ofItem = places.get(value.workItemId);
    if (ofItem) ofItem.push(place);
    else places.set(value.workItemId, [place]);
  }

  try {
    for await (const { line, offset } of linesOf(handle)) {
      size = offset + line.length;
      note(readLines(line).values[0], [offset, line.length]);
    }
    await handle.truncate(size);
    assertSame(known, header);
  } catch (error) {
    await handle.close();
    throw error;
  }

  const target = disk ?? (await openFolderDisk(folder));
  const serialize = createMutex();

  async function append(value: unknown): Promise<void> {
    await serialize(async () => {
      const line = writeLine(value);
      await target.append(LOG_NAME, line);
      const length = Buffer.byteLength(line);
      note(value, [size, length]);
      size += length;
    });
  }

  if (!known) await append(header);

  return {
    workItemIds: () => [...places.keys()].sort((a, b) => a - b),

    async filesOf(workItemId) {
      const files = new Map<string, ExportedFile>();
      for (const [offset, length] of places.get(workItemId) ?? []) {
        const line = Buffer.alloc(length);
        await handle.read(line, 0, length, offset);
        const [value] = readLines(line).values;
        if (is(exportedFileSchema, value)) files.set(value.key, value);
      }
      return [...files.values()];
    },

    add: append,

    async close() {
      await target.close();
      await handle.close();
    },
  };
}

function assertSame(known: ExportHeader | undefined, { organization, layout }: ExportHeader): void {
  if (known && known.organization !== organization)
    throw new ExportFolderError(`The folder has an export of ${known.organization}. Choose another one.`);
  if (known && known.layout !== layout)
    throw new ExportFolderError(
      layout === 'flat'
        ? 'The folder has an export without --flat. Leave it out, or choose another folder.'
        : 'The folder has an export with --flat. Add it, or choose another folder.',
    );
}

/** Reads the complete lines of a file, with their ends. */
async function* linesOf(handle: FileHandle): AsyncGenerator<{ line: Buffer; offset: number }> {
  let rest = Buffer.alloc(0);
  let offset = 0;
  for (let at = 0; ;) {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    const { bytesRead } = await handle.read(chunk, 0, CHUNK_BYTES, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    rest = Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
    let start = 0;
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10, start)) {
      const line = rest.subarray(start, end + 1);
      yield { line, offset };
      offset += line.length;
      start = end + 1;
    }
    rest = rest.subarray(start);
  }
}
