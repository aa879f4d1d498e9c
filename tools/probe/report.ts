import type { Report, Result } from './probe';

const questionWidth = 48;
const answerWidth = 26;

/** Findings as text: a table, notable details, and remaining items. */
export function renderReport(report: Report): string {
  const { results, workItem } = report;
  const columns = ['Question', 'Answer', 'The emulator assumes', ''];
  const rows = results.map(({ question, answer, assumed, verdict }) => [
    question,
    answer ?? '–',
    assumed,
    verdict,
  ]);
  const worthALook = results.filter(({ verdict, unseen }) => verdict !== 'agrees' || unseen !== undefined);
  return [
    `${report.url}, project ${report.project} (${report.mode}, version ${report.apiVersion})`,
    '',
    ...[columns, ...rows].flatMap(tableRow),
    '',
    ...worthALook.flatMap(notes),
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

function notes({ id, verdict, seen, unseen }: Result): string[] {
  return [
    ...(verdict === 'agrees' ? [] : [`${id}: ${seen}`]),
    ...(unseen === undefined ? [] : [`${id}, not seen: ${unseen}`]),
  ];
}

function countOf(results: readonly Result[]): string {
  const count = (verdict: Result['verdict']) => results.filter((one) => one.verdict === verdict).length;
  return `${count('agrees')} agree, ${count('differs')} differ, ${count('not answered')} not answered.`;
}

function leftBehind({ id, isDeleted, problem }: Report['workItem']): string {
  return isDeleted
    ? `Work item ${id} was deleted; it lies in the recycle bin of the project.`
    : `Work item ${id} IS STILL THERE and must be deleted by hand. ${problem ?? ''}`;
}

/** The lines of one row; long cells are broken at spaces. */
function tableRow([question = '', answer = '', assumed = '', verdict = '']: readonly string[]): string[] {
  const cells = [
    wrap(question, questionWidth),
    wrap(answer, answerWidth),
    wrap(assumed, answerWidth),
    [verdict],
  ];
  const widths = [questionWidth, answerWidth, answerWidth, 0];
  const height = Math.max(...cells.map(({ length }) => length));
  return Array.from({ length: height }, (_, line) =>
    cells
      .map((cell, column) => (cell[line] ?? '').padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
