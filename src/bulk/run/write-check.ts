import pLimit from 'p-limit';
import type { Problem } from '../../base/errors';
import { toProblem } from '../../base/errors';
import type { PlanItem } from '../plan/plan';

/** Up to this number, each work item is checked; beyond it, one per area path. */
const MAX_CHECKED_ONE_BY_ONE = 12;

/** Limit of the requests. Work items left unchecked report the problem when they are linked. */
const MAX_CHECKS = 60;

/** Browsers allow six requests at a time over HTTP/1.1; one stays free. */
const MAX_PARALLEL_CHECKS = 5;

/**
 * Finds work items the user may read but not change, with the reasons. Permissions belong to area paths: the first
 * work item of an area is checked, and the others only if it is read-only. Never rejects.
 *
 * @param assertWritable Rejects if an item is read-only, or if the check fails.
 */
export async function findReadOnly(
  items: readonly PlanItem[],
  assertWritable: (item: PlanItem) => Promise<void>,
): Promise<ReadonlyMap<number, Problem>> {
  const readOnly = new Map<number, Problem>();
  let checks = 0;

  async function check(item: PlanItem): Promise<void> {
    if (++checks > MAX_CHECKS) return;
    try {
      await assertWritable(item);
    } catch (error) {
      const problem = toProblem(error);
      if (problem.kind === 'no-permission') readOnly.set(item.id, problem);
    }
  }

  const readable = items.filter(({ problem }) => problem === undefined);
  const groups = readable.length > MAX_CHECKED_ONE_BY_ONE ? byArea(readable) : readable.map((item) => [item]);
  const limit = pLimit(MAX_PARALLEL_CHECKS);
  await Promise.all(
    groups.map(([first, ...others]) =>
      limit(async () => {
        if (!first) return;
        await check(first);
        if (readOnly.has(first.id)) for (const other of others) await check(other);
      }),
    ),
  );
  return readOnly;
}

function byArea(items: readonly PlanItem[]): readonly (readonly PlanItem[])[] {
  const areas = new Map<string, PlanItem[]>();
  for (const item of items) {
    const area = item.area ?? '';
    areas.set(area, [...(areas.get(area) ?? []), item]);
  }
  return [...areas.values()];
}
