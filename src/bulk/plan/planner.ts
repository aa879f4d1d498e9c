import { assignInSteps } from './assign';
import type { Plan, PlanInput, PlanItem, PlanPair } from './plan';
import { addTo } from './plan';
import { resolveDuplicates } from './resolve-duplicates';

/**
 * Plans the target, name and action of each file. The same input yields the same plan.
 *
 * An attachment with the same name, ignoring case, counts as a duplicate. `skip` leaves the file out if the size is
 * equal too, so a plan can safely run again; `replace` removes all attachments of that name; `keep-both` does not
 * check. Azure DevOps allows several attachments with one name, but equally named files of one drop get numbers:
 * `a (2).png`.
 */
export function planOf(input: PlanInput): Plan {
  const steps = planInSteps(input);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Same as `planOf`, in steps of about a millisecond at most, for large plans. */
export function* planInSteps(input: PlanInput): Generator<undefined, Plan, undefined> {
  const { candidates, unmatched, unusedRows } = yield* assignInSteps(input);
  const indexesOf = new Map<PlanItem, number[]>();
  for (const [index, { item }] of candidates.entries()) addTo(indexesOf, item, index);
  yield;
  const pairs = new Array<PlanPair>(candidates.length);
  for (const [item, indexes] of indexesOf) {
    const policy = input.duplicates.ofItems.get(item.id) ?? input.duplicates.all;
    const ofItem = indexes.flatMap((index) => candidates[index] ?? []);
    const attachedBefore = input.attached?.get(item.id);
    for (const [index, pair] of resolveDuplicates(
      item,
      ofItem,
      policy,
      input.linkLimit,
      attachedBefore,
    ).entries())
      pairs[indexes[index] ?? 0] = pair;
    yield;
  }
  return { pairs, unmatched, unusedRows };
}
