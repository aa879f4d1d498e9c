import { countOf, notesOn, tableOf } from '../../src/check/result-table';
import type { Report } from './probe';

/** Findings as text: a table, notable details, and remaining items. */
export function renderReport(report: Report): string {
  const { results, workItem } = report;
  return [
    `${report.url}, project ${report.project} (${report.mode}, version ${report.apiVersion})`,
    '',
    ...tableOf(results, 'The emulator assumes'),
    '',
    ...notesOn(results),
    '',
    countOf(results) + (report.isInterrupted ? ' It was interrupted.' : ''),
    leftBehind(workItem),
    'Its uploads cannot be deleted; what nothing is linked to vanishes by itself after about 30 days.',
  ].join('\n');
}

/** Whatever holds the token, without it: as it is, and as it was sent. */
export function withoutToken(text: string, token: string): string {
  const sent = Buffer.from(`:${token}`).toString('base64');
  return text.replaceAll(token, '[token]').replaceAll(sent, '[token]');
}

function leftBehind({ id, isDeleted, problem }: Report['workItem']): string {
  return isDeleted
    ? `Work item ${id} was deleted; it lies in the recycle bin of the project.`
    : `Work item ${id} IS STILL THERE and must be deleted by hand. ${problem ?? ''}`;
}
