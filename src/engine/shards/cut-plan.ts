import { relative, sep } from 'node:path';
import type { PlanPair } from '../../bulk/plan/plan';
import { addTo } from '../../bulk/plan/plan';
import { isToBeAttached } from '../../bulk/run/enqueue-unique';
import type { AttachPlan } from '../attach/plan-order';
import { writeCsv } from '../../base/csv';

/** Effort for one file besides its bytes, as a number of bytes: requests and the link. */
const BYTES_PER_FILE = 64 * 1024;

/**
 * Cuts a plan into independent parts of about the same effort. All files of a work item are in one part, so that two
 * processes never change the same work item. Parts may be empty.
 *
 * @returns Files to be attached, in the order of the plan.
 */
export function cutPlan(
  { plan, files }: Pick<AttachPlan, 'plan' | 'files'>,
  shards: number,
): readonly (readonly PlanPair[])[] {
  const bytesOf = new Map(files.map(({ id, size }) => [id, size]));
  const byItem = new Map<number, PlanPair[]>();
  for (const pair of plan.pairs) if (isToBeAttached(pair)) addTo(byItem, pair.workItemId, pair);
  const effortOf = (pairs: readonly PlanPair[]): number =>
    pairs.reduce((sum, { fileId }) => sum + BYTES_PER_FILE + (bytesOf.get(fileId) ?? 0), 0);
  const parts = Array.from({ length: shards }, () => ({ effort: 0, pairs: [] as PlanPair[] }));
  // The largest work items first, each to the part with the least effort.
  const items = [...byItem.values()].map((pairs) => ({ pairs, effort: effortOf(pairs) }));
  for (const { pairs, effort } of items.sort((a, b) => b.effort - a.effort)) {
    const part = parts.reduce((least, each) => (each.effort < least.effort ? each : least));
    part.effort += effort;
    part.pairs.push(...pairs);
  }
  return parts.map(({ pairs }) => pairs);
}

/**
 * Writes files of a plan as a list for `stapler attach --manifest`.
 *
 * @param folder Folder of the list. Paths start from it.
 */
export function manifestOf(pairs: readonly PlanPair[], folder: string): string {
  return writeCsv([
    ['Work item', 'File', 'Name', 'Comment'],
    ...pairs.map(({ workItemId, fileId, name, comment }) => [
      String(workItemId),
      relative(folder, fileId).split(sep).join('/'),
      name,
      comment,
    ]),
  ]);
}
