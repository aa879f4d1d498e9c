import { writeCsv } from '../../../base/csv';
import { t } from '../../../base/i18n/translate';
import { describeError } from '../../../upload/messages/problems';
import type { CleanUpRun, EntryOutcome } from './clean-up-run';
import type { KeptFile } from './plan-clean-up';

const COLUMNS = [
  ...['Work item', 'Work item title', 'File', 'Size in bytes', 'Comment', 'Attached at', 'Attached by'],
  ...['Attachment', 'Address', 'Outcome', 'Reason', 'Explanation'],
];

/**
 * Returns a run as CSV for a spreadsheet, with all that is needed to link a file again by hand.
 *
 * @param kept Files that the plan of the run kept.
 */
export function toCsv(
  { entries, outcomes }: Pick<CleanUpRun, 'entries' | 'outcomes'>,
  kept: readonly KeptFile[] = [],
): string {
  const rows = entries.map(({ workItemId, title, linkable, addedAt, addedBy }, index) => {
    const { reference, name, comment, size } = linkable;
    const outcome = outcomes[index];
    return [
      ...[String(workItemId), title, name, String(size), comment, dateOf(addedAt), addedBy],
      ...[reference.id, reference.url, ...outcomeCells(outcome)],
    ];
  });
  const keptRows = kept.map(({ file, reason }) => {
    const { item, name, size, comment, addedAt, addedBy, reference } = file;
    return [
      ...[String(item.id), item.title, name, size === undefined ? '' : String(size), comment],
      ...[dateOf(addedAt), addedBy, reference.id, reference.url, 'kept', reason, describeKept(reason)],
    ];
  });
  return writeCsv([COLUMNS, ...rows, ...keptRows]);
}

/** Why a file is kept although the rules hold. */
export function describeKept(reason: KeptFile['reason']): string {
  switch (reason) {
    case 'original':
      return t('The oldest of several equal files.');
    case 'in-text':
      return t('Shown in a text of its work item.');
  }
}

function outcomeCells(outcome: EntryOutcome | undefined): readonly string[] {
  const problem = outcome && 'problem' in outcome ? outcome.problem : undefined;
  return [outcome?.kind ?? '', problem?.kind ?? '', problem ? describeError(problem) : ''];
}

function dateOf(time: number): string {
  return Number.isNaN(time) ? '' : new Date(time).toISOString();
}
