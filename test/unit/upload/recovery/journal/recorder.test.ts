import fc from 'fast-check';
import type { KeptBatch } from '../../../../../src/upload/recovery/journal/kept-batch';
import type { SaveResult } from '../../../../../src/upload/recovery/journal/journal-store';
import { createRecorder } from '../../../../../src/upload/recovery/journal/recorder';
import type { Upload, UploadId } from '../../../../../src/upload/upload';
import { flush } from '../../../../helpers/deferred';
import { createFakeRuntime } from '../../../../helpers/fake-runtime';
import { keptBatch, keptUpload } from '../../../../helpers/kept';
import { DRAFT, ITEM_7, referenceTo, uploadIn } from '../../../../helpers/uploads';

/** Write answered by the test. */
interface Write {
  readonly added: readonly KeptBatch[];
  readonly changed: readonly KeptBatch[];
  readonly answer: (saved?: Partial<SaveResult>) => Promise<void>;
}

function stage() {
  const runtime = createFakeRuntime();
  /** All writes, and the number without an answer. */
  const writes: Write[] = [];
  const under = { way: 0 };
  const on = { file: jest.fn(), fileDone: jest.fn(), lost: jest.fn() };
  const recorder = createRecorder({
    owner: 'me',
    runtime,
    write: (added, changed) =>
      new Promise((resolve) => {
        under.way++;
        writes.push({
          added,
          changed,
          async answer(saved = {}) {
            under.way--;
            resolve({ lost: [], discarded: [], ...saved });
            await flush();
          },
        });
      }),
    onFile: on.file,
    onFileDone: on.fileDone,
    onLost: on.lost,
  });
  return { recorder, runtime, writes, under, on };
}

const SESSION = { reference: referenceTo(1), bytesAccepted: 50, chunkBytes: 10, isDoubtful: false };

function queued(id: string, batchId = 'batch', facts: Partial<Upload> = {}): Upload {
  return uploadIn({ status: 'queued', attempt: 1 }, { id, batchId, ...facts });
}

function uploaded(id: string, batchId = 'batch'): Upload {
  return uploadIn({ status: 'uploaded', attempt: 1, reference: referenceTo(1) }, { id, batchId });
}

const sourceOf = (...ids: string[]): Map<UploadId, Blob> =>
  new Map(ids.map((id) => [id, new File(['x'], `${id}.txt`, { type: 'text/plain', lastModified: 5 })]));

/** Whether a promise has resolved by now. */
async function isDone(promise: Promise<unknown>): Promise<boolean> {
  let done = false;
  void promise.then(() => (done = true));
  await flush();
  return done;
}

test('Recorder writes a new batch once, with the facts of each file', async () => {
  const { recorder, writes, on, runtime } = stage();
  const sources = sourceOf('a');
  recorder.create([queued('a'), queued('b')], sources);
  await flush();
  expect(writes).toHaveLength(1);
  const entry = keptUpload({ lastModified: 5 });
  const other = { ...entry, id: 'b', type: '', lastModified: 0 };
  const now = runtime.now();
  expect(writes[0]?.changed).toEqual([]);
  expect(writes[0]?.added).toEqual([
    keptBatch({ partition: '', owner: 'me', addedAt: now, changedAt: now, uploads: [entry, other] }),
  ]);
  expect(on.file.mock.calls).toEqual([['batch', 'a', sources.get('a')]]);
});

test('whenCreated resolves after the first write', async () => {
  const { recorder, writes } = stage();
  recorder.create([queued('a')], new Map());
  const begun = recorder.whenCreated(['a']);
  await flush();
  expect(await isDone(begun)).toBe(false);
  await writes[0]?.answer();
  expect(await isDone(begun)).toBe(true);
  expect(await isDone(recorder.whenCreated(['unknown']))).toBe(true);
});

test('Recorder writes an empty batch at once, and others after the delay', async () => {
  const { recorder, writes, runtime } = stage();
  recorder.create([queued('a'), queued('b')], new Map());
  await flush();
  await writes[0]?.answer();
  recorder.discard(['a']);
  await flush();
  expect(writes).toHaveLength(1);
  recorder.discard(['b']);
  await flush();
  expect(writes[1]?.changed.map(({ uploads }) => uploads)).toEqual([[]]);
  await writes[1]?.answer();
  await runtime.pass(1_000);
  expect(writes).toHaveLength(2);
});

test('Recorder writes one at a time, with all changes made meanwhile', async () => {
  const { recorder, writes } = stage();
  recorder.create([queued('1', 'one')], new Map());
  await flush();
  recorder.create([queued('2', 'two')], new Map());
  recorder.create([queued('3', 'three')], new Map());
  await flush();
  expect(writes).toHaveLength(1);
  await writes[0]?.answer();
  expect(writes).toHaveLength(2);
  expect(writes[1]?.added.map(({ id }) => id)).toEqual(['two', 'three']);
});

test('Recorder delays changes and writes them together', async () => {
  const { recorder, writes, runtime } = stage();
  recorder.create([queued('a'), queued('b')], new Map());
  await flush();
  await writes[0]?.answer();
  recorder.update(uploaded('a'));
  await runtime.pass(199);
  recorder.update(uploaded('b'));
  expect(writes).toHaveLength(1);
  await runtime.pass(1);
  expect(writes).toHaveLength(2);
  expect(writes[1]?.added).toEqual([]);
  expect(writes[1]?.changed[0]?.uploads.map(({ stage: at }) => at)).toEqual(['linking', 'linking']);
});

test('Recorder delays changes of a large batch longer, since each writes all of it', async () => {
  const { recorder, writes, runtime } = stage();
  const uploads = Array.from({ length: 10_000 }, (_, index) => queued(String(index)));
  recorder.create(uploads, new Map());
  await flush();
  await writes[0]?.answer();
  recorder.update(uploaded('0'));
  await runtime.pass(1_999);
  recorder.update(uploaded('1'));
  expect(writes).toHaveLength(1);
  await runtime.pass(1);
  expect(writes[1]?.changed[0]?.uploads.slice(0, 3).map(({ stage: at }) => at)).toEqual([
    ...['linking', 'linking', 'sending'],
  ]);
});

test('whenFlushed writes without the delay', async () => {
  const { recorder, writes } = stage();
  recorder.create([queued('a')], new Map());
  await flush();
  await writes[0]?.answer();
  recorder.updateSession('a', SESSION);
  const kept = recorder.whenFlushed(['a']);
  await flush();
  expect(writes[1]?.changed[0]?.uploads[0]?.session).toEqual(SESSION);
  expect(await isDone(kept)).toBe(false);
  await writes[1]?.answer();
  expect(await isDone(kept)).toBe(true);
  expect(await isDone(recorder.whenFlushed(['a', 'unknown']))).toBe(true);
  recorder.updateSession('a', undefined);
  void recorder.whenFlushed(['a']);
  await flush();
  expect(writes[2]?.changed[0]?.uploads[0]?.session).toBeUndefined();
});

test('whenFlushed does not wait for other batches', async () => {
  const { recorder, writes } = stage();
  recorder.create([queued('1', 'one')], new Map());
  await flush();
  await writes[0]?.answer();
  recorder.create([queued('2', 'two')], new Map());
  await flush();
  expect(await isDone(recorder.whenFlushed(['1']))).toBe(true);
  expect(await isDone(recorder.whenFlushed(['2']))).toBe(false);
});

test('Recorder writes a batch without uploads after the last one is discarded or canceled', async () => {
  const { recorder, writes, runtime } = stage();
  recorder.create([queued('a'), queued('b')], new Map());
  await flush();
  await writes[0]?.answer();
  recorder.discard(['a', 'unknown']);
  recorder.update(uploadIn({ status: 'cancelled' }, { id: 'b' }));
  await runtime.pass(200);
  expect(writes[1]?.changed.map(({ id, uploads }) => [id, uploads])).toEqual([['batch', []]]);
  await writes[1]?.answer();
  expect(recorder.find('a')).toBeUndefined();
  recorder.update(uploaded('a'));
  await runtime.pass(1_000);
  expect(writes).toHaveLength(2);
});

test('Recorder does not write a batch discarded before its first write', async () => {
  const { recorder, writes } = stage();
  recorder.create([queued('1', 'one')], new Map());
  await flush();
  recorder.create([queued('2', 'two')], new Map());
  recorder.discard(['2']);
  await writes[0]?.answer();
  expect([writes[1]?.added, writes[1]?.changed]).toEqual([[], []]);
});

test('Recorder updates the target of a batch after the save of its draft', async () => {
  const { recorder, writes, runtime } = stage();
  recorder.create([queued('a', 'batch', { target: DRAFT })], new Map());
  await flush();
  await writes[0]?.answer();
  recorder.update(queued('a', 'batch', { target: ITEM_7 }));
  await runtime.pass(200);
  expect(writes[1]?.changed[0]?.target).toEqual(ITEM_7);
});

describe('Recorder, for the bytes of a file,', () => {
  async function withKeptFile() {
    const test = stage();
    test.recorder.create([queued('a')], sourceOf('a'));
    test.recorder.updateKeptFile('a', { isFileKept: true, fingerprint: { size: 100, hashes: ['h'] } });
    await flush();
    return test;
  }

  test('records their storage', async () => {
    const { recorder, writes } = await withKeptFile();
    expect(writes[0]?.added[0]?.uploads[0]).toMatchObject({ isFileKept: true, fingerprint: { size: 100 } });
    expect(recorder.find('a')?.isFileKept).toBe(true);
  });

  test('calls onFileDone once, after the write of the reference', async () => {
    const { recorder, on, writes, runtime } = await withKeptFile();
    await writes[0]?.answer();
    recorder.update(queued('a'));
    expect(on.fileDone).not.toHaveBeenCalled();
    recorder.update(uploaded('a'));
    recorder.update(uploaded('a'));
    recorder.discard(['a']);
    await runtime.pass(200);
    expect(on.fileDone).not.toHaveBeenCalled();
    await writes[1]?.answer();
    expect(on.fileDone.mock.calls).toEqual([['batch', ['a']]]);
    expect(recorder.find('a')).toBeUndefined();
  });

  test('calls onFileDone after a discard', async () => {
    const { recorder, on, writes, runtime } = await withKeptFile();
    await writes[0]?.answer();
    recorder.discard(['a']);
    await runtime.pass(200);
    await writes[1]?.answer();
    expect(on.fileDone.mock.calls).toEqual([['batch', ['a']]]);
  });

  test('calls onFile when the user picks the file again', async () => {
    const { recorder, on, writes } = stage();
    recorder.adopt(keptBatch({ uploads: [keptUpload({ type: '', lastModified: 0 })] }));
    const [source] = sourceOf('a').values();
    recorder.updateFile('a', source!);
    recorder.updateFile('unknown', source!);
    void recorder.whenFlushed(['a']);
    await flush();
    expect(on.file.mock.calls).toEqual([['batch', 'a', source]]);
    expect(writes[0]?.changed[0]?.uploads[0]).toMatchObject({ type: 'text/plain', lastModified: 5 });
  });
});

describe('Recorder.adopt', () => {
  test('writes later changes as the new owner', async () => {
    const { recorder, writes } = stage();
    recorder.adopt(keptBatch({ owner: 'me', addedAt: 7 }));
    expect(await isDone(recorder.whenCreated(['a']))).toBe(true);
    expect(await isDone(recorder.whenFlushed(['a']))).toBe(true);
    recorder.updateSession('a', SESSION);
    void recorder.whenFlushed(['a']);
    await flush();
    expect(writes[0]?.added).toEqual([]);
    expect(writes[0]?.changed[0]).toMatchObject({ id: 'batch', owner: 'me', addedAt: 7 });
  });

  test('replaces an earlier record of the batch', async () => {
    const { recorder, writes, runtime } = stage();
    recorder.adopt(keptBatch());
    recorder.updateSession('a', SESSION);
    recorder.adopt(keptBatch({ uploads: [keptUpload({ stage: 'paused' })] }));
    await runtime.pass(200);
    expect(writes).toHaveLength(0);
    recorder.update(uploaded('a'));
    await runtime.pass(200);
    expect(writes[0]?.changed).toHaveLength(1);
    expect(writes[0]?.changed[0]?.uploads[0]).toMatchObject({ stage: 'linking', session: undefined });
  });
});

test('Recorder checks the ownership of written batches without a delay', async () => {
  const { recorder, writes } = stage();
  recorder.create([queued('a')], new Map());
  await flush();
  await writes[0]?.answer();
  recorder.checkOwnership();
  await flush();
  expect(writes[1]?.changed.map(({ id }) => id)).toEqual(['batch']);
});

test('Recorder reports a lost batch and stops writing it', async () => {
  const { recorder, writes, on, runtime } = stage();
  recorder.create([queued('a'), queued('b')], new Map());
  recorder.create([queued('c', 'mine')], new Map());
  await flush();
  await writes[0]?.answer();
  recorder.update(uploaded('a'));
  const kept = recorder.whenFlushed(['a']);
  await flush();
  recorder.update(uploaded('b'));
  await writes[1]?.answer({ lost: ['batch'] });
  expect(await isDone(kept)).toBe(true);
  expect(on.lost.mock.calls).toEqual([[['a', 'b']]]);
  expect(recorder.batchIds()).toEqual(['mine']);
  recorder.update(uploaded('a'));
  await runtime.pass(1_000);
  expect(writes).toHaveLength(2);
});

test('Recorder stops writing a discarded batch without reporting a loss', async () => {
  const { recorder, writes, on, runtime } = stage();
  recorder.create([queued('a')], new Map());
  await flush();
  await writes[0]?.answer();
  recorder.update(uploaded('a'));
  await runtime.pass(200);
  await writes[1]?.answer({ discarded: ['batch'] });
  expect(on.lost).not.toHaveBeenCalled();
  recorder.discard(['a']);
  await runtime.pass(1_000);
  expect(writes).toHaveLength(2);
  expect(await isDone(recorder.whenFlushed(['a']))).toBe(true);
});

test('rewrite writes all batches as new', async () => {
  const { recorder, writes, runtime } = stage();
  recorder.create([queued('1', 'one')], new Map());
  await flush();
  await writes[0]?.answer();
  recorder.adopt(keptBatch({ id: 'two', uploads: [keptUpload({ id: '2' })] }));
  recorder.rewrite();
  await runtime.pass(200);
  expect(writes[1]?.added.map(({ id }) => id)).toEqual(['one', 'two']);
  expect(writes[1]?.changed).toEqual([]);
});

test('discardAll stops writing current batches', async () => {
  const { recorder, writes, runtime } = stage();
  recorder.create([queued('a')], new Map());
  await flush();
  await writes[0]?.answer();
  recorder.update(uploaded('a'));
  recorder.discardAll();
  await runtime.pass(1_000);
  expect(writes).toHaveLength(1);
  recorder.create([queued('b', 'later')], new Map());
  await flush();
  expect(writes[1]?.added.map(({ id }) => id)).toEqual(['later']);
});

test('Recorder needs few writes for a thousand uploads with three changes each', async () => {
  const { recorder, writes, runtime, under } = stage();
  const ids = Array.from({ length: 1_000 }, (_, index) => `${index}`);
  recorder.create(
    ids.map((id) => queued(id)),
    new Map(),
  );
  const answerAll = async (): Promise<void> => {
    while (under.way > 0) await writes[writes.length - 1]?.answer();
  };
  await flush();
  await answerAll();
  const states = [
    { status: 'uploaded', attempt: 1, reference: referenceTo(1) },
    { status: 'linking', attempt: 1, reference: referenceTo(1) },
    { status: 'linked', reference: referenceTo(1), revision: 2 },
  ] as const;
  for (const [index, id] of ids.entries()) {
    for (const state of states) recorder.update(uploadIn(state, { id }));
    // Files per second.
    if (index % 100 === 99) await runtime.pass(1_000);
    await answerAll();
  }
  expect(writes.length).toBeLessThanOrEqual(1 + 10);
  expect(writes[writes.length - 1]?.changed[0]?.uploads.every(({ stage: at }) => at === 'linked')).toBe(true);
});

const IDS = ['a', 'b', 'c'];
const deed = fc.oneof(
  fc.record({ does: fc.constantFrom('upload', 'session', 'keep', 'forget'), id: fc.constantFrom(...IDS) }),
  fc.record({ does: fc.constantFrom('answer', 'pass'), id: fc.constant('') }),
);

test('whenFlushed and whenCreated resolve after the write of every earlier change, in any order of calls', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { maxLength: 40 }), async (deeds) => {
      const { recorder, writes, under, runtime } = stage();
      /** Stored batches after the answered writes. */
      const disk = new Map<string, KeptBatch>();
      /** Versions of each upload, oldest first; `undefined` after its discard. */
      const versions = new Map(IDS.map((id) => [id, [] as unknown[]]));
      const look = (): void => {
        for (const id of IDS) {
          const all = versions.get(id)!;
          const found = recorder.find(id);
          if (all.length === 0 || all[all.length - 1] !== found) all.push(found);
        }
      };
      const answer = async (): Promise<void> => {
        const write = under.way > 0 ? writes[writes.length - 1] : undefined;
        for (const batch of [...(write?.added ?? []), ...(write?.changed ?? [])])
          disk.set(batch.id, { ...batch });
        await write?.answer();
      };
      const expectKept = (id: string, version: number): void => {
        const batchId = id === 'c' ? 'two' : 'one';
        const written = disk.get(batchId)?.uploads.find((each) => each.id === id);
        expect(versions.get(id)!.lastIndexOf(written)).toBeGreaterThanOrEqual(version);
      };
      const promises: Promise<void>[] = [];

      recorder.create([queued('a', 'one'), queued('b', 'one')], new Map());
      recorder.create([queued('c', 'two')], new Map());
      look();
      for (const id of IDS) promises.push(recorder.whenCreated([id]).then(() => expectKept(id, 0)));
      let sent = 0;
      for (const { does, id } of deeds) {
        if (does === 'upload') recorder.update(uploaded(id));
        if (does === 'session') recorder.updateSession(id, { ...SESSION, bytesAccepted: ++sent });
        if (does === 'forget') recorder.discard([id]);
        look();
        if (does === 'keep') {
          const version = versions.get(id)!.length - 1;
          // Discarded uploads have no guarantee.
          if (recorder.find(id))
            promises.push(recorder.whenFlushed([id]).then(() => expectKept(id, version)));
        }
        if (does === 'answer') await answer();
        if (does === 'pass') await runtime.pass(100);
        await flush();
        expect(under.way).toBeLessThanOrEqual(1);
      }
      for (let turn = 0; turn < 10; turn++) {
        await runtime.pass(200);
        await answer();
      }
      await Promise.all(promises);
      for (const id of IDS) if (recorder.find(id)) expectKept(id, versions.get(id)!.length - 1);
      expect(under.way).toBe(0);
    }),
    { numRuns: 300 },
  );
});
