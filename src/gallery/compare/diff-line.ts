import { diffWordsWithSpace } from 'diff';
import type { DiffLine } from './diff-rows';

/** Part of a changed line. */
export interface LinePart {
  readonly text: string;
  /** Whether the other version of the line does not have it. */
  readonly isDifferent: boolean;
}

/** Maximum length of a line to compare word by word, in UTF-16 units. */
const MAX_COMPARED_LENGTH = 2_000;

/** Time limit of the comparison of two lines, in milliseconds. */
const TIMEOUT_MS = 20;

/**
 * Returns the other version of each changed line: in a run of removed lines followed by as many added ones, the lines at
 * the same place belong together.
 */
export function pairLines(lines: readonly DiffLine[]): ReadonlyMap<DiffLine, DiffLine> {
  const pairs = new Map<DiffLine, DiffLine>();
  let removed: DiffLine[] = [];
  let added: DiffLine[] = [];
  const endRun = (): void => {
    if (removed.length === added.length)
      for (const [index, before] of removed.entries()) {
        const after = added[index];
        if (after) pairs.set(before, after).set(after, before);
      }
    removed = [];
    added = [];
  };
  for (const line of lines) {
    if (line.kind === 'same' || (line.kind === 'removed' && added.length > 0)) endRun();
    if (line.kind === 'removed') removed.push(line);
    else if (line.kind === 'added') added.push(line);
  }
  endRun();
  return pairs;
}

/** Splits a changed line where it differs from its other version. */
export function diffLine({ kind, text }: DiffLine, other: DiffLine | undefined): readonly LinePart[] {
  const whole = [{ text, isDifferent: false }];
  if (!other || Math.max(text.length, other.text.length) > MAX_COMPARED_LENGTH) return whole;
  const [before, after] = kind === 'removed' ? [text, other.text] : [other.text, text];
  // Undefined after the timeout.
  const parts = diffWordsWithSpace(before, after, { timeout: TIMEOUT_MS });
  return (
    parts
      ?.filter(({ added, removed }) => !(kind === 'removed' ? added : removed))
      .map(({ value, added, removed }) => ({ text: value, isDifferent: added || removed })) ?? whole
  );
}
