import type { Quirks } from '../../src/host/page/settings';
import { bug, setUp } from './host-board';

const title = (text: string) => ({ 'System.Title': text });

/** A board with changed forms of these items, each upon the one before, and no event told yet. */
async function edited(ids: readonly number[], quirks: Partial<Quirks> = {}) {
  const all = setUp(quirks);
  for (const id of ids) {
    await (all.board.state.forms.length > 0 ? all.board.openOnTop(id) : all.board.open(id));
    all.board.setValues(title('Changed'));
  }
  all.events.length = 0;
  return all;
}

describe('saveAndClose', () => {
  test('keeps the form until the answer, and removes it before onSaved and onUnloaded', async () => {
    const { board, events, openIds, rest } = await edited([7]);
    const open: number[][] = [];
    rest.update.mockImplementation((id) => {
      open.push(openIds());
      return Promise.resolve(bug(id, 2));
    });
    board.onEvent(() => open.push(openIds()));
    await board.saveAndClose();
    expect(open).toEqual([[7], [], []]);
    expect(events).toEqual([
      ['onSaved', 7],
      ['onUnloaded', 7],
    ]);
  });

  test('does not change the form after a refused save', async () => {
    const { board, events, openIds, rest } = await edited([7]);
    rest.update.mockRejectedValueOnce(new Error('TF401320: Rule Error'));
    await expect(board.saveAndClose()).rejects.toThrow('TF401320');
    expect(openIds()).toEqual([7]);
    expect(board.activeForm.edits).toEqual(title('Changed'));
    expect(events).toEqual([]);
  });

  test('with closesBeforeSaving, removes the form before the request', async () => {
    const { board, events, openIds, rest } = await edited([7], { saveAndCloseCloses: 'beforeSaving' });
    const saving = board.saveAndClose();
    expect(openIds()).toEqual([]);
    await saving;
    expect(rest.update).toHaveBeenCalledTimes(1);
    expect(events).toEqual([
      ['onSaved', 7],
      ['onUnloaded', 7],
    ]);
  });

  test('with closesBeforeSaving, restores the form in a new place after a refused save', async () => {
    const { board, openIds, rest } = await edited([7], { saveAndCloseCloses: 'beforeSaving' });
    const { place } = board.activeForm;
    let refuse: (error: Error) => void = () => undefined;
    rest.update.mockReturnValueOnce(new Promise((_, reject) => (refuse = reject)));
    const saving = expect(board.saveAndClose()).rejects.toThrow('TF401320');
    await board.open(9);
    refuse(new Error('TF401320: Rule Error'));
    await saving;
    expect(openIds()).toEqual([9, 7]);
    expect(board.activeForm.edits).toEqual(title('Changed'));
    expect(board.activeForm.place).not.toBe(place);
  });

  test.each([
    ['save', { saveClosesForm: true }],
    ['saveAndClose', { saveAndCloseCloses: 'beforeSaving' }],
  ] as const)('of %s reports the new id in onLoaded if it closes the form', async (name, quirk) => {
    const { board, events } = setUp({ firstSaveRaises: 'onLoaded', ...quirk });
    await board.openNew('Bug', title('New'));
    events.length = 0;
    await board[name]();
    expect(events).toEqual([
      ['onLoaded', 101],
      ['onUnloaded', 101],
    ]);
  });

  test('sends no events of the old form to frames of a form opened meanwhile', async () => {
    const { board } = await edited([7], { saveAndCloseCloses: 'beforeSaving' });
    const places = new Map<number, number>();
    board.onEvent(({ args, place }) => places.set(args.id, place));
    const saving = board.saveAndClose();
    await board.open(9);
    await saving;
    expect(places.get(7)).not.toBe(places.get(9));
  });
});

describe('a form over another', () => {
  test('is active, and the lower one receives no events', async () => {
    const { board, events, openIds, service } = setUp();
    await board.open(7);
    await board.openOnTop(9);
    expect(openIds()).toEqual([7, 9]);
    expect(await service.getId()).toBe(9);
    await board.close();
    expect(await service.getId()).toBe(7);
    expect(events).toEqual([
      ['onLoaded', 7],
      ['onLoaded', 9],
      ['onUnloaded', 9],
    ]);
  });

  test('receives edits, saves and refreshes', async () => {
    const { board, rest } = await edited([7, 9]);
    await board.save();
    expect(rest.update).toHaveBeenCalledWith(9, expect.anything());
    await board.refresh();
    expect(rest.read).toHaveBeenLastCalledWith(9);
    expect(board.state.forms[0]).toMatchObject({ edits: title('Changed'), item: { id: 7, rev: 1 } });
  });

  test('keeps the result of a save in its own form, even if another was opened meanwhile', async () => {
    const { board, events } = await edited([7]);
    const saving = board.save();
    await board.openOnTop(9);
    await saving;
    expect(board.state.forms.map(({ item, edits }) => [item.id, item.rev, edits])).toEqual([
      [7, 2, {}],
      [9, 1, {}],
    ]);
    expect(events).toContainEqual(['onSaved', 7]);
  });

  test('asks before closing with edits, and keeps them on Cancel', async () => {
    const { board, confirm, openIds } = await edited([7, 9]);
    confirm.mockResolvedValueOnce(false);
    await board.close();
    expect(openIds()).toEqual([7, 9]);
    await board.close();
    expect(openIds()).toEqual([7]);
  });

  test('leaves the lower one open after Save & Close', async () => {
    const { board, events, openIds } = await edited([7, 9]);
    await board.saveAndClose();
    expect(openIds()).toEqual([7]);
    expect(events).toEqual([
      ['onSaved', 9],
      ['onUnloaded', 9],
    ]);
  });

  test('is closed before the lower one on navigation to another item', async () => {
    const { board, events, openIds } = setUp();
    await board.open(7);
    await board.openOnTop(9);
    events.length = 0;
    await board.open(8);
    expect(openIds()).toEqual([8]);
    expect(events).toEqual([
      ['onUnloaded', 9],
      ['onUnloaded', 7],
      ['onLoaded', 8],
    ]);
  });
});
