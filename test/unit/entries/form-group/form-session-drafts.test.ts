import { NetworkError, StaplerError } from '../../../../src/base/errors';
import type { WorkItem } from '../../../../src/azure/work-item';
import { createDeferred, flush } from '../../../helpers/deferred';
import { pickedFile, workItemWith } from '../../../helpers/uploads';
import type { Stage } from './stage';
import { loaded, NOW, openOn, openOnDraft, stage, stageWithItem7 } from './stage';

describe('FormSession with a draft', () => {
  test.each([
    ['0', loaded(0)],
    ['a negative number', loaded(-3)],
    ['a number of its own', loaded(7, { isNew: true })],
    ['no number', loaded(undefined as unknown as number, { isNew: false })],
  ])('takes an item with %s as a draft, without a read', async (_, event) => {
    const { session, tell, reads } = stage();
    await tell(event);
    expect(session.getSnapshot()).toEqual(openOnDraft(1, { hostId: event.workItemId }));
    expect(reads).toHaveLength(0);
  });

  test('labels a draft of unknown type', async () => {
    const { session, tell, host } = stage();
    host.getFormItemType.mockResolvedValue('');
    await tell(loaded(0));
    expect(session.getSnapshot()).toEqual(openOnDraft(1, { label: 'New work item' }));
  });

  test('takes a new item loaded twice as one draft', async () => {
    const { session, tell } = stage();
    await tell(loaded(0));
    await tell(loaded(0));
    expect(session.getSnapshot()).toEqual(openOnDraft(1));
  });

  test('ignores a late type of a draft no longer shown', async () => {
    const { session, tell, host } = stage();
    const type = createDeferred<string>();
    host.getFormItemType.mockReturnValue(type.promise);
    await tell(loaded(0));
    await tell({ type: 'unloaded', workItemId: 0 });
    await tell(loaded(7));
    type.resolve('Bug');
    await flush();
    expect(session.getSnapshot()).toEqual(openOn(7));
  });

  /** Starts a session with a draft and one uploaded file. */
  async function stageWithDraft(): Promise<Stage> {
    const staged = stage();
    await staged.connectHost();
    await staged.tell(loaded(0));
    staged.session.attachPicked([]);
    await flush();
    await staged.test.finish('a');
    return staged;
  }

  test('links the files of a draft saved with a number', async () => {
    const { session, tell, reads, test } = await stageWithDraft();
    expect(test.statuses()).toBe('a waiting-for-save');
    await tell({ type: 'saved', workItemId: 12 });
    expect(reads.map(({ id }) => id)).toEqual([12]);
    reads[0]!.resolve(workItemWith([], { id: 12, createdAt: NOW.getTime() }));
    await flush();
    expect(test.links.map(({ workItemId }) => workItemId)).toEqual([12]);
    expect(session.getSnapshot()).toMatchObject({ hostId: 12, former: undefined });
  });

  test('keeps the files for the draft if the host reports the save of another item', async () => {
    const { tell, reads, test } = await stageWithDraft();
    await tell({ type: 'saved', workItemId: 3 });
    reads[0]!.resolve(workItemWith([], { id: 3, revision: 9, createdAt: 0 }));
    await flush();
    expect(test.links).toHaveLength(0);
    expect(test.statuses()).toBe('a waiting-for-save');
    await tell({ type: 'saved', workItemId: 12 });
    reads[1]!.resolve(workItemWith([], { id: 12, createdAt: NOW.getTime() }));
    await flush();
    expect(test.links.map(({ workItemId }) => workItemId)).toEqual([12]);
  });

  test('trusts the report of a save if this person may not read the item', async () => {
    const { tell, reads, test } = await stageWithDraft();
    await tell({ type: 'saved', workItemId: 12 });
    reads[0]!.reject(new StaplerError('no-permission', 'No.'));
    await flush();
    expect(test.links.map(({ workItemId }) => workItemId)).toEqual([12]);
  });

  test.each<[string, () => Promise<number>, number]>([
    [
      'links the files if the clock of this machine is an hour fast',
      () => Promise.resolve(NOW.getTime() - 3_600_000),
      1,
    ],
    ['fails the files if the clocks agree', () => Promise.resolve(NOW.getTime()), 0],
    [
      'fails the files if the clock of the server is unknown',
      () => Promise.reject(new NetworkError('No.')),
      0,
    ],
  ])('%s, and the item was created an hour ago', async (_, readServerTime, links) => {
    const staged = await stageWithDraft();
    staged.readServerTime.mockImplementation(readServerTime);
    await staged.tell(loaded(12));
    staged.reads[0]!.resolve(workItemWith([], { id: 12, createdAt: NOW.getTime() - 3_600_000 }));
    await flush();
    expect(staged.test.links).toHaveLength(links);
    expect(staged.readServerTime).toHaveBeenCalledTimes(1);
  });

  test('links the files once if the save is reported twice', async () => {
    const { tell, reads, test } = await stageWithDraft();
    await tell({ type: 'saved', workItemId: 12 });
    await tell(loaded(12));
    for (const { resolve } of reads) resolve(workItemWith([], { id: 12, createdAt: NOW.getTime() }));
    await flush();
    expect(test.links).toHaveLength(1);
  });

  describe('replaced by another number', () => {
    const SHOWN = {
      target: { kind: 'work-item', id: 12 },
      former: { kind: 'draft', draftId: 'draft 1' },
    };

    /** The host reports work item 12, and the session reads it. */
    async function stageInQuestion(): Promise<Stage> {
      const staged = await stageWithDraft();
      staged.host.getPerson.mockReturnValue({ id: 'me', descriptor: '' });
      await staged.tell(loaded(12));
      expect(staged.session.getSnapshot()).toMatchObject(SHOWN);
      expect(staged.test.statuses()).toBe('a waiting-for-save');
      expect(staged.reads.map(({ id }) => id)).toEqual([12]);
      return staged;
    }

    const MINUTE = 60_000;

    test.each<[string, Partial<WorkItem>]>([
      ['created just now', { createdAt: NOW.getTime() }],
      ['created just now by a slow clock', { createdAt: NOW.getTime() - 5 * MINUTE }],
      ['created just now by a fast clock', { createdAt: NOW.getTime() + 600 * MINUTE }],
      ['changed by rules since', { createdAt: NOW.getTime(), revision: 3 }],
      ['without a date', { createdAt: NaN }],
      ['created by this person', { createdAt: NOW.getTime(), createdBy: { id: 'me', descriptor: '' } }],
      ['without a type', { createdAt: NOW.getTime(), type: '' }],
    ])('links the files to an item %s', async (_, facts) => {
      const { session, reads, test } = await stageInQuestion();
      reads[0]!.resolve(workItemWith([], { id: 12, revision: 1, ...facts }));
      await flush();
      expect(test.links.map(({ workItemId }) => workItemId)).toEqual([12]);
      expect(session.getSnapshot()).toMatchObject({ ...SHOWN, former: undefined });
    });

    test.each<[string, Partial<WorkItem>]>([
      ['created before', { createdAt: NOW.getTime() - 5 * MINUTE - 1 }],
      ['with more revisions than a new one', { createdAt: NOW.getTime(), revision: 4 }],
      ['of another type', { createdAt: NOW.getTime(), type: 'Task' }],
      ['created by another person', { createdAt: NOW.getTime(), createdBy: { id: 'other', descriptor: '' } }],
    ])('fails the files for an item %s', async (_, facts) => {
      const { session, reads, test } = await stageInQuestion();
      reads[0]!.resolve(workItemWith([], { id: 12, revision: 1, ...facts }));
      await flush();
      expect(test.links).toHaveLength(0);
      expect(test.upload('a').state).toMatchObject({ problem: { kind: 'work-item-closed' } });
      expect(session.getSnapshot()).toMatchObject({ ...SHOWN, former: undefined });
    });

    test('fails the files for an item with more revisions than this frame has added', async () => {
      const { tell, linked, test } = await stageInQuestion();
      await tell({ type: 'saved', workItemId: 12 });
      linked(workItemWith([], { id: 8, revision: 3 }), 'refreshed');
      linked(workItemWith([], { id: 12, revision: 6 }), 'refreshed');
      await flush();
      expect(test.upload('a').state).toMatchObject({ problem: { kind: 'work-item-closed' } });
    });

    test('links the files to an item that this frame saved and linked before the read', async () => {
      const { tell, linked, test } = await stageInQuestion();
      await tell({ type: 'saved', workItemId: 12 });
      linked(workItemWith([], { id: 12, revision: 5 }), 'refreshed');
      await flush();
      expect(test.links.map(({ workItemId }) => workItemId)).toEqual([12]);
    });

    test.each(['work-item-missing', 'no-permission'] as const)(
      'fails the files if the read fails with %s',
      async (kind) => {
        const { reads, test } = await stageInQuestion();
        reads[0]!.reject(new StaplerError(kind, 'No.'));
        await flush();
        expect(test.upload('a').state).toMatchObject({ problem: { kind: 'work-item-closed' } });
      },
    );

    test('keeps the files until a read succeeds, even if the form shows another item', async () => {
      const { tell, reads, test } = await stageInQuestion();
      reads[0]!.reject(new NetworkError('No answer.'));
      await flush();
      await tell({ type: 'unloaded', workItemId: 12 });
      await tell(loaded(8));
      expect(test.statuses()).toBe('a waiting-for-save');
      await test.runtime.pass(10_000);
      expect(reads.map(({ id }) => id)).toEqual([12, 8, 12]);
      reads[2]!.resolve(workItemWith([], { id: 12, revision: 1 }));
      await flush();
      expect(test.links.map(({ workItemId }) => workItemId)).toEqual([12]);
      await test.runtime.pass(60_000);
      expect(reads).toHaveLength(3);
    });

    test('shows a failed read of the item in the form while an earlier item is read again', async () => {
      const { session, tell, reads, test } = await stageInQuestion();
      reads[0]!.reject(new NetworkError('No answer.'));
      await flush();
      await tell({ type: 'unloaded', workItemId: 12 });
      await tell(loaded(8));
      await test.runtime.pass(10_000);
      expect(reads.map(({ id }) => id)).toEqual([12, 8, 12]);
      reads[1]!.reject(new NetworkError('No answer.'));
      await flush();
      expect(session.getSnapshot()).toMatchObject({ problem: { kind: 'network' } });
    });
  });

  test('keeps a draft saved without a number', async () => {
    const { session, tell, test } = await stageWithDraft();
    await tell({ type: 'saved', workItemId: 0 });
    expect(session.getSnapshot()).toEqual(openOnDraft(1));
    expect(test.links).toHaveLength(0);
  });

  test('fails the files of a draft closed without a save, and gives the next item none of them', async () => {
    const { session, tell, test } = await stageWithDraft();
    await tell({ type: 'unloaded', workItemId: 0 });
    expect(session.getSnapshot()).toEqual({ status: 'empty', late: false });
    await test.runtime.pass(5_000);
    expect(test.upload('a').state).toMatchObject({ status: 'failed', problem: { kind: 'work-item-closed' } });
    await tell(loaded(8));
    expect(test.links).toHaveLength(0);
  });

  test.each([0, -1, 12, undefined as unknown as number])(
    'closes a draft unloaded with the number %s',
    async (leftAs) => {
      const { session, tell, test } = stage();
      await tell(loaded(leftAs === 12 ? 12 : -1, { isNew: true }));
      const target = { kind: 'draft', draftId: 'draft 1' } as const;
      test.queue.add([pickedFile('a')], target);
      await tell({ type: 'unloaded', workItemId: leftAs });
      expect(session.getSnapshot()).toEqual({ status: 'empty', late: false });
      await test.runtime.pass(5_000);
      expect(test.upload('a').state).toMatchObject({
        status: 'failed',
        problem: { kind: 'work-item-closed' },
      });
    },
  );

  test('keeps a draft if the item before it is unloaded late', async () => {
    const { session, tell } = await stageWithItem7();
    await tell(loaded(0));
    await tell({ type: 'unloaded', workItemId: 7 });
    expect(session.getSnapshot()).toEqual(openOnDraft(1));
  });

  test('keeps a draft if the save of the item before it is reported late', async () => {
    const { session, tell, test } = await stageWithItem7();
    await tell({ type: 'unloaded', workItemId: 7 });
    await tell(loaded(0));
    test.queue.add([pickedFile('a')], { kind: 'draft', draftId: 'draft 1' });
    await tell({ type: 'saved', workItemId: 7 });
    expect(session.getSnapshot()).toEqual(openOnDraft(1));
    expect(test.upload('a').target).toEqual({ kind: 'draft', draftId: 'draft 1' });
  });

  test('closes a draft if a known item is loaded in its place', async () => {
    const { tell, test } = await stageWithItem7();
    await tell(loaded(0));
    test.queue.add([pickedFile('a')], { kind: 'draft', draftId: 'draft 1' });
    await tell(loaded(7));
    await test.runtime.pass(5_000);
    expect(test.upload('a').state).toMatchObject({ status: 'failed', problem: { kind: 'work-item-closed' } });
  });

  test('takes a draft unloaded with its first number as saved, and gives the next item no files', async () => {
    const { session, tell, reads, test } = await stageWithDraft();
    await tell({ type: 'unloaded', workItemId: 31 });
    expect(session.getSnapshot()).toEqual({ status: 'empty', late: false });
    await tell(loaded(9));
    reads[0]!.resolve(workItemWith([], { id: 31, revision: 1 }));
    await flush();
    expect(test.links.map(({ workItemId }) => workItemId)).toEqual([31]);
  });

  describe('unloaded before its save is reported', () => {
    test('links the files to the saved item, even if the form shows another one by then', async () => {
      const { session, tell, reads, test } = await stageWithDraft();
      await tell({ type: 'unloaded', workItemId: 0 });
      await tell(loaded(8));
      await test.runtime.pass(4_999);
      await tell({ type: 'saved', workItemId: 31 });
      reads[1]!.resolve(workItemWith([], { id: 31, createdAt: NOW.getTime() }));
      await flush();
      expect(reads.map(({ id }) => id)).toEqual([8, 31]);
      expect(test.links.map(({ workItemId }) => workItemId)).toEqual([31]);
      expect(session.getSnapshot()).toMatchObject({ hostId: 8 });
      await test.runtime.pass(60_000);
      expect(test.links).toHaveLength(1);
    });

    test('fails the files if the host reports the save of another item', async () => {
      const { session, tell, reads, test } = await stageWithDraft();
      await tell({ type: 'unloaded', workItemId: 0 });
      await tell({ type: 'saved', workItemId: 3 });
      reads[0]!.resolve(workItemWith([], { id: 3, revision: 9, createdAt: 0 }));
      await flush();
      expect(test.upload('a').state).toMatchObject({ problem: { kind: 'work-item-closed' } });
      expect(session.getSnapshot()).toEqual({ status: 'empty', late: false });
    });

    test('keeps the next draft apart', async () => {
      const { session, tell, test } = await stageWithDraft();
      await tell({ type: 'unloaded', workItemId: 0 });
      await tell(loaded(0));
      await test.runtime.pass(5_000);
      expect(test.upload('a').state).toMatchObject({ problem: { kind: 'work-item-closed' } });
      expect(session.getSnapshot()).toEqual(openOnDraft(2));
    });
  });

  test('links the files of a draft loaded with its first number, although still as new', async () => {
    const { tell, reads, test } = await stageWithDraft();
    await tell(loaded(31, { isNew: true }));
    reads[0]!.resolve(workItemWith([], { id: 31, createdAt: NOW.getTime() }));
    await flush();
    expect(test.links.map(({ workItemId }) => workItemId)).toEqual([31]);
  });

  test('takes a new item with another number as another draft', async () => {
    const { session, tell, test } = stage();
    await tell(loaded(-1));
    test.queue.add([pickedFile('a')], { kind: 'draft', draftId: 'draft 1' });
    await tell(loaded(-2));
    expect(session.getSnapshot()).toEqual(openOnDraft(2, { hostId: -2 }));
    await test.runtime.pass(5_000);
    expect(test.upload('a').state).toMatchObject({ status: 'failed', problem: { kind: 'work-item-closed' } });
  });

  test('takes a new item after an unload as another draft', async () => {
    const { session, tell } = await stageWithDraft();
    await tell({ type: 'unloaded', workItemId: 0 });
    await tell(loaded(0));
    expect(session.getSnapshot()).toEqual(openOnDraft(2));
  });
});
