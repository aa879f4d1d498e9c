import { FileUnreadableError, NetworkError } from '../../../../src/base/errors';
import type { SendOptions, Transport, Upload } from '../../../../src/upload/upload';
import type { InterruptedUpload, UploadJournal } from '../../../../src/upload/upload-journal';
import { createDeferred, flush } from '../../../helpers/deferred';
import type { TestQueue } from '../../../helpers/upload-queue';
import { createTestQueue } from '../../../helpers/upload-queue';
import { DRAFT, ITEM_7, pickedFile, referenceTo, uploadIn } from '../../../helpers/uploads';

const SESSION = { reference: referenceTo(1), bytesAccepted: 50, chunkBytes: 10, isDoubtful: false };

/** A journal that writes down what it was told, and whose promises the test may keep. */
function createListener(waits: { readonly begun?: Promise<void>; readonly kept?: Promise<void> } = {}) {
  const told: string[] = [];
  const journal: UploadJournal = {
    create: (uploads, sources) =>
      told.push(`begin ${uploads.map(({ file }) => file.name).join(' ')}, ${sources.size} files`),
    update: ({ file, state }) => told.push(`${file.name} ${state.status}`),
    updateSession: (id, session) => told.push(`session ${id} ${session?.bytesAccepted}`),
    updateFile: (id) => told.push(`file ${id}`),
    discard: (ids) => told.push(`forget ${ids.join(' ')}`),
    whenCreated: () => waits.begun ?? Promise.resolve(),
    whenFlushed: () => waits.kept ?? Promise.resolve(),
  };
  return { told, journal };
}

/** As a frame that is gone has left it. */
function left(
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

describe('what the journal is told', () => {
  test('is each change of state, from the drop to the relation and its removal, and no progress', async () => {
    const { told, journal } = createListener();
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

  test('is what a person does, and what fails', async () => {
    const { told, journal } = createListener();
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

  test('is nothing of what never passed intake, and of what stays on the list', async () => {
    const { told, journal } = createListener();
    const test = createTestQueue({ journal });
    test.queue.reject([{ name: 'a', size: 1, folder: '', problem: { kind: 'folder-empty' } }], ITEM_7);
    await test.add('b');
    const before = told.length;
    test.queue.remove([idsOf(test)[1]!]);
    expect(told.slice(before)).toEqual(['forget ']);
  });

  test('is where the files of a new work item go once it is saved, and that they go nowhere', async () => {
    const { told, journal } = createListener();
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

  test('is what the server has of a file, until it was stopped', async () => {
    const { told, journal } = createListener();
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

describe('nothing', () => {
  test('is sent of a file before the journal has begun with it', async () => {
    const begun = createDeferred<undefined>();
    const { journal } = createListener({ begun: begun.promise });
    const test = createTestQueue({ journal });
    await test.add('a');
    expect([test.statuses(), test.transport.begun]).toEqual(['a preparing', []]);
    begun.resolve(undefined);
    await flush();
    expect(test.statuses()).toBe('a uploading');
  });

  test('of the next chunk is sent before the journal has kept what the server has', async () => {
    const kept = createDeferred<undefined>();
    const { journal } = createListener({ kept: kept.promise });
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

  test('is linked before the journal has kept what is linked', async () => {
    const kept = createDeferred<undefined>();
    const { told, journal } = createListener({ kept: kept.promise });
    const test = createTestQueue({ journal });
    await test.add('a');
    await test.finish('a');
    expect([told.at(-1), test.links]).toEqual(['a linking', []]);
    kept.resolve(undefined);
    await flush();
    expect(test.links).toHaveLength(1);
  });

  test('is linked of what turns out to be another frame’s, and others are', async () => {
    const kept = createDeferred<undefined>();
    const { journal } = createListener({ kept: kept.promise });
    const test = createTestQueue({ journal });
    await test.add('a b');
    await test.finish('a b');
    test.queue.evict([test.upload('a').id]);
    kept.resolve(undefined);
    await flush();
    expect(test.links.map(({ names }) => names)).toEqual([['b']]);
  });

  test('is linked where all turn out to be another frame’s, and what comes later is', async () => {
    const first = createDeferred<undefined>();
    const kept = jest.fn<Promise<void>, []>().mockReturnValueOnce(first.promise).mockResolvedValue(undefined);
    const { journal } = createListener();
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

test('what a patch has linked is kept at once, all of it in one write', async () => {
  const { told, journal } = createListener();
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

describe('what another frame has left', () => {
  test('goes on as what it was, with its id', async () => {
    const { told, journal } = createListener();
    const test = createTestQueue({ journal });
    test.queue.restore([
      left('a', { source: bytes, session: SESSION }),
      left('b', { state: { status: 'uploaded', attempt: 1, reference: referenceTo(9) } }),
      left('c', { state: { status: 'paused', attempt: 1 }, source: bytes }),
      left('d', { state: { status: 'needs-file', attempt: 1 } }),
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

  test('is linked without a byte where the server has it', async () => {
    const test = createTestQueue();
    test.queue.restore([left('b', { state: { status: 'uploaded', attempt: 1, reference: referenceTo(9) } })]);
    await flush();
    expect(test.transport.begun).toEqual([]);
    expect(test.links[0]?.attachments.map(({ reference }) => reference)).toEqual([referenceTo(9)]);
  });

  test('waits for nothing while it needs its file: others are linked', async () => {
    const test = createTestQueue();
    test.queue.restore([left('a', { state: { status: 'needs-file', attempt: 1 } })]);
    await test.add('b');
    await test.finish('b');
    expect(test.links.map(({ names }) => names)).toEqual([['b']]);
  });

  test('is in the list once, also when it was there before', async () => {
    const test = createTestQueue();
    test.queue.restore([left('a', { state: { status: 'needs-file', attempt: 1 } })]);
    test.queue.restore([left('a', { source: bytes })]);
    await flush();
    expect(test.statuses()).toBe('a uploading');
    test.queue.restore([left('a', { source: bytes })]);
    await flush();
    expect(test.transport.begun.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    await test.finish('a');
    expect(test.links).toHaveLength(1);
  });

  test('needs its file again where what was kept of it cannot be read', async () => {
    const { told, journal } = createListener();
    const test = createTestQueue({ journal });
    test.queue.restore([left('a', { source: bytes })]);
    await flush();
    await test.fail('a', new FileUnreadableError('a'));
    expect(test.statuses()).toBe('a needs-file');
    expect(told.at(-1)).toBe('a needs-file');
    await test.add('b');
    await test.fail('b', new FileUnreadableError('b'));
    expect(test.statuses()).toBe('a needs-file, b failed');
  });
});

describe('a file that was picked again', () => {
  test('goes on where the server is, under the name that it had', async () => {
    const { told, journal } = createListener();
    const test = createTestQueue({ journal });
    test.queue.restore([left('a', { state: { status: 'needs-file', attempt: 1 }, session: SESSION })]);
    test.queue.supply('their a', bytes);
    await flush();
    expect(test.statuses()).toBe('a uploading');
    expect(test.transport.begun[0]?.file).toMatchObject({ name: 'a', source: bytes, session: SESSION });
    expect(told).toEqual(['file their a', 'a queued', 'a preparing', 'a uploading']);
  });

  test('is not needed by anything but what waits for it', async () => {
    const { told, journal } = createListener();
    const test = createTestQueue({ journal });
    await test.add('a');
    told.length = 0;
    test.queue.supply(test.upload('a').id, bytes);
    test.queue.supply('nobody knows this one', bytes);
    expect(told).toEqual([]);
    expect(test.transport.begun).toHaveLength(1);
  });
});

describe('what another frame goes on with', () => {
  test('is stopped and gone from the list, whatever its state, and nothing is told', async () => {
    const { told, journal } = createListener();
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

  test('gives its lane and its place in a window to others', async () => {
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
