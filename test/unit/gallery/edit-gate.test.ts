import type { FormEvent, UnsavedEdits } from '../../../src/azure/host/host';
import type { Release } from '../../../src/gallery/changes/edit-gate';
import { createEditGate } from '../../../src/gallery/changes/edit-gate';
import { attachedFilesOf } from '../../../src/gallery/model/attached-file';
import { flush } from '../../helpers/deferred';
import { createFakeRuntime } from '../../helpers/fake-runtime';
import { createTestHost } from '../../helpers/host';
import { workItemWith } from '../../helpers/uploads';

const FILES = attachedFilesOf(workItemWith([1, 2]));

/** A gate beside a form with edits. */
function begin(setting?: string) {
  const runtime = createFakeRuntime();
  const host = createTestHost();
  const form = { edits: 'some' as UnsavedEdits };
  host.getUnsavedEdits.mockImplementation(() => Promise.resolve(form.edits));
  host.readSetting.mockImplementation(() => Promise.resolve(setting));
  const onAbandoned = jest.fn<undefined, [number]>();
  const gate = createEditGate({ host, onAbandoned, runtime });
  const results: (Release | 'at once')[] = [];
  const change = async (isRemoval = true): Promise<void> => {
    const wait = await gate.pass({ workItemId: 7, files: FILES, isRemoval });
    if (!wait) results.push('at once');
    else void wait.released.then((release) => results.push(release));
    await flush();
  };
  const tell = async (type: FormEvent['type'], workItemId = 7): Promise<void> => {
    gate.onFormEvent({ ...{ type, workItemId, isNew: false, isReadOnly: false } });
    await flush();
  };
  return { runtime, host, form, gate, results, change, tell, onAbandoned };
}

describe('EditGate', () => {
  test('lets a change of a saved form pass at once', async () => {
    const { form, change, results, gate } = begin();
    form.edits = 'none';
    await change();
    expect(results).toEqual(['at once']);
    expect(gate.getSnapshot().waiting).toEqual([]);
  });

  test.each(['saved', 'refreshed', 'reset'] as const)(
    'runs a waiting change once after the event `%s`',
    async (type) => {
      const { change, results, gate, tell } = begin();
      await change();
      expect([results, gate.getSnapshot().waiting.length]).toEqual([[], 1]);
      await tell(type, 8);
      expect(results).toEqual([]);
      await tell(type);
      await tell(type);
      expect(results).toEqual(['run']);
      expect(gate.getSnapshot().waiting).toEqual([]);
    },
  );

  test('notices a save that the host does not report', async () => {
    const { change, results, form, runtime } = begin();
    await change();
    form.edits = 'none';
    await runtime.pass(3_000);
    expect(results).toEqual(['run']);
  });

  test('asks once until the next save', async () => {
    const { change, results, gate, tell } = begin();
    await change();
    gate.runNow(7);
    await change();
    expect(results).toEqual(['run', 'at once']);
    await tell('changed');
    await change();
    expect(results).toHaveLength(3);
    await tell('saved');
    await change();
    expect([results.length, gate.getSnapshot().waiting.length]).toEqual([3, 1]);
  });

  test('cancels waiting changes', async () => {
    const { change, results, gate, tell } = begin();
    await change();
    gate.cancel(7);
    await tell('saved');
    expect(results).toEqual(['cancel']);
  });

  test('saves the form for the changes, and keeps them after a failure', async () => {
    const { change, results, gate, host } = begin();
    await change();
    host.saveForm.mockResolvedValueOnce({ outcome: 'invalid', fields: ['Title'] });
    gate.save(7);
    await flush();
    expect(gate.getSnapshot()).toMatchObject({ saving: { outcome: 'invalid' }, waiting: [{}] });
    gate.save(7);
    await flush();
    expect(results).toEqual(['run']);
    expect(gate.getSnapshot()).toEqual({ saving: undefined, waiting: [] });
  });

  test.each<[string, readonly [string, boolean]]>([
    ['attach-now', ['at once', false]],
    ['save-first', ['at once', true]],
  ])('follows the remembered choice %s', async (setting, [result, isSaved]) => {
    const { change, results, host } = begin(setting);
    await change();
    expect(results).toEqual([result]);
    expect(host.saveForm.mock.calls.length > 0).toBe(isSaved);
  });

  test.each<[FormEvent['type'], number]>([
    ['unloaded', 7],
    ['loaded', 8],
  ])('reports changes abandoned by the event `%s` of %d', async (type, workItemId) => {
    const { change, results, tell, onAbandoned } = begin();
    await change();
    await tell(type, workItemId);
    expect(results).toEqual(['cancel']);
    expect(onAbandoned).toHaveBeenCalledWith(2);
  });
});
