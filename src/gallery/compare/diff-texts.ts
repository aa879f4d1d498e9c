import { diffLines } from 'diff';
import type { Encoding } from '../../base/decode-text';
import type { LineEnds, WholeText } from '../viewers/text/encoding';
import { lineEndsOf, readWhole } from '../viewers/text/encoding';

/** Run of lines that are in both texts, or in one of them. */
export interface DiffRun {
  readonly kind: 'same' | 'added' | 'removed';
  /** Lines with their line ends. The last line of a text may have none. */
  readonly value: string;
}

/** Result of comparing the lines of two texts. */
export interface TextDiff {
  /** Lines of both texts. */
  readonly runs: readonly DiffRun[];
  /** Whether only the common start and end were compared, because the texts differ too much. */
  readonly isRough: boolean;
}

/** How a text is written. */
export interface TextForm {
  readonly encoding: Encoding;
  readonly lineEnds: LineEnds;
}

/** Result of comparing two files. */
export type TextComparison =
  | ({ readonly areTexts: true; readonly before: TextForm; readonly after: TextForm } & TextDiff)
  | { readonly areTexts: false };

/** Time limit of a comparison, in milliseconds. */
const TIMEOUT_MS = 2_000;

/** Above this number of edits, a line by line diff is of no use to a person. */
const MAX_EDITS = 10_000;

/**
 * Compares two files as texts.
 *
 * @throws DOMException If the bytes cannot be read.
 */
export async function compareTexts(before: Blob, after: Blob): Promise<TextComparison> {
  const texts = [await readWhole(before), await readWhole(after)] as const;
  if (texts.some(({ text }) => text.includes('\0'))) return { areTexts: false };
  const [older, newer] = texts;
  return {
    ...{ areTexts: true, before: formOf(older), after: formOf(newer) },
    ...(await diffTexts(older.text, newer.text)),
  };
}

function formOf({ text, encoding }: WholeText): TextForm {
  return { encoding, lineEnds: lineEndsOf(text) };
}

/**
 * Compares two texts line by line, ignoring the style of line ends.
 *
 * @param maxEdits Number of added and removed lines above which the result is rough.
 */
export function diffTexts(before: string, after: string, maxEdits = MAX_EDITS): Promise<TextDiff> {
  const options = { stripTrailingCr: true, timeout: TIMEOUT_MS, maxEditLength: maxEdits };
  return new Promise((resolve) => {
    diffLines(before, after, {
      ...options,
      // Yields in between, for a page without workers.
      callback: (changes) =>
        resolve({
          runs:
            changes?.map(({ value, added, removed }) => ({
              kind: added ? 'added' : removed ? 'removed' : 'same',
              value,
            })) ?? roughRuns(before, after),
          isRough: changes === undefined,
        }),
    });
  });
}

/** The common start and end, with everything in between as replaced. */
function roughRuns(before: string, after: string): readonly DiffRun[] {
  const [older, newer] = [before, after].map((text) => text.replace(/\r\n/g, '\n').split(/(?<=\n)/));
  if (!older || !newer) return [];
  const shorter = Math.min(older.length, newer.length);
  let head = 0;
  while (head < shorter && older[head] === newer[head]) head++;
  let tail = 0;
  while (tail < shorter - head && older.at(-1 - tail) === newer.at(-1 - tail)) tail++;
  const run = (lines: readonly string[], kind: DiffRun['kind']): DiffRun => ({ kind, value: lines.join('') });
  return [
    run(older.slice(0, head), 'same'),
    run(older.slice(head, older.length - tail), 'removed'),
    run(newer.slice(head, newer.length - tail), 'added'),
    run(older.slice(older.length - tail), 'same'),
  ].filter(({ value }) => value !== '');
}
