import { assignInSteps } from './assign';
import type { FileId, GroupedPlan, PlanFile, PlanInput, PlannedFile, PlannedFiles, PlanPair } from './plan';
import { addTo } from './plan';
import { createDuplicateResolver } from './resolve-duplicates';

/**
 * Plans the target, name and action of each file. The same input yields the same plan.
 *
 * An attachment with the same name, ignoring case, counts as a duplicate. `skip` leaves the file out if the size is
 * equal too, so a plan can safely run again; `skip-name` whatever its size; `replace` removes all attachments of that
 * name; `keep-both` does not check; `keep-numbered` attaches the file with a number in its name; `keep-names` never
 * changes a name. Azure DevOps allows several attachments with one name, but under the other policies equally named
 * files of one drop get numbers: `a (2).png`.
 */
export function planOf(input: PlanInput): GroupedPlan {
  const steps = planInSteps(input);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Same as `planOf`, in steps of about a millisecond at most, for large plans. */
export function* planInSteps(input: PlanInput): Generator<undefined, GroupedPlan, undefined> {
  const { candidates, unmatched, unusedRows } = yield* assignInSteps(input);
  const { files, duplicates, attached, linkLimit } = input;
  const resolve = createDuplicateResolver(linkLimit);
  const byItem = new Map<number, readonly PlannedFile[]>();
  for (const [item, ofItem] of candidates) {
    const policy = duplicates.ofItems.get(item.id) ?? duplicates.all;
    byItem.set(item.id, resolve(item, ofItem, policy, attached?.get(item.id)));
    yield;
  }
  let pairs: readonly PlanPair[] | undefined;
  return {
    get pairs() {
      return (pairs ??= pairsOf(files, byItem));
    },
    ...{ unmatched, unusedRows, byItem },
  };
}

/** Returns all pairs, by file, then by work item. */
function pairsOf(files: readonly PlanFile[], byItem: PlannedFiles): readonly PlanPair[] {
  const byFile = new Map<FileId, PlanPair[]>();
  for (const [workItemId, planned] of byItem)
    for (const { fileId, name, comment, fate } of planned)
      addTo(byFile, fileId, { fileId, workItemId, name, comment, fate });
  return files.flatMap(({ id }) => byFile.get(id) ?? []);
}
