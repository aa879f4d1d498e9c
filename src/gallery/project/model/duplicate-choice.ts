import type { DuplicateAnswer } from './duplicate-answer';
import type { Duplicates } from './duplicates';
import { guidAt } from './segment';
import type { Snapshot } from './snapshot';

/** Returns a function for the groups that answers choose: 1 by number of the group; group 0 has no duplicates. */
export function createGroupChoice(
  { segments, starts }: Pick<Snapshot, 'segments' | 'starts'>,
  { groups, proven }: Duplicates,
): (answers: readonly DuplicateAnswer[]) => Uint8Array {
  /** Finds the groups of the attachments whose GUIDs begin so. */
  function markGroupsOf(beginning: string, chosen: Uint8Array): void {
    for (const [index, segment] of segments.entries()) {
      const [start = 0, end = 0] = starts.subarray(index, index + 2);
      for (let row = start; row < end; row++) {
        const group = groups[row] ?? 0;
        if (group > 0 && guidAt(segment, row - start).startsWith(beginning)) chosen[group] = 1;
      }
    }
  }

  function choose(answers: readonly DuplicateAnswer[]): Uint8Array {
    const chosen = new Uint8Array(proven.length);
    for (const answer of answers)
      if (typeof answer === 'object') markGroupsOf(answer.of, chosen);
      else if (answer === 'no') chosen[0] = 1;
      else
        for (let group = 1; group < chosen.length; group++)
          if (answer === 'yes' || (proven[group] === 1) === (answer === 'same')) chosen[group] = 1;
    return chosen;
  }

  // A condition asks once for each segment.
  const known = new Map<readonly DuplicateAnswer[], Uint8Array>();
  return (answers) => {
    const chosen = known.get(answers) ?? choose(answers);
    known.set(answers, chosen);
    return chosen;
  };
}
