import type { Problem } from '../../../src/model/errors';
import { CancelledError, FileUnreadableError, ServerError } from '../../../src/model/errors';
import { createDeferred, flush } from '../../helpers/deferred';
import { createHandDrivenTransport } from '../../helpers/hand-driven-transport';
import type { TestQueue } from '../../helpers/upload-queue';
import { createTestQueue, exactly } from '../../helpers/upload-queue';
import { DRAFT, ITEM_7, pickedFile } from '../../helpers/uploads';

/** A person has to do something about it. */
const REFUSED = new ServerError('refused', 'Refused.', { status: 400 });
const ITEM_8 = { kind: 'work-item', id: 8 } as const;

function underWay({ transport }: TestQueue): string[] {
  return transport.underWay().map(({ name }) => name);
}

function idOf(test: TestQueue, name: string): string {
  return test.upload(name).id;
}

describe('one file', () => {
  test('goes all the way to its relation', async () => {
    const test = createTestQueue();
    await test.add('a');
    const sending = test.transport.sending('a');
    sending.progress(40);
    expect(test.upload('a')).toEqual({
      id: '2',
      batchId: '1',
      target: ITEM_7,
      file: { name: 'a', size: 100, folder: '' },
      state: { status: 'uploading', attempt: 1, step: 'sending' },
      progress: { bytesSent: 40, bytesAccepted: 0 },
    });
    const reference = sending.finish();
    await flush();
    test.links[0]!.resolve({ revision: 5 });
    await flush();
    expect(test.upload('a').state).toEqual({ status: 'linked', reference, revision: 5 });
    expect(test.upload('a').progress).toEqual({ bytesSent: 100, bytesAccepted: 100 });
    expect(test.history('a')).toEqual(['queued', 'preparing', 'uploading', 'uploaded', 'linking', 'linked']);
  });

  test('is linked by name, size and its folder as comment', async () => {
    const test = createTestQueue();
    test.queue.add([{ ...pickedFile('a', 3), folder: 'logs' }], ITEM_7);
    await flush();
    const reference = test.transport.sending('a').finish();
    await flush();
    expect(test.links).toMatchObject([
      { workItemId: 7, attachments: [{ reference, name: 'a', comment: 'logs', size: 3 }] },
    ]);
  });

  test('is not handed over with its bytes to whoever watches', async () => {
    const test = createTestQueue();
    await test.add('a');
    expect(Object.keys(test.upload('a').file)).toEqual(['name', 'size', 'folder']);
  });

  test('whose transport fails says so', async () => {
    const test = createTestQueue();
    await test.add('a');
    await test.fail('a', REFUSED);
    expect(test.upload('a').state).toEqual({
      status: 'failed',
      attempt: 1,
      phase: 'uploading',
      problem: { kind: 'refused', status: 400 },
      retryable: true,
    });
    expect(test.links).toHaveLength(0);
  });

  test('that trips over a bug of ours says so', async () => {
    const test = createTestQueue();
    await test.add('a');
    await test.fail('a', new TypeError('x is undefined'));
    expect(test.upload('a').state).toMatchObject({
      problem: { kind: 'internal', serverMessage: 'x is undefined' },
    });
  });

  test('that cannot be read is never sent', async () => {
    const test = createTestQueue({ prepare: ({ name }) => Promise.reject(new FileUnreadableError(name)) });
    await test.add('a');
    expect(test.upload('a').state).toEqual({
      status: 'failed',
      attempt: 1,
      phase: 'preparing',
      problem: { kind: 'file-unreadable' },
      retryable: false,
    });
    expect(test.transport.begun).toHaveLength(0);
  });
});

describe('at a time', () => {
  test('six are sent to begin with, in their order', async () => {
    const test = createTestQueue();
    await test.add('a b c d e f g h');
    expect(underWay(test)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(test.upload('g').state.status).toBe('queued');
  });

  test('the next one begins when one is through', async () => {
    const test = createTestQueue();
    await test.add('a b c d e f g h');
    await test.finish('c');
    expect(underWay(test)).toEqual(['a', 'b', 'd', 'e', 'f', 'g']);
  });

  test('the next one begins when one failed', async () => {
    const test = createTestQueue({ limits: exactly(2) });
    await test.add('a b c');
    await test.fail('a', REFUSED);
    expect(underWay(test)).toEqual(['b', 'c']);
  });

  test('the next one begins when one was cancelled or paused', async () => {
    const test = createTestQueue({ limits: exactly(2) });
    await test.add('a b c d e');
    test.queue.cancel([idOf(test, 'a')]);
    test.queue.pause([idOf(test, 'b')]);
    await flush();
    expect(underWay(test)).toEqual(['c', 'd']);
  });

  test('as many as asked for are sent', async () => {
    const test = createTestQueue({ limits: exactly(2) });
    await test.add('a b c');
    expect(test.transport.underWay()).toHaveLength(2);
  });

  test('batches share the lanes', async () => {
    const test = createTestQueue({ limits: exactly(2) });
    await test.add('a');
    await test.add('b c', ITEM_8);
    expect(test.statuses()).toBe('a uploading, b uploading, c queued');
  });
});

describe('a batch', () => {
  test('is linked once, after all its files are there', async () => {
    const test = createTestQueue();
    await test.add('a b c');
    await test.finish('b a');
    expect(test.statuses()).toBe('a uploaded, b uploaded, c uploading');
    expect(test.links).toHaveLength(0);
    await test.finish('c');
    expect(test.links.map(({ names }) => names)).toEqual([['a', 'b', 'c']]);
    expect(test.statuses()).toBe('a linking, b linking, c linking');
  });

  test('does not wait for another one', async () => {
    const test = createTestQueue();
    await test.add('a');
    await test.add('b');
    await test.finish('a');
    expect(test.links.map(({ names }) => names)).toEqual([['a']]);
  });

  test('goes to its own work item', async () => {
    const test = createTestQueue();
    await test.add('a');
    await test.add('b', ITEM_8);
    await test.finish('a b');
    expect(test.links.map(({ workItemId, names }) => [workItemId, names])).toEqual([
      [7, ['a']],
      [8, ['b']],
    ]);
  });

  test('is not held up by a file that failed', async () => {
    const test = createTestQueue();
    await test.add('a b');
    test.transport.sending('a').fail(new ServerError('file-too-large', 'Too large.'));
    await test.finish('b');
    expect(test.links.map(({ names }) => names)).toEqual([['b']]);
  });

  test('is not held up by a file that fails last', async () => {
    const test = createTestQueue();
    await test.add('a b');
    await test.finish('b');
    await test.fail('a', REFUSED);
    expect(test.links.map(({ names }) => names)).toEqual([['b']]);
  });

  test('is not held up by a file that cannot be read', async () => {
    const prepare = ({ name }: { name: string }): Promise<void> =>
      name === 'a' ? Promise.reject(new FileUnreadableError(name)) : Promise.resolve();
    const test = createTestQueue({ prepare });
    await test.add('a b');
    await test.finish('b');
    expect(test.statuses()).toBe('a failed, b linking');
  });

  test('of which nothing arrived is not linked', async () => {
    const test = createTestQueue();
    await test.add('a b');
    for (const name of ['a', 'b']) test.transport.sending(name).fail(REFUSED);
    await flush();
    expect(test.links).toHaveLength(0);
  });

  test('whose link fails keeps every reference', async () => {
    const test = createTestQueue();
    await test.add('a b');
    await test.finish('a b');
    test.links[0]!.reject(new ServerError('rule-broken', 'Rule.', { brokenRules: ['Team: empty.'] }));
    await flush();
    expect(test.queue.getSnapshot().map(({ state }) => state)).toEqual(
      test.links[0]!.attachments.map(({ reference }) => ({
        status: 'failed',
        attempt: 1,
        phase: 'linking',
        problem: { kind: 'rule-broken', brokenRules: ['Team: empty.'] },
        retryable: true,
        reference,
      })),
    );
  });
});

describe('a cancel', () => {
  test('of a waiting file keeps it from being sent', async () => {
    const test = createTestQueue({ limits: exactly(1) });
    await test.add('a b');
    test.queue.cancel([idOf(test, 'b')]);
    await test.finish('a');
    expect(test.transport.begun.map(({ name }) => name)).toEqual(['a']);
    expect(test.statuses()).toBe('a linking, b cancelled');
  });

  test('of a file being checked keeps it from being sent', async () => {
    const checked = createDeferred<undefined>();
    const test = createTestQueue({ prepare: () => checked.promise });
    await test.add('a');
    test.queue.cancel([idOf(test, 'a')]);
    checked.resolve(undefined);
    await flush();
    expect(test.transport.begun).toHaveLength(0);
    expect(test.history('a')).toEqual(['queued', 'preparing', 'cancelled']);
  });

  test('of a file under way aborts it', async () => {
    const test = createTestQueue();
    await test.add('a b');
    test.queue.cancel([idOf(test, 'a')]);
    expect(test.transport.sending('a').signal.aborted).toBe(true);
    expect(test.upload('a').state).toEqual({ status: 'cancelled' });
    await test.finish('b');
    expect(test.links.map(({ names }) => names)).toEqual([['b']]);
  });

  test('of the last file under way links the others', async () => {
    const test = createTestQueue();
    await test.add('a b');
    await test.finish('a');
    test.queue.cancel([idOf(test, 'b')]);
    await flush();
    expect(test.links.map(({ names }) => names)).toEqual([['a']]);
  });

  test('of a file that waits for the others leaves it out', async () => {
    const test = createTestQueue();
    await test.add('a b');
    await test.finish('a');
    test.queue.cancel([idOf(test, 'a')]);
    await test.finish('b');
    expect(test.links.map(({ names }) => names)).toEqual([['b']]);
    expect(test.history('a')).toEqual(['queued', 'preparing', 'uploading', 'uploaded', 'cancelled']);
  });

  test('of a file that is being linked comes too late', async () => {
    const test = createTestQueue();
    await test.add('a');
    await test.finish('a');
    test.queue.cancel([idOf(test, 'a')]);
    expect(test.upload('a').state.status).toBe('linking');
  });

  test.each(['progress', 'answer', 'failure'])('is the last that is heard: no late %s', async (late) => {
    const transport = createHandDrivenTransport(false);
    const test = createTestQueue({ transport });
    await test.add('a');
    test.queue.cancel([idOf(test, 'a')]);
    const before = test.queue.getSnapshot();
    const sending = transport.sending('a');
    if (late === 'progress') sending.progress(50);
    if (late === 'answer') sending.finish();
    if (late === 'failure') sending.fail(REFUSED);
    await flush();
    expect(test.queue.getSnapshot()).toBe(before);
    expect(test.links).toHaveLength(0);
  });

  test('of an unknown upload is nothing', async () => {
    const test = createTestQueue();
    await test.add('a');
    const before = test.queue.getSnapshot();
    test.queue.cancel(['unknown']);
    expect(test.queue.getSnapshot()).toBe(before);
  });
});

describe('a retry', () => {
  test('of a failed upload sends it again and counts its attempts anew', async () => {
    const test = createTestQueue();
    await test.add('a');
    test.transport.sending('a').progress(70);
    await test.fail('a', REFUSED);
    test.queue.retry([idOf(test, 'a')]);
    await flush();
    expect(test.upload('a').state).toEqual({
      status: 'uploading',
      attempt: 1,
      step: 'sending',
    });
    expect(test.upload('a').progress).toEqual({ bytesSent: 70, bytesAccepted: 0 });
    const reference = test.transport.sending('a').finish();
    await flush();
    expect(test.links.map(({ attachments }) => attachments.map((each) => each.reference))).toEqual([
      [reference],
    ]);
  });

  test('of one failed link links all that its patch failed to link, by one patch, and sends nothing', async () => {
    const test = createTestQueue();
    await test.add('a b');
    await test.finish('a b');
    test.links[0]!.reject(REFUSED);
    await flush();
    test.queue.retry([idOf(test, 'b')]);
    await flush();
    expect(test.transport.begun).toHaveLength(2);
    expect(test.links).toHaveLength(2);
    expect(test.links[1]).toMatchObject({ workItemId: 7, attachments: test.links[0]!.attachments });
    test.links[1]!.resolve({ revision: 8 });
    await flush();
    expect(test.upload('b').state).toMatchObject({ status: 'linked', revision: 8 });
    expect(test.upload('a').state.status).toBe('linked');
  });

  test('may fail again and be tried again', async () => {
    const test = createTestQueue();
    await test.add('a');
    for (let time = 1; time <= 3; time++) {
      await test.fail('a', REFUSED);
      test.queue.retry([idOf(test, 'a')]);
      await flush();
      expect(test.upload('a').state).toMatchObject({ status: 'uploading', attempt: 1 });
    }
    expect(test.transport.begun).toHaveLength(4);
  });

  test('is offered after an abort that nobody asked for, and the others of the batch go on', async () => {
    const test = createTestQueue();
    await test.add('a b');
    await test.finish('b');
    await test.fail('a', new CancelledError());
    expect(test.upload('a').state).toMatchObject({ status: 'failed', retryable: true });
    expect(test.links.map(({ names }) => names)).toEqual([['b']]);
  });

  test('of what cannot be helped is nothing', async () => {
    const test = createTestQueue({ prepare: ({ name }) => Promise.reject(new FileUnreadableError(name)) });
    await test.add('a');
    const before = test.queue.getSnapshot();
    test.queue.retry([idOf(test, 'a')]);
    await flush();
    expect(test.queue.getSnapshot()).toBe(before);
  });

  test('waits for a lane like any other', async () => {
    const test = createTestQueue({ limits: exactly(1) });
    await test.add('a b c');
    await test.fail('a', REFUSED);
    test.queue.retry([idOf(test, 'a')]);
    await flush();
    expect(test.statuses()).toBe('a queued, b uploading, c queued');
  });
});

describe('a pause', () => {
  test('aborts, and a resume goes on in the same attempt', async () => {
    const test = createTestQueue();
    await test.add('a');
    test.transport.sending('a').progress(70);
    test.queue.pause([idOf(test, 'a')]);
    await flush();
    expect(test.transport.sending('a').signal.aborted).toBe(true);
    expect(test.upload('a').state).toEqual({ status: 'paused', attempt: 1 });
    test.queue.resume([idOf(test, 'a')]);
    await flush();
    expect(test.transport.begun).toHaveLength(2);
    expect(test.upload('a').state).toEqual({
      status: 'uploading',
      attempt: 1,
      step: 'sending',
    });
    expect(test.history('a')).toEqual([
      'queued',
      'preparing',
      'uploading',
      'paused',
      'queued',
      'preparing',
      'uploading',
    ]);
  });

  test('that is over leaves the upload to be cancelled like any other', async () => {
    const test = createTestQueue();
    await test.add('a');
    test.queue.pause([idOf(test, 'a')]);
    test.queue.resume([idOf(test, 'a')]);
    await flush();
    test.queue.cancel([idOf(test, 'a')]);
    expect(test.transport.begun.map(({ signal }) => signal.aborted)).toEqual([true, true]);
  });

  test('of a waiting file keeps it from being sent until it is resumed', async () => {
    const test = createTestQueue({ limits: exactly(1) });
    await test.add('a b');
    test.queue.pause([idOf(test, 'b')]);
    await test.finish('a');
    expect(test.statuses()).toBe('a linking, b paused');
    test.queue.resume([idOf(test, 'b')]);
    await flush();
    expect(test.statuses()).toBe('a linking, b uploading');
  });

  test('does not hold the others of the batch; the paused one is linked later', async () => {
    const test = createTestQueue();
    await test.add('a b');
    await test.finish('a');
    test.queue.pause([idOf(test, 'b')]);
    await flush();
    expect(test.links.map(({ names }) => names)).toEqual([['a']]);
    test.queue.resume([idOf(test, 'b')]);
    await flush();
    await test.finish('b');
    expect(test.links.map(({ names }) => names)).toEqual([['a'], ['b']]);
  });

  test('of a file that is there already is nothing', async () => {
    const test = createTestQueue();
    await test.add('a b');
    await test.finish('a');
    test.queue.pause([idOf(test, 'a')]);
    expect(test.upload('a').state.status).toBe('uploaded');
  });

  test('can be cancelled', async () => {
    const test = createTestQueue();
    await test.add('a');
    test.queue.pause([idOf(test, 'a')]);
    test.queue.cancel([idOf(test, 'a')]);
    test.queue.resume([idOf(test, 'a')]);
    await flush();
    expect(test.upload('a').state).toEqual({ status: 'cancelled' });
    expect(test.transport.begun).toHaveLength(1);
  });

  test.each(['progress', 'answer', 'failure'])(
    'keeps a late %s of the sending it ended from what was resumed',
    async (late) => {
      const transport = createHandDrivenTransport(false);
      const test = createTestQueue({ transport });
      await test.add('a');
      const ended = transport.sending('a');
      test.queue.pause([idOf(test, 'a')]);
      test.queue.resume([idOf(test, 'a')]);
      await flush();
      if (late === 'progress') ended.progress(50);
      if (late === 'answer') ended.finish();
      if (late === 'failure') ended.fail(REFUSED);
      await flush();
      expect(test.upload('a').state).toEqual({
        status: 'uploading',
        attempt: 1,
        step: 'sending',
      });
    },
  );

  test('keeps a late failure of the check it ended from what was resumed', async () => {
    const ended = createDeferred<undefined>();
    const checks = [ended.promise, Promise.resolve()];
    const test = createTestQueue({ prepare: () => checks.shift()! });
    await test.add('a');
    test.queue.pause([idOf(test, 'a')]);
    test.queue.resume([idOf(test, 'a')]);
    await flush();
    ended.reject(new FileUnreadableError('a'));
    await flush();
    expect(test.upload('a').state.status).toBe('uploading');
  });
});

describe('a draft', () => {
  test('that was saved while a folder was being read has the files linked all the same', async () => {
    const test = createTestQueue();
    test.queue.draftSaved('draft 1', 12);
    await test.add('a', DRAFT);
    await test.finish('a');
    expect(test.links.map(({ workItemId, names }) => [workItemId, names])).toEqual([[12, ['a']]]);
  });

  test('that was abandoned while a folder was being read sends nothing', async () => {
    const test = createTestQueue();
    test.queue.draftAbandoned('draft 1');
    await test.add('a', DRAFT);
    expect(test.upload('a').state).toMatchObject({ status: 'failed', problem: { kind: 'work-item-closed' } });
    expect(test.transport.begun).toHaveLength(0);
  });

  test('has its files sent at once and linked when it is saved', async () => {
    const test = createTestQueue();
    await test.add('a b', DRAFT);
    await test.finish('a b');
    expect(test.statuses()).toBe('a waiting-for-save, b waiting-for-save');
    expect(test.links).toHaveLength(0);
    test.queue.draftSaved('draft 1', 12);
    await flush();
    expect(test.links.map(({ workItemId, names }) => [workItemId, names])).toEqual([[12, ['a', 'b']]]);
    expect(test.upload('a').target).toEqual({ kind: 'work-item', id: 12 });
  });

  test('that is saved while files are under way has all linked together after', async () => {
    const test = createTestQueue();
    await test.add('a b', DRAFT);
    await test.finish('a');
    test.queue.draftSaved('draft 1', 12);
    await flush();
    expect(test.statuses()).toBe('a uploaded, b uploading');
    await test.finish('b');
    expect(test.links.map(({ workItemId, names }) => [workItemId, names])).toEqual([[12, ['a', 'b']]]);
  });

  test('that is saved twice is linked once', async () => {
    const test = createTestQueue();
    await test.add('a', DRAFT);
    await test.finish('a');
    test.queue.draftSaved('draft 1', 12);
    test.queue.draftSaved('draft 1', 12);
    await flush();
    expect(test.links).toHaveLength(1);
  });

  test('is not taken for another one', async () => {
    const test = createTestQueue();
    await test.add('a', DRAFT);
    await test.finish('a');
    test.queue.draftSaved('draft 2', 12);
    test.queue.draftAbandoned('draft 2');
    await flush();
    expect(test.statuses()).toBe('a waiting-for-save');
  });

  test('that is saved has a failed file sent there on another try', async () => {
    const test = createTestQueue();
    await test.add('a', DRAFT);
    await test.fail('a', REFUSED);
    test.queue.draftSaved('draft 1', 12);
    test.queue.retry([idOf(test, 'a')]);
    await flush();
    await test.finish('a');
    expect(test.links.map(({ workItemId, names }) => [workItemId, names])).toEqual([[12, ['a']]]);
  });

  test('that is abandoned attaches nothing, and says so', async () => {
    const test = createTestQueue({ limits: exactly(2) });
    await test.add('a b c', DRAFT);
    await test.finish('a');
    test.queue.draftAbandoned('draft 1');
    await flush();
    expect(test.statuses()).toBe('a failed, b failed, c failed');
    for (const { state } of test.queue.getSnapshot()) {
      expect(state).toMatchObject({ problem: { kind: 'work-item-closed' }, retryable: false });
    }
    expect(test.transport.underWay()).toHaveLength(0);
    test.queue.draftSaved('draft 1', 12);
    await flush();
    expect(test.links).toHaveLength(0);
  });

  test('that is abandoned says so of a paused file', async () => {
    const test = createTestQueue();
    await test.add('a', DRAFT);
    test.queue.pause([idOf(test, 'a')]);
    test.queue.draftAbandoned('draft 1');
    await flush();
    expect(test.upload('a').state).toMatchObject({
      status: 'failed',
      problem: { kind: 'work-item-closed' },
      retryable: false,
    });
  });

  test('that is abandoned leaves no retry for a file that failed before', async () => {
    const test = createTestQueue();
    await test.add('a', DRAFT);
    await test.fail('a', REFUSED);
    test.queue.draftAbandoned('draft 1');
    test.queue.retry([idOf(test, 'a')]);
    await flush();
    expect(test.upload('a').state).toMatchObject({ status: 'failed', retryable: false });
  });
});

describe('the list', () => {
  test('shows rejected files beside the others', async () => {
    const test = createTestQueue();
    await test.add('a');
    const problem: Problem = { kind: 'attachment-limit' };
    test.queue.reject([{ name: 'b', size: 3, folder: 'logs', problem }], ITEM_7);
    const { id, batchId, ...row } = test.upload('b');
    expect(row).toEqual({
      target: ITEM_7,
      file: { name: 'b', size: 3, folder: 'logs' },
      state: { status: 'failed', attempt: 1, phase: 'intake', problem, retryable: false },
      progress: { bytesSent: 0, bytesAccepted: 0 },
    });
    expect([id, batchId]).not.toContain(test.upload('a').batchId);
    test.queue.retry([id]);
    await flush();
    expect(test.upload('b').state.status).toBe('failed');
  });

  test('loses on request what is over, and nothing else', async () => {
    const test = createTestQueue({ limits: exactly(3) });
    await test.add('linked');
    await test.finish('linked');
    test.links[0]!.resolve({ revision: 2 });
    await test.add('cancelled failed uploading queued paused');
    test.queue.cancel([idOf(test, 'cancelled')]);
    test.transport.sending('failed').fail(REFUSED);
    test.queue.pause([idOf(test, 'paused')]);
    await flush();
    test.queue.remove(test.queue.getSnapshot().map(({ id }) => id));
    expect(test.statuses()).toBe('uploading uploading, queued uploading, paused paused');
  });

  test('gives every upload its own name, and every batch', async () => {
    const test = createTestQueue();
    await test.add('a b');
    await test.add('c');
    const [a, b, c] = test.queue.getSnapshot();
    expect(a!.batchId).toBe(b!.batchId);
    expect(new Set([a!.id, b!.id, c!.id, a!.batchId, c!.batchId]).size).toBe(5);
  });
});
