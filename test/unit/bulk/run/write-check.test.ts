import { findReadOnly } from '../../../../src/bulk/run/write-check';
import { planItemOf, unreadItem } from '../../../../src/bulk/run/plan-item';
import { NetworkError, ServerError } from '../../../../src/base/errors';
import type { PlanItem } from '../../../../src/bulk/plan/plan';
import { workItemWith } from '../../../helpers/uploads';

const itemIn = (area: string, id: number): PlanItem => planItemOf(workItemWith([], { id, area }), 100);
const itemsIn = (area: string, from: number, to: number): PlanItem[] =>
  Array.from({ length: to - from + 1 }, (_, index) => itemIn(area, from + index));

/** Checks `items`, some of them read-only, and returns the ids found and the ids checked. */
async function check(items: readonly PlanItem[], readOnly: readonly number[]) {
  const asked: number[] = [];
  const found = await findReadOnly(items, ({ id }) => {
    asked.push(id);
    return readOnly.includes(id)
      ? Promise.reject(new ServerError('no-permission', 'TF237111: No.'))
      : Promise.resolve();
  });
  return { found: [...found.keys()], asked };
}

test('findReadOnly checks each of a few work items', async () => {
  expect(await check(itemsIn('Web', 1, 12), [5])).toEqual({
    found: [5],
    asked: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
  });
});

test('findReadOnly checks one of many per area, and all if that one is read-only', async () => {
  const items = [...itemsIn('Web', 1, 10), ...itemsIn('Old', 20, 23)];
  expect(await check(items, [20, 21, 23])).toEqual({ found: [20, 21, 23], asked: [1, 20, 21, 22, 23] });
});

test('findReadOnly ignores failed checks and skips unreadable work items', async () => {
  const items = [itemIn('Web', 1), unreadItem(2, { kind: 'work-item-missing' })];
  const asked: number[] = [];
  const found = await findReadOnly(items, ({ id }) => {
    asked.push(id);
    return Promise.reject(new NetworkError('No answer.'));
  });
  expect([found.size, asked]).toEqual([0, [1]]);
});

test('findReadOnly sends at most sixty requests', async () => {
  const { asked } = await check(
    itemsIn('Old', 1, 200),
    Array.from({ length: 200 }, (_, index) => index + 1),
  );
  expect(asked).toHaveLength(60);
});
