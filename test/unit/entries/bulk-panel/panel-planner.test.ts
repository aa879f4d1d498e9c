import { createPlanner } from '../../../../src/entries/bulk-panel/panel-planner';
import { EMPTY } from '../../../../src/entries/bulk-panel/panel-state';
import type { PanelState } from '../../../../src/entries/bulk-panel/panel-state';
import { createFakeRuntime } from '../../../helpers/fake-runtime';
import { flush } from '../../../helpers/deferred';
import { planFile } from '../../../helpers/bulk';
import { planItem } from '../../bulk/plan/inputs';

/** A planner with steps of `stepMs` milliseconds; `passOne` and `passAll` run its tasks. */
function stage(stepMs = 0) {
  let state: PanelState = EMPTY;
  let time = 0;
  const tasks: (() => void)[] = [];
  const onPlan = jest.fn((plan: PanelState['plan']) => (state = { ...state, plan }));
  const planner = createPlanner({
    readState: () => state,
    onPlan,
    runtime: {
      ...createFakeRuntime(),
      setTimer(_, task) {
        tasks.push(task);
        return () => undefined;
      },
      now: () => (time += stepMs),
    },
  });
  return {
    ...{ planner, onPlan },
    change: (facts: Partial<PanelState>): void => {
      state = { ...state, ...facts };
      planner.planSoon();
    },
    /** Runs all tasks and returns their number. */
    passAll: (): number => {
      let count = 0;
      for (let task = tasks.shift(); task; task = tasks.shift()) {
        task();
        count++;
      }
      return count;
    },
    passOne: (): void => tasks.shift()?.(),
    pairs: () => state.plan.pairs.length,
  };
}

const FACTS = {
  files: ['a', 'b', 'c', 'd'].map((name) => planFile(name)),
  items: [7, 8, 9].map((id) => planItem(id)),
};

test('createPlanner plans in a task after a change and publishes the plan in the next', () => {
  const { change, passOne, pairs, onPlan } = stage();
  change(FACTS);
  change({ comment: 'more' });
  passOne();
  expect(onPlan).not.toHaveBeenCalled();
  passOne();
  expect([pairs(), onPlan.mock.calls.length]).toEqual([12, 1]);
});

test('createPlanner splits a long plan into several tasks', () => {
  const { change, passAll, pairs, onPlan } = stage(5);
  change(FACTS);
  expect(passAll()).toBeGreaterThan(4);
  expect([pairs(), onPlan.mock.calls.length]).toEqual([12, 1]);
});

test('createPlanner discards a plan when its inputs change meanwhile', () => {
  const { change, passOne, passAll, pairs, onPlan } = stage(5);
  change(FACTS);
  passOne();
  passOne();
  change({ items: [planItem(7)] });
  passAll();
  expect([pairs(), onPlan.mock.calls.length]).toEqual([4, 1]);
});

test('createPlanner ignores changes outside its inputs', () => {
  const { change, passAll, onPlan } = stage();
  change(FACTS);
  passAll();
  change({ status: 'unresponsive' });
  passAll();
  expect(onPlan).toHaveBeenCalledTimes(1);
});

test('planned resolves with the plan of the last change', async () => {
  const { planner, change, passOne, passAll } = stage(5);
  const planned = jest.fn();
  await planner.planned();
  change(FACTS);
  void planner.planned().then(planned);
  passOne();
  passOne();
  change({ comment: 'once more' });
  await flush();
  expect(planned).not.toHaveBeenCalled();
  passAll();
  await flush();
  expect(planned).toHaveBeenCalledTimes(1);
});
