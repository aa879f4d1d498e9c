import { writeCsv } from '../../base/csv';
import type { ExportedFacts } from './exported-facts';

/** Name of the manifest in an export. */
export const MANIFEST_NAME = 'manifest.csv';

/** Name of the file with the checksums. */
export const SUMS_NAME = 'SHA256SUMS';

/** Columns of a manifest. The bulk panel and `attach --manifest` read the first four. */
export const MANIFEST_COLUMNS = [
  'Work item',
  'File',
  'Name',
  'Comment',
  'Attachment',
  'Bytes',
  'SHA-256',
  'Attached at',
  'Attached by',
  'Source',
] as const;

/** Header of a manifest, with the byte order mark. */
export function manifestHeader(): string {
  return writeCsv([MANIFEST_COLUMNS]);
}

/** Row of a manifest. */
export function manifestRow(file: ExportedFacts): string {
  const { workItemId, path, name, comment, attachmentId, size, sha256, at, by, source } = file;
  const cells = [
    String(workItemId),
    path,
    name,
    comment,
    attachmentId,
    String(size),
    sha256,
    at === undefined ? '' : new Date(at).toISOString(),
    by,
    source,
  ];
  // Only the header has a byte order mark.
  return writeCsv([cells]).replace(/^\ufeff/, '');
}

/** A line for `sha256sum`. Exported paths have no characters to escape. */
export function sumLine(sha256: string, path: string): string {
  return `${sha256}  ${path}\n`;
}
