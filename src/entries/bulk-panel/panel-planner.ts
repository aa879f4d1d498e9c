import type { Runtime } from '../../base/runtime';
import type { GroupedPlan, Mapping } from '../../bulk/plan/plan';
import { planInSteps } from '../../bulk/plan/planner';
import type { PanelState } from './panel-state';
import { duplicatesOf, itemsWithRules, patternOf } from './panel-state';

/** Inputs of a plan. */
type PlanFacts = Pick<
  PanelState,
  | 'files'
  | 'items'
  | 'mapping'
  | 'pattern'
  | 'manifest'
  | 'edits'
  | 'comment'
  | 'duplicates'
  | 'policy'
  | 'attached'
>;

/** Keeps the plan up to date with the state of the panel. */
export interface Planner {
  /** Schedules a new plan after a change. */
  readonly planSoon: () => void;
  /** Resolves once the plan matches the state. */
  readonly planned: () => Promise<void>;
}

/** Dependencies of `createPlanner`. */
export interface PlannerOptions {
  readonly readState: () => PanelState;
  readonly onPlan: (plan: GroupedPlan) => void;
  readonly runtime: Runtime;
}

/** Time slice of planning, in milliseconds; key presses and frames are handled in between. */
const SLICE_MS = 8;

/** Plans after a change of the inputs, and discards a plan in progress when they change again. */
export function createPlanner({ readState, onPlan, runtime }: PlannerOptions): Planner {
  let isDue = false;
  let underWay: ReturnType<typeof planInSteps> | undefined;
  const waiting: (() => void)[] = [];
  let last: readonly unknown[] = Object.values(factsOf(readState()));

  function begin(): void {
    isDue = false;
    const facts = factsOf(readState());
    const values = Object.values(facts);
    if (values.some((value, index) => value !== last[index])) {
      last = values;
      underWay = planInSteps({
        ...facts,
        ...{ items: itemsWithRules(facts), duplicates: duplicatesOf(facts), mapping: mappingOf(facts) },
      });
      proceed(underWay);
    } else rest();
  }

  function proceed(steps: ReturnType<typeof planInSteps>): void {
    if (steps !== underWay) return;
    const end = runtime.now() + SLICE_MS;
    let step = steps.next();
    while (!step.done && runtime.now() < end) step = steps.next();
    // Rendering the plan gets a task of its own.
    runtime.setTimer(0, step.done ? () => finish(steps, step.value) : () => proceed(steps));
  }

  function finish(steps: ReturnType<typeof planInSteps>, plan: GroupedPlan): void {
    if (steps !== underWay) return;
    underWay = undefined;
    onPlan(plan);
    rest();
  }

  function rest(): void {
    if (isDue || underWay) return;
    for (const resolve of waiting.splice(0)) resolve();
  }

  return {
    planSoon() {
      if (isDue) return;
      isDue = true;
      runtime.setTimer(0, begin);
    },

    planned() {
      if (!isDue && !underWay) return Promise.resolve();
      return new Promise((resolve) => void waiting.push(resolve));
    },
  };
}

function factsOf(state: PanelState): PlanFacts {
  const { files, items, mapping, pattern, manifest, edits, comment, duplicates, policy, attached } = state;
  return { files, items, mapping, pattern, manifest, edits, comment, duplicates, policy, attached };
}

/** Maps files to work items. An unreadable pattern or list matches nothing. */
function mappingOf({ mapping, pattern, manifest }: PlanFacts): Mapping {
  switch (mapping) {
    case 'all':
      return { kind: 'all' };
    case 'by-name': {
      const reading = patternOf({ pattern });
      return reading.ok
        ? { kind: 'by-name', pattern: reading.pattern }
        : { kind: 'by-name', pattern: { text: pattern, alternatives: [] } };
    }
    case 'manifest':
      return { kind: 'manifest', rows: manifest?.reading.ok ? manifest.reading.rows : [] };
  }
}
