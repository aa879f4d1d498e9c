import type { Result } from './ask-all';

/** Widths of columns, in characters. */
const QUESTION_WIDTH = 48;
const ANSWER_WIDTH = 26;

/**
 * Returns the lines of a table of answers.
 *
 * @param assumed Title of the column with the assumptions.
 */
export function tableOf(results: readonly Result[], assumed: string): readonly string[] {
  const columns = ['Question', 'Answer', assumed, ''];
  const rows = results.map((result) => [
    result.question,
    result.answer ?? '–',
    result.assumed,
    result.verdict,
  ]);
  return [columns, ...rows].flatMap(tableRow);
}

/** Returns details of the answers worth a look. */
export function notesOn(results: readonly Result[]): readonly string[] {
  return results.filter(({ verdict, unseen }) => verdict !== 'agrees' || unseen !== undefined).flatMap(notes);
}

function notes({ id, verdict, seen, unseen }: Result): string[] {
  return [
    ...(verdict === 'agrees' ? [] : [`${id}: ${seen}`]),
    ...(unseen === undefined ? [] : [`${id}, not seen: ${unseen}`]),
  ];
}

/** `20 agree, 1 differ, 2 not answered.` */
export function countOf(results: readonly Result[]): string {
  const count = (verdict: Result['verdict']) => results.filter((one) => one.verdict === verdict).length;
  return `${count('agrees')} agree, ${count('differs')} differ, ${count('not answered')} not answered.`;
}

/** The lines of one row; long cells are broken at spaces. */
function tableRow([question = '', answer = '', assumed = '', verdict = '']: readonly string[]): string[] {
  const cells = [
    wrap(question, QUESTION_WIDTH),
    wrap(answer, ANSWER_WIDTH),
    wrap(assumed, ANSWER_WIDTH),
    [verdict],
  ];
  const widths = [QUESTION_WIDTH, ANSWER_WIDTH, ANSWER_WIDTH, 0];
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
