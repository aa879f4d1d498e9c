import type { Problem } from '../../../../src/base/errors';
import { CancelledError, FileUnreadableError, NetworkError, ServerError } from '../../../../src/base/errors';
import type { PickedFile, SendOptions } from '../../../../src/upload/upload';
import { createDeferred, flush } from '../../../helpers/deferred';
import { createManualTransport } from '../../../helpers/manual-transport';
import type { TestQueue } from '../../../helpers/upload-queue';
import { createTestQueue, exactly } from '../../../helpers/upload-queue';
import { DRAFT, ITEM_7, pickedFile } from '../../../helpers/uploads';

/** A person has to do something about it. */
const REFUSED = new ServerError('refused', 'Refused.', { status: 400 });
/** It passes by itself. */
const BROKEN = new NetworkError('No answer.');
/** Longer than any wait between attempts. */
const MINUTE = 60_000;
const ITEM_8 = { kind: 'work-item', id: 8 } as const;

function underWay({ transport }: TestQueue): string[] {
  return transport.underWay().map(({ name }) => name);
}

/** A file that says so of its size, in MiB. */
function sized(name: string, mebibytes: number): PickedFile {
  return { ...pickedFile(name, 1), size: mebibytes * 1024 * 1024 };
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
      acceptedNow: 0,
      isLinkTried: false,
    });
    const reference = sending.finish();
    await flush();
    test.links[0]!.answer(5);
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

  test('is handed to the transport with what that needs to know', async () => {
    const test = createTestQueue();
    const file = pickedFile('a', 3);
    test.queue.add([file], ITEM_7);
    await test.add('b c');
    const { name, size, source } = file;
    expect(test.transport.sending('a').file).toEqual({ name, size, source, isOneOfMany: false });
    expect(test.transport.sending('b').file.isOneOfMany).toBe(true);
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

  test('more are sent as soon as the first ones came through', async () => {
    const test = createTestQueue();
    await test.add('a b c d e f g h i j k l m n o p q r s t');
    await test.runtime.pass(10);
    await test.finish('a b c d e f');
    expect(underWay(test)).toHaveLength(12);
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

  test('is linked together with another one that goes to the same work item', async () => {
    const test = createTestQueue();
    await test.add('a');
    await test.add('b');
    await test.finish('a b');
    expect(test.links.map(({ names }) => names)).toEqual([['a', 'b']]);
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
  test('comes too late once a link was tried, whose relation may be there', async () => {
    const test = createTestQueue({ canLink: () => Promise.resolve(test.links.length === 0) });
    await test.add('a');
    await test.finish('a');
    test.links[0]!.reject(new NetworkError('The answer was lost.'));
    await test.runtime.pass(MINUTE);
    expect(test.statuses()).toBe('a waiting-for-save');
    test.queue.cancel([idOf(test, 'a')]);
    expect(test.statuses()).toBe('a waiting-for-save');
  });

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
    const transport = createManualTransport(false);
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

  test('of failed links makes those again that were asked for, by one patch, and sends nothing', async () => {
    const test = createTestQueue();
    await test.add('a b c');
    await test.finish('a b c');
    test.links[0]!.reject(REFUSED);
    await flush();
    test.queue.retry([idOf(test, 'b'), idOf(test, 'c')]);
    await flush();
    expect(test.transport.begun).toHaveLength(3);
    expect(test.links.slice(1)).toMatchObject([
      { workItemId: 7, attachments: test.links[0]!.attachments.slice(1) },
    ]);
    test.links[1]!.answer(8);
    await flush();
    expect(test.upload('b').state).toMatchObject({ status: 'linked', revision: 8 });
    expect(test.statuses()).toBe('a failed, b linked, c linked');
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
    test.links[0]!.answer(2);
    await flush();
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
      const transport = createManualTransport(false);
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
      expect(test.upload('a').progress).toEqual({ bytesSent: 0, bytesAccepted: 0 });
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
      acceptedNow: 0,
      isLinkTried: false,
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
    test.links[0]!.answer(2);
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

describe('a failure that passes', () => {
  test('is waited for, and then the file is tried again', async () => {
    const test = createTestQueue();
    await test.add('a');
    await test.fail('a', BROKEN);
    expect(test.upload('a').state).toEqual({
      status: 'waiting',
      attempt: 1,
      phase: 'uploading',
      problem: { kind: 'network', status: 0 },
      until: test.runtime.now() + 250,
    });
    await test.runtime.pass(249);
    expect(test.transport.begun).toHaveLength(1);
    await test.runtime.pass(1);
    expect(test.upload('a').state).toEqual({ status: 'uploading', attempt: 2, step: 'sending' });
    await test.finish('a');
    expect(test.links.map(({ names }) => names)).toEqual([['a']]);
    expect(test.history('a')).toEqual([
      'queued',
      'preparing',
      'uploading',
      'waiting',
      'queued',
      'preparing',
      'uploading',
      'uploaded',
      'linking',
    ]);
  });

  test('is one sending over all attempts, so that it can go on where it was', async () => {
    const transport = createManualTransport();
    const begin = jest.spyOn(transport, 'begin');
    const test = createTestQueue({ transport });
    await test.add('a');
    transport.sending('a').fail(BROKEN);
    await flush();
    await test.runtime.pass(MINUTE);
    test.queue.pause([idOf(test, 'a')]);
    test.queue.resume([idOf(test, 'a')]);
    await flush();
    expect(transport.begun).toHaveLength(3);
    expect(begin).toHaveBeenCalledTimes(1);
  });

  test('is waited for exactly as long as the server asked', async () => {
    const test = createTestQueue();
    await test.add('a');
    await test.fail('a', new ServerError('throttled', 'Slow down.', { status: 429, retryAfterMs: 7000 }));
    expect(test.runtime.delays()).toEqual([7000]);
    await test.runtime.pass(6999);
    expect(test.upload('a').state.status).toBe('waiting');
    await test.runtime.pass(1);
    expect(test.upload('a').state.status).toBe('uploading');
  });

  test('is given up after the tenth time, and offered to a person', async () => {
    const test = createTestQueue();
    await test.add('a');
    for (let attempt = 1; attempt <= 9; attempt++) {
      await test.fail('a', BROKEN);
      expect(test.upload('a').state).toMatchObject({ status: 'waiting', attempt });
      await test.runtime.pass(MINUTE);
    }
    await test.fail('a', BROKEN);
    expect(test.upload('a').state).toMatchObject({ status: 'failed', attempt: 10, retryable: true });
    expect(test.transport.begun).toHaveLength(10);
    test.queue.retry([idOf(test, 'a')]);
    await flush();
    expect(test.upload('a').state).toMatchObject({ status: 'uploading', attempt: 1 });
  });

  test('counts from the last byte that the server accepted', async () => {
    const test = createTestQueue();
    await test.add('a');
    for (let attempt = 1; attempt <= 7; attempt++) {
      await test.fail('a', BROKEN);
      await test.runtime.pass(MINUTE);
    }
    expect(test.upload('a').state).toMatchObject({ status: 'uploading', attempt: 8 });
    test.transport.sending('a').progress(50, 40);
    await test.fail('a', BROKEN);
    expect(test.upload('a')).toMatchObject({
      state: { status: 'waiting', attempt: 1 },
      progress: { bytesSent: 50, bytesAccepted: 40 },
    });
  });

  test('does not count from bytes that only left the browser, or were accepted before', async () => {
    const test = createTestQueue();
    await test.add('a');
    test.transport.sending('a').progress(50, 40);
    await test.fail('a', BROKEN);
    await test.runtime.pass(MINUTE);
    test.transport.sending('a').progress(90, 40);
    await test.fail('a', BROKEN);
    expect(test.upload('a').state).toMatchObject({ status: 'waiting', attempt: 2 });
  });

  test('leaves its lane to others meanwhile', async () => {
    const test = createTestQueue({ limits: exactly(1) });
    await test.add('a b');
    await test.fail('a', BROKEN);
    expect(test.statuses()).toBe('a waiting, b uploading');
    await test.runtime.pass(MINUTE);
    expect(test.statuses()).toBe('a queued, b uploading');
    await test.finish('b');
    expect(test.statuses()).toBe('a uploading, b uploaded');
  });

  test('keeps the others from being linked without it for a moment', async () => {
    const test = createTestQueue();
    await test.add('a b');
    await test.fail('a', BROKEN);
    await test.finish('b');
    expect(test.links).toHaveLength(0);
    await test.runtime.pass(250);
    await test.finish('a');
    expect(test.links.map(({ names }) => names)).toEqual([['a', 'b']]);
  });

  test('of the check before it is tried again as well', async () => {
    const checks = [Promise.reject(BROKEN), Promise.resolve()];
    const test = createTestQueue({ prepare: () => checks.shift()! });
    await test.add('a');
    expect(test.upload('a').state).toMatchObject({ status: 'waiting', phase: 'preparing' });
    await test.runtime.pass(MINUTE);
    expect(test.upload('a').state.status).toBe('uploading');
  });

  test('can be cut short by a person, and the timer then finds nothing to do', async () => {
    const test = createTestQueue();
    await test.add('a');
    await test.fail('a', BROKEN);
    test.queue.retry([idOf(test, 'a')]);
    await flush();
    expect(test.upload('a').state).toMatchObject({ status: 'uploading', attempt: 2 });
    await test.runtime.pass(MINUTE);
    expect(test.transport.begun).toHaveLength(2);
  });

  test('that comes again after a person was quicker waits for its own time', async () => {
    const test = createTestQueue();
    await test.add('a');
    test.runtime.chance = 0.99;
    await test.fail('a', BROKEN);
    test.queue.retry([idOf(test, 'a')]);
    await flush();
    await test.runtime.pass(100);
    await test.fail('a', BROKEN);
    // The first timer is due after 495 ms, the second one 990 ms after the second failure.
    await test.runtime.pass(900);
    expect(test.upload('a').state.status).toBe('waiting');
    await test.runtime.pass(90);
    expect(test.upload('a').state).toMatchObject({ status: 'uploading', attempt: 3 });
  });

  test('can be paused meanwhile, and goes on only when it is resumed', async () => {
    const test = createTestQueue();
    await test.add('a b');
    await test.finish('b');
    await test.fail('a', BROKEN);
    test.queue.pause([idOf(test, 'a')]);
    await test.runtime.pass(MINUTE);
    expect(test.statuses()).toBe('a paused, b linking');
    test.queue.resume([idOf(test, 'a')]);
    await flush();
    expect(test.upload('a').state.status).toBe('uploading');
  });

  test('can be cancelled meanwhile, and the others are linked', async () => {
    const test = createTestQueue();
    await test.add('a b');
    await test.finish('b');
    await test.fail('a', BROKEN);
    test.queue.cancel([idOf(test, 'a')]);
    await test.runtime.pass(MINUTE);
    expect(test.statuses()).toBe('a cancelled, b linking');
    expect(test.transport.begun).toHaveLength(2);
  });

  test('says that the server has too much to do, so that less is sent at once', async () => {
    const test = createTestQueue();
    await test.add('a b c d e f g h i j');
    await test.runtime.pass(10);
    await test.fail('a b c d e f', new ServerError('server-busy', 'Busy.', { status: 503 }));
    await test.runtime.pass(MINUTE);
    expect(underWay(test)).toEqual(['a', 'b', 'c']);
  });

  test.each([
    ['a broken line', BROKEN],
    ['a server that stumbled', new ServerError('server-busy', 'Oops.', { status: 500 })],
  ])('and is %s keeps its place: in an outage a long list does not fail file by file', async (_, error) => {
    const test = createTestQueue();
    await test.add('a b c d e f g h i j k l m');
    await test.fail('a b c d e f', error);
    expect(underWay(test)).toEqual([]);
    await test.runtime.pass(MINUTE);
    expect(underWay(test)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  });

  test('and is that of a few files does not stop the others', async () => {
    const test = createTestQueue();
    await test.add('a b c d e f g h i');
    await test.fail('a b', BROKEN);
    await test.finish('c d');
    expect(underWay(test)).toEqual(['e', 'f', 'g', 'h']);
  });

  test('and does not pass does not slow down the others', async () => {
    const test = createTestQueue();
    await test.add('a b c d e f g h i j k l m');
    await test.fail('a b c d e f', REFUSED);
    expect(underWay(test)).toEqual(['g', 'h', 'i', 'j', 'k', 'l']);
  });
});

describe('a machine that goes offline', () => {
  test('has what is on its way parked at once, and sent on when it is back', async () => {
    const test = createTestQueue();
    await test.add('a b');
    test.transport.sending('a').progress(60, 40);
    await test.runtime.goOffline();
    expect(test.queue.pauseReason.getSnapshot()).toEqual({ reason: 'offline' });
    expect(test.statuses()).toBe('a queued, b queued');
    expect(test.transport.begun.map(({ signal }) => signal.aborted)).toEqual([true, true]);
    await test.runtime.pass(MINUTE);
    expect(test.transport.begun).toHaveLength(2);
    await test.runtime.goOnline();
    expect(test.queue.pauseReason.getSnapshot()).toEqual({ reason: 'nothing' });
    expect(test.statuses()).toBe('a uploading, b uploading');
    expect(test.upload('a')).toMatchObject({
      state: { attempt: 1 },
      progress: { bytesSent: 60, bytesAccepted: 40 },
    });
  });

  test('begins with nothing that is added, tried again or resumed meanwhile', async () => {
    const test = createTestQueue();
    await test.add('failed paused');
    await test.fail('failed', REFUSED);
    test.queue.pause([idOf(test, 'paused')]);
    await test.runtime.goOffline();
    await test.add('added');
    test.queue.retry([idOf(test, 'failed')]);
    test.queue.resume([idOf(test, 'paused')]);
    await flush();
    expect(test.statuses()).toBe('failed queued, paused queued, added queued');
    expect(test.transport.begun).toHaveLength(2);
    await test.runtime.goOnline();
    expect(test.statuses()).toBe('failed uploading, paused uploading, added uploading');
  });

  test('tries at once what waits for another try as soon as it is back', async () => {
    const test = createTestQueue();
    await test.add('a');
    await test.fail('a', BROKEN);
    await test.runtime.goOffline();
    expect(test.upload('a').state.status).toBe('waiting');
    await test.runtime.goOnline();
    expect(test.upload('a').state).toMatchObject({ status: 'uploading', attempt: 2 });
  });

  test('keeps back what has waited long enough meanwhile', async () => {
    const test = createTestQueue();
    await test.add('a');
    await test.fail('a', BROKEN);
    await test.runtime.goOffline();
    await test.runtime.pass(MINUTE);
    expect(test.upload('a').state.status).toBe('queued');
    await test.runtime.goOnline();
    expect(test.upload('a').state).toMatchObject({ status: 'uploading', attempt: 2 });
  });

  test('leaves a server alone that asked for it before, and what it asked to wait', async () => {
    const test = createTestQueue();
    await test.add('a');
    await test.fail('a', new ServerError('throttled', 'Slow down.', { retryAfterMs: 5000 }));
    test.queue.throttle(3000);
    await test.runtime.goOffline();
    await test.runtime.goOnline();
    expect(test.queue.pauseReason.getSnapshot().reason).toBe('throttled');
    await test.runtime.pass(4999);
    expect(test.upload('a').state.status).toBe('waiting');
    await test.runtime.pass(1);
    expect(test.upload('a').state.status).toBe('uploading');
  });

  test('goes on when a person knows better', async () => {
    const test = createTestQueue();
    await test.add('a');
    await test.runtime.goOffline();
    test.queue.resumeNow();
    await flush();
    expect(test.queue.pauseReason.getSnapshot()).toEqual({ reason: 'nothing' });
    expect(test.upload('a').state.status).toBe('uploading');
  });

  test('lets the answer to a link that was asked for before count', async () => {
    const test = createTestQueue();
    await test.add('a');
    await test.finish('a');
    await test.runtime.goOffline();
    test.links[0]!.answer(5);
    await flush();
    expect(test.upload('a').state).toMatchObject({ status: 'linked', revision: 5 });
  });

  test('links nothing before it is back', async () => {
    const test = createTestQueue();
    await test.add('a', DRAFT);
    await test.add('b c');
    await test.finish('a b');
    await test.runtime.goOffline();
    test.queue.draftSaved('draft 1', 12);
    test.queue.cancel([idOf(test, 'c')]);
    await test.runtime.pass(MINUTE);
    expect(test.statuses()).toBe('a uploaded, b uploaded, c cancelled');
    await test.runtime.goOnline();
    expect(test.links.map(({ workItemId, names }) => [workItemId, names])).toEqual([
      [12, ['a']],
      [7, ['b']],
    ]);
  });

  test('links again what failed to link meanwhile', async () => {
    const test = createTestQueue();
    await test.add('a');
    await test.finish('a');
    await test.runtime.goOffline();
    test.links[0]!.reject(BROKEN);
    await test.runtime.pass(MINUTE);
    expect(test.links).toHaveLength(1);
    await test.runtime.goOnline();
    expect(test.links).toHaveLength(2);
  });

  test('lets a parked file be cancelled', async () => {
    const test = createTestQueue();
    await test.add('a');
    await test.runtime.goOffline();
    test.queue.cancel([idOf(test, 'a')]);
    await test.runtime.goOnline();
    expect(test.upload('a').state).toEqual({ status: 'cancelled' });
    expect(test.transport.begun).toHaveLength(1);
  });

  test('says so twice and comes back twice without harm', async () => {
    const test = createTestQueue();
    await test.add('a');
    for (const step of ['goOffline', 'goOffline', 'goOnline', 'goOnline'] as const)
      await test.runtime[step]();
    expect(test.transport.begun).toHaveLength(2);
    expect(test.upload('a').state.status).toBe('uploading');
  });
});

describe('a server that asks to be left alone', () => {
  test('is sent nothing new for so long, whichever file it is', async () => {
    const test = createTestQueue({ limits: exactly(1) });
    await test.add('a b');
    test.queue.throttle(5000);
    expect(test.queue.pauseReason.getSnapshot()).toEqual({
      reason: 'throttled',
      until: test.runtime.now() + 5000,
    });
    await test.finish('a');
    await test.add('c');
    await test.runtime.pass(4999);
    expect(test.statuses()).toBe('a uploaded, b queued, c queued');
    await test.runtime.pass(1);
    expect(test.queue.pauseReason.getSnapshot()).toEqual({ reason: 'nothing' });
    expect(test.statuses()).toBe('a uploaded, b uploading, c queued');
  });

  test('is asked for no link meanwhile', async () => {
    const test = createTestQueue();
    await test.add('a');
    test.queue.throttle(5000);
    await test.finish('a');
    expect(test.links).toHaveLength(0);
    await test.runtime.pass(5000);
    expect(test.links.map(({ names }) => names)).toEqual([['a']]);
  });

  test('gets what waits for another try only after that', async () => {
    const test = createTestQueue();
    await test.add('soon late');
    await test.fail('soon', BROKEN);
    await test.fail('late', new ServerError('throttled', 'Slow down.', { retryAfterMs: 9000 }));
    test.queue.throttle(5000);
    await test.runtime.pass(4999);
    expect(test.statuses()).toBe('soon queued, late waiting');
    await test.runtime.pass(1);
    expect(test.statuses()).toBe('soon uploading, late waiting');
    await test.runtime.pass(4000);
    expect(test.statuses()).toBe('soon uploading, late uploading');
  });

  test('is asked nothing by an upload that is under way, either', async () => {
    let asked: SendOptions | undefined;
    const run = (options: SendOptions): Promise<never> => {
      asked = options;
      return new Promise(() => undefined);
    };
    const test = createTestQueue({ transport: { begin: () => ({ run }) } });
    await test.add('a b');
    test.queue.throttle(5000);
    const isFree = jest.fn();
    const isOver = jest.fn();
    void asked!.waitUntilOpen().then(isFree);
    await test.runtime.pass(4999);
    expect(isFree).not.toHaveBeenCalled();
    await test.runtime.pass(1);
    expect(isFree).toHaveBeenCalled();

    test.queue.throttle(5000);
    void asked!.waitUntilOpen().then(isOver);
    test.queue.cancel(test.queue.getSnapshot().map(({ id }) => id));
    await flush();
    expect(isOver).toHaveBeenCalled();
  });

  test('is not left alone by a person who wants it tried now', async () => {
    const test = createTestQueue();
    await test.add('a');
    test.queue.throttle(MINUTE);
    await test.fail('a', new ServerError('throttled', 'Slow down.', { retryAfterMs: MINUTE }));
    test.queue.retry([idOf(test, 'a')]);
    await flush();
    expect(test.upload('a').state.status).toBe('uploading');
  });

  test('is left alone for the longest time that it asked for', async () => {
    const test = createTestQueue();
    test.queue.throttle(5000);
    test.queue.throttle(9000);
    test.queue.throttle(1000);
    await test.add('a');
    await test.runtime.pass(8999);
    expect(test.upload('a').state.status).toBe('queued');
    await test.runtime.pass(1);
    expect(test.upload('a').state.status).toBe('uploading');
  });

  test('is not left alone for ever by a machine that puts its clock back meanwhile', async () => {
    const test = createTestQueue();
    test.queue.throttle(5000);
    await test.add('a');
    test.runtime.setClock(-1);
    await test.runtime.pass(5000);
    expect(test.queue.pauseReason.getSnapshot()).toEqual({ reason: 'nothing' });
    expect(test.upload('a').state.status).toBe('uploading');
  });

  test('gets what fell due meanwhile, also from a machine that puts its clock back', async () => {
    const test = createTestQueue();
    await test.add('a');
    await test.fail('a', BROKEN);
    test.queue.throttle(250);
    test.runtime.setClock(-1);
    await test.runtime.pass(MINUTE);
    expect(test.upload('a').state.status).toBe('uploading');
  });

  test('says less than a line that is dead', async () => {
    const test = createTestQueue();
    await test.add('a');
    test.queue.throttle(5000);
    await test.runtime.goOffline();
    expect(test.queue.pauseReason.getSnapshot().reason).toBe('offline');
    await test.runtime.pass(5000);
    expect(test.queue.pauseReason.getSnapshot()).toEqual({ reason: 'offline' });
    expect(test.upload('a').state.status).toBe('queued');
  });
});

describe('a link that fails and passes', () => {
  test('is made again without sending the bytes again, all of the patch together', async () => {
    const test = createTestQueue();
    await test.add('a b');
    await test.finish('a b');
    const { attachments } = test.links[0]!;
    test.links[0]!.reject(BROKEN);
    await flush();
    expect(test.queue.getSnapshot().map(({ state }) => state)).toEqual(
      attachments.map(({ reference }) => ({
        status: 'waiting',
        attempt: 1,
        phase: 'linking',
        problem: { kind: 'network', status: 0 },
        until: test.runtime.now() + 250,
        reference,
      })),
    );
    await test.runtime.pass(MINUTE);
    expect(test.links.slice(1)).toMatchObject([{ workItemId: 7, attachments }]);
    test.links[1]!.answer(5);
    await flush();
    expect(test.statuses()).toBe('a linked, b linked');
    expect(test.transport.begun).toHaveLength(2);
  });

  test('is given up after the tenth time, the reference kept for a person', async () => {
    const test = createTestQueue();
    await test.add('a');
    const reference = test.transport.sending('a').finish();
    await flush();
    for (let attempt = 1; attempt <= 10; attempt++) {
      test.links.at(-1)!.reject(BROKEN);
      await test.runtime.pass(MINUTE);
    }
    expect(test.links).toHaveLength(10);
    expect(test.upload('a').state).toMatchObject({
      status: 'failed',
      attempt: 10,
      retryable: true,
      reference,
    });
    test.queue.retry([idOf(test, 'a')]);
    await flush();
    expect(test.links).toHaveLength(11);
    expect(test.transport.begun).toHaveLength(1);
  });

  test('counts its own attempts, whatever the bytes needed', async () => {
    const test = createTestQueue();
    await test.add('a');
    for (let attempt = 1; attempt <= 7; attempt++) {
      await test.fail('a', BROKEN);
      await test.runtime.pass(MINUTE);
    }
    await test.finish('a');
    test.links[0]!.reject(BROKEN);
    await flush();
    expect(test.upload('a').state).toMatchObject({ status: 'waiting', attempt: 1 });
  });

  test('cannot be cancelled or paused meanwhile: the relation may be there', async () => {
    const test = createTestQueue();
    await test.add('a');
    await test.finish('a');
    test.links[0]!.reject(BROKEN);
    await flush();
    test.queue.cancel([idOf(test, 'a')]);
    test.queue.pause([idOf(test, 'a')]);
    expect(test.upload('a').state.status).toBe('waiting');
    await test.runtime.pass(MINUTE);
    expect(test.links).toHaveLength(2);
  });

  test('is made again at once when a person asks for it, and only once', async () => {
    const test = createTestQueue();
    await test.add('a b');
    await test.finish('a b');
    test.links[0]!.reject(BROKEN);
    await flush();
    test.queue.retry([idOf(test, 'b')]);
    await flush();
    expect(test.links.map(({ names }) => names)).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
    await test.runtime.pass(MINUTE);
    expect(test.links).toHaveLength(2);
  });

  test('does not wait for a file of the batch that was resumed meanwhile, nor the other way round', async () => {
    const test = createTestQueue();
    await test.add('a b');
    test.queue.pause([idOf(test, 'b')]);
    await test.finish('a');
    test.links[0]!.reject(BROKEN);
    await flush();
    test.queue.resume([idOf(test, 'b')]);
    await flush();
    await test.finish('b');
    expect(test.links.map(({ names }) => names)).toEqual([['a'], ['b']]);
    test.links[1]!.answer(2);
    await test.runtime.pass(MINUTE);
    expect(test.links.map(({ names }) => names)).toEqual([['a'], ['b'], ['a']]);
  });
});

describe('a lane', () => {
  test.each(['cancel', 'pause'] as const)(
    'is free after a %s at once, although the transport never notices',
    async (verb) => {
      const transport = createManualTransport(false);
      const test = createTestQueue({ transport, limits: exactly(1) });
      await test.add('a b');
      test.queue[verb]([idOf(test, 'a')]);
      await flush();
      expect(test.upload('b').state.status).toBe('uploading');
      // The late end of the first one does not make room for a third.
      await test.add('c');
      transport.sending('a').finish();
      await flush();
      expect(test.upload('c').state.status).toBe('queued');
    },
  );

  test('is free after a cancel although the check of the file never ends', async () => {
    const prepare = ({ name }: { name: string }): Promise<void> =>
      name === 'a' ? new Promise(() => undefined) : Promise.resolve();
    const test = createTestQueue({ prepare, limits: exactly(1) });
    await test.add('a b');
    test.queue.cancel([idOf(test, 'a')]);
    await flush();
    expect(test.upload('b').state.status).toBe('uploading');
  });

  test('is not taken by a fourth large file, and a small one goes past it', async () => {
    const test = createTestQueue();
    test.queue.add([...['a', 'b', 'c', 'd'].map((name) => sized(name, 100)), sized('e', 1)], ITEM_7);
    await flush();
    expect(underWay(test)).toEqual(['a', 'b', 'c', 'e']);
    await test.finish('b');
    expect(underWay(test)).toEqual(['a', 'c', 'e', 'd']);
  });
});

describe('a file that is moved to the front', () => {
  test('is sent next', async () => {
    const test = createTestQueue({ limits: exactly(1) });
    await test.add('a b c d');
    test.queue.moveToFront(idOf(test, 'd'));
    expect(test.statuses()).toBe('a uploading, d queued, b queued, c queued');
    await test.finish('a');
    expect(underWay(test)).toEqual(['d']);
  });

  test('and is on its way or over stays where it is', async () => {
    const test = createTestQueue({ limits: exactly(2) });
    await test.add('a b c');
    const before = test.queue.getSnapshot();
    test.queue.moveToFront(idOf(test, 'b'));
    test.queue.moveToFront('unknown');
    expect(test.queue.getSnapshot()).toBe(before);
  });
});

describe('several uploads at once', () => {
  test('are paused, resumed and cancelled in one go, and nothing slips in between', async () => {
    const test = createTestQueue({ limits: exactly(1) });
    await test.add('a b c');
    const ids = test.queue.getSnapshot().map(({ id }) => id);
    test.queue.pause(ids);
    await flush();
    expect(test.statuses()).toBe('a paused, b paused, c paused');
    test.queue.resume(ids);
    await flush();
    expect(test.statuses()).toBe('a uploading, b queued, c queued');
    test.queue.cancel(ids);
    await flush();
    expect(test.statuses()).toBe('a cancelled, b cancelled, c cancelled');
    expect(test.transport.begun.map(({ name }) => name)).toEqual(['a', 'a']);
  });
});

describe('what a transport is doing', () => {
  test('is shown', async () => {
    const test = createTestQueue();
    await test.add('a');
    for (const step of ['starting-over', 'sending', 'verifying'] as const) {
      test.transport.sending('a').step(step);
      expect(test.upload('a').state).toMatchObject({ status: 'uploading', step });
    }
  });

  test('is not shown once it was stopped', async () => {
    const transport = createManualTransport(false);
    const test = createTestQueue({ transport });
    await test.add('a');
    const ended = transport.sending('a');
    test.queue.pause([idOf(test, 'a')]);
    test.queue.resume([idOf(test, 'a')]);
    await flush();
    ended.step('verifying');
    expect(test.upload('a').state).toMatchObject({ step: 'sending' });
  });
});
