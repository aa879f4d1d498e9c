import type { Problem } from '../../base/errors';
import { toProblem } from '../../base/errors';
import type { PlanItem } from '../plan/plan';

/** So many work items are each asked for; of more, one for each area path. */
const EACH_UP_TO = 12;

/** So many questions are asked at most: whatever is not found out now is told when it is linked. */
const MOST_QUESTIONS = 60;

/**
 * Those of `items` that this person may read and not change, and why. Permission goes by area path, so that one
 * work item speaks for an area unless it refuses; then each of that area is asked for itself.
 *
 * @param assertWritable Rejects where an item may not be changed, or that cannot be told.
 */
export async function findClosed(
  items: readonly PlanItem[],
  assertWritable: (item: PlanItem) => Promise<void>,
): Promise<ReadonlyMap<number, Problem>> {
  const closed = new Map<number, Problem>();
  let questions = 0;

  async function ask(item: PlanItem): Promise<void> {
    if (++questions > MOST_QUESTIONS) return;
    try {
      await assertWritable(item);
    } catch (error) {
      const problem = toProblem(error);
      if (problem.kind === 'no-permission') closed.set(item.id, problem);
    }
  }

  const readable = items.filter(({ problem }) => problem === undefined);
  const groups = readable.length > EACH_UP_TO ? byArea(readable) : readable.map((item) => [item]);
  for (const [first, ...others] of groups) {
    if (!first) continue;
    await ask(first);
    if (closed.has(first.id)) for (const other of others) await ask(other);
  }
  return closed;
}

function byArea(items: readonly PlanItem[]): readonly (readonly PlanItem[])[] {
  const areas = new Map<string, PlanItem[]>();
  for (const item of items) {
    const area = item.area ?? '';
    areas.set(area, [...(areas.get(area) ?? []), item]);
  }
  return [...areas.values()];
}
