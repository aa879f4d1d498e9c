import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { readCsv, unescapeCell } from '../../base/csv';
import { detectFormat } from '../../bulk/plan/manifest-columns';
import type { MANIFEST_COLUMNS } from '../../gallery/export/manifest-rows';
import {
  MANIFEST_NAME,
  manifestHeader,
  manifestRow,
  sumLine,
  SUMS_NAME,
} from '../../gallery/export/manifest-rows';
import { ExportFolderError } from './export-folder';
import type { ExportLog } from './export-log';
import type { ExportedFile } from './exported-file';
import { createTextWriter } from './text-writer';

/** Row of a manifest. */
export interface ManifestEntry {
  readonly path: string;
  /** In bytes; `NaN` if the cell is no number. */
  readonly size: number;
  readonly sha256: string;
  /** GUID; empty for a file that is no attachment. */
  readonly attachmentId: string;
}

/** Writes the manifest and the checksums of all files, by work item and time. */
export async function writeManifest(folder: string, log: ExportLog): Promise<void> {
  const manifest = await createTextWriter(join(folder, MANIFEST_NAME));
  const sums = await createTextWriter(join(folder, SUMS_NAME)).catch(async (error: unknown) => {
    await manifest.discard();
    throw error;
  });
  try {
    await manifest.write(manifestHeader());
    for (const id of log.workItemIds()) {
      for (const file of [...(await log.filesOf(id))].sort(byTime)) {
        await manifest.write(manifestRow(file));
        await sums.write(sumLine(file.sha256, file.path));
      }
    }
    const { sha256 } = await manifest.finish();
    await sums.write(sumLine(sha256, MANIFEST_NAME));
    await sums.finish();
  } finally {
    await manifest.discard();
    await sums.discard();
  }
}

function byTime(a: ExportedFile, b: ExportedFile): number {
  return (a.at ?? Infinity) - (b.at ?? Infinity) || (a.path < b.path ? -1 : 1);
}

/** Returns the checksum of the manifest according to `SHA256SUMS`; `undefined` without one. */
export async function readManifestSum(folder: string): Promise<string | undefined> {
  let end = '';
  try {
    for await (const chunk of textOf(join(folder, SUMS_NAME))) end = (end + chunk).slice(-MAX_SUM_LENGTH);
  } catch {
    return undefined;
  }
  const lines = end.split(/\r?\n/);
  return lines.map((line) => /^([0-9a-f]{64}) [ *]manifest\.csv$/.exec(line)?.[1]).find(Boolean);
}

/** Longer than the last line of `SHA256SUMS`, in characters. */
const MAX_SUM_LENGTH = 1_000;

/** Longest part of a manifest in memory, in characters: a row is shorter. */
const MAX_PART_LENGTH = 1024 * 1024;

/**
 * Reads a manifest, also one that a spreadsheet has saved.
 *
 * @throws ExportFolderError if it is none.
 */
export async function* readManifestEntries(path: string): AsyncGenerator<ManifestEntry> {
  let delimiter: string | undefined;
  let cellOf: ((cells: readonly string[], column: string) => string) | undefined;
  try {
    for await (const part of partsOf(path)) {
      delimiter ??= detectFormat(part).delimiter;
      for (const { cells } of readCsv(part, delimiter)) {
        if (cellOf) yield entryOf((column) => cellOf?.(cells, column) ?? '');
        else cellOf = readHeader(cells);
      }
    }
  } catch (error) {
    if (error instanceof ExportFolderError) throw error;
    throw new ExportFolderError(`Can't read the manifest "${path}".`, { cause: error });
  }
  if (!cellOf) throw new ExportFolderError(`The manifest "${path}" is empty.`);
}

function readHeader(header: readonly string[]): (cells: readonly string[], column: string) => string {
  const missing = ['File', 'Bytes', 'SHA-256'].find((column) => !header.includes(column));
  if (missing !== undefined)
    throw new ExportFolderError(`This is not the manifest of an export: the column "${missing}" is missing.`);
  return (cells, column) => unescapeCell(cells[header.indexOf(column)] ?? '');
}

function entryOf(cellOf: (column: (typeof MANIFEST_COLUMNS)[number]) => string): ManifestEntry {
  const size = cellOf('Bytes').trim();
  return {
    path: cellOf('File'),
    size: /^\d+$/.test(size) ? Number(size) : NaN,
    sha256: cellOf('SHA-256').trim().toLowerCase(),
    attachmentId: cellOf('Attachment').trim().toLowerCase(),
  };
}

/** Reads a table in parts of whole rows. */
async function* partsOf(path: string): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of textOf(path)) {
    rest += chunk;
    const end = lastRowEnd(rest);
    if (end === 0 && rest.length > MAX_PART_LENGTH)
      throw new ExportFolderError('A quotation mark of the manifest is never closed.');
    if (end > 0) yield rest.slice(0, end);
    rest = rest.slice(end);
  }
  if (rest !== '') yield rest;
}

/** Returns the end of the last whole row. A line break in quotes ends no row. */
function lastRowEnd(text: string): number {
  let end = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') isQuoted = !isQuoted;
    else if (text[at] === '\n' && !isQuoted) end = at + 1;
  }
  return end;
}

function textOf(path: string): AsyncIterable<string> {
  return createReadStream(path, { encoding: 'utf8' });
}
