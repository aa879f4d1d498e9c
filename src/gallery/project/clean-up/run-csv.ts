import { writeCsv } from '../../../base/csv';
import { describeError } from '../../../upload/messages/problems';
import type { CleanUpRun } from './clean-up-run';

const COLUMNS = [
  ...['Work item', 'Work item title', 'File', 'Size in bytes', 'Comment', 'Attached at', 'Attached by'],
  ...['Attachment', 'Address', 'Outcome', 'Reason', 'Explanation'],
];

/** Returns a run as CSV for a spreadsheet, with all that is needed to link a file again by hand. */
export function toCsv({ entries, outcomes }: Pick<CleanUpRun, 'entries' | 'outcomes'>): string {
  const rows = entries.map(({ workItemId, title, linkable, addedAt, addedBy }, index) => {
    const { reference, name, comment, size } = linkable;
    const outcome = outcomes[index];
    const problem = outcome && 'problem' in outcome ? outcome.problem : undefined;
    const date = Number.isNaN(addedAt) ? '' : new Date(addedAt).toISOString();
    return [
      ...[String(workItemId), title, name, String(size), comment, date, addedBy, reference.id, reference.url],
      ...[outcome?.kind ?? '', problem?.kind ?? '', problem ? describeError(problem) : ''],
    ];
  });
  return writeCsv([COLUMNS, ...rows]);
}
