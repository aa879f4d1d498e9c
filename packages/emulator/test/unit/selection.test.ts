import {
  afterClick,
  afterMenuClick,
  afterStep,
  allSelected,
  nothingSelected,
  selectedIn,
  stepTarget,
  type Selection,
} from '../../src/host/page/pages/selection';

const ids = [7, 8, 9, 12, 15, 21];
const plain = { ctrl: false, shift: false };
const ctrl = { ctrl: true, shift: false };
const shift = { ctrl: false, shift: true };
const both = { ctrl: true, shift: true };

/** Selection after a series of clicks. */
function clicked(...clicks: [id: number, held?: typeof plain][]): Selection {
  return clicks.reduce(
    (selection, [id, held = plain]) => afterClick(selection, ids, id, held),
    nothingSelected,
  );
}

test('a click selects one item', () => {
  expect(selectedIn(clicked([7], [9]), ids)).toEqual([9]);
});

test('Ctrl adds and removes one item', () => {
  expect(selectedIn(clicked([12], [8, ctrl]), ids)).toEqual([8, 12]);
  expect(selectedIn(clicked([12], [8, ctrl], [12, ctrl]), ids)).toEqual([8]);
});

test('Shift selects a range from the anchor in either direction', () => {
  expect(selectedIn(clicked([9], [15, shift]), ids)).toEqual([9, 12, 15]);
  expect(selectedIn(clicked([9], [15, shift], [7, shift]), ids)).toEqual([7, 8, 9]);
});

test('Ctrl and Shift add a range to the selection', () => {
  expect(selectedIn(clicked([7], [12, ctrl], [21, both]), ids)).toEqual([7, 12, 15, 21]);
});

test('Shift without an anchor selects the clicked item', () => {
  expect(selectedIn(clicked([9, shift]), ids)).toEqual([9]);
});

test('the menu keeps a selection that contains its row, and otherwise selects the row', () => {
  const selection = clicked([7], [8, ctrl]);
  expect(afterMenuClick(selection, 7)).toEqual({ ...selection, focused: 7 });
  expect(selectedIn(afterMenuClick(selection, 9), ids)).toEqual([9]);
});

test('a step selects, extends with Shift, and only moves with Ctrl', () => {
  const selection = clicked([8]);
  expect(selectedIn(afterStep(selection, ids, 9, plain), ids)).toEqual([9]);
  expect(selectedIn(afterStep(selection, ids, 9, shift), ids)).toEqual([8, 9]);
  expect(afterStep(selection, ids, 9, ctrl)).toEqual({ ...selection, focused: 9 });
});

test('a Shift step after Ctrl steps extends from the anchor', () => {
  const moved = afterStep(clicked([8]), ids, 12, ctrl);
  expect(selectedIn(afterStep(moved, ids, 15, shift), ids)).toEqual([8, 9, 12, 15]);
});

test('selecting all selects exactly the items of the list', () => {
  expect(selectedIn(allSelected(nothingSelected, ids), ids)).toEqual(ids);
  expect(selectedIn(allSelected(nothingSelected, ids), [7, 30])).toEqual([7]);
});

test.each([
  [9, 'ArrowDown', 12],
  [9, 'ArrowUp', 8],
  [9, 'PageDown', 21],
  [12, 'PageUp', 7],
  [9, 'Home', 7],
  [9, 'End', 21],
  [7, 'ArrowUp', 7],
  [21, 'ArrowDown', 21],
  [undefined, 'ArrowDown', 7],
  [9, 'x', undefined],
])('from %s, the key %s moves to %s', (focused, key, target) => {
  expect(stepTarget({ ...nothingSelected, focused }, ids, key, 3)).toBe(target);
});

test('keys do nothing in an empty list', () => {
  expect(stepTarget(nothingSelected, [], 'ArrowDown', 3)).toBeUndefined();
});
