import type { EditsChoice } from '../../../../src/entries/form-group/edits-choice';
import { createSaveGate } from '../../../../src/entries/form-group/save-gate';
import type { FormEvent, SaveOutcome, UnsavedEdits } from '../../../../src/azure/host/host';
import { createDeferred, flush } from '../../../helpers/deferred';
import { createFakeRuntime } from '../../../helpers/fake-runtime';
import { loaded } from './stage';

/** A gate before a form that the test edits and saves. */
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

describe('a link', () => {
  test.each<[UnsavedEdits, boolean]>([
    ['none', true],
    ['some', false],
    ['unknown', true],
  ])('where there are edits: %s, may be made: %s', async (edits, expected) => {
    const { world, gate } = begin();
    world.edits = edits;
    expect(await gate.mayLink(7)).toBe(expected);
    expect(gate.isClosed(7)).toBe(!expected);
  });

  test('waits for edits that were seen before the form went on to another item', async () => {
    const { world, gate } = begin();
    world.edits = 'some';
    await gate.check(7);
    world.edits = 'unknown';
    expect([await gate.mayLink(7), await gate.mayLink(8)]).toEqual([false, true]);
  });

  test('waits for edits that the form told of', async () => {
    const { world, gate, tell } = begin();
    await tell(CHANGED);
    world.edits = 'unknown';
    expect(await gate.mayLink(7)).toBe(false);
  });

  test('waits for no edits that were taken back, as the form says when it is asked', async () => {
    const { gate, tell } = begin();
    await tell(CHANGED);
    expect(await gate.mayLink(7)).toBe(true);
  });

  test.each(['saved', 'refreshed', 'reset'] as const)('waits no more once the form was %s', async (type) => {
    const { world, gate, tell, release } = begin();
    world.edits = 'some';
    await gate.mayLink(7);
    world.edits = 'unknown';
    await tell({ type, workItemId: 7 });
    expect(release.mock.calls).toEqual([[7]]);
    expect(await gate.mayLink(7)).toBe(true);
  });

  test('waits on when another item was saved', async () => {
    const { world, gate, tell } = begin();
    world.edits = 'some';
    await gate.check(7);
    world.edits = 'unknown';
    await tell({ type: 'saved', workItemId: 8 });
    expect(await gate.mayLink(7)).toBe(false);
  });

  test('does not hear of new items, which have no number', async () => {
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

describe('a choice that was remembered', () => {
  test('to attach at once asks nobody', async () => {
    const { world, gate, getUnsavedEdits, tell } = begin('attach-now');
    world.edits = 'some';
    await tell(CHANGED);
    expect(await gate.mayLink(7)).toBe(true);
    expect(gate.isClosed(7)).toBe(false);
    expect(getUnsavedEdits).not.toHaveBeenCalled();
  });

  test('to save first saves, and then links', async () => {
    const { world, gate, saveForm } = begin('save-first');
    world.edits = 'some';
    expect(await gate.mayLink(7)).toBe(true);
    expect(saveForm.mock.calls).toEqual([[7]]);
  });

  test('to save first saves nothing where there is nothing to save', async () => {
    const { gate, saveForm } = begin('save-first');
    expect(await gate.mayLink(7)).toBe(true);
    expect(saveForm).not.toHaveBeenCalled();
  });

  test('to save first waits where that is not possible', async () => {
    const { world, gate, saveForm } = begin('save-first');
    world.edits = 'some';
    saveForm.mockResolvedValue({ outcome: 'failed', message: '' });
    expect(await gate.mayLink(7)).toBe(false);
  });
});

describe('files that wait', () => {
  test('are looked after every three seconds, since a host may save and never tell', async () => {
    const { world, gate, release, runtime } = begin();
    world.edits = 'some';
    await gate.mayLink(7);
    await runtime.pass(6000);
    expect(release).not.toHaveBeenCalled();
    world.edits = 'none';
    await runtime.pass(2999);
    expect(release).not.toHaveBeenCalled();
    await runtime.pass(1);
    expect(release.mock.calls).toEqual([[7]]);
  });

  test('are looked after once, however often they were asked about', async () => {
    const { world, gate, getUnsavedEdits, runtime } = begin();
    world.edits = 'some';
    await gate.mayLink(7);
    await gate.mayLink(7);
    getUnsavedEdits.mockClear();
    await runtime.pass(3000);
    expect(getUnsavedEdits).toHaveBeenCalledTimes(1);
  });

  test('are looked after no more once there are none', async () => {
    const { world, gate, getUnsavedEdits, runtime } = begin();
    world.edits = 'some';
    await gate.mayLink(7);
    world.hasWaiting = false;
    getUnsavedEdits.mockClear();
    await runtime.pass(60_000);
    expect(getUnsavedEdits).not.toHaveBeenCalled();
    world.hasWaiting = true;
    await gate.mayLink(7);
    getUnsavedEdits.mockClear();
    await runtime.pass(3000);
    expect(getUnsavedEdits).toHaveBeenCalledTimes(1);
  });

  test.each<[UnsavedEdits, number]>([
    ['none', 1],
    ['some', 0],
    // The form may not be ready to say.
    ['unknown', 0],
  ])('are let go when their item is loaded again with edits: %s', async (edits, times) => {
    const { world, gate, release, tell } = begin();
    world.edits = 'some';
    await gate.check(7);
    world.edits = edits;
    await tell(loaded(7));
    expect(release).toHaveBeenCalledTimes(times);
  });

  test('are not let go before the form has answered', async () => {
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
