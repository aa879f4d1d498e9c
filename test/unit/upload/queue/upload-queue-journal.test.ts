import { FileUnreadableError, NetworkError } from '../../../../src/base/errors';
import type { SendOptions, Transport, Upload } from '../../../../src/upload/upload';
import type { InterruptedUpload, UploadJournal } from '../../../../src/upload/upload-journal';
import { createDeferred, flush } from '../../../helpers/deferred';
import type { TestQueue } from '../../../helpers/upload-queue';
import { createTestQueue, exactly } from '../../../helpers/upload-queue';
import { DRAFT, ITEM_7, pickedFile, referenceTo, uploadIn } from '../../../helpers/uploads';

const SESSION = { reference: referenceTo(1), bytesAccepted: 50, chunkBytes: 10, isDoubtful: false };

/** Records all calls; the test may control its promises. */
function createRecordingJournal(
  waits: { readonly begun?: Promise<void>; readonly kept?: Promise<void> } = {},
) {
  const told: string[] = [];
  const journal: UploadJournal = {
    create: (uploads, sources) =>
      told.push(`begin ${uploads.map(({ file }) => file.name).join(' ')}, ${sources.size} files`),
    update: ({ file, state }) => told.push(`${file.name} ${state.status}`),
    updateSession: (id, session) => told.push(`session ${id} ${session?.bytesAccepted}`),
    dropFile: (id) => told.push(`drop ${id}`),
    updateFile: (id) => told.push(`file ${id}`),
    discard: (ids) => told.push(`forget ${ids.join(' ')}`),
    whenCreated: () => waits.begun ?? Promise.resolve(),
    whenFlushed: () => waits.kept ?? Promise.resolve(),
  };
  return { told, journal };
}

/** Upload left by a closed frame. */
function interrupted(
  name: string,
  facts: Partial<InterruptedUpload> & { state?: Upload['state'] } = {},
): InterruptedUpload {
  const { state = { status: 'queued', attempt: 1 }, source, session } = facts;
  const upload = uploadIn(state, { id: `their ${name}`, file: { name, size: 100, folder: '' } });
  return { upload, source, session };
}

const bytes = new Blob(['x'.repeat(100)]);

function idsOf({ queue }: TestQueue): string[] {
  return queue.getSnapshot().map(({ id }) => id);
}

describe('UploadQueue with a recording journal', () => {
  test('reports each change of state from the drop to the removal, without progress', async () => {
    const { told, journal } = createRecordingJournal();
    const test = createTestQueue({ journal });
    await test.add('a');
    test.transport.sending('a').progress(40);
    await test.finish('a');
    test.links[0]!.answer(5);
    await flush();
    test.queue.remove(idsOf(test));
    expect(told).toEqual([
      'begin a, 1 files',
      'a preparing',
      'a uploading',
      'a uploaded',
      'a linking',
      'a linked',
      'forget 2',
    ]);
  });

  test('reports actions of the user and failures', async () => {
    const { told, journal } = createRecordingJournal();
    const test = createTestQueue({ journal });
    await test.add('a');
    const [id] = idsOf(test);
    test.queue.pause([id!]);
    test.queue.resume([id!]);
    await flush();
    await test.fail('a', new NetworkError('No answer.'));
    test.queue.cancel([id!]);
    expect(told.slice(3)).toEqual([
      'a paused',
      'a queued',
      'a preparing',
      'a uploading',
      'a waiting',
      'a cancelled',
    ]);
  });

  test('drops the stored bytes of a file in the editor, and stores them again if it goes on', async () => {
    const { told, journal } = createRecordingJournal();
    const test = createTestQueue({ journal, limits: exactly(1) });
    await test.add('a b');
    const [, id] = idsOf(test);
    told.length = 0;
    test.queue.holdForEdit(id!);
    test.queue.resume([id!]);
    expect(told).toEqual(['b paused', 'drop 3', 'b queued', 'file 3']);
  });

  test('does not report the removal of an unfinished upload', async () => {
    const { told, journal } = createRecordingJournal();
    const test = createTestQueue({ journal });
    test.queue.reject([{ name: 'a', size: 1, folder: '', problem: { kind: 'folder-empty' } }], ITEM_7);
    await test.add('b');
    const before = told.length;
    test.queue.remove([idsOf(test)[1]!]);
    expect(told.slice(before)).toEqual(['forget ']);
  });

  test('reports draft uploads after a save, and their failure after an abandon', async () => {
    const { told, journal } = createRecordingJournal();
    const test = createTestQueue({ journal });
    await test.add('a', DRAFT);
    await test.finish('a');
    told.length = 0;
    test.queue.draftSaved(DRAFT.kind === 'draft' ? DRAFT.draftId : '', 7);
    expect(told[0]).toBe('a uploaded');
    await test.add('b', { kind: 'draft', draftId: 'draft 2' });
    told.length = 0;
    test.queue.draftAbandoned('draft 2');
    expect(told).toEqual(['b failed']);
  });

  test('reports the session of an upload until it is stopped', async () => {
    const { told, journal } = createRecordingJournal();
    const options: SendOptions[] = [];
    const transport: Transport = {
      begin: () => ({
        run(each) {
          options.push(each);
          return createDeferred<never>().promise;
        },
      }),
    };
    const test = createTestQueue({ journal, transport });
    await test.add('a');
    told.length = 0;
    await options[0]!.onSession(SESSION);
    await options[0]!.onSession(undefined);
    test.queue.pause(idsOf(test));
    await options[0]!.onSession(SESSION);
    expect(told).toEqual(['session 2 50', 'session 2 undefined', 'a paused']);
  });
});

describe('UploadQueue with a journal', () => {
  test('sends a file only after the journal has recorded it', async () => {
    const begun = createDeferred<undefined>();
    const { journal } = createRecordingJournal({ begun: begun.promise });
    const test = createTestQueue({ journal });
    await test.add('a');
    expect([test.statuses(), test.transport.begun]).toEqual(['a preparing', []]);
    begun.resolve(undefined);
    await flush();
    expect(test.statuses()).toBe('a uploading');
  });

  test('sends the next chunk only after the journal has written the session', async () => {
    const kept = createDeferred<undefined>();
    const { journal } = createRecordingJournal({ kept: kept.promise });
    const told = jest.fn();
    const transport: Transport = {
      begin: () => ({
        async run({ onSession }) {
          await onSession(SESSION);
          told();
          return referenceTo(1);
        },
      }),
    };
    const test = createTestQueue({ journal, transport });
    await test.add('a');
    expect(told).not.toHaveBeenCalled();
    kept.resolve(undefined);
    await flush();
    expect(told).toHaveBeenCalled();
  });

  test('links only after the journal has written the intent', async () => {
    const kept = createDeferred<undefined>();
    const { told, journal } = createRecordingJournal({ kept: kept.promise });
    const test = createTestQueue({ journal });
    await test.add('a');
    await test.finish('a');
    expect([told.at(-1), test.links]).toEqual(['a linking', []]);
    kept.resolve(undefined);
    await flush();
    expect(test.links).toHaveLength(1);
  });

  test('does not link an upload evicted meanwhile, but links the others', async () => {
    const kept = createDeferred<undefined>();
    const { journal } = createRecordingJournal({ kept: kept.promise });
    const test = createTestQueue({ journal });
    await test.add('a b');
    await test.finish('a b');
    test.queue.evict([test.upload('a').id]);
    kept.resolve(undefined);
    await flush();
    expect(test.links.map(({ names }) => names)).toEqual([['b']]);
  });

  test('links later uploads after all earlier ones were evicted', async () => {
    const first = createDeferred<undefined>();
    const kept = jest.fn<Promise<void>, []>().mockReturnValueOnce(first.promise).mockResolvedValue(undefined);
    const { journal } = createRecordingJournal();
    const test = createTestQueue({ journal: { ...journal, whenFlushed: kept } });
    await test.add('a');
    await test.finish('a');
    test.queue.evict(idsOf(test));
    first.resolve(undefined);
    await test.add('b');
    await test.finish('b');
    expect(test.links.map(({ names }) => names)).toEqual([['b']]);
  });
});

test('UploadQueue writes all results of a patch to the journal at once', async () => {
  const { told, journal } = createRecordingJournal();
  const kept = (ids: readonly string[]): Promise<void> => {
    told.push(`kept ${ids.length}`);
    return Promise.resolve();
  };
  const test = createTestQueue({ journal: { ...journal, whenFlushed: kept } });
  await test.add('a b');
  await test.finish('a b');
  told.length = 0;
  test.links[0]!.answer(5);
  await flush();
  expect(told).toEqual(['a linked', 'b linked', 'kept 2']);
});

describe('UploadQueue.restore', () => {
  test('resumes each upload in its state and with its id', async () => {
    const { told, journal } = createRecordingJournal();
    const test = createTestQueue({ journal });
    test.queue.restore([
      interrupted('a', { source: bytes, session: SESSION }),
      interrupted('b', { state: { status: 'uploaded', attempt: 1, reference: referenceTo(9) } }),
      interrupted('c', { state: { status: 'paused', attempt: 1 }, source: bytes }),
      interrupted('d', { state: { status: 'needs-file', attempt: 1 } }),
    ]);
    await flush();
    expect(test.statuses()).toBe('a uploading, b uploaded, c paused, d needs-file');
    expect(test.transport.begun[0]?.file).toMatchObject({
      name: 'a',
      size: 100,
      source: bytes,
      isOneOfMany: true,
      session: SESSION,
    });
    expect(told).toEqual(['a preparing', 'a uploading']);
    test.queue.resume(idsOf(test));
    await flush();
    expect(test.statuses()).toBe('a uploading, b uploaded, c uploading, d needs-file');
  });

  test('links a stored upload without sending bytes', async () => {
    const test = createTestQueue();
    test.queue.restore([
      interrupted('b', { state: { status: 'uploaded', attempt: 1, reference: referenceTo(9) } }),
    ]);
    await flush();
    expect(test.transport.begun).toEqual([]);
    expect(test.links[0]?.attachments.map(({ reference }) => reference)).toEqual([referenceTo(9)]);
  });

  test('does not delay other links for an upload in need of its file', async () => {
    const test = createTestQueue();
    test.queue.restore([interrupted('a', { state: { status: 'needs-file', attempt: 1 } })]);
    await test.add('b');
    await test.finish('b');
    expect(test.links.map(({ names }) => names)).toEqual([['b']]);
  });

  test('lists an upload once, even if it was listed before', async () => {
    const test = createTestQueue();
    test.queue.restore([interrupted('a', { state: { status: 'needs-file', attempt: 1 } })]);
    test.queue.restore([interrupted('a', { source: bytes })]);
    await flush();
    expect(test.statuses()).toBe('a uploading');
    test.queue.restore([interrupted('a', { source: bytes })]);
    await flush();
    expect(test.transport.begun.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    await test.finish('a');
    expect(test.links).toHaveLength(1);
  });

  test('makes an upload need its file again if the stored bytes are unreadable', async () => {
    const { told, journal } = createRecordingJournal();
    const test = createTestQueue({ journal });
    test.queue.restore([interrupted('a', { source: bytes })]);
    await flush();
    await test.fail('a', new FileUnreadableError('a'));
    expect(test.statuses()).toBe('a needs-file');
    expect(told.at(-1)).toBe('a needs-file');
    await test.add('b');
    await test.fail('b', new FileUnreadableError('b'));
    expect(test.statuses()).toBe('a needs-file, b failed');
  });
});

describe('UploadQueue.supply', () => {
  test('resumes the session of the upload under its earlier name', async () => {
    const { told, journal } = createRecordingJournal();
    const test = createTestQueue({ journal });
    test.queue.restore([interrupted('a', { state: { status: 'needs-file', attempt: 1 }, session: SESSION })]);
    test.queue.supply('their a', bytes);
    await flush();
    expect(test.statuses()).toBe('a uploading');
    expect(test.transport.begun[0]?.file).toMatchObject({ name: 'a', source: bytes, session: SESSION });
    expect(told).toEqual(['file their a', 'a queued', 'a preparing', 'a uploading']);
  });

  test('ignores uploads without a need for their file', async () => {
    const { told, journal } = createRecordingJournal();
    const test = createTestQueue({ journal });
    await test.add('a');
    told.length = 0;
    test.queue.supply(test.upload('a').id, bytes);
    test.queue.supply('nobody knows this one', bytes);
    expect(told).toEqual([]);
    expect(test.transport.begun).toHaveLength(1);
  });
});

describe('UploadQueue.evict', () => {
  test('stops and removes uploads in any state without reporting them', async () => {
    const { told, journal } = createRecordingJournal();
    const test = createTestQueue({ journal });
    await test.add('a b');
    await test.finish('b');
    const { signal } = test.transport.sending('a');
    told.length = 0;
    test.queue.evict([...idsOf(test), 'nobody knows this one']);
    await flush();
    expect([test.statuses(), signal.aborted, told]).toEqual(['', true, []]);
    await test.runtime.pass(60_000);
    expect(test.links).toEqual([]);
  });

  test('frees the slot of an upload and its place in the link batch', async () => {
    const test = createTestQueue({ limits: { initialRequests: 1, maxRequests: 1 } });
    test.queue.add([pickedFile('a'), pickedFile('b')], ITEM_7);
    await flush();
    await test.finish('a');
    expect(test.links).toEqual([]);
    test.queue.evict([test.upload('b').id]);
    await flush();
    expect(test.links.map(({ names }) => names)).toEqual([['a']]);
  });
});
