import { addTo, keyOfPair } from '../../bulk/plan/plan';
import type { Outcome, ReportRow } from '../../bulk/plan/report';
import { problemOf } from '../../bulk/plan/report';
import { readComment, writeComment } from '../../upload/intake/folder-mark';
import { readVolumeComment } from '../../upload/volumes/volume-mark';
import { wholeName } from '../../upload/volumes/volume-names';
import type { TreatedFiles } from './treat-large-files';
import type { NoZip } from './zip-large-file';

/** One file on one work item. */
export interface AttachedRow extends ReportRow {
  /** Set for a split file. */
  readonly volumeCount?: number;
  /** Size of the zip that the file is in, in bytes. */
  readonly zipBytes?: number;
  /** Reason for not putting the file into a zip. */
  readonly notZipped?: NoZip;
}

/** Facts about the treatment of large files. */
type Treatment = Pick<TreatedFiles, 'wholes' | 'notZipped'>;

/** Outcomes of volumes, the one that counts for the whole file first. */
const ORDER: readonly Outcome['kind'][] = [
  'failed',
  'cancelled',
  'not-tried',
  'not-replaced',
  'skipped',
  'replaced',
  'attached',
  'already-there',
];

/** Joins the rows of the volumes of a file on a work item, at the place of the first. */
export function joinRows(
  rows: readonly ReportRow[],
  { wholes, notZipped }: Treatment,
): readonly AttachedRow[] {
  if (wholes.size === 0 && notZipped.size === 0) return rows;
  const groups = new Map<string, ReportRow[]>();
  for (const row of rows) {
    const fileId = wholes.get(row.fileId)?.file.id;
    addTo(groups, fileId === undefined ? keyOfPair(row) : `${keyOfPair({ ...row, fileId })} split`, row);
  }
  return [...groups.values()]
    .flatMap((group) => joined(group, wholes))
    .map((row) => explained(row, notZipped));
}

function explained(row: AttachedRow, reasons: Treatment['notZipped']): AttachedRow {
  const notZipped = problemOf(row) && reasons.get(row.fileId);
  return notZipped ? { ...row, notZipped } : row;
}

function joined(group: readonly ReportRow[], wholes: Treatment['wholes']): readonly AttachedRow[] {
  const [first] = group;
  const whole = first && wholes.get(first.fileId);
  if (!whole) return group;
  const { file, volumeCount, zipBytes } = whole;
  const worst = group.reduce((a, b) =>
    ORDER.indexOf(b.outcome.kind) < ORDER.indexOf(a.outcome.kind) ? b : a,
  );
  const { comment, folder } = readComment(first.comment);
  const row: AttachedRow = {
    ...worst,
    fileId: file.id,
    name: volumeCount === undefined ? first.name : wholeName(first.name),
    comment: writeComment({ comment: readVolumeComment(comment)?.comment ?? comment, folder }),
    file: { name: file.name, size: file.size, folder: file.folder },
    ...(volumeCount !== undefined && { volumeCount }),
    ...(zipBytes !== undefined && { zipBytes }),
  };
  return [row];
}
