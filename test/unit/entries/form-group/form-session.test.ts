import type { FormEvent, RefreshOutcome } from '../../../../src/azure/host/host';
import type { OpenForm } from '../../../../src/upload/form/form-state';
import type { Picked } from '../../../../src/upload/intake/intake';
import { HostError, NetworkError, ServerError } from '../../../../src/base/errors';
import { createDeferred, flush } from '../../../helpers/deferred';
import { linkTo, pickedFile, workItemWith } from '../../../helpers/uploads';
import type { Stage } from './stage';
import { loaded, NOW, openOn, PICKED, READ_7, stage, stageWithItem7 } from './stage';

describe('FormSession at the start', () => {
  test('connects to the host', () => {
    const { session, host } = stage();
    expect(session.getSnapshot()).toEqual({ status: 'connecting', late: false });
    expect(host.connect).toHaveBeenCalledTimes(1);
    expect(host.loadSucceeded).not.toHaveBeenCalled();
  });

  test('reports to the host once after its answer', async () => {
    const { session, connectHost, host } = stage();
    await connectHost();
    expect(session.getSnapshot()).toEqual({ status: 'empty', late: false });
    expect(host.loadSucceeded).toHaveBeenCalledTimes(1);
  });

  test('shows an item that arrives before the answer of the host', async () => {
    const { session, tell, connectHost } = stage();
    await tell(loaded(7));
    expect(session.getSnapshot()).toEqual(openOn(7));
    await connectHost();
    expect(session.getSnapshot()).toEqual(openOn(7));
  });
});

describe('FormSession with a silent host', () => {
  test('is late after the timeout', () => {
    const { session, hostTimesOut } = stage();
    hostTimesOut();
    expect(session.getSnapshot()).toEqual({ status: 'connecting', late: true });
  });

  test('restarts the timeout after the answer', async () => {
    const { session, hostTimesOut, connectHost } = stage();
    hostTimesOut();
    await connectHost();
    expect(session.getSnapshot()).toEqual({ status: 'empty', late: false });
  });

  test('is late if no item arrives after the answer', async () => {
    const { session, hostTimesOut, connectHost } = stage();
    await connectHost();
    hostTimesOut();
    expect(session.getSnapshot()).toEqual({ status: 'empty', late: true });
  });

  test('shows an item that arrives late', async () => {
    const { session, hostTimesOut, connectHost, tell } = stage();
    hostTimesOut();
    await connectHost();
    await tell(loaded(7));
    expect(session.getSnapshot()).toEqual(openOn(7));
  });

  test('is not late if an item arrived in time', async () => {
    const { session, hostTimesOut } = await stageWithItem7();
    hostTimesOut();
    expect(session.getSnapshot()).toEqual(READ_7);
  });
});

describe('FormSession with an item', () => {
  test('shows the item at once and reads it', async () => {
    const { session, tell, connectHost, reads } = stage();
    await connectHost();
    await tell(loaded(7));
    expect(session.getSnapshot()).toEqual(openOn(7));
    expect(reads.map(({ id }) => id)).toEqual([7]);
  });

  test('shows its name and number of attachments after the read, without other links', async () => {
    const { session, tell, reads } = stage();
    await tell(loaded(7));
    const item = workItemWith([1, 2]);
    reads[0]!.resolve({ ...item, relations: [...item.relations, linkTo(8)] });
    await flush();
    expect(session.getSnapshot()).toEqual(READ_7);
  });

  test('labels an item of unknown type by its number', async () => {
    const { session, tell, reads } = stage();
    await tell(loaded(7));
    reads[0]!.resolve(workItemWith([], { type: '' }));
    await flush();
    expect(session.getSnapshot()).toEqual(openOn(7, { attachmentCount: 0 }));
  });

  test('keeps the state of an item loaded twice and reads it again', async () => {
    const { session, tell, reads } = await stageWithItem7();
    await tell(loaded(7));
    expect(session.getSnapshot()).toEqual(READ_7);
    reads[1]!.resolve(workItemWith([1, 2, 3]));
    await flush();
    expect(session.getSnapshot()).toEqual(openOn(7, { label: 'Bug 7', attachmentCount: 3 }));
  });

  test('follows a change to read-only', async () => {
    const { session, tell } = await stageWithItem7();
    await tell(loaded(7, { isReadOnly: true }));
    expect(session.getSnapshot()).toEqual({ ...READ_7, isReadOnly: true });
  });

  test('is empty after the item is unloaded', async () => {
    const { session, tell } = await stageWithItem7();
    await tell({ type: 'unloaded', workItemId: 7 });
    expect(session.getSnapshot()).toEqual({ status: 'empty', late: false });
  });

  test('ignores the unload of another item', async () => {
    const { session, tell } = await stageWithItem7();
    await tell({ type: 'unloaded', workItemId: 8 });
    expect(session.getSnapshot()).toEqual(READ_7);
  });

  test('ignores undone edits', async () => {
    const { session, tell, reads } = await stageWithItem7();
    await tell({ type: 'reset', workItemId: 7 });
    expect(session.getSnapshot()).toEqual(READ_7);
    expect(reads).toHaveLength(1);
  });

  test.each(['saved', 'refreshed'] as const)('reads the item again after it was %s', async (type) => {
    const { session, tell, reads } = await stageWithItem7();
    await tell({ type, workItemId: 7 });
    reads[1]!.resolve(workItemWith([1], { revision: 9 }));
    await flush();
    expect(session.getSnapshot()).toEqual(openOn(7, { label: 'Bug 7', attachmentCount: 1 }));
  });

  test.each(['saved', 'refreshed'] as const)(
    'does not read the item again after another one was %s',
    async (type) => {
      const { tell, reads } = await stageWithItem7();
      await tell({ type, workItemId: 8 });
      expect(reads).toHaveLength(1);
    },
  );
});

describe('FormSession after a failed read', () => {
  test('shows the problem until the next read succeeds', async () => {
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

  test('keeps known facts', async () => {
    const { session, reads } = await stageWithItem7();
    session.reload();
    reads[1]!.reject(new ServerError('work-item-missing', 'TF401232', { status: 404 }));
    await flush();
    expect(session.getSnapshot()).toEqual({ ...READ_7, problem: { kind: 'work-item-missing', status: 404 } });
  });

  test.each([
    ['an empty form', undefined],
    ['a new item', loaded(0)],
  ])('does not read again with %s', async (_, event) => {
    const { session, tell, connectHost, reads } = stage();
    await connectHost();
    if (event) await tell(event);
    session.reload();
    expect(reads).toHaveLength(0);
  });
});

describe('FormSession with a late response', () => {
  test.each(['answer', 'failure'])('ignores the %s of a read for an item no longer shown', async (late) => {
    const { session, tell, reads } = stage();
    await tell(loaded(7));
    await tell({ type: 'unloaded', workItemId: 7 });
    await tell(loaded(8));
    if (late === 'answer') reads[0]!.resolve(workItemWith([1]));
    else reads[0]!.reject(new NetworkError('No answer.'));
    await flush();
    expect(session.getSnapshot()).toEqual(openOn(8));
  });

  test('keeps the facts of a newer revision', async () => {
    const { session, tell, reads, linked } = stage();
    await tell(loaded(7));
    linked(workItemWith([1, 2, 3]), 'refreshed');
    reads[0]!.resolve(workItemWith([1, 2]));
    await flush();
    expect(session.getSnapshot()).toMatchObject({ attachmentCount: 3 });
  });
});

describe('FormSession with new files', () => {
  test('attaches them to the item in the form, with its number of attachments', async () => {
    const { session, attached, intake } = await stageWithItem7();
    const files = [new File([], 'a')];
    session.attachPicked(files);
    await flush();
    expect(intake.fromInput.mock.calls).toEqual([[files]]);
    expect(attached).toEqual([[PICKED, { kind: 'work-item', id: 7 }, 2]]);
  });

  test('attaches them before the item is read', async () => {
    const { session, tell, attached } = stage();
    await tell(loaded(7));
    session.attachPicked([]);
    await flush();
    expect(attached).toEqual([[PICKED, { kind: 'work-item', id: 7 }, 0]]);
  });

  test('names pasted files by item and time', async () => {
    const { session, intake, attached } = await stageWithItem7();
    session.attachPasted([]);
    expect(intake.fromPaste.mock.calls).toEqual([[[], 'Bug 7', NOW]]);
    await flush();
    expect(attached).toHaveLength(1);
  });

  test('attaches dropped files to the item at the time of the drop, however long folders take to read', async () => {
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
    'rejects dropped and pasted files if the form is %s',
    async (_, facts) => {
      const { session, tell, intake } = await stageWithItem7();
      await tell(loaded(7, facts));
      session.attachDropped({} as DataTransfer);
      session.attachPasted([]);
      expect(intake.fromDrop).not.toHaveBeenCalled();
      expect(intake.fromPaste).not.toHaveBeenCalled();
    },
  );

  test.each([
    ['rejects them if the item is gone', new ServerError('work-item-missing', 'It is gone.'), 0],
    ['takes them without a sign-in, since they wait for it', new ServerError('signed-out', 'A page.'), 1],
    ['takes them while the host gives no token', new HostError('No token.'), 1],
  ])('%s', async (_, error, calls) => {
    const { session, tell, reads, intake } = await stageWithItem7();
    await tell({ type: 'refreshed', workItemId: 7 });
    reads.at(-1)!.reject(error);
    await flush();
    session.attachDropped({} as DataTransfer);
    expect(intake.fromDrop).toHaveBeenCalledTimes(calls);
  });

  test.each([
    ['a busy server', new ServerError('server-busy', 'Busy.', { status: 503 })],
    ['a sign-out', new ServerError('signed-out', 'The sign-in page.')],
  ])('reads the item by itself after %s, and removes the message', async (_, error) => {
    const { session, tell, reads, test } = await stageWithItem7();
    await tell({ type: 'refreshed', workItemId: 7 });
    reads.at(-1)!.reject(error);
    await flush();
    expect(session.getSnapshot()).toMatchObject({ problem: { kind: error.kind } });
    const before = reads.length;
    await test.runtime.pass(10_000);
    expect(reads.length).toBe(before + 1);
    reads.at(-1)!.resolve(workItemWith([1, 2, 3]));
    await flush();
    expect(session.getSnapshot()).toMatchObject({ problem: undefined, attachmentCount: 3 });
  });

  test('ends the retries of a read when another item is opened', async () => {
    const { tell, reads, test } = await stageWithItem7();
    await tell({ type: 'refreshed', workItemId: 7 });
    reads.at(-1)!.reject(new ServerError('server-busy', 'Busy.', { status: 503 }));
    await tell(loaded(8));
    const before = reads.length;
    await test.runtime.pass(60_000);
    expect(reads.length).toBe(before);
  });

  test('keeps running uploads with their item when the form shows another one', async () => {
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
  ])('rejects all files if the form is %s', async (_, event) => {
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

describe('FormSession with a file that is attached already', () => {
  const again = { accepted: [pickedFile('1.txt', 5)], rejected: [] };
  const asking = ({ session }: Stage) =>
    session.queue.getSnapshot().filter(({ duplicate }) => duplicate?.status === 'asking').length;

  test('asks, and keeps both when the form shows another item', async () => {
    const staged = await stageWithItem7();
    const { session, tell, intake, test } = staged;
    intake.fromInput.mockResolvedValue(again);
    session.attachPicked([]);
    await flush();
    expect(asking(staged)).toBe(1);
    await test.finish('1.txt');
    expect(test.links).toEqual([]);
    await tell(loaded(8));
    expect(test.links.map(({ names }) => names)).toEqual([['1.txt']]);
  });

  test('keeps asking while the form is refreshed', async () => {
    const staged = await stageWithItem7();
    staged.intake.fromDrop.mockResolvedValue(again);
    staged.session.attachDropped({} as DataTransfer);
    await flush();
    await staged.tell({ type: 'refreshed', workItemId: 7 });
    await staged.tell(loaded(7));
    expect(asking(staged)).toBe(1);
  });

  test('asks about a pasted file, and never about a pasted picture', async () => {
    const staged = await stageWithItem7();
    const { session, intake } = staged;
    const picture = { ...pickedFile('1.txt', 10), source: new File(['x'.repeat(10)], 'image.png') };
    intake.fromPaste.mockReturnValue({ accepted: [picture], rejected: [] });
    session.attachPasted([]);
    await flush();
    expect([asking(staged), session.queue.getSnapshot()[0]?.duplicate]).toEqual([0, undefined]);
    // Pasted in the list of attachments.
    session.attachTo({ accepted: [picture], rejected: [] }, 7);
    await flush();
    expect(asking(staged)).toBe(0);
    intake.fromPaste.mockReturnValue(again);
    session.attachPasted([]);
    await flush();
    expect(asking(staged)).toBe(1);
  });

  test.each([
    ['a new item', 0],
    ['an item that was not read yet', 9],
  ])('does not ask about files of %s', async (_, id) => {
    const staged = await stageWithItem7();
    await staged.tell(loaded(id));
    staged.intake.fromInput.mockResolvedValue(again);
    staged.session.attachPicked([]);
    await flush();
    expect([staged.session.queue.getSnapshot().length, asking(staged)]).toEqual([1, 0]);
  });
});

describe('FormSession with attached files', () => {
  test.each<[RefreshOutcome, OpenForm['notShown']]>([
    ['refreshed', undefined],
    ['unsaved-edits', 'unsaved-edits'],
    ['other-item', 'other-item'],
    ['failed', 'failed'],
  ])('after a refresh with outcome %s sets `notShown` to %s', async (refresh, notShown) => {
    const { session, linked } = await stageWithItem7();
    linked(workItemWith([1, 2, 3]), refresh);
    expect(session.getSnapshot()).toEqual(openOn(7, { label: 'Bug 7', attachmentCount: 3, notShown }));
  });

  test.each<FormEvent>([{ type: 'refreshed', workItemId: 7 }, { type: 'saved', workItemId: 7 }, loaded(7)])(
    'resets `notShown` after %j',
    async (event) => {
      const { session, linked, tell } = await stageWithItem7();
      linked(workItemWith([1, 2, 3]), 'unsaved-edits');
      await tell(event);
      expect(session.getSnapshot()).toMatchObject({ notShown: undefined, attachmentCount: 3 });
    },
  );

  test('ignores files of an item no longer shown', async () => {
    const { session, tell, linked } = await stageWithItem7();
    await tell({ type: 'unloaded', workItemId: 7 });
    await tell(loaded(8));
    linked(workItemWith([1, 2, 3]), 'unsaved-edits');
    expect(session.getSnapshot()).toEqual(openOn(8));
  });
});

test('FormSession notifies subscribers of each change', async () => {
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

describe('FormSession, asked for the work items that it reads,', () => {
  test('passes on the last one and those that follow, of the item in the form only', async () => {
    const { session, tell, linked } = await stageWithItem7();
    const read: string[] = [];
    session.onRead(({ id, revision }) => read.push(`${id} rev ${revision}`));
    linked(workItemWith([1, 2, 3]), 'refreshed');
    linked(workItemWith([1], { id: 8 }), 'refreshed');
    expect(read).toEqual(['7 rev 3', '7 rev 4']);
    await tell(loaded(9));
    session.onRead(() => read.push('late'));
    expect(read).toHaveLength(2);
  });
});
