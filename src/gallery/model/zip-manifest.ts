import { writeCsv } from '../../base/csv';
import type { AttachedFile } from './attached-file';
import { partsOf } from './attached-file';
import { downloadUrl } from './file-links';

/** Result for one file of an archive. */
export interface ManifestLine {
  readonly file: AttachedFile;
  /** Path and size in the archive, or the reason for its absence. */
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
  'folder',
  'address',
];

/**
 * Returns the manifest of an archive as CSV for a spreadsheet: one line per requested file, including missing ones.
 * Sizes are in bytes, dates in ISO format, unknown values empty. The address
 * of a split file is those of its parts.
 */
export function zipManifest(lines: readonly ManifestLine[]): string {
  return writeCsv([HEADER, ...lines.map(cellsOf)]);
}

function cellsOf({ file, outcome }: ManifestLine): readonly string[] {
  const { name, workItemId, size, addedAt, addedBy, comment, folder } = file;
  const isIncluded = 'path' in outcome;
  return [
    isIncluded ? outcome.path : `not read: ${outcome.reason}`,
    name,
    String(workItemId),
    String((isIncluded ? outcome.size : size) ?? ''),
    Number.isNaN(addedAt) ? '' : new Date(addedAt).toISOString(),
    addedBy,
    comment,
    folder,
    partsOf(file).map(downloadUrl).join(' '),
  ];
}
