import type { EditsChoice } from '../../../../src/upload/form/edits-choice';
import { createSaveGate } from '../../../../src/upload/form/save-gate';
import type { FormEvent, SaveOutcome, UnsavedEdits } from '../../../../src/azure/host/host';
import { createDeferred, flush } from '../../../helpers/deferred';
import { createFakeRuntime } from '../../../helpers/fake-runtime';
import { loaded } from './stage';

/** Creates a gate with a fake form. */
function begin(choice: EditsChoice = 'wait') {
  const runtime = createFakeRuntime();
  const world = { choice, edits: 'none' as UnsavedEdits, hasWaiting: true };
  const getUnsavedEdits = jest.fn<Promise<UnsavedEdits>, [number]>(() => Promise.resolve(world.edits));
  const saveForm = jest.fn<Promise<SaveOutcome>, [number]>(() => Promise.resolve({ outcome: 'saved' }));
  const release = jest.fn<undefined, [number]>();
  const gate = createSaveGate({
    host: { getUnsavedEdits, saveForm },
    choice: () => world.choice,
    onSaving: () => undefined,
    hasWaiting: () => world.hasWaiting,
    release,
    runtime,
  });
  return {
    runtime,
    world,
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
    expect(release.mock.calls).toEqual([[7]]);
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
    expect(release.mock.calls).toEqual([[7]]);
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
    expect(release.mock.calls).toEqual([[7]]);
  });
});
