import { stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Engine } from '../engine';
import { MANIFEST_NAME } from '../../gallery/export/manifest-rows';
import { ExportFolderError } from './export-folder';
import type { ExportOptions, ExportProgress } from './export-items';
import { exportItems } from './export-items';
import { exportZip } from './export-zip';
import { readManifestEntries } from './manifest-file';
import type { ExportOrder, Since } from './plan-files';

/**
 * Saves the files of work items in a folder, or in an archive if the path ends in `.zip`.
 *
 * @param path Absolute.
 * @throws See `exportItems` and `exportZip`.
 */
export function exportTo(
  engine: Engine,
  path: string,
  order: Omit<ExportOrder, 'folder'>,
  options: ExportOptions = {},
): Promise<ExportProgress> {
  return extname(path).toLowerCase() === '.zip'
    ? exportZip(engine, path, order, options)
    : exportItems(engine, { ...order, folder: path }, options);
}

/**
 * Reads the attachments of another export, to leave them out.
 *
 * @param path Its folder or manifest. Absolute.
 * @throws ExportFolderError if there is none.
 */
export async function sinceExport(path: string): Promise<Since> {
  const facts = await stat(path).catch(() => undefined);
  if (!facts) throw new ExportFolderError(`There is no file or folder "${path}".`);
  const attachmentIds = new Set<string>();
  for await (const { attachmentId } of readManifestEntries(
    facts.isDirectory() ? join(path, MANIFEST_NAME) : path,
  ))
    if (attachmentId !== '') attachmentIds.add(attachmentId);
  return { kind: 'export', attachmentIds };
}
