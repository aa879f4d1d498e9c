import { NetworkError, StaplerError } from '../../../../src/base/errors';
import type { WorkItem } from '../../../../src/azure/work-item';
import { createDeferred, flush } from '../../../helpers/deferred';
import { pickedFile, workItemWith } from '../../../helpers/uploads';
import type { Stage } from './stage';
import { loaded, NOW, openOn, openOnDraft, stage, stageWithItem7 } from './stage';

describe('a new item', () => {
  test.each([
    ['0', loaded(0)],
    ['a negative number', loaded(-3)],
    ['a number of its own', loaded(7, { isNew: true })],
    ['no number', loaded(undefined as unknown as number, { isNew: false })],
  ])('told with %s is a draft without a read', async (_, event) => {
    const { session, tell, reads } = stage();
    await tell(event);
    expect(session.getSnapshot()).toEqual(openOnDraft(1, { hostId: event.workItemId }));
    expect(reads).toHaveLength(0);
  });

  test('whose type the host does not say has a name all the same', async () => {
    const { session, tell, host } = stage();
    host.getFormItemType.mockResolvedValue('');
    await tell(loaded(0));
    expect(session.getSnapshot()).toEqual(openOnDraft(1, { label: 'New work item' }));
  });

  test('that is told twice is one draft', async () => {
    const { session, tell } = stage();
    await tell(loaded(0));
    await tell(loaded(0));
    expect(session.getSnapshot()).toEqual(openOnDraft(1));
  });

  test('whose type comes late does not name what is shown then', async () => {
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

  /** A draft with one file that was sent and waits for the save. */
  async function stageWithDraft(): Promise<Stage> {
    const staged = stage();
    await staged.connectHost();
    await staged.tell(loaded(0));
    staged.session.attachPicked([]);
    await flush();
    await staged.test.finish('a');
    return staged;
  }

  test('that is told to be saved with a number gets its files there', async () => {
    const { session, tell, reads, test } = await stageWithDraft();
    expect(test.statuses()).toBe('a waiting-for-save');
    await tell({ type: 'saved', workItemId: 12 });
    expect(test.links.map(({ workItemId }) => workItemId)).toEqual([12]);
    expect(session.getSnapshot()).toEqual(openOn(12));
    expect(reads.map(({ id }) => id)).toEqual([12]);
  });

  test('that is told both ways gets its files once', async () => {
    const { tell, reads, test } = await stageWithDraft();
    await tell({ type: 'saved', workItemId: 12 });
    await tell(loaded(12));
    for (const { resolve } of reads) resolve(workItemWith([], { id: 12, createdAt: NOW.getTime() }));
    await flush();
    expect(test.links).toHaveLength(1);
  });

  describe('in whose place another number is loaded', () => {
    const SHOWN = {
      target: { kind: 'work-item', id: 12 },
      former: { kind: 'draft', draftId: 'draft 1' },
    };

    /** The host tells of work item 12, and Stapler asks the server about it. */
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
      ['was made just now', { createdAt: NOW.getTime() }],
      ['was made just now by a clock that goes after', { createdAt: NOW.getTime() - 5 * MINUTE }],
      ['was made just now by a clock that goes before', { createdAt: NOW.getTime() + 600 * MINUTE }],
      ['was changed by rules since', { createdAt: NOW.getTime(), revision: 3 }],
      ['does not say when it was made', { createdAt: NaN }],
      ['was made by this person', { createdAt: NOW.getTime(), createdBy: { id: 'me', descriptor: '' } }],
      ['does not say its type', { createdAt: NOW.getTime(), type: '' }],
    ])('gets its files there if the item %s', async (_, facts) => {
      const { session, reads, test } = await stageInQuestion();
      reads[0]!.resolve(workItemWith([], { id: 12, revision: 1, ...facts }));
      await flush();
      expect(test.links.map(({ workItemId }) => workItemId)).toEqual([12]);
      expect(session.getSnapshot()).toMatchObject({ ...SHOWN, former: undefined });
    });

    test.each<[string, Partial<WorkItem>]>([
      ['was made before', { createdAt: NOW.getTime() - 5 * MINUTE - 1 }],
      ['has more revisions than a new one', { createdAt: NOW.getTime(), revision: 4 }],
      ['is of another type', { createdAt: NOW.getTime(), type: 'Task' }],
      ['was made by somebody else', { createdAt: NOW.getTime(), createdBy: { id: 'other', descriptor: '' } }],
    ])('attaches its files to nothing if the item %s', async (_, facts) => {
      const { session, reads, test } = await stageInQuestion();
      reads[0]!.resolve(workItemWith([], { id: 12, revision: 1, ...facts }));
      await flush();
      expect(test.links).toHaveLength(0);
      expect(test.upload('a').state).toMatchObject({ problem: { kind: 'work-item-closed' } });
      expect(session.getSnapshot()).toMatchObject({ ...SHOWN, former: undefined });
    });

    test.each(['work-item-missing', 'no-permission'] as const)(
      'attaches its files to nothing if the item cannot be had: %s',
      async (kind) => {
        const { reads, test } = await stageInQuestion();
        reads[0]!.reject(new StaplerError(kind, 'No.'));
        await flush();
        expect(test.upload('a').state).toMatchObject({ problem: { kind: 'work-item-closed' } });
      },
    );

    test('keeps its files until the server can be asked, also when the form has gone on', async () => {
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
  });

  test('whose save is told without a number stays a draft', async () => {
    const { session, tell, test } = await stageWithDraft();
    await tell({ type: 'saved', workItemId: 0 });
    expect(session.getSnapshot()).toEqual(openOnDraft(1));
    expect(test.links).toHaveLength(0);
  });

  test('that is closed without being saved attaches its files to nothing, also not to the next item', async () => {
    const { session, tell, test } = await stageWithDraft();
    await tell({ type: 'unloaded', workItemId: 0 });
    expect(session.getSnapshot()).toEqual({ status: 'empty', late: false });
    expect(test.upload('a').state).toMatchObject({ status: 'failed', problem: { kind: 'work-item-closed' } });
    await tell(loaded(8));
    expect(test.links).toHaveLength(0);
  });

  test.each([0, -1, 12, undefined as unknown as number])(
    'is left with whatever number the host has for it: %s',
    async (leftAs) => {
      const { session, tell, test } = stage();
      await tell(loaded(leftAs === 12 ? 12 : -1, { isNew: true }));
      const target = { kind: 'draft', draftId: 'draft 1' } as const;
      test.queue.add([pickedFile('a')], target);
      await tell({ type: 'unloaded', workItemId: leftAs });
      expect(session.getSnapshot()).toEqual({ status: 'empty', late: false });
      expect(test.upload('a').state).toMatchObject({
        status: 'failed',
        problem: { kind: 'work-item-closed' },
      });
    },
  );

  test('is not left by the late leaving of the item before it', async () => {
    const { session, tell } = await stageWithItem7();
    await tell(loaded(0));
    await tell({ type: 'unloaded', workItemId: 7 });
    expect(session.getSnapshot()).toEqual(openOnDraft(1));
  });

  test('is not saved by the late save of the item before it', async () => {
    const { session, tell, test } = await stageWithItem7();
    await tell({ type: 'unloaded', workItemId: 7 });
    await tell(loaded(0));
    test.queue.add([pickedFile('a')], { kind: 'draft', draftId: 'draft 1' });
    await tell({ type: 'saved', workItemId: 7 });
    expect(session.getSnapshot()).toEqual(openOnDraft(1));
    expect(test.upload('a').target).toEqual({ kind: 'draft', draftId: 'draft 1' });
  });

  test('is over when a known item is loaded in its place without a word', async () => {
    const { tell, test } = await stageWithItem7();
    await tell(loaded(0));
    test.queue.add([pickedFile('a')], { kind: 'draft', draftId: 'draft 1' });
    await tell(loaded(7));
    expect(test.upload('a').state).toMatchObject({ status: 'failed', problem: { kind: 'work-item-closed' } });
  });

  test('that leaves by its first number was saved, and the next item gets nothing of it', async () => {
    const { session, tell, reads, test } = await stageWithDraft();
    await tell({ type: 'unloaded', workItemId: 31 });
    expect(session.getSnapshot()).toEqual({ status: 'empty', late: false });
    await tell(loaded(9));
    reads[0]!.resolve(workItemWith([], { id: 31, revision: 1 }));
    await flush();
    expect(test.links.map(({ workItemId }) => workItemId)).toEqual([31]);
  });

  test('of another number, without a word about the first, is another draft', async () => {
    const { session, tell, test } = stage();
    await tell(loaded(-1));
    test.queue.add([pickedFile('a')], { kind: 'draft', draftId: 'draft 1' });
    await tell(loaded(-2));
    expect(session.getSnapshot()).toEqual(openOnDraft(2, { hostId: -2 }));
    expect(test.upload('a').state).toMatchObject({ status: 'failed', problem: { kind: 'work-item-closed' } });
  });

  test('after another one is another draft', async () => {
    const { session, tell } = await stageWithDraft();
    await tell({ type: 'unloaded', workItemId: 0 });
    await tell(loaded(0));
    expect(session.getSnapshot()).toEqual(openOnDraft(2));
  });
});
