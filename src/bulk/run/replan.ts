import type { Candidate } from '../plan/assign';
import type { PlanFile, PlanInput, PlanItem, PlanPair } from '../plan/plan';
import { addTo, fold } from '../plan/plan';
import { createDuplicateResolver } from '../plan/resolve-duplicates';

/** Rules of the plan for existing attachments: see `PlanInput`. */
export type DuplicateRules = Pick<PlanInput, 'duplicates' | 'attached'>;

/** Whether a pair was excluded because of its work item. A change of the work item helps, unlike with long comments. */
export function isExcluded({ fate }: PlanPair): boolean {
  return fate.kind === 'blocked' && fate.problem.kind !== 'comment-too-long';
}

/**
 * Plans the pairs again that `isAffected`, for work items as they are now. All others stay. Those that are `isForced`
 * are attached even if the work item has the file already, or its content.
 */
export function replan(
  pairs: readonly PlanPair[],
  files: readonly PlanFile[],
  items: readonly PlanItem[],
  {
    isAffected,
    isForced = false,
    duplicates,
    attached,
  }: DuplicateRules & { readonly isAffected: (pair: PlanPair) => boolean; readonly isForced?: boolean },
): readonly PlanPair[] {
  const fileOf = new Map(files.map((file) => [file.id, file]));
  const affected = new Map<number, PlanPair[]>();
  for (const pair of pairs) if (isAffected(pair)) addTo(affected, pair.workItemId, pair);
  const planned = new Map<PlanPair, PlanPair>();
  const resolve = createDuplicateResolver();
  for (const item of items) {
    const before: PlanPair[] = [];
    const candidates: Candidate[] = [];
    for (const pair of affected.get(item.id) ?? []) {
      const { fileId, name, comment } = pair;
      const file = fileOf.get(fileId);
      if (!file) continue;
      before.push(pair);
      candidates.push({ file, name, key: fold(name), comment, isForced });
    }
    const policy = duplicates.ofItems.get(item.id) ?? duplicates.all;
    const after = resolve(item, candidates, policy, attached?.get(item.id));
    before.forEach((pair, index) => planned.set(pair, { ...pair, ...after[index] }));
  }
  return pairs.map((pair) => planned.get(pair) ?? pair);
}
