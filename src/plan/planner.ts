import { assignInSteps } from './assign';
import { addTo } from './lists';
import type { Plan, PlanInput, PlanItem, PlanPair } from './plan';
import { settle } from './settle';

/**
 * Which file goes to which work item, under which name, and what cannot be. The same input yields the same plan.
 *
 * A file is there already when the work item has an attachment of its name, whatever the case. `skip` leaves it out
 * where the size is the same too, and so makes it safe to run a plan again; `replace` takes all of that name away;
 * `keep-both` does not look. Azure DevOps lets several attachments have one name, but files of one drop that would
 * have get numbers: `a (2).png`.
 */
export function planOf(input: PlanInput): Plan {
  const steps = planInSteps(input);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same in steps of about a millisecond at most, for plans of many files and many work items. */
export function* planInSteps(input: PlanInput): Generator<undefined, Plan, undefined> {
  const { wishes, unmatched, unusedRows } = yield* assignInSteps(input);
  const placesOf = new Map<PlanItem, number[]>();
  for (const [place, { item }] of wishes.entries()) addTo(placesOf, item, place);
  yield;
  const pairs = new Array<PlanPair>(wishes.length);
  for (const [item, places] of placesOf) {
    const policy = input.duplicates.ofItems.get(item.id) ?? input.duplicates.all;
    const own = places.flatMap((place) => wishes[place] ?? []);
    const before = input.attached?.get(item.id);
    for (const [index, pair] of settle(item, own, policy, input.linkLimit, before).entries())
      pairs[places[index] ?? 0] = pair;
    yield;
  }
  return { pairs, unmatched, unusedRows };
}
