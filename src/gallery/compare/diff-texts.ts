import { diffLines } from 'diff';
import type { DiffLine } from './diff-rows';
import { linesOf } from './diff-rows';

/** Two texts are looked at for so long at most, in milliseconds; the page comes to its own work in between. */
const TIMEOUT_MS = 5_000;

/** Texts that differ in more lines than this have nothing in common that a person would look for. */
const MOST_EDITS = 10_000;

/**
 * The lines of two texts, side by side; `undefined` where they differ too much. Line ends make no difference.
 *
 * @param mostEdits So many lines may be added and removed together.
 */
export function diffTexts(
  before: string,
  after: string,
  mostEdits = MOST_EDITS,
): Promise<readonly DiffLine[] | undefined> {
  const options = { stripTrailingCr: true, timeout: TIMEOUT_MS, maxEditLength: mostEdits };
  return new Promise((resolve) => {
    diffLines(before, after, { ...options, callback: (runs) => resolve(runs && linesOf(runs)) });
  });
}
