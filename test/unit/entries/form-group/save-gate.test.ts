import type { EditsChoice } from '../../../../src/upload/form/edits-choice';
import type { Release } from '../../../../src/upload/form/save-gate';
import { createSaveGate } from '../../../../src/upload/form/save-gate';
import type { FormEvent, UnsavedEdits } from '../../../../src/azure/host/host';
import { createDeferred, flush } from '../../../helpers/deferred';
import { createFakeRuntime } from '../../../helpers/fake-runtime';
import { createTestHost } from '../../../helpers/host';
import { loaded } from './stage';

/** Creates a gate with a fake form. */
function begin(choice: EditsChoice = 'wait') {
  const runtime = createFakeRuntime();
  const world = { edits: 'none' as UnsavedEdits, hasWaiting: true };
  const host = createTestHost();
  const { getUnsavedEdits, saveForm } = host;
  getUnsavedEdits.mockImplementation(() => Promise.resolve(world.edits));
  const release = jest.fn<undefined, [number, string]>();
  const gate = createSaveGate({ host, runtime });
  gate.addUploads({ hasWaiting: () => world.hasWaiting, release });
  gate.choose(choice, undefined);
  return {
    runtime,
    world,
    host,
    getUnsavedEdits,
    saveForm,
    release,
    gate,
    tell: async (event: FormEvent): Promise<void> => {
      gate.onFormEvent(event);
      await flush();
    },
  };
}

const CHANGED: FormEvent = { type: 'changed', workItemId: 7 };

describe('SaveGate', () => {
  test.each<[UnsavedEdits, boolean]>([
    ['none', true],
    ['some', false],
    ['unknown', true],
  ])('with unsaved edits %s sets `canLink` to %s', async (edits, expected) => {
    const { world, gate } = begin();
    world.edits = edits;
    expect(await gate.canLink(7)).toBe(expected);
    expect(gate.isClosed(7)).toBe(!expected);
  });

  test('remembers edits after the form shows another item', async () => {
    const { world, gate } = begin();
    world.edits = 'some';
    await gate.check(7);
    world.edits = 'unknown';
    expect([await gate.canLink(7), await gate.canLink(8)]).toEqual([false, true]);
  });

  test('closes after a change in the form', async () => {
    const { world, gate, tell } = begin();
    world.edits = 'some';
    await tell(CHANGED);
    world.edits = 'unknown';
    expect(await gate.canLink(7)).toBe(false);
  });

  test('closes at a change in the form that cannot be asked any more', async () => {
    const { world, gate, tell } = begin();
    world.edits = 'unknown';
    await tell(CHANGED);
    expect(await gate.canLink(7)).toBe(false);
  });

  test('stays open after a change by a rule, asked before the form shows another item', async () => {
    const { world, gate, tell } = begin();
    await tell({ type: 'saved', workItemId: 7 });
    await tell(CHANGED);
    world.edits = 'unknown';
    expect(await gate.canLink(7)).toBe(true);
  });

  test('ignores the answer about a change before the save', async () => {
    const { gate, getUnsavedEdits, tell } = begin();
    const edits = createDeferred<UnsavedEdits>();
    getUnsavedEdits.mockReturnValueOnce(edits.promise);
    await tell(CHANGED);
    expect(gate.isClosed(7)).toBe(true);
    await tell({ type: 'saved', workItemId: 7 });
    edits.resolve('some');
    await flush();
    expect(gate.isClosed(7)).toBe(false);
  });

  test('asks the form whether changes were undone', async () => {
    const { gate, tell } = begin();
    await tell(CHANGED);
    expect(await gate.canLink(7)).toBe(true);
  });

  test.each(['saved', 'refreshed', 'reset'] as const)('opens once the form is %s', async (type) => {
    const { world, gate, tell, release } = begin();
    world.edits = 'some';
    await gate.canLink(7);
    world.edits = 'unknown';
    await tell({ type, workItemId: 7 });
    expect(release.mock.calls).toEqual([[7, 'if-allowed']]);
    expect(await gate.canLink(7)).toBe(true);
  });

  test('stays closed when another item is saved', async () => {
    const { world, gate, tell } = begin();
    world.edits = 'some';
    await gate.check(7);
    world.edits = 'unknown';
    await tell({ type: 'saved', workItemId: 8 });
    expect(await gate.canLink(7)).toBe(false);
  });

  test('ignores new items, since they have no number', async () => {
    const { getUnsavedEdits, release, tell } = begin();
    for (const event of [
      loaded(0),
      { type: 'changed', workItemId: -1 },
      { type: 'saved', workItemId: 0 },
      { type: 'saved', workItemId: undefined as unknown as number },
    ] as const)
      await tell(event);
    expect(getUnsavedEdits).not.toHaveBeenCalled();
    expect(release).not.toHaveBeenCalled();
  });
});

describe('SaveGate with a remembered choice', () => {
  test('is always open with `attach-now`', async () => {
    const { world, gate, getUnsavedEdits, tell } = begin('attach-now');
    world.edits = 'some';
    await tell(CHANGED);
    expect(await gate.canLink(7)).toBe(true);
    expect(gate.isClosed(7)).toBe(false);
    expect(getUnsavedEdits).not.toHaveBeenCalled();
  });

  test('saves before it opens with `save-first`', async () => {
    const { world, gate, saveForm } = begin('save-first');
    world.edits = 'some';
    expect(await gate.canLink(7)).toBe(true);
    expect(saveForm.mock.calls).toEqual([[7]]);
  });

  test('saves nothing without edits with `save-first`', async () => {
    const { gate, saveForm } = begin('save-first');
    expect(await gate.canLink(7)).toBe(true);
    expect(saveForm).not.toHaveBeenCalled();
  });

  test('stays closed if the save fails with `save-first`', async () => {
    const { world, gate, saveForm } = begin('save-first');
    world.edits = 'some';
    saveForm.mockResolvedValue({ outcome: 'failed', message: '' });
    expect(await gate.canLink(7)).toBe(false);
  });
});

describe('SaveGate with waiting files', () => {
  test('checks every three seconds, since a host may not report a save', async () => {
    const { world, gate, release, runtime } = begin();
    world.edits = 'some';
    await gate.canLink(7);
    await runtime.pass(6000);
    expect(release).not.toHaveBeenCalled();
    world.edits = 'none';
    await runtime.pass(2999);
    expect(release).not.toHaveBeenCalled();
    await runtime.pass(1);
    expect(release.mock.calls).toEqual([[7, 'if-allowed']]);
  });

  test('checks once per interval, however often it is asked', async () => {
    const { world, gate, getUnsavedEdits, runtime } = begin();
    world.edits = 'some';
    await gate.canLink(7);
    await gate.canLink(7);
    getUnsavedEdits.mockClear();
    await runtime.pass(3000);
    expect(getUnsavedEdits).toHaveBeenCalledTimes(1);
  });

  test('stops the checks without waiting files', async () => {
    const { world, gate, getUnsavedEdits, runtime } = begin();
    world.edits = 'some';
    await gate.canLink(7);
    world.hasWaiting = false;
    getUnsavedEdits.mockClear();
    await runtime.pass(60_000);
    expect(getUnsavedEdits).not.toHaveBeenCalled();
    world.hasWaiting = true;
    await gate.canLink(7);
    getUnsavedEdits.mockClear();
    await runtime.pass(3000);
    expect(getUnsavedEdits).toHaveBeenCalledTimes(1);
  });

  test.each<[UnsavedEdits, number]>([
    ['none', 1],
    ['some', 0],
    // The form may not be ready to answer.
    ['unknown', 0],
  ])('with edits %s of an item loaded again, releases the files %i times', async (edits, times) => {
    const { world, gate, release, tell } = begin();
    world.edits = 'some';
    await gate.check(7);
    world.edits = edits;
    await tell(loaded(7));
    expect(release).toHaveBeenCalledTimes(times);
  });

  test('releases the files only after the form has answered', async () => {
    const { getUnsavedEdits, release, tell } = begin();
    const edits = createDeferred<UnsavedEdits>();
    getUnsavedEdits.mockReturnValue(edits.promise);
    await tell(loaded(7));
    expect(release).not.toHaveBeenCalled();
    edits.resolve('none');
    await flush();
    expect(release.mock.calls).toEqual([[7, 'if-allowed']]);
  });
});

/** A gate with changes to two files of a form with edits, and uploads. */
function beginChanges(setting?: EditsChoice) {
  const test = begin();
  const { gate, world, host } = test;
  world.edits = 'some';
  host.readSetting.mockResolvedValue(setting);
  const results: (Release | 'at once')[] = [];
  const change = async (isRemoval = true): Promise<void> => {
    const wait = await gate.pass({ workItemId: 7, names: ['a.txt', 'b.txt'], isRemoval });
    if (!wait) results.push('at once');
    else void wait.released.then((released) => results.push(released));
    await flush();
  };
  return { ...test, change, results, changes: () => gate.getSnapshot().changes.length };
}

describe('SaveGate with changes', () => {
  test('lets a change of a saved form pass at once', async () => {
    const { world, change, results, changes } = beginChanges();
    world.edits = 'none';
    await change();
    expect([results, changes()]).toEqual([['at once'], 0]);
  });

  test.each(['saved', 'refreshed', 'reset'] as const)(
    'runs a waiting change once after the event `%s`',
    async (type) => {
      const { change, results, changes, tell } = beginChanges();
      await change();
      expect([results, changes()]).toEqual([[], 1]);
      await tell({ type, workItemId: 8 });
      expect(results).toEqual([]);
      await tell({ type, workItemId: 7 });
      await tell({ type, workItemId: 7 });
      expect([results, changes()]).toEqual([['run'], 0]);
    },
  );

  test('notices a save that the host does not report', async () => {
    const { world, change, results, runtime } = beginChanges();
    world.hasWaiting = false;
    await change();
    world.edits = 'none';
    await runtime.pass(3_000);
    expect(results).toEqual(['run']);
  });

  test('asks once until the next save', async () => {
    const { change, results, changes, gate, tell } = beginChanges();
    await change();
    gate.runNow(7, false);
    await change();
    expect(results).toEqual(['run', 'at once']);
    await tell(CHANGED);
    await change();
    expect(results).toHaveLength(3);
    await tell({ type: 'saved', workItemId: 7 });
    await change();
    expect([results.length, changes()]).toEqual([3, 1]);
  });

  test('applies one answer to files and changes until the next save', async () => {
    const { change, results, gate, release, tell } = beginChanges();
    expect(await gate.canLink(7)).toBe(false);
    await change();
    gate.runNow(7, false);
    await flush();
    expect([release.mock.calls, results]).toEqual([[[7, 'at-once']], ['run']]);
    expect([await gate.canLink(7), gate.isClosed(7)]).toEqual([true, false]);
    await change();
    expect(results).toEqual(['run', 'at once']);
    await tell({ type: 'saved', workItemId: 7 });
    await tell(CHANGED);
    expect([await gate.canLink(7), gate.isClosed(7)]).toEqual([false, true]);
  });

  test('asks again after the user chose to be asked every time', async () => {
    const { gate } = beginChanges();
    await gate.check(7);
    gate.runNow(7, false);
    gate.choose('wait', 7);
    expect(await gate.canLink(7)).toBe(false);
  });

  test('cancels waiting changes, but no files', async () => {
    const { change, results, gate, release, tell } = beginChanges();
    await change();
    gate.cancel(7);
    expect(release).not.toHaveBeenCalled();
    await tell({ type: 'saved', workItemId: 7 });
    expect(results).toEqual(['cancel']);
  });

  test('saves the form for files and changes, and keeps them after a failure', async () => {
    const { change, results, gate, host, release } = beginChanges();
    await change();
    host.saveForm.mockResolvedValueOnce({ outcome: 'invalid', fields: ['Title'] });
    gate.save(7, false);
    expect(gate.getSnapshot().save).toEqual({ hostId: 7, state: 'under-way' });
    await flush();
    expect(gate.getSnapshot()).toMatchObject({ save: { state: { outcome: 'invalid' } }, changes: [{}] });
    expect(release).not.toHaveBeenCalled();
    gate.save(7, false);
    await flush();
    expect([results, release.mock.calls]).toEqual([['run'], [[7, 'if-allowed']]]);
    expect(gate.getSnapshot()).toEqual({ changes: [] });
  });

  test('forgets why a save failed when a field changes', async () => {
    const { gate, host } = beginChanges();
    host.saveForm.mockResolvedValueOnce({ outcome: 'invalid', fields: ['Title'] });
    gate.save(7, false);
    gate.onFormEvent({ type: 'changed', workItemId: 7 });
    expect(gate.getSnapshot().save).toMatchObject({ state: 'under-way' });
    await flush();
    expect(gate.getSnapshot().save).toMatchObject({ state: { outcome: 'invalid' } });
    gate.onFormEvent({ type: 'changed', workItemId: 7 });
    expect(gate.getSnapshot().save).toBeUndefined();
  });

  test.each<[EditsChoice, readonly [string, boolean]]>([
    ['attach-now', ['at once', false]],
    ['save-first', ['at once', true]],
  ])('follows the remembered choice %s', async (setting, [result, isSaved]) => {
    const { change, results, host } = beginChanges(setting);
    await change();
    expect(results).toEqual([result]);
    expect(host.saveForm.mock.calls.length > 0).toBe(isSaved);
  });

  test.each(['attach-now', 'save-first'] as const)('applies the choice %s to what waits', async (choice) => {
    const { change, results, gate } = beginChanges();
    await change();
    gate.choose(choice, 7);
    await flush();
    expect(results).toEqual(['run']);
  });

  test.each<FormEvent>([{ type: 'unloaded', workItemId: 7 }, loaded(8)])(
    'tells of changes abandoned by the event %j',
    async (event) => {
      const { change, results, tell, host } = beginChanges();
      await change();
      await tell(event);
      expect(results).toEqual(['cancel']);
      expect(host.showToast.mock.calls).toEqual([
        ["2 attachments weren't changed because the work item was closed without saving."],
      ]);
    },
  );
});
