import type { FormEvent, RefreshOutcome } from '../../../../src/azure/host/host';
import type { OpenForm } from '../../../../src/entries/form-group/form-state';
import type { Picked } from '../../../../src/upload/intake/pick-files';
import { NetworkError, ServerError } from '../../../../src/base/errors';
import { createDeferred, flush } from '../../../helpers/deferred';
import { linkTo, workItemWith } from '../../../helpers/uploads';
import { loaded, NOW, openOn, PICKED, READ_7, stage, stageWithItem7 } from './stage';

describe('the beginning', () => {
  test('is a form that is being connected to', () => {
    const { session, host } = stage();
    expect(session.getSnapshot()).toEqual({ status: 'connecting', late: false });
    expect(host.connect).toHaveBeenCalledTimes(1);
    expect(host.loadSucceeded).not.toHaveBeenCalled();
  });

  test('is over when the host has answered, which is told once', async () => {
    const { session, connectHost, host } = stage();
    await connectHost();
    expect(session.getSnapshot()).toEqual({ status: 'empty', late: false });
    expect(host.loadSucceeded).toHaveBeenCalledTimes(1);
  });

  test('may be over before the host has answered: an event is enough', async () => {
    const { session, tell, connectHost } = stage();
    await tell(loaded(7));
    expect(session.getSnapshot()).toEqual(openOn(7));
    await connectHost();
    expect(session.getSnapshot()).toEqual(openOn(7));
  });
});

describe('a host that is silent for too long', () => {
  test('is called late', () => {
    const { session, hostTimesOut } = stage();
    hostTimesOut();
    expect(session.getSnapshot()).toEqual({ status: 'connecting', late: true });
  });

  test('is given time anew for the item once it has answered', async () => {
    const { session, hostTimesOut, connectHost } = stage();
    hostTimesOut();
    await connectHost();
    expect(session.getSnapshot()).toEqual({ status: 'empty', late: false });
  });

  test('is late when it answered and never names an item', async () => {
    const { session, hostTimesOut, connectHost } = stage();
    await connectHost();
    hostTimesOut();
    expect(session.getSnapshot()).toEqual({ status: 'empty', late: true });
  });

  test('is forgiven when the item comes after all', async () => {
    const { session, hostTimesOut, connectHost, tell } = stage();
    hostTimesOut();
    await connectHost();
    await tell(loaded(7));
    expect(session.getSnapshot()).toEqual(openOn(7));
  });

  test('is not late when the item was there in time', async () => {
    const { session, hostTimesOut } = await stageWithItem7();
    hostTimesOut();
    expect(session.getSnapshot()).toEqual(READ_7);
  });
});

describe('an item in the form', () => {
  test('is shown at once and read', async () => {
    const { session, tell, connectHost, reads } = stage();
    await connectHost();
    await tell(loaded(7));
    expect(session.getSnapshot()).toEqual(openOn(7));
    expect(reads.map(({ id }) => id)).toEqual([7]);
  });

  test('is named and counted once it was read; other links do not count', async () => {
    const { session, tell, reads } = stage();
    await tell(loaded(7));
    const item = workItemWith([1, 2]);
    reads[0]!.resolve({ ...item, relations: [...item.relations, linkTo(8)] });
    await flush();
    expect(session.getSnapshot()).toEqual(READ_7);
  });

  test('whose type the server does not say keeps its number', async () => {
    const { session, tell, reads } = stage();
    await tell(loaded(7));
    reads[0]!.resolve(workItemWith([], { type: '' }));
    await flush();
    expect(session.getSnapshot()).toEqual(openOn(7, { attachmentCount: 0 }));
  });

  test('that is told twice stays as it is and is read again', async () => {
    const { session, tell, reads } = await stageWithItem7();
    await tell(loaded(7));
    expect(session.getSnapshot()).toEqual(READ_7);
    reads[1]!.resolve(workItemWith([1, 2, 3]));
    await flush();
    expect(session.getSnapshot()).toEqual(openOn(7, { label: 'Bug 7', attachmentCount: 3 }));
  });

  test('may become read-only', async () => {
    const { session, tell } = await stageWithItem7();
    await tell(loaded(7, { isReadOnly: true }));
    expect(session.getSnapshot()).toEqual({ ...READ_7, isReadOnly: true });
  });

  test('leaves an empty form', async () => {
    const { session, tell } = await stageWithItem7();
    await tell({ type: 'unloaded', workItemId: 7 });
    expect(session.getSnapshot()).toEqual({ status: 'empty', late: false });
  });

  test('is not closed by the leaving of another one', async () => {
    const { session, tell } = await stageWithItem7();
    await tell({ type: 'unloaded', workItemId: 8 });
    expect(session.getSnapshot()).toEqual(READ_7);
  });

  test('is not touched by undone edits', async () => {
    const { session, tell, reads } = await stageWithItem7();
    await tell({ type: 'reset', workItemId: 7 });
    expect(session.getSnapshot()).toEqual(READ_7);
    expect(reads).toHaveLength(1);
  });

  test.each(['saved', 'refreshed'] as const)('that was %s is read again', async (type) => {
    const { session, tell, reads } = await stageWithItem7();
    await tell({ type, workItemId: 7 });
    reads[1]!.resolve(workItemWith([1], { revision: 9 }));
    await flush();
    expect(session.getSnapshot()).toEqual(openOn(7, { label: 'Bug 7', attachmentCount: 1 }));
  });

  test.each(['saved', 'refreshed'] as const)('is not read again when another one was %s', async (type) => {
    const { tell, reads } = await stageWithItem7();
    await tell({ type, workItemId: 8 });
    expect(reads).toHaveLength(1);
  });
});

describe('a read that fails', () => {
  test('is told, and the next one heals it', async () => {
    const { session, tell, reads } = stage();
    await tell(loaded(7));
    reads[0]!.reject(new NetworkError('No answer.'));
    await flush();
    expect(session.getSnapshot()).toEqual(openOn(7, { problem: { kind: 'network', status: 0 } }));
    session.reload();
    reads[1]!.resolve(workItemWith([1, 2]));
    await flush();
    expect(session.getSnapshot()).toEqual(READ_7);
  });

  test('keeps what was known', async () => {
    const { session, reads } = await stageWithItem7();
    session.reload();
    reads[1]!.reject(new ServerError('work-item-missing', 'TF401232', { status: 404 }));
    await flush();
    expect(session.getSnapshot()).toEqual({ ...READ_7, problem: { kind: 'work-item-missing', status: 404 } });
  });

  test.each([
    ['nothing is in the form', undefined],
    ['a new item is', loaded(0)],
  ])('is not repeated while %s', async (_, event) => {
    const { session, tell, connectHost, reads } = stage();
    await connectHost();
    if (event) await tell(event);
    session.reload();
    expect(reads).toHaveLength(0);
  });
});

describe('a late answer', () => {
  test.each(['answer', 'failure'])('as %s for an item no longer shown is not heard', async (late) => {
    const { session, tell, reads } = stage();
    await tell(loaded(7));
    await tell({ type: 'unloaded', workItemId: 7 });
    await tell(loaded(8));
    if (late === 'answer') reads[0]!.resolve(workItemWith([1]));
    else reads[0]!.reject(new NetworkError('No answer.'));
    await flush();
    expect(session.getSnapshot()).toEqual(openOn(8));
  });

  test('does not undo what a newer one told', async () => {
    const { session, tell, reads, linked } = stage();
    await tell(loaded(7));
    linked(workItemWith([1, 2, 3]), 'refreshed');
    reads[0]!.resolve(workItemWith([1, 2]));
    await flush();
    expect(session.getSnapshot()).toMatchObject({ attachmentCount: 3 });
  });
});

describe('files', () => {
  test('go to the item in the form, with what is known of its attachments', async () => {
    const { session, attached, intake } = await stageWithItem7();
    const files = [new File([], 'a')];
    session.attachPicked(files);
    await flush();
    expect(intake.fromInput.mock.calls).toEqual([[files]]);
    expect(attached).toEqual([[PICKED, { kind: 'work-item', id: 7 }, 2]]);
  });

  test('go there before the item was read', async () => {
    const { session, tell, attached } = stage();
    await tell(loaded(7));
    session.attachPicked([]);
    await flush();
    expect(attached).toEqual([[PICKED, { kind: 'work-item', id: 7 }, 0]]);
  });

  test('that are pasted are named by item and time', async () => {
    const { session, intake, attached } = await stageWithItem7();
    session.attachPasted([]);
    expect(intake.fromPaste.mock.calls).toEqual([[[], 'Bug 7', NOW]]);
    await flush();
    expect(attached).toHaveLength(1);
  });

  test('that are dropped go to the item of that moment, however long the folders take', async () => {
    const { session, tell, intake, attached } = await stageWithItem7();
    const reading = createDeferred<Picked>();
    intake.fromDrop.mockReturnValue(reading.promise);
    session.attachDropped({} as DataTransfer);
    await tell({ type: 'unloaded', workItemId: 7 });
    await tell(loaded(8));
    reading.resolve(PICKED);
    await flush();
    expect(attached).toEqual([[PICKED, { kind: 'work-item', id: 7 }, 2]]);
  });

  test.each<[string, Partial<OpenForm>]>([['read-only', { isReadOnly: true }]])(
    'are not taken by a form that is %s',
    async (_, facts) => {
      const { session, tell, intake } = await stageWithItem7();
      await tell(loaded(7, facts));
      session.attachDropped({} as DataTransfer);
      session.attachPasted([]);
      expect(intake.fromDrop).not.toHaveBeenCalled();
      expect(intake.fromPaste).not.toHaveBeenCalled();
    },
  );

  test('are not taken where the item itself could not be read for want of a session', async () => {
    const { session, tell, reads, intake } = await stageWithItem7();
    await tell({ type: 'refreshed', workItemId: 7 });
    reads.at(-1)!.reject(new ServerError('signed-out', 'The sign-in page.'));
    await flush();
    session.attachDropped({} as DataTransfer);
    expect(intake.fromDrop).not.toHaveBeenCalled();
  });

  test('on their way stay with their item when the form moves on', async () => {
    const { session, tell, test } = await stageWithItem7();
    session.attachPicked([]);
    await flush();
    await flush();
    await tell({ type: 'unloaded', workItemId: 7 });
    await tell(loaded(8));
    await test.finish('a');
    expect(test.links.map(({ workItemId }) => workItemId)).toEqual([7]);
  });

  test.each([
    ['read-only', loaded(7, { isReadOnly: true })],
    ['read-only and new', loaded(0, { isReadOnly: true })],
    ['empty', undefined],
  ])('are not taken by a form that is %s', async (_, event) => {
    const { session, tell, connectHost, attached } = stage();
    await connectHost();
    if (event) await tell(event);
    session.attachPicked([]);
    await flush();
    session.attachPasted([]);
    session.attachDropped({} as DataTransfer);
    await flush();
    expect(attached).toEqual([]);
  });
});

describe('files that were attached', () => {
  test.each<[RefreshOutcome, OpenForm['notShown']]>([
    ['refreshed', undefined],
    ['unsaved-edits', 'unsaved-edits'],
    ['other-item', 'other-item'],
    ['failed', 'failed'],
  ])('and a form that is %s: not shown because of %s', async (refresh, notShown) => {
    const { session, linked } = await stageWithItem7();
    linked(workItemWith([1, 2, 3]), refresh);
    expect(session.getSnapshot()).toEqual(openOn(7, { label: 'Bug 7', attachmentCount: 3, notShown }));
  });

  test.each<FormEvent>([{ type: 'refreshed', workItemId: 7 }, { type: 'saved', workItemId: 7 }, loaded(7)])(
    'are shown by the form after %j',
    async (event) => {
      const { session, linked, tell } = await stageWithItem7();
      linked(workItemWith([1, 2, 3]), 'unsaved-edits');
      await tell(event);
      expect(session.getSnapshot()).toMatchObject({ notShown: undefined, attachmentCount: 3 });
    },
  );

  test('to an item no longer shown change nothing', async () => {
    const { session, tell, linked } = await stageWithItem7();
    await tell({ type: 'unloaded', workItemId: 7 });
    await tell(loaded(8));
    linked(workItemWith([1, 2, 3]), 'unsaved-edits');
    expect(session.getSnapshot()).toEqual(openOn(8));
  });
});

test('whoever watches is told of each change', async () => {
  const { session, tell, reads } = stage();
  const seen: string[] = [];
  const leave = session.subscribe(() => seen.push(session.getSnapshot().status));
  await tell(loaded(7));
  reads[0]!.resolve(workItemWith([]));
  await flush();
  leave();
  await tell({ type: 'unloaded', workItemId: 7 });
  expect(seen).toEqual(['open', 'open']);
});
