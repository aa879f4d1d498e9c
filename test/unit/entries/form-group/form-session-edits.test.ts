import type { SaveOutcome, UnsavedEdits } from '../../../../src/azure/host/host';
import { createDeferred, flush } from '../../../helpers/deferred';
import { pickedFile, workItemWith } from '../../../helpers/uploads';
import type { Stage } from './stage';
import { loaded, openOnDraft, stage, stageWithItem7 } from './stage';

/** Starts a session with unsaved edits of work item 7 and one uploaded file. */
async function stageWithEdits(): Promise<Stage> {
  const staged = await stageWithItem7();
  staged.host.getUnsavedEdits.mockResolvedValue('some');
  staged.session.attachPicked([]);
  await flush();
  await staged.test.finish('a');
  expect(staged.test.statuses()).toBe('a waiting-for-save');
  return staged;
}

/** Sets the answer of the host about unsaved edits. */
function answerEdits({ host }: Stage, edits: UnsavedEdits): void {
  host.getUnsavedEdits.mockResolvedValue(edits);
}

/** The save requested at the gate. */
function saveOf({ gate }: Stage) {
  return gate.getSnapshot().save;
}

/** Names in each patch so far. */
function patchesOf({ test }: Stage): readonly (readonly string[])[] {
  return test.links.map(({ names }) => names);
}

describe('FormSession with unsaved edits', () => {
  test('attaches the files after a save by the person', async () => {
    const staged = await stageWithEdits();
    answerEdits(staged, 'none');
    await staged.tell({ type: 'saved', workItemId: 7 });
    expect(patchesOf(staged)).toEqual([['a']]);
    expect(staged.host.saveForm).not.toHaveBeenCalled();
  });

  test('attaches the files when the edits are undone', async () => {
    const staged = await stageWithEdits();
    answerEdits(staged, 'none');
    await staged.tell({ type: 'reset', workItemId: 7 });
    expect(patchesOf(staged)).toEqual([['a']]);
  });

  test('attaches the files a little later if the host does not report the save', async () => {
    const staged = await stageWithEdits();
    answerEdits(staged, 'none');
    await staged.test.runtime.pass(3000);
    expect(patchesOf(staged)).toEqual([['a']]);
  });

  test('remembers waiting files while the form shows another item', async () => {
    const staged = await stageWithItem7();
    answerEdits(staged, 'some');
    staged.session.attachPicked([]);
    await flush();
    await staged.tell({ type: 'unloaded', workItemId: 7 });
    await staged.tell(loaded(9));
    answerEdits(staged, 'unknown');
    await staged.test.finish('a');
    expect(staged.test.statuses()).toBe('a waiting-for-save');

    answerEdits(staged, 'none');
    await staged.tell({ type: 'unloaded', workItemId: 9 });
    await staged.tell(loaded(7));
    expect(staged.test.links.map(({ workItemId, names }) => [workItemId, names])).toEqual([[7, ['a']]]);
  });

  test('attaches files of the next item meanwhile', async () => {
    const staged = await stageWithEdits();
    await staged.tell({ type: 'unloaded', workItemId: 7 });
    await staged.tell(loaded(9));
    answerEdits(staged, 'none');
    staged.test.queue.add([pickedFile('b')], { kind: 'work-item', id: 9 });
    await flush();
    await staged.test.finish('b');
    expect(staged.test.links.map(({ workItemId, names }) => [workItemId, names])).toEqual([[9, ['b']]]);
  });

  test('knows without asking the host whether links must wait', async () => {
    const { session } = await stageWithEdits();
    expect(session.mustWait({ kind: 'work-item', id: 7 })).toBe(true);
    expect(session.mustWait({ kind: 'work-item', id: 8 })).toBe(false);
    expect(session.mustWait({ kind: 'draft', draftId: 'draft 1' })).toBe(false);
  });
});

describe('SaveGate.save', () => {
  test('saves the form and then attaches', async () => {
    const staged = await stageWithEdits();
    const saved = createDeferred<SaveOutcome>();
    staged.host.saveForm.mockReturnValue(saved.promise);
    staged.session.gate.save(7, false);
    expect(saveOf(staged)).toEqual({ hostId: 7, state: 'under-way' });
    expect(patchesOf(staged)).toEqual([]);
    answerEdits(staged, 'none');
    saved.resolve({ outcome: 'saved' });
    await flush();
    expect(staged.host.saveForm.mock.calls).toEqual([[7]]);
    expect(saveOf(staged)).toBeUndefined();
    expect(patchesOf(staged)).toEqual([['a']]);
  });

  test.each<SaveOutcome>([
    { outcome: 'invalid', fields: ['Team'] },
    { outcome: 'other-item' },
    { outcome: 'failed', message: 'TF401320' },
  ])('shows a failed save: %j', async (saving) => {
    const staged = await stageWithEdits();
    staged.host.saveForm.mockResolvedValue(saving);
    staged.session.gate.save(7, false);
    await flush();
    expect(saveOf(staged)).toEqual({ hostId: 7, state: saving });
    expect(staged.test.statuses()).toBe('a waiting-for-save');

    // A save by the person resolves it.
    await staged.tell({ type: 'saved', workItemId: 7 });
    expect(saveOf(staged)).toBeUndefined();
  });

  test('saves once, however often it is called', async () => {
    const { host, session } = await stageWithEdits();
    host.saveForm.mockReturnValue(new Promise(() => undefined));
    session.gate.save(7, false);
    session.gate.save(7, false);
    expect(host.saveForm).toHaveBeenCalledTimes(1);
  });

  test('saves once, even if another file arrives with the choice remembered', async () => {
    const { host, session, test } = await stageWithEdits();
    host.saveForm.mockReturnValue(new Promise(() => undefined));
    session.gate.save(7, true);
    await test.add('b');
    await test.finish('b');
    expect(host.saveForm).toHaveBeenCalledTimes(1);
  });

  test('does not show a failure on another item', async () => {
    const { host, session, tell } = await stageWithEdits();
    const saved = createDeferred<SaveOutcome>();
    host.saveForm.mockReturnValue(saved.promise);
    session.gate.save(7, false);
    await tell({ type: 'unloaded', workItemId: 7 });
    await tell(loaded(9));
    saved.resolve({ outcome: 'failed', message: 'No.' });
    await flush();
    expect(session.gate.getSnapshot().save?.hostId).toBe(7);
  });

  test('saves a new item by the id of the host', async () => {
    const { host, session, tell, connectHost, reads, test } = stage();
    await connectHost();
    await tell(loaded(-2));
    session.attachPicked([]);
    await flush();
    await test.finish('a');
    session.gate.save(-2, false);
    await flush();
    expect(host.saveForm.mock.calls).toEqual([[-2]]);
    expect(session.getSnapshot()).toEqual(openOnDraft(1, { hostId: -2 }));
    expect(test.statuses()).toBe('a waiting-for-save');
    await tell({ type: 'saved', workItemId: 12 });
    reads[0]!.resolve(workItemWith([], { id: 12 }));
    await flush();
    expect(test.links.map(({ workItemId }) => workItemId)).toEqual([12]);
  });
});

describe('SaveGate.runNow', () => {
  test('attaches without a save', async () => {
    const staged = await stageWithEdits();
    staged.session.gate.runNow(7, false);
    await flush();
    expect(patchesOf(staged)).toEqual([['a']]);
    expect(staged.host.saveForm).not.toHaveBeenCalled();
  });

  test('applies to waiting files and to later ones until the next save', async () => {
    const staged = await stageWithEdits();
    staged.session.gate.runNow(7, false);
    await flush();
    staged.test.links[0]!.answer(4);
    await staged.test.add('b');
    await staged.test.finish('b');
    expect(staged.test.statuses()).toBe('a linked, b linking');
    staged.test.links[1]!.answer(5);
    await staged.tell({ type: 'saved', workItemId: 7 });
    await staged.test.add('c');
    await staged.test.finish('c');
    expect(staged.test.statuses()).toBe('a linked, b linked, c waiting-for-save');
  });
});

describe('FormSession with a remembered choice', () => {
  test.each([
    ['runNow', 'attach-now'],
    ['save', 'save-first'],
  ] as const)('stores the choice of %s only if requested', async (verb, kept) => {
    const { host, session } = await stageWithEdits();
    session.gate[verb](7, false);
    await flush();
    expect(host.writeSetting).not.toHaveBeenCalled();
    expect(session.gate.choice.getSnapshot()).toBe('wait');
    session.gate[verb](7, true);
    expect(host.writeSetting.mock.calls).toEqual([['unsaved-edits', kept]]);
    expect(session.gate.choice.getSnapshot()).toBe(kept);
  });

  test('attaches later files at once', async () => {
    const staged = await stageWithEdits();
    staged.session.gate.runNow(7, true);
    await flush();
    staged.test.links[0]!.answer(4);
    await staged.test.add('b');
    await staged.test.finish('b');
    expect(patchesOf(staged)).toEqual([['a'], ['b']]);
  });

  test('saves first for later files', async () => {
    const staged = await stageWithEdits();
    staged.host.saveForm.mockResolvedValue({ outcome: 'failed', message: '' });
    staged.session.gate.save(7, true);
    await flush();
    staged.host.saveForm.mockResolvedValue({ outcome: 'saved' });
    await staged.test.add('b');
    await staged.test.finish('b');
    expect(staged.host.saveForm.mock.calls).toEqual([[7], [7]]);
    expect(staged.test.statuses()).toBe('a waiting-for-save, b linking');
  });

  test('forgets the choice if the person wants to be asked every time', async () => {
    const { host, session } = await stageWithEdits();
    session.gate.runNow(7, true);
    session.chooseForEdits('wait');
    expect(host.writeSetting.mock.lastCall).toEqual(['unsaved-edits', 'wait']);
    expect(session.gate.choice.getSnapshot()).toBe('wait');
  });

  test.each([
    ['attach-now', 'a linking'],
    ['save-first', 'a linking'],
    ['wait', 'a waiting-for-save'],
  ] as const)('applies the choice %s to files that wait already', async (choice, statuses) => {
    const staged = await stageWithEdits();
    staged.host.saveForm.mockResolvedValue({ outcome: 'saved' });
    staged.session.chooseForEdits(choice);
    await flush();
    expect(staged.test.statuses()).toBe(statuses);
    expect(staged.host.writeSetting.mock.lastCall).toEqual(['unsaved-edits', choice]);
  });

  test.each([
    ['attach-now', 'attach-now'],
    ['save-first', 'save-first'],
    ['wait', 'wait'],
    ['something newer', 'wait'],
    [undefined, 'wait'],
  ])('reads the stored value %s as %s', async (kept, recalled) => {
    const { host, session, connectHost } = stage();
    host.readSetting.mockResolvedValue(kept);
    await connectHost();
    expect(host.readSetting.mock.calls).toEqual([['unsaved-edits']]);
    expect(session.gate.choice.getSnapshot()).toBe(recalled);
  });

  test('does not wait for the host to read the choice', async () => {
    const { host, session, connectHost } = stage();
    host.readSetting.mockReturnValue(new Promise(() => undefined));
    await connectHost();
    expect(session.getSnapshot()).toEqual({ status: 'empty', late: false });
    expect(host.loadSucceeded).toHaveBeenCalledTimes(1);
  });
});

describe('FormSession with attached files', () => {
  test('shows a toast if the form is empty', async () => {
    const { host, tell, linked } = await stageWithItem7();
    await tell({ type: 'unloaded', workItemId: 7 });
    linked(workItemWith([1, 2, 3]), 'other-item', ['c.txt']);
    expect(host.showToast.mock.calls).toEqual([['“\u2068c.txt\u2069” was attached to Bug 7.']]);
  });

  test.each([
    ['their item', [] as const],
    ['another item', [loaded(9)]],
  ])('shows no toast if the form shows %s', async (_, events) => {
    const { host, tell, linked } = await stageWithItem7();
    for (const event of events) await tell(event);
    linked(workItemWith([1, 2, 3]), 'other-item', ['c.txt']);
    expect(host.showToast).not.toHaveBeenCalled();
  });

  test('shows no toast without files', async () => {
    const { host, tell, linked } = await stageWithItem7();
    await tell({ type: 'unloaded', workItemId: 7 });
    linked(workItemWith([1, 2]), 'other-item', []);
    expect(host.showToast).not.toHaveBeenCalled();
  });
});

test('FormSession opens other items in the host and labels known ones', async () => {
  const { host, session } = await stageWithItem7();
  session.openWorkItem(9);
  expect(host.openWorkItem.mock.calls).toEqual([[9]]);
  expect([session.labelOf(7), session.labelOf(9)]).toEqual(['Bug 7', 'Work item 9']);
});

test('alsoAttach opens the bulk panel with the attached files and without those not attached', async () => {
  const staged = await stageWithEdits();
  const { host, session, test } = staged;
  session.alsoAttach(session.queue.getSnapshot());
  answerEdits(staged, 'none');
  await staged.tell({ type: 'saved', workItemId: 7 });
  test.links[0]?.answer(5);
  await flush();
  expect(test.statuses()).toBe('a linked');
  session.alsoAttach(session.queue.getSnapshot());
  const attachmentId = test.links[0]?.attachments[0]?.reference.id;
  expect(host.openBulkPanel.mock.calls).toEqual([
    [[], []],
    [[], [{ workItemId: 7, attachmentId }]],
  ]);
});

test('attachToMore opens the bulk panel with the item in the form, but not with a new one', async () => {
  const { host, session, tell } = await stageWithItem7();
  session.attachToMore();
  expect(host.openBulkPanel.mock.calls).toEqual([[[7]]]);
  await tell({ type: 'unloaded', workItemId: 7 });
  await tell({ type: 'loaded', workItemId: 0, isNew: true, isReadOnly: false });
  session.attachToMore();
  expect(host.openBulkPanel).toHaveBeenCalledTimes(1);
});
