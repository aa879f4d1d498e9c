import { setUp } from './host-board';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

test('duplicateLoaded raises onLoaded twice if the item is still in the form', async () => {
  const { board, events } = setUp({ duplicateLoaded: true });
  await board.open(7);
  await board.open(9);
  jest.advanceTimersByTime(300);
  expect(events).toEqual([
    ['onLoaded', 7],
    ['onUnloaded', 7],
    ['onLoaded', 9],
    ['onLoaded', 9],
  ]);
});

test.each([
  ['0', [0, 0]],
  ['negative', [-1, -2]],
] as const)('newItemId %s is the sign of new ids', async (newItemId, ids) => {
  const { board, service } = setUp({ newItemId });
  for (const id of ids) {
    await board.openNew('Bug');
    expect(await service.getId()).toBe(id);
    expect(await service.isNew()).toBe(true);
  }
});

test('formNeverAnswers answers nothing and does nothing', async () => {
  const { board, service } = setUp({ formNeverAnswers: true });
  await board.open(7);
  const settled = jest.fn();
  service.setFieldValue('System.Title', 'x').then(settled, settled);
  await jest.advanceTimersByTimeAsync(60_000);
  expect(settled).not.toHaveBeenCalled();
  expect(board.activeForm.edits).toEqual({});
});

test('formAnswersLate acts at once and answers after three seconds', async () => {
  const { board, service } = setUp({ formAnswersLate: true });
  await board.open(7);
  const settled = jest.fn();
  service.getId().then(settled, settled);
  const refused = expect(service.reset()).rejects.toThrow('nothing to undo');
  await jest.advanceTimersByTimeAsync(2_900);
  expect(settled).not.toHaveBeenCalled();
  await jest.advanceTimersByTimeAsync(100);
  expect(settled).toHaveBeenCalledWith(7);
  await refused;
});

test('formRefusesWithNothing rejects save and refresh with undefined', async () => {
  const { board, service } = setUp({ formRefusesWithNothing: true });
  await board.open(7);
  await expect(service.save()).rejects.toBeUndefined();
  await expect(service.refresh()).rejects.toBeUndefined();
  expect(await service.getId()).toBe(7);
});

test('noActiveItem rejects every call with the host’s error', async () => {
  const { board, service } = setUp({ noActiveItem: true });
  await board.open(7);
  for (const call of [() => service.getId(), () => service.hasActiveWorkItem(), () => service.refresh()]) {
    await expect(call()).rejects.toThrow('Active work item document does not exist in the current context');
  }
});

test('serviceFieldChanges raises onFieldChanged before and after a save and a refresh', async () => {
  const { board, events } = setUp({ serviceFieldChanges: 'raised' });
  await board.openNew('Bug', { 'System.Title': 'New' });
  await board.save();
  await board.refresh();
  expect(events).toEqual([
    ['onLoaded', 0],
    ['onFieldChanged', 101],
    ['onSaved', 101],
    ['onFieldChanged', 101],
    ['onFieldChanged', 101],
    ['onRefreshed', 101],
    ['onFieldChanged', 101],
  ]);
});
