import type { Problem } from '../../../../src/base/errors';
import {
  CancelledError,
  FileChangedError,
  FileUnreadableError,
  NetworkError,
  ServerError,
} from '../../../../src/base/errors';
import type { PickedFile, SendOptions } from '../../../../src/upload/upload';
import { createDeferred, flush } from '../../../helpers/deferred';
import { createManualTransport } from '../../../helpers/manual-transport';
import type { TestQueue } from '../../../helpers/upload-queue';
import { createTestQueue, exactly } from '../../../helpers/upload-queue';
import { isInEditor } from '../../../../src/upload/upload-state';
import { DRAFT, ITEM_7, pickedFile } from '../../../helpers/uploads';

/** Permanent failure. */
const REFUSED = new ServerError('refused', 'Refused.', { status: 400 });
/** Transient failure. */
const BROKEN = new NetworkError('No answer.');
/** Longer than any wait between attempts. */
const MINUTE = 60_000;
const ITEM_8 = { kind: 'work-item', id: 8 } as const;

function underWay({ transport }: TestQueue): string[] {
  return transport.underWay().map(({ name }) => name);
}

/** A file with a nominal size in MiB. */
function sized(name: string, mebibytes: number): PickedFile {
  return { ...pickedFile(name, 1), size: mebibytes * 1024 * 1024 };
}

function idOf(test: TestQueue, name: string): string {
  return test.upload(name).id;
}

describe('UploadQueue with one file', () => {
  test('sends and links it', async () => {
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

  test('links it with its name, size and folder as comment', async () => {
    const test = createTestQueue();
    test.queue.add([{ ...pickedFile('a', 3), folder: 'logs' }], ITEM_7);
    await flush();
    const reference = test.transport.sending('a').finish();
    await flush();
    expect(test.links).toMatchObject([
      { workItemId: 7, attachments: [{ reference, name: 'a', comment: 'logs', size: 3 }] },
    ]);
  });

  test('passes its name, size, bytes and batch size to the transport', async () => {
    const test = createTestQueue();
    const file = pickedFile('a', 3);
    test.queue.add([file], ITEM_7);
    await test.add('b c');
    const { name, size, source } = file;
    expect(test.transport.sending('a').file).toEqual({ name, size, source, isOneOfMany: false });
    expect(test.transport.sending('b').file.isOneOfMany).toBe(true);
  });

  test('excludes its bytes from the list', async () => {
    const test = createTestQueue();
    await test.add('a');
    expect(Object.keys(test.upload('a').file)).toEqual(['name', 'size', 'folder']);
  });

  test('fails it if the transport fails', async () => {
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

  test('reports an unexpected error as an internal problem', async () => {
    const test = createTestQueue();
    await test.add('a');
    await test.fail('a', new TypeError('x is undefined'));
    expect(test.upload('a').state).toMatchObject({
      problem: { kind: 'internal', serverMessage: 'x is undefined' },
    });
  });

  test('does not send it if it is unreadable', async () => {
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

  test('does not link it if it has changed since it was picked', async () => {
    const test = createTestQueue({ verify: ({ name }) => Promise.reject(new FileChangedError(name)) });
    await test.add('a');
    await test.finish('a');
    expect(test.upload('a').state).toEqual({
      status: 'failed',
      attempt: 1,
      phase: 'uploading',
      problem: { kind: 'file-changed' },
      retryable: false,
    });
    expect(test.links).toHaveLength(0);
  });
});

describe('UploadQueue with many files', () => {
  test('sends six at first, in order', async () => {
    const test = createTestQueue();
    await test.add('a b c d e f g h');
    expect(underWay(test)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(test.upload('g').state.status).toBe('queued');
  });

  test('sends more as soon as the first ones are delivered', async () => {
    const test = createTestQueue();
    await test.add('a b c d e f g h i j k l m n o p q r s t');
    await test.runtime.pass(10);
    await test.finish('a b c d e f');
    expect(underWay(test)).toHaveLength(12);
  });

  test('sends the next one when one is done', async () => {
    const test = createTestQueue();
    await test.add('a b c d e f g h');
    await test.finish('c');
    expect(underWay(test)).toEqual(['a', 'b', 'd', 'e', 'f', 'g']);
  });

  test('sends the next one when one fails', async () => {
    const test = createTestQueue({ limits: exactly(2) });
    await test.add('a b c');
    await test.fail('a', REFUSED);
    expect(underWay(test)).toEqual(['b', 'c']);
  });

  test('sends the next one when one is canceled or paused', async () => {
    const test = createTestQueue({ limits: exactly(2) });
    await test.add('a b c d e');
    test.queue.cancel([idOf(test, 'a')]);
    test.queue.pause([idOf(test, 'b')]);
    await flush();
    expect(underWay(test)).toEqual(['c', 'd']);
  });

  test('sends as many in parallel as configured', async () => {
    const test = createTestQueue({ limits: exactly(2) });
    await test.add('a b c');
    expect(test.transport.underWay()).toHaveLength(2);
  });

  test('shares its slots among batches', async () => {
    const test = createTestQueue({ limits: exactly(2) });
    await test.add('a');
    await test.add('b c', ITEM_8);
    expect(test.statuses()).toBe('a uploading, b uploading, c queued');
  });
});

describe('UploadQueue with a batch', () => {
  test('links it in one patch after all its files are stored', async () => {
    const test = createTestQueue();
    await test.add('a b c');
    await test.finish('b a');
    expect(test.statuses()).toBe('a uploaded, b uploaded, c uploading');
    expect(test.links).toHaveLength(0);
    await test.finish('c');
    expect(test.links.map(({ names }) => names)).toEqual([['a', 'b', 'c']]);
    expect(test.statuses()).toBe('a linking, b linking, c linking');
  });

  test('links it together with another one for the same work item', async () => {
    const test = createTestQueue();
    await test.add('a');
    await test.add('b');
    await test.finish('a b');
    expect(test.links.map(({ names }) => names)).toEqual([['a', 'b']]);
  });

  test('links it to its own work item only', async () => {
    const test = createTestQueue();
    await test.add('a');
    await test.add('b', ITEM_8);
    await test.finish('a b');
    expect(test.links.map(({ workItemId, names }) => [workItemId, names])).toEqual([
      [7, ['a']],
      [8, ['b']],
    ]);
  });

  test('does not wait for a failed file', async () => {
    const test = createTestQueue();
    await test.add('a b');
    test.transport.sending('a').fail(new ServerError('file-too-large', 'Too large.'));
    await test.finish('b');
    expect(test.links.map(({ names }) => names)).toEqual([['b']]);
  });

  test('links the others when the last file fails', async () => {
    const test = createTestQueue();
    await test.add('a b');
    await test.finish('b');
    await test.fail('a', REFUSED);
    expect(test.links.map(({ names }) => names)).toEqual([['b']]);
  });

  test('does not wait for an unreadable file', async () => {
    const prepare = ({ name }: { name: string }): Promise<void> =>
      name === 'a' ? Promise.reject(new FileUnreadableError(name)) : Promise.resolve();
    const test = createTestQueue({ prepare });
    await test.add('a b');
    await test.finish('b');
    expect(test.statuses()).toBe('a failed, b linking');
  });

  test('links nothing if all files failed', async () => {
    const test = createTestQueue();
    await test.add('a b');
    for (const name of ['a', 'b']) test.transport.sending(name).fail(REFUSED);
    await flush();
    expect(test.links).toHaveLength(0);
  });

  test('keeps every reference if the link fails', async () => {
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

describe('UploadQueue.cancel', () => {
  test('ignores an upload after a link attempt, since its relation may exist', async () => {
    const test = createTestQueue({ canLink: () => Promise.resolve(test.links.length === 0) });
    await test.add('a');
    await test.finish('a');
    test.links[0]!.reject(new NetworkError('The answer was lost.'));
    await test.runtime.pass(MINUTE);
    expect(test.statuses()).toBe('a waiting-for-save');
    test.queue.cancel([idOf(test, 'a')]);
    expect(test.statuses()).toBe('a waiting-for-save');
  });

  test('keeps a queued file from being sent', async () => {
    const test = createTestQueue({ limits: exactly(1) });
    await test.add('a b');
    test.queue.cancel([idOf(test, 'b')]);
    await test.finish('a');
    expect(test.transport.begun.map(({ name }) => name)).toEqual(['a']);
    expect(test.statuses()).toBe('a linking, b cancelled');
  });

  test('keeps a file from being sent during its check', async () => {
    const checked = createDeferred<undefined>();
    const test = createTestQueue({ prepare: () => checked.promise });
    await test.add('a');
    test.queue.cancel([idOf(test, 'a')]);
    checked.resolve(undefined);
    await flush();
    expect(test.transport.begun).toHaveLength(0);
    expect(test.history('a')).toEqual(['queued', 'preparing', 'cancelled']);
  });

  test('aborts a running upload', async () => {
    const test = createTestQueue();
    await test.add('a b');
    test.queue.cancel([idOf(test, 'a')]);
    expect(test.transport.sending('a').signal.aborted).toBe(true);
    expect(test.upload('a').state).toEqual({ status: 'cancelled' });
    await test.finish('b');
    expect(test.links.map(({ names }) => names)).toEqual([['b']]);
  });

  test('links the others if the canceled upload was the last one', async () => {
    const test = createTestQueue();
    await test.add('a b');
    await test.finish('a');
    test.queue.cancel([idOf(test, 'b')]);
    await flush();
    expect(test.links.map(({ names }) => names)).toEqual([['a']]);
  });

  test('leaves out a stored file that waits for the others', async () => {
    const test = createTestQueue();
    await test.add('a b');
    await test.finish('a');
    test.queue.cancel([idOf(test, 'a')]);
    await test.finish('b');
    expect(test.links.map(({ names }) => names)).toEqual([['b']]);
    expect(test.history('a')).toEqual(['queued', 'preparing', 'uploading', 'uploaded', 'cancelled']);
  });

  test('ignores an upload while it is being linked', async () => {
    const test = createTestQueue();
    await test.add('a');
    await test.finish('a');
    test.queue.cancel([idOf(test, 'a')]);
    expect(test.upload('a').state.status).toBe('linking');
  });

  test.each(['progress', 'answer', 'failure'])('prevents a late %s from changing the list', async (late) => {
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

  test('ignores an unknown upload', async () => {
    const test = createTestQueue();
    await test.add('a');
    const before = test.queue.getSnapshot();
    test.queue.cancel(['unknown']);
    expect(test.queue.getSnapshot()).toBe(before);
  });
});

describe('UploadQueue.retry', () => {
  test('sends a failed file again and resets its attempts', async () => {
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

  test('links only the given uploads again, in one patch, without sending their bytes', async () => {
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

  test('works after each new failure', async () => {
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

  test('is possible after an unexpected abort, and the other files are linked', async () => {
    const test = createTestQueue();
    await test.add('a b');
    await test.finish('b');
    await test.fail('a', new CancelledError());
    expect(test.upload('a').state).toMatchObject({ status: 'failed', retryable: true });
    expect(test.links.map(({ names }) => names)).toEqual([['b']]);
  });

  test('ignores an upload with a permanent problem', async () => {
    const test = createTestQueue({ prepare: ({ name }) => Promise.reject(new FileUnreadableError(name)) });
    await test.add('a');
    const before = test.queue.getSnapshot();
    test.queue.retry([idOf(test, 'a')]);
    await flush();
    expect(test.queue.getSnapshot()).toBe(before);
  });

  test('waits for a free slot', async () => {
    const test = createTestQueue({ limits: exactly(1) });
    await test.add('a b c');
    await test.fail('a', REFUSED);
    test.queue.retry([idOf(test, 'a')]);
    await flush();
    expect(test.statuses()).toBe('a queued, b uploading, c queued');
  });
});

describe('UploadQueue.pause', () => {
  test('aborts the attempt, and resume continues it', async () => {
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

  test('leaves a resumed upload cancelable', async () => {
    const test = createTestQueue();
    await test.add('a');
    test.queue.pause([idOf(test, 'a')]);
    test.queue.resume([idOf(test, 'a')]);
    await flush();
    test.queue.cancel([idOf(test, 'a')]);
    expect(test.transport.begun.map(({ signal }) => signal.aborted)).toEqual([true, true]);
  });

  test('keeps a queued file from being sent until it is resumed', async () => {
    const test = createTestQueue({ limits: exactly(1) });
    await test.add('a b');
    test.queue.pause([idOf(test, 'b')]);
    await test.finish('a');
    expect(test.statuses()).toBe('a linking, b paused');
    test.queue.resume([idOf(test, 'b')]);
    await flush();
    expect(test.statuses()).toBe('a linking, b uploading');
  });

  test('does not delay other links, and the paused file is linked later', async () => {
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

  test('ignores a stored upload', async () => {
    const test = createTestQueue();
    await test.add('a b');
    await test.finish('a');
    test.queue.pause([idOf(test, 'a')]);
    expect(test.upload('a').state.status).toBe('uploaded');
  });

  test('leaves a paused upload cancelable', async () => {
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
    'prevents a late %s of the aborted attempt from changing the resumed upload',
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

  test('prevents a late failure of the aborted check from changing the resumed upload', async () => {
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

describe('UploadQueue with a draft', () => {
  test('links files added after the draft was saved', async () => {
    const test = createTestQueue();
    test.queue.draftSaved('draft 1', 12);
    await test.add('a', DRAFT);
    await test.finish('a');
    expect(test.links.map(({ workItemId, names }) => [workItemId, names])).toEqual([[12, ['a']]]);
  });

  test('does not send files added after the draft was abandoned', async () => {
    const test = createTestQueue();
    test.queue.draftAbandoned('draft 1');
    await test.add('a', DRAFT);
    expect(test.upload('a').state).toMatchObject({ status: 'failed', problem: { kind: 'work-item-closed' } });
    expect(test.transport.begun).toHaveLength(0);
  });

  test('sends files at once and links them after the save', async () => {
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

  test('links all files together if the draft is saved during an upload', async () => {
    const test = createTestQueue();
    await test.add('a b', DRAFT);
    await test.finish('a');
    test.queue.draftSaved('draft 1', 12);
    await flush();
    expect(test.statuses()).toBe('a uploaded, b uploading');
    await test.finish('b');
    expect(test.links.map(({ workItemId, names }) => [workItemId, names])).toEqual([[12, ['a', 'b']]]);
  });

  test('links once if the save is reported twice', async () => {
    const test = createTestQueue();
    await test.add('a', DRAFT);
    await test.finish('a');
    test.queue.draftSaved('draft 1', 12);
    test.queue.draftSaved('draft 1', 12);
    await flush();
    expect(test.links).toHaveLength(1);
  });

  test('ignores the save of another draft', async () => {
    const test = createTestQueue();
    await test.add('a', DRAFT);
    await test.finish('a');
    test.queue.draftSaved('draft 2', 12);
    test.queue.draftAbandoned('draft 2');
    await flush();
    expect(test.statuses()).toBe('a waiting-for-save');
  });

  test('links a file retried after the save', async () => {
    const test = createTestQueue();
    await test.add('a', DRAFT);
    await test.fail('a', REFUSED);
    test.queue.draftSaved('draft 1', 12);
    test.queue.retry([idOf(test, 'a')]);
    await flush();
    await test.finish('a');
    expect(test.links.map(({ workItemId, names }) => [workItemId, names])).toEqual([[12, ['a']]]);
  });

  test('fails all files when the draft is abandoned', async () => {
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

  test('fails a paused file when the draft is abandoned', async () => {
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

  test('allows no retry of a failed file after the draft was abandoned', async () => {
    const test = createTestQueue();
    await test.add('a', DRAFT);
    await test.fail('a', REFUSED);
    test.queue.draftAbandoned('draft 1');
    test.queue.retry([idOf(test, 'a')]);
    await flush();
    expect(test.upload('a').state).toMatchObject({ status: 'failed', retryable: false });
  });
});

describe('UploadQueue list', () => {
  test('contains rejected files', async () => {
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

  test('removes only ended uploads on request', async () => {
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

  test('has a unique id for each upload and each batch', async () => {
    const test = createTestQueue();
    await test.add('a b');
    await test.add('c');
    const [a, b, c] = test.queue.getSnapshot();
    expect(a!.batchId).toBe(b!.batchId);
    expect(new Set([a!.id, b!.id, c!.id, a!.batchId, c!.batchId]).size).toBe(5);
  });
});

describe('UploadQueue after a transient failure', () => {
  test('retries the file after a delay', async () => {
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

  test('uses one transfer for all attempts, so that it can resume', async () => {
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

  test('waits exactly as long as the server asked', async () => {
    const test = createTestQueue();
    await test.add('a');
    await test.fail('a', new ServerError('throttled', 'Slow down.', { status: 429, retryAfterMs: 7000 }));
    expect(test.runtime.delays()).toEqual([7000]);
    await test.runtime.pass(6999);
    expect(test.upload('a').state.status).toBe('waiting');
    await test.runtime.pass(1);
    expect(test.upload('a').state.status).toBe('uploading');
  });

  test('fails the upload after ten attempts, and the user can retry it', async () => {
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

  test('resets the attempts after newly accepted bytes', async () => {
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

  test('keeps counting attempts if bytes were only sent, or accepted before', async () => {
    const test = createTestQueue();
    await test.add('a');
    test.transport.sending('a').progress(50, 40);
    await test.fail('a', BROKEN);
    await test.runtime.pass(MINUTE);
    test.transport.sending('a').progress(90, 40);
    await test.fail('a', BROKEN);
    expect(test.upload('a').state).toMatchObject({ status: 'waiting', attempt: 2 });
  });

  test('gives the slot to another file', async () => {
    const test = createTestQueue({ limits: exactly(1) });
    await test.add('a b');
    await test.fail('a', BROKEN);
    expect(test.statuses()).toBe('a waiting, b uploading');
    await test.runtime.pass(MINUTE);
    expect(test.statuses()).toBe('a queued, b uploading');
    await test.finish('b');
    expect(test.statuses()).toBe('a uploading, b uploaded');
  });

  test('delays the links of other files for a moment', async () => {
    const test = createTestQueue();
    await test.add('a b');
    await test.fail('a', BROKEN);
    await test.finish('b');
    expect(test.links).toHaveLength(0);
    await test.runtime.pass(250);
    await test.finish('a');
    expect(test.links.map(({ names }) => names)).toEqual([['a', 'b']]);
  });

  test('retries a failed check of the file', async () => {
    const checks = [Promise.reject(BROKEN), Promise.resolve()];
    const test = createTestQueue({ prepare: () => checks.shift()! });
    await test.add('a');
    expect(test.upload('a').state).toMatchObject({ status: 'waiting', phase: 'preparing' });
    await test.runtime.pass(MINUTE);
    expect(test.upload('a').state.status).toBe('uploading');
  });

  test('retries at once on request, and the timer then does nothing', async () => {
    const test = createTestQueue();
    await test.add('a');
    await test.fail('a', BROKEN);
    test.queue.retry([idOf(test, 'a')]);
    await flush();
    expect(test.upload('a').state).toMatchObject({ status: 'uploading', attempt: 2 });
    await test.runtime.pass(MINUTE);
    expect(test.transport.begun).toHaveLength(2);
  });

  test('waits for the delay of the second failure if the first one was retried early', async () => {
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

  test('lets the user pause the upload, and continues only after resume', async () => {
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

  test('lets the user cancel the upload, and links the others', async () => {
    const test = createTestQueue();
    await test.add('a b');
    await test.finish('b');
    await test.fail('a', BROKEN);
    test.queue.cancel([idOf(test, 'a')]);
    await test.runtime.pass(MINUTE);
    expect(test.statuses()).toBe('a cancelled, b linking');
    expect(test.transport.begun).toHaveLength(2);
  });

  test('sends fewer files in parallel if the server is busy', async () => {
    const test = createTestQueue();
    await test.add('a b c d e f g h i j');
    await test.runtime.pass(10);
    await test.fail('a b c d e f', new ServerError('server-busy', 'Busy.', { status: 503 }));
    await test.runtime.pass(MINUTE);
    expect(underWay(test)).toEqual(['a', 'b', 'c']);
  });

  test.each([
    ['network errors', BROKEN],
    ['server errors', new ServerError('server-busy', 'Oops.', { status: 500 })],
  ])(
    'sends no other files if all slots failed with %s, so that an outage does not fail a long list',
    async (_, error) => {
      const test = createTestQueue();
      await test.add('a b c d e f g h i j k l m');
      await test.fail('a b c d e f', error);
      expect(underWay(test)).toEqual([]);
      await test.runtime.pass(MINUTE);
      expect(underWay(test)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    },
  );

  test('sends other files if only a few failed', async () => {
    const test = createTestQueue();
    await test.add('a b c d e f g h i');
    await test.fail('a b', BROKEN);
    await test.finish('c d');
    expect(underWay(test)).toEqual(['e', 'f', 'g', 'h']);
  });

  test('does not slow down other files if the failure is permanent', async () => {
    const test = createTestQueue();
    await test.add('a b c d e f g h i j k l m');
    await test.fail('a b c d e f', REFUSED);
    expect(underWay(test)).toEqual(['g', 'h', 'i', 'j', 'k', 'l']);
  });
});

describe('UploadQueue while offline', () => {
  test('aborts running uploads, and restarts them when online again', async () => {
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

  test('starts no upload that is added, retried or resumed', async () => {
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

  test('retries waiting uploads at once when online again', async () => {
    const test = createTestQueue();
    await test.add('a');
    await test.fail('a', BROKEN);
    await test.runtime.goOffline();
    expect(test.upload('a').state.status).toBe('waiting');
    await test.runtime.goOnline();
    expect(test.upload('a').state).toMatchObject({ status: 'uploading', attempt: 2 });
  });

  test('keeps uploads queued after their delay', async () => {
    const test = createTestQueue();
    await test.add('a');
    await test.fail('a', BROKEN);
    await test.runtime.goOffline();
    await test.runtime.pass(MINUTE);
    expect(test.upload('a').state.status).toBe('queued');
    await test.runtime.goOnline();
    expect(test.upload('a').state).toMatchObject({ status: 'uploading', attempt: 2 });
  });

  test('keeps the waits requested by the server', async () => {
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

  test('continues when the user overrides the pause', async () => {
    const test = createTestQueue();
    await test.add('a');
    await test.runtime.goOffline();
    test.queue.resumeNow();
    await flush();
    expect(test.queue.pauseReason.getSnapshot()).toEqual({ reason: 'nothing' });
    expect(test.upload('a').state.status).toBe('uploading');
  });

  test('accepts the response to an earlier link request', async () => {
    const test = createTestQueue();
    await test.add('a');
    await test.finish('a');
    await test.runtime.goOffline();
    test.links[0]!.answer(5);
    await flush();
    expect(test.upload('a').state).toMatchObject({ status: 'linked', revision: 5 });
  });

  test('links nothing before it is online again', async () => {
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

  test('retries failed links only when online again', async () => {
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

  test('lets the user cancel an aborted upload', async () => {
    const test = createTestQueue();
    await test.add('a');
    await test.runtime.goOffline();
    test.queue.cancel([idOf(test, 'a')]);
    await test.runtime.goOnline();
    expect(test.upload('a').state).toEqual({ status: 'cancelled' });
    expect(test.transport.begun).toHaveLength(1);
  });

  test('tolerates repeated events', async () => {
    const test = createTestQueue();
    await test.add('a');
    for (const step of ['goOffline', 'goOffline', 'goOnline', 'goOnline'] as const)
      await test.runtime[step]();
    expect(test.transport.begun).toHaveLength(2);
    expect(test.upload('a').state.status).toBe('uploading');
  });
});

describe('UploadQueue.throttle', () => {
  test('delays every file until the time is over', async () => {
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

  test('delays links', async () => {
    const test = createTestQueue();
    await test.add('a');
    test.queue.throttle(5000);
    await test.finish('a');
    expect(test.links).toHaveLength(0);
    await test.runtime.pass(5000);
    expect(test.links.map(({ names }) => names)).toEqual([['a']]);
  });

  test('delays retries', async () => {
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

  test('delays requests of a running upload until the time is over or it is canceled', async () => {
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

  test('ends when the user retries an upload', async () => {
    const test = createTestQueue();
    await test.add('a');
    test.queue.throttle(MINUTE);
    await test.fail('a', new ServerError('throttled', 'Slow down.', { retryAfterMs: MINUTE }));
    test.queue.retry([idOf(test, 'a')]);
    await flush();
    expect(test.upload('a').state.status).toBe('uploading');
  });

  test('waits for the longest of the requested times', async () => {
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

  test('ends in time even if the clock is set back', async () => {
    const test = createTestQueue();
    test.queue.throttle(5000);
    await test.add('a');
    test.runtime.setClock(-1);
    await test.runtime.pass(5000);
    expect(test.queue.pauseReason.getSnapshot()).toEqual({ reason: 'nothing' });
    expect(test.upload('a').state.status).toBe('uploading');
  });

  test('delays retries no longer than requested, even if the clock is set back', async () => {
    const test = createTestQueue();
    await test.add('a');
    await test.fail('a', BROKEN);
    test.queue.throttle(250);
    test.runtime.setClock(-1);
    await test.runtime.pass(MINUTE);
    expect(test.upload('a').state.status).toBe('uploading');
  });

  test('has a lower priority than being offline', async () => {
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

describe('UploadQueue after a transient link failure', () => {
  test('links all files of the patch again without sending their bytes', async () => {
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

  test('gives up after ten attempts and keeps the reference for a manual retry', async () => {
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

  test('counts link attempts separately', async () => {
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

  test('refuses to cancel or pause, since the relation may exist', async () => {
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

  test('links once at once when the user retries', async () => {
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

  test('links the failed file and a resumed file separately', async () => {
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

describe('UploadQueue slots', () => {
  test.each(['cancel', 'pause'] as const)(
    'are free at once after a %s, even if the transport does not settle',
    async (verb) => {
      const transport = createManualTransport(false);
      const test = createTestQueue({ transport, limits: exactly(1) });
      await test.add('a b');
      test.queue[verb]([idOf(test, 'a')]);
      await flush();
      expect(test.upload('b').state.status).toBe('uploading');
      // The late end of the first upload does not free a second slot.
      await test.add('c');
      transport.sending('a').finish();
      await flush();
      expect(test.upload('c').state.status).toBe('queued');
    },
  );

  test('are free after a cancel, even if the check does not settle', async () => {
    const prepare = ({ name }: { name: string }): Promise<void> =>
      name === 'a' ? new Promise(() => undefined) : Promise.resolve();
    const test = createTestQueue({ prepare, limits: exactly(1) });
    await test.add('a b');
    test.queue.cancel([idOf(test, 'a')]);
    await flush();
    expect(test.upload('b').state.status).toBe('uploading');
  });

  test('are not taken by a fourth large file, and a small file overtakes it', async () => {
    const test = createTestQueue();
    test.queue.add([...['a', 'b', 'c', 'd'].map((name) => sized(name, 100)), sized('e', 1)], ITEM_7);
    await flush();
    expect(underWay(test)).toEqual(['a', 'b', 'c', 'e']);
    await test.finish('b');
    expect(underWay(test)).toEqual(['a', 'c', 'e', 'd']);
  });
});

describe('UploadQueue.moveToFront', () => {
  test('makes a file the next one to be sent', async () => {
    const test = createTestQueue({ limits: exactly(1) });
    await test.add('a b c d');
    test.queue.moveToFront(idOf(test, 'd'));
    expect(test.statuses()).toBe('a uploading, d queued, b queued, c queued');
    await test.finish('a');
    expect(underWay(test)).toEqual(['d']);
  });

  test('ignores running, ended and unknown uploads', async () => {
    const test = createTestQueue({ limits: exactly(2) });
    await test.add('a b c');
    const before = test.queue.getSnapshot();
    test.queue.moveToFront(idOf(test, 'b'));
    test.queue.moveToFront('unknown');
    expect(test.queue.getSnapshot()).toBe(before);
  });
});

describe('UploadQueue with several ids', () => {
  test('pauses, resumes and cancels all uploads before any other is started', async () => {
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

describe('UploadQueue with steps of the transport', () => {
  test('shows each step', async () => {
    const test = createTestQueue();
    await test.add('a');
    for (const step of ['starting-over', 'sending', 'verifying'] as const) {
      test.transport.sending('a').step(step);
      expect(test.upload('a').state).toMatchObject({ status: 'uploading', step });
    }
  });

  test('ignores steps of an aborted attempt', async () => {
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

describe('UploadQueue.holdForEdit', () => {
  const idOf = ({ upload }: TestQueue, name: string): string => upload(name).id;

  test('sends nothing of a file until it is resumed', async () => {
    const test = createTestQueue({ limits: exactly(1) });
    await test.add('a b');
    test.queue.holdForEdit(idOf(test, 'b'));
    await test.finish('a');
    expect([test.statuses(), test.transport.begun.length]).toEqual(['a linking, b paused', 1]);
    expect(isInEditor(test.upload('b'))).toBe(true);
    test.queue.resume([idOf(test, 'b')]);
    await flush();
    expect(test.statuses()).toBe('a linking, b uploading');
    expect(isInEditor(test.upload('b'))).toBe(false);
  });

  test('takes a file just added, before its first byte', async () => {
    const test = createTestQueue();
    const [id = ''] = test.queue.add([pickedFile('a')], ITEM_7);
    test.queue.holdForEdit(id);
    await flush();
    expect([test.statuses(), test.transport.begun]).toEqual(['a paused', []]);
  });

  test('ignores a file with an attempt to send it, also after a pause', async () => {
    const test = createTestQueue();
    await test.add('a');
    test.queue.holdForEdit(idOf(test, 'a'));
    expect(test.statuses()).toBe('a uploading');
    test.queue.pause([idOf(test, 'a')]);
    test.queue.holdForEdit(idOf(test, 'a'));
    expect(isInEditor(test.upload('a'))).toBe(false);
  });

  test('follows the first save of a new work item, and its end without one', async () => {
    const test = createTestQueue({ limits: exactly(1) });
    await test.add('a b', DRAFT);
    test.queue.holdForEdit(idOf(test, 'b'));
    test.queue.draftSaved('draft 1', 8);
    expect(test.upload('b').target).toEqual({ kind: 'work-item', id: 8 });
    expect(isInEditor(test.upload('b'))).toBe(true);
    test.queue.holdForEdit(idOf(test, 'a'));
    await test.add('c', { kind: 'draft', draftId: 'draft 2' });
    test.queue.holdForEdit(idOf(test, 'c'));
    test.queue.draftAbandoned('draft 2');
    expect(isInEditor(test.upload('c'))).toBe(false);
  });
});
