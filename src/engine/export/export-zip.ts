import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { pipeline } from 'node:stream/promises';
import { makeZip } from 'client-zip';
import { CancelledError } from '../../base/errors';
import type { Engine } from '../engine';
import { MANIFEST_NAME, SUMS_NAME } from '../../gallery/export/manifest-rows';
import { diskErrorOf, ExportFolderError, UNFINISHED_END } from './export-folder';
import type { ExportOptions, ExportProgress } from './export-items';
import { exportItems, withExportLog } from './export-items';
import type { ExportLog } from './export-log';
import type { ExportOrder } from './plan-files';

/** End of the name of the folder for the files of an archive. */
const SPOOL_END = '.files';

/** Earliest date in the zip format. */
const EARLIEST = Date.UTC(1980, 0, 2);

/**
 * Saves the files of work items in a zip archive. They are saved in a folder beside it first, so that an interrupted
 * export continues; the folder is removed in the end. The archive is not compressed, because most attachments already
 * are.
 *
 * @param path Of the archive. Absolute.
 * @throws See `exportItems`; ExportFolderError if the archive exists already.
 */
export async function exportZip(
  engine: Engine,
  path: string,
  order: Omit<ExportOrder, 'folder'>,
  options: ExportOptions = {},
): Promise<ExportProgress> {
  const folder = path + SPOOL_END;
  // With the folder, the archive is of this export: it was killed before it removed the folder, or some files failed.
  if ((await exists(path)) && !(await exists(folder)))
    throw new ExportFolderError(`"${path}" exists already. Choose another name.`);
  const progress = await exportItems(engine, { ...order, folder }, options);
  await withExportLog(engine, { ...order, folder }, (log) => pack(folder, path, log, options.signal));
  if (progress.failed === 0) await rm(folder, { recursive: true, force: true });
  return progress;
}

async function pack(
  folder: string,
  path: string,
  log: ExportLog,
  signal: AbortSignal | undefined,
): Promise<void> {
  const partPath = path + UNFINISHED_END;
  await rm(partPath, { force: true });
  try {
    const zip = Readable.fromWeb(makeZip(entriesOf(folder, log)) as ReadableStream);
    await pipeline(zip, createWriteStream(partPath, { flags: 'wx' }), { ...(signal && { signal }) });
    const part = await open(partPath, 'r+');
    await part.sync().finally(() => part.close());
    await rename(partPath, path);
  } catch (error) {
    await rm(partPath, { force: true }).catch(() => undefined);
    if (signal?.aborted) throw new CancelledError();
    throw diskErrorOf(error, path) ?? error;
  }
}

async function* entriesOf(folder: string, log: ExportLog) {
  for (const id of log.workItemIds())
    for (const { path, at = Date.now() } of await log.filesOf(id))
      yield {
        name: path,
        input: createReadStream(join(folder, path)),
        lastModified: new Date(Math.max(at, EARLIEST)),
      };
  for (const name of [MANIFEST_NAME, SUMS_NAME])
    yield { name, input: createReadStream(join(folder, name)), lastModified: new Date() };
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
