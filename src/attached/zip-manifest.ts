import { writeCsv } from '../plan/csv';
import type { AttachedFile } from './attached-file';
import { downloadAddress } from './download-address';

/** A file that was to go into an archive. */
export interface ManifestLine {
  readonly file: AttachedFile;
  /** Where it is there, or why it is not. */
  readonly outcome: { readonly path: string; readonly size: number } | { readonly reason: string };
}

const HEADER = [
  'name in zip',
  'original name',
  'work item',
  'size',
  'attached at',
  'by',
  'comment',
  'address',
];

/**
 * The table that lies beside the files of an archive, as CSV for a spreadsheet: one line for each file that was wanted,
 * so that nothing is missing without a word. Sizes in bytes, dates in ISO form; what nobody knows is empty.
 */
export function zipManifest(lines: readonly ManifestLine[]): string {
  return writeCsv([HEADER, ...lines.map(cellsOf)]);
}

function cellsOf({ file, outcome }: ManifestLine): readonly string[] {
  const { name, workItemId, size, addedAt, addedBy, comment } = file;
  const isThere = 'path' in outcome;
  return [
    isThere ? outcome.path : `not read: ${outcome.reason}`,
    name,
    String(workItemId),
    String((isThere ? outcome.size : size) ?? ''),
    Number.isNaN(addedAt) ? '' : new Date(addedAt).toISOString(),
    addedBy,
    comment,
    downloadAddress(file),
  ];
}
