import fc from 'fast-check';
import type { ClaimedBatch } from '../../../../../src/upload/recovery/journal/claim-interrupted';
import type { JournalOptions } from '../../../../../src/upload/recovery/journal/journal';
import type { JournalStore } from '../../../../../src/upload/recovery/journal/journal-store';
import type { KeptBatch } from '../../../../../src/upload/recovery/journal/kept-batch';
import { createMemoryStore } from '../../../../../src/upload/recovery/journal/memory-store';
import { createTimedLeases } from '../../../../../src/upload/recovery/journal/leases';
import type { PickedFile, Upload } from '../../../../../src/upload/upload';
import { createDeferred, flush } from '../../../../helpers/deferred';
import { createFakeRuntime } from '../../../../helpers/fake-runtime';
import { createTestFrames, createTestJournal } from '../../../../helpers/journal';
import { keptBatch, keptUpload } from '../../../../helpers/kept';
import { DRAFT, referenceTo, uploadIn } from '../../../../helpers/uploads';

const HOUR_MS = 60 * 60 * 1000;

/** Browser with one database, and frames with a journal. */
function stage(store: JournalStore = createMemoryStore()) {
  const runtime = createFakeRuntime();
  const frames = createTestFrames();
  const journalOf = (owner: string, options: Partial<JournalOptions> = {}) =>
    createTestJournal({
      owner,
      runtime,
      openStore: () => Promise.resolve(store),
      createLeases: () => frames.leasesFor(owner),
      ...options,
    });
  return { store, runtime, frames, journalOf };
}

function queued(id: string, batchId: string): Upload {
  return uploadIn({ status: 'queued', attempt: 1 }, { id, batchId });
}

function picked(name: string, content: string, lastModified = 0): PickedFile {
  return { name, size: content.length, folder: '', source: new File([content], name, { lastModified }) };
}

const idsOf = (batches: readonly KeptBatch[]): string[] => batches.map(({ id }) => id).sort();

describe('Journal.open', () => {
  test('changes the state from opening to browser', async () => {
    const { journalOf } = stage();
    const journal = journalOf('me');
    expect(journal.state.getSnapshot()).toEqual({
      kind: 'opening',
      interrupted: [],
      interruptedPlans: [],
      setAside: 0,
    });
    await journal.open('jamal');
    expect(journal.state.getSnapshot()).toEqual({
      kind: 'browser',
      interrupted: [],
      interruptedPlans: [],
      setAside: 0,
    });
  });

  test('writes earlier entries and resolves whenCreated only then', async () => {
    const { journalOf, store } = stage();
    const journal = journalOf('me');
    journal.create([queued('a', 'batch')], new Map());
    let hasBegun = false;
    void journal.whenCreated(['a']).then(() => (hasBegun = true));
    await flush();
    expect(hasBegun).toBe(false);
    await journal.open('jamal');
    await flush();
    expect(hasBegun).toBe(true);
    expect((await store.readBatches()).get('batch')).toMatchObject({ partition: 'jamal', owner: 'me' });
  });

  test('removes files without a batch once the frame that kept them is gone', async () => {
    const { journalOf, store, frames } = stage();
    await journalOf('dead').open('jamal');
    await journalOf('alive').open('jamal');
    for (const id of ['dead-1', 'alive-1', 'dead-2']) await store.keepFile(id, 'a', new Blob(['a']));
    await store.add([keptBatch({ id: 'dead-2', owner: 'dead', changedAt: 1_000_000 })]);
    frames.kill('dead');
    await journalOf('me').open('jamal');
    await flush();
    const counts = ['dead-1', 'alive-1', 'dead-2'].map(async (id) => (await store.readFiles(id)).size);
    expect(await Promise.all(counts)).toEqual([0, 1, 1]);
  });

  test('goes on while the files cannot be swept', async () => {
    const { journalOf } = stage({
      ...createMemoryStore(),
      sweepFiles: () => Promise.reject(new Error('No.')),
    });
    const journal = journalOf('me');
    await journal.open('jamal');
    await flush();
    expect(journal.state.getSnapshot().kind).toBe('browser');
  });

  test.each<[string, Partial<JournalOptions>]>([
    ['the browser stores nothing', { openStore: () => Promise.reject(new DOMException('No.')) }],
    ['the database does not answer', { openStore: () => new Promise(() => undefined) }],
    [
      'the lease cannot be acquired',
      {
        createLeases: (store) => ({
          ...createTimedLeases(store, 'me', createFakeRuntime()),
          acquire: () => Promise.reject(new Error('No.')),
        }),
      },
    ],
    [
      'the database closes at once',
      {
        openStore(_, onGone) {
          onGone();
          return Promise.resolve(createMemoryStore());
        },
      },
    ],
    [
      'the database closes while it is opened',
      {
        openStore(_, onGone) {
          void flush().then(onGone);
          return Promise.resolve(createMemoryStore());
        },
        createLeases: (store) => ({
          ...createTimedLeases(store, 'me', createFakeRuntime()),
          acquire: async () => {
            await flush();
            await flush();
          },
        }),
      },
    ],
  ])('falls back to memory when %s, and all calls work', async (_, options) => {
    const { journalOf, runtime } = stage();
    const journal = journalOf('me', options);
    const opened = journal.open('jamal');
    journal.create([queued('a', 'batch')], new Map([['a', new Blob(['a'])]]));
    await runtime.pass(5_000);
    await opened;
    expect(journal.state.getSnapshot().kind).toBe('memory');
    await journal.whenCreated(['a']);
    journal.update(uploadIn({ status: 'paused', attempt: 1 }, { id: 'a', batchId: 'batch' }));
    await journal.whenFlushed(['a']);
    expect(journal.isFileKept('a')).toBe(false);
    expect(await journal.claim(['batch'])).toEqual([]);
  });

  test('falls back to memory without a partition', async () => {
    const { journalOf } = stage();
    const openStore = jest.fn();
    const journal = journalOf('me', { openStore });
    await journal.open(undefined);
    expect(journal.state.getSnapshot().kind).toBe('memory');
    expect(openStore).not.toHaveBeenCalled();
  });

  test('does not time out after a sleep of the page', async () => {
    const { journalOf, runtime, store } = stage();
    let answer: (found: JournalStore) => void = () => undefined;
    const journal = journalOf('me', { openStore: () => new Promise((resolve) => (answer = resolve)) });
    const opened = journal.open('jamal');
    runtime.setClock(HOUR_MS);
    await runtime.pass(5_000);
    answer(store);
    await opened;
    expect(journal.state.getSnapshot().kind).toBe('browser');
  });
});

describe('Journal.state', () => {
  test('lists batches of expired frames for work items', async () => {
    const { journalOf, store, frames, runtime } = stage();
    await frames.leasesFor('there').acquire();
    const changedAt = runtime.now();
    const of = (id: string, facts: Partial<KeptBatch>): KeptBatch => keptBatch({ id, changedAt, ...facts });
    await store.add([
      of('left', { owner: 'gone' }),
      of('going on', { owner: 'there' }),
      of('new', { owner: 'gone', target: DRAFT }),
      of('mine', { owner: 'me' }),
    ]);
    const journal = journalOf('me');
    await journal.open('jamal');
    expect(idsOf(journal.state.getSnapshot().interrupted)).toEqual(['left']);
    frames.kill('there');
    await flush();
    expect(idsOf(journal.state.getSnapshot().interrupted)).toEqual(['going on', 'left']);
  });

  test('leaves out expired batches: unfinished after a week, linked after a day, drafts after an hour', async () => {
    const { journalOf, store, runtime } = stage();
    runtime.setClock(100 * 24 * HOUR_MS);
    const before = (hours: number): number => runtime.now() - hours * HOUR_MS;
    const linked = [keptUpload({ stage: 'linked', reference: referenceTo(1) })];
    await store.add([
      keptBatch({ id: 'week', changedAt: before(7 * 24) - 1 }),
      keptBatch({ id: 'nearly a week', changedAt: before(7 * 24) }),
      keptBatch({ id: 'day', changedAt: before(24) - 1, uploads: linked }),
      keptBatch({ id: 'nearly a day', changedAt: before(24), uploads: linked }),
      keptBatch({ id: 'hour', changedAt: before(1) - 1, target: DRAFT }),
      keptBatch({ id: 'nearly an hour', changedAt: before(1), target: DRAFT }),
    ]);
    const journal = journalOf('me');
    await journal.open('jamal');
    expect([...(await store.readBatches()).keys()].sort()).toEqual([
      'nearly a day',
      'nearly a week',
      'nearly an hour',
    ]);
    expect(idsOf(journal.state.getSnapshot().interrupted)).toEqual(['nearly a day', 'nearly a week']);
  });

  test('counts unreadable batches and sets them aside', async () => {
    const { journalOf, store, runtime } = stage();
    const changedAt = runtime.now();
    await store.add([
      keptBatch({ id: 'left', changedAt }),
      { ...keptBatch({ id: 'odd', changedAt }), format: 99 as 1 },
    ]);
    const journal = journalOf('me');
    await journal.open('jamal');
    expect(journal.state.getSnapshot()).toMatchObject({ setAside: 1, interrupted: [{ id: 'left' }] });
    expect([...(await store.readBatches()).keys()]).toEqual(['left']);
  });
});

describe('Journal.annotate', () => {
  const plan = { kind: 'plan', planId: 'run' } as const;

  test('stores a note for the frame that claims the plan', async () => {
    const { journalOf, frames } = stage();
    const theirs = journalOf('they');
    await theirs.open('jamal');
    const uploads = [uploadIn({ status: 'queued', attempt: 1 }, { id: 'a', batchId: 'many', target: plan })];
    theirs.create(uploads, new Map([['a', new Blob(['x'])]]));
    expect(await theirs.annotate('many', new Blob(['the plan']))).toBe(true);
    await theirs.whenFlushed(['a']);
    frames.kill('they');
    const mine = journalOf('me');
    await mine.open('jamal');
    const { interrupted, interruptedPlans } = mine.state.getSnapshot();
    expect([idsOf(interrupted), idsOf(interruptedPlans)]).toEqual([[], ['many']]);
    const [claimed] = await mine.claim(['many']);
    expect(await claimed?.note?.text()).toBe('the plan');
    expect(claimed?.interrupted.map(({ upload }) => upload.target)).toEqual([plan]);
    expect(mine.state.getSnapshot().interruptedPlans).toEqual([]);
  });

  test('returns false without storage', async () => {
    const { journalOf } = stage();
    const journal = journalOf('me');
    await journal.open(undefined);
    expect(await journal.annotate('many', new Blob(['the plan']))).toBe(false);
  });
});

describe('Journal.claim', () => {
  async function withLeft(...batches: readonly KeptBatch[]) {
    const test = stage();
    const changedAt = test.runtime.now();
    await test.store.add(batches.map((batch) => ({ ...batch, changedAt })));
    return test;
  }

  test('returns unfinished uploads with their stored bytes', async () => {
    const session = { reference: referenceTo(1), bytesAccepted: 50, chunkBytes: 10, isDoubtful: false };
    const { journalOf, store } = await withLeft(
      keptBatch({
        uploads: [
          keptUpload({ id: 'kept', isFileKept: true, session }),
          keptUpload({ id: 'not kept' }),
          keptUpload({ id: 'stored', stage: 'linking', reference: referenceTo(2), isLinkTried: true }),
          keptUpload({ id: 'linked', stage: 'linked', reference: referenceTo(3) }),
        ],
      }),
    );
    const source = new Blob(['x'.repeat(100)]);
    await store.keepFile('batch', 'kept', source);
    const journal = journalOf('me');
    await journal.open('jamal');
    const [claimed, ...others] = await journal.claim(['batch']);
    expect(others).toEqual([]);
    expect(claimed?.batch.uploads).toHaveLength(4);
    expect(claimed?.interrupted.map(({ upload }) => [upload.id, upload.state.status])).toEqual([
      ['kept', 'queued'],
      ['not kept', 'needs-file'],
      ['stored', 'uploaded'],
    ]);
    expect(claimed?.interrupted[0]).toMatchObject({ source, session, upload: { acceptedNow: 50 } });
    expect(claimed?.interrupted[2]?.upload.isLinkTried).toBe(true);
    expect(journal.state.getSnapshot().interrupted).toEqual([]);
    expect((await store.readBatches()).get('batch')).toHaveProperty('owner', 'me');
  });

  test('gives each batch to one of two simultaneous frames', async () => {
    const ids = ['1', '2', '3'];
    const { journalOf } = await withLeft(
      ...ids.map((id) => keptBatch({ id, owner: 'gone', uploads: [keptUpload({ id: `upload ${id}` })] })),
    );
    const [mine, yours] = [journalOf('me'), journalOf('you')];
    await Promise.all([mine.open('jamal'), yours.open('jamal')]);
    const claims = await Promise.all([mine.claim(['1', '2', '3']), yours.claim(['3', '1', '2'])]);
    expect(idsOf(claims.flat().map(({ batch }) => batch))).toEqual(ids);
  });

  test('leaves batches to a living frame and refreshes once it is gone', async () => {
    const { journalOf, frames } = await withLeft(keptBatch());
    const journal = journalOf('me');
    await journal.open('jamal');
    await frames.leasesFor('other').acquire();
    expect(await journal.claim(['batch'])).toEqual([]);
    expect(journal.state.getSnapshot().interrupted).toEqual([]);
    await flush();
    frames.kill('other');
    await flush();
    expect(idsOf(journal.state.getSnapshot().interrupted)).toEqual(['batch']);
  });

  test('claims a batch from its latest owner, after reading an earlier one', async () => {
    const { journalOf, store, frames } = await withLeft(keptBatch());
    const journal = journalOf('me');
    await journal.open('jamal');
    // Another frame claims it and closes.
    await frames.leasesFor('you').acquire();
    await store.claim(['batch'], 'you', new Set(['other']));
    frames.kill('you');
    let claims = 0;
    let chain: Promise<readonly ClaimedBatch[]> = Promise.resolve([]);
    // Claims repeatedly while batches are listed.
    const claimNext = (): void => {
      if (journal.state.getSnapshot().interrupted.length === 0 || ++claims > 10) return;
      chain = chain.then(async (before) => [...before, ...(await journal.claim(['batch']))]);
    };
    journal.state.subscribe(claimNext);
    claimNext();
    journal.refresh();
    for (let turn = 0; turn < 10; turn++) await flush();
    expect((await chain).map(({ batch }) => batch.owner)).toEqual(['me']);
    expect(claims).toBeLessThan(5);
    expect(journal.state.getSnapshot().interrupted).toEqual([]);
  });

  test('loses a batch to another frame until that frame is gone as well', async () => {
    const { journalOf, frames, runtime } = stage();
    const onLost = jest.fn();
    const mine = journalOf('me', { onLost });
    await mine.open('jamal');
    mine.create([queued('a', 'batch')], new Map());
    await mine.whenCreated(['a']);
    frames.kill('me');
    const yours = journalOf('you');
    await yours.open('jamal');
    expect(await yours.claim(['batch'])).toHaveLength(1);
    mine.update(uploadIn({ status: 'paused', attempt: 1 }, { id: 'a', batchId: 'batch' }));
    await mine.whenFlushed(['a']);
    expect(onLost.mock.calls).toEqual([[['a']]]);
    mine.refresh();
    await runtime.pass(100);
    expect(mine.state.getSnapshot().interrupted).toEqual([]);
    frames.kill('you');
    await flush();
    expect(idsOf(mine.state.getSnapshot().interrupted)).toEqual(['batch']);
  });

  test('loses a batch that another frame has claimed while the page was frozen, without a change of it', async () => {
    const { journalOf, frames, runtime } = stage();
    const onLost = jest.fn();
    const mine = journalOf('me', { onLost });
    await mine.open('jamal');
    mine.create([queued('a', 'batch'), queued('b', 'batch')], new Map());
    mine.create([queued('c', 'kept')], new Map());
    await mine.whenCreated(['a', 'b', 'c']);
    await runtime.freeze();
    frames.kill('me');
    const yours = journalOf('you');
    await yours.open('jamal');
    await yours.claim(['batch']);
    await runtime.restore();
    await runtime.pass(200);
    expect(onLost.mock.calls).toEqual([[['a', 'b']]]);
  });

  test('loses a batch finished by another frame', async () => {
    const { journalOf, frames, runtime } = stage();
    const onLost = jest.fn();
    const mine = journalOf('me', { onLost });
    await mine.open('jamal');
    mine.create([queued('a', 'batch')], new Map());
    await mine.whenCreated(['a']);
    frames.kill('me');
    const yours = journalOf('you');
    await yours.open('jamal');
    await yours.claim(['batch']);
    yours.discard(['a']);
    await runtime.pass(200);
    mine.update(uploadIn({ status: 'paused', attempt: 1 }, { id: 'a', batchId: 'batch' }));
    await mine.whenFlushed(['a']);
    expect(onLost.mock.calls).toEqual([[['a']]]);
  });
});

test('Journal.claim returns a lost batch as the other frame left it', async () => {
  const { journalOf, frames, runtime } = stage();
  const onLost = jest.fn();
  const mine = journalOf('me', { onLost });
  await mine.open('jamal');
  mine.create([queued('a', 'batch'), queued('b', 'batch')], new Map());
  await mine.whenCreated(['a']);
  frames.kill('me');
  const yours = journalOf('you');
  await yours.open('jamal');
  await yours.claim(['batch']);
  yours.discard(['a']);
  await runtime.pass(200);
  frames.kill('you');
  mine.refresh();
  await flush();
  const [claimed] = await mine.claim(['batch']);
  expect(claimed?.batch.uploads.map(({ id }) => id)).toEqual(['b']);
  expect(onLost.mock.calls).toEqual([[['a', 'b']]]);
});

test('Journal.discardAll empties the store for good without stopping uploads', async () => {
  const { journalOf, store, runtime } = stage();
  await store.add([keptBatch({ id: 'left', changedAt: runtime.now() })]);
  const onLost = jest.fn();
  const [mine, yours] = [journalOf('me'), journalOf('you', { onLost })];
  await Promise.all([mine.open('jamal'), yours.open('jamal')]);
  yours.create([queued('a', 'batch')], new Map());
  await yours.whenCreated(['a']);
  await mine.discardAll();
  expect(mine.state.getSnapshot()).toEqual({
    kind: 'browser',
    interrupted: [],
    interruptedPlans: [],
    setAside: 0,
  });
  yours.update(uploadIn({ status: 'paused', attempt: 1 }, { id: 'a', batchId: 'batch' }));
  await yours.whenFlushed(['a']);
  expect(await store.readBatches()).toEqual(new Map());
  expect(onLost).not.toHaveBeenCalled();
});

test('Journal refreshes when another frame notifies it', async () => {
  const { journalOf, store, runtime } = stage();
  const listeners: (() => void)[] = [];
  const channel = {
    notify: () => listeners.forEach((listener) => listener()),
    onNotify: (listener: () => void) => void listeners.push(listener),
  };
  await store.add([keptBatch({ changedAt: runtime.now() })]);
  const [mine, yours] = [journalOf('me', { channel }), journalOf('you', { channel })];
  await mine.open('jamal');
  await yours.open('jamal');
  await mine.claim(['batch']);
  await flush();
  expect(yours.state.getSnapshot().interrupted).toEqual([]);
});

describe('Journal.match', () => {
  async function withWaiting(...uploads: Parameters<typeof keptUpload>[0][]) {
    const { journalOf, store, runtime } = stage();
    const all = uploads.map((facts) => keptUpload({ size: 3, ...facts }));
    await store.add([keptBatch({ changedAt: runtime.now(), uploads: all })]);
    const journal = journalOf('me');
    await journal.open('jamal');
    await journal.claim(['batch']);
    return async (files: readonly PickedFile[], waiting = all.map(({ id }) => id)) => {
      const found = await journal.match(files, waiting);
      return Object.fromEntries([...found].map(([{ name }, id]) => [name, id]));
    };
  }
  const looked = (content: string) => ({ size: content.length, hashes: [content] });

  test('matches a file by content, whatever its name', async () => {
    const match = await withWaiting(
      { id: '1', name: 'a.txt', fingerprint: looked('one') },
      { id: '2', name: 'b.txt', fingerprint: looked('two') },
    );
    expect(await match([picked('a.txt', 'two'), picked('c.txt', 'one'), picked('d.txt', 'abc')])).toEqual({
      'a.txt': '2',
      'c.txt': '1',
    });
  });

  test('matches by name and date without a fingerprint', async () => {
    const match = await withWaiting({ id: '1', name: 'a.txt', lastModified: 5 });
    expect(await match([picked('a.txt', 'one', 6)])).toEqual({});
    expect(await match([picked('b.txt', 'one', 5)])).toEqual({});
    expect(await match([picked('a.txt', 'four', 5)])).toEqual({});
    expect(await match([picked('a.txt', 'one', 5)])).toEqual({ 'a.txt': '1' });
  });

  test('matches two files with equal content to two uploads', async () => {
    const twin = { name: 'a.txt', fingerprint: looked('one') };
    const match = await withWaiting({ ...twin, id: '1' }, { ...twin, id: '2' });
    const files = [picked('x', 'one'), picked('y', 'one'), picked('z', 'one')];
    expect(await match(files)).toEqual({ x: '1', y: '2' });
    expect(await match(files, ['2'])).toEqual({ x: '2' });
    expect(await match(files, [])).toEqual({});
  });

  test('does not match an unreadable file', async () => {
    const match = await withWaiting({ id: '1', name: 'a.txt', lastModified: 5 });
    const file = picked('a.txt', 'one', 5);
    jest.spyOn(file.source, 'arrayBuffer').mockRejectedValue(new DOMException('Gone.'));
    expect(await match([file])).toEqual({});
  });
});

/** Wraps a store so that calls can fail. */
function failing(
  store: JournalStore,
  goesWrong: (call: string) => 'rejects' | 'hangs' | undefined,
): JournalStore {
  const entries = Object.entries(store) as [string, (...args: unknown[]) => Promise<unknown>][];
  return Object.fromEntries(
    entries.map(([name, call]) => [
      name,
      (...args: unknown[]): Promise<unknown> => {
        const how = goesWrong(name);
        if (how === 'rejects') return Promise.reject(new DOMException('Broken.', 'UnknownError'));
        return how === 'hangs' ? new Promise(() => undefined) : call(...args);
      },
    ]),
  ) as unknown as JournalStore;
}

describe('Journal with a broken database', () => {
  const CALLS = Object.keys(createMemoryStore());

  /** Makes all calls of a journal. Returns the number of unsettled promises, and the kind. */
  async function liveThrough(store: JournalStore, hasLocks: boolean) {
    const runtime = createFakeRuntime();
    const frames = createTestFrames();
    const journal = createTestJournal({
      owner: 'me',
      runtime,
      openStore: () => Promise.resolve(store),
      createLeases: (own) => (hasLocks ? frames.leasesFor('me') : createTimedLeases(own, 'me', runtime)),
    });
    const answers: Promise<unknown>[] = [journal.open('jamal')];
    const advance = async (): Promise<void> => {
      // Longer than the timeouts of all calls.
      for (let turn = 0; turn < 4; turn++) await runtime.pass(5_000);
    };
    await advance();
    journal.create(
      [queued('a', 'mine'), queued('b', 'mine')],
      new Map([
        ['a', new Blob(['a'])],
        ['b', new Blob(['b'])],
      ]),
    );
    answers.push(journal.whenCreated(['a', 'b']));
    await advance();
    answers.push(journal.claim(['batch', 'odd']));
    await advance();
    journal.update(
      uploadIn({ status: 'uploaded', attempt: 1, reference: referenceTo(1) }, { id: 'a', batchId: 'mine' }),
    );
    answers.push(journal.whenFlushed(['a', 'b']));
    journal.refresh();
    await advance();
    journal.discard(['a', 'b']);
    answers.push(journal.whenFlushed(['a', 'b']), journal.discardAll());
    await advance();
    let settled = 0;
    for (const answer of answers) void answer.then(() => settled++);
    await flush();
    return { missing: answers.length - settled, kind: journal.state.getSnapshot().kind };
  }

  async function usedStore(): Promise<JournalStore> {
    const store = createMemoryStore();
    const changedAt = createFakeRuntime().now();
    await store.add([keptBatch({ changedAt }), { ...keptBatch({ id: 'odd', changedAt }), format: 2 as 1 }]);
    await store.keepFile('batch', 'a', new Blob(['x']));
    return store;
  }

  test('stays in the browser while all calls succeed', async () => {
    for (const hasLocks of [true, false]) {
      const store = failing(await usedStore(), () => undefined);
      expect(await liveThrough(store, hasLocks)).toEqual({ missing: 0, kind: 'browser' });
    }
  });

  test('settles every promise and falls back to memory, whichever call fails', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...CALLS),
        fc.nat({ max: 3 }),
        fc.constantFrom('rejects' as const, 'hangs' as const),
        fc.boolean(),
        fc.boolean(),
        async (broken, well, how, isForGood, hasLocks) => {
          let calls = 0;
          const failed = new Set<string>();
          const store = failing(await usedStore(), (call) => {
            const isBroken = (failed.size > 0 && isForGood) || (call === broken && calls++ >= well);
            if (!isBroken) return undefined;
            failed.add(call);
            return how;
          });
          const { missing, kind } = await liveThrough(store, hasLocks);
          expect(missing).toBe(0);
          // Files may lack space, leases are renewed later, and an abandoned store has no caller.
          const isHarmless =
            ['keepFile', 'sweepFiles', 'releaseOwnership', 'renewLease', 'readLeases'].includes(broken) &&
            !isForGood;
          if (failed.size > 0 && !isHarmless) expect(kind).toBe('memory');
        },
      ),
      { numRuns: 300 },
    );
  });

  test('removes its batches, so that no other frame resumes them', async () => {
    const store = await usedStore();
    const broken = new Set<string>();
    const { journalOf, runtime } = stage(
      failing(store, (call) => (broken.has(call) ? 'rejects' : undefined)),
    );
    const journal = journalOf('me');
    await journal.open('jamal');
    journal.create([queued('a', 'mine')], new Map([['a', new Blob(['a'])]]));
    await journal.whenCreated(['a']);
    await runtime.pass(1_000);
    expect(journal.isFileKept('a')).toBe(true);
    broken.add('save');
    journal.update(uploadIn({ status: 'paused', attempt: 1 }, { id: 'a', batchId: 'mine' }));
    await journal.whenFlushed(['a']);
    expect(journal.state.getSnapshot()).toEqual({
      kind: 'memory',
      interrupted: [],
      interruptedPlans: [],
      setAside: 0,
    });
    expect(journal.isFileKept('a')).toBe(false);
    await flush();
    expect([...(await store.readBatches()).keys()]).toEqual(['batch']);
  });

  describe('and with outdated batches in it', () => {
    async function withBroken(disown: JournalStore['releaseOwnership']) {
      const broken = new Set<string>();
      const store = failing({ ...createMemoryStore(), releaseOwnership: disown }, (call) =>
        broken.has(call) ? 'rejects' : undefined,
      );
      const { journalOf, runtime } = stage(store);
      const journal = journalOf('me');
      await journal.open('jamal');
      journal.create([queued('a', 'mine')], new Map());
      await journal.whenCreated(['a']);
      broken.add('save');
      journal.update(uploadIn({ status: 'paused', attempt: 1 }, { id: 'a', batchId: 'mine' }));
      journal.create([queued('b', 'other')], new Map());
      const answers = { kept: false, begun: false };
      void journal.whenFlushed(['a']).then(() => (answers.kept = true));
      void journal.whenCreated(['b']).then(() => (answers.begun = true));
      await flush();
      expect(journal.state.getSnapshot().kind).toBe('memory');
      expect(answers).toEqual({ kept: false, begun: false });
      return { answers, runtime };
    }

    test('resolves whenFlushed and whenCreated after their removal', async () => {
      const disowned = createDeferred<readonly string[]>();
      const { answers } = await withBroken(() => disowned.promise);
      disowned.resolve(['mine']);
      await flush();
      expect(answers).toEqual({ kept: true, begun: true });
    });

    test('waits for their removal until the timeout', async () => {
      const { answers, runtime } = await withBroken(() => new Promise(() => undefined));
      await runtime.pass(4_999);
      expect(answers).toEqual({ kept: false, begun: false });
      await runtime.pass(1);
      expect(answers).toEqual({ kept: true, begun: true });
    });
  });

  describe('and a lease that may have expired', () => {
    /** Creates three batches; another frame claims the first and finishes the second; then the store breaks. */
    async function lostBy(alsoBroken: readonly string[], goneWhen: 'before' | 'after' | 'never') {
      const broken = new Set<string>();
      const all = createMemoryStore();
      const store = failing(all, (call) => (broken.has(call) ? 'rejects' : undefined));
      const { journalOf, frames, runtime } = stage(store);
      const onLost = jest.fn();
      const journal = journalOf('me', { onLost });
      await journal.open('jamal');
      for (const id of ['taken', 'finished', 'mine']) journal.create([queued(id, id)], new Map());
      await journal.whenFlushed(['taken', 'finished', 'mine']);
      if (goneWhen === 'before') frames.kill('me');
      const claimed = await all.claim(['taken', 'finished'], 'you', new Set(['me']));
      await all.save((claimed as KeptBatch[]).slice(1).map((batch) => ({ ...batch, uploads: [] })));
      for (const call of ['add', ...alsoBroken]) broken.add(call);
      journal.create([queued('new', 'new')], new Map());
      await journal.whenCreated(['new']);
      await runtime.pass(1_000);
      if (goneWhen === 'after') {
        expect(onLost).not.toHaveBeenCalled();
        frames.kill('me');
      }
      for (const id of ['taken', 'finished', 'mine', 'new'])
        journal.update(uploadIn({ status: 'paused', attempt: 1 }, { id, batchId: id }));
      await journal.whenFlushed(['taken', 'finished', 'mine', 'new']);
      return (onLost.mock.calls as string[][][]).flat(2);
    }

    test('keeps its own batches and loses claimed ones', async () => {
      expect(await lostBy([], 'before')).toEqual(['taken', 'finished']);
    });

    test('loses unconfirmed batches and keeps unwritten ones', async () => {
      expect(await lostBy(['releaseOwnership'], 'before')).toEqual(['taken', 'finished', 'mine']);
      expect(await lostBy(['releaseOwnership'], 'after')).toEqual(['taken', 'finished', 'mine']);
    });

    test('keeps all batches while the lease is valid', async () => {
      expect(await lostBy(['releaseOwnership'], 'never')).toEqual([]);
      expect(await lostBy([], 'after')).toEqual([]);
    });
  });

  test('keeps fingerprints and states in memory', async () => {
    const broken = new Set<string>();
    const store = failing(createMemoryStore(), (call) => (broken.has(call) ? 'rejects' : undefined));
    const { journalOf, runtime } = stage(store);
    const journal = journalOf('me');
    await journal.open('jamal');
    const file = picked('a.txt', 'x'.repeat(100));
    journal.create([queued('a', 'mine')], new Map([['a', file.source]]));
    await runtime.pass(5_000);
    broken.add('save');
    for (const attempt of [1, 2]) {
      journal.update(uploadIn({ status: 'paused', attempt }, { id: 'a', batchId: 'mine' }));
      await journal.whenFlushed(['a']);
    }
    expect(journal.state.getSnapshot().kind).toBe('memory');
    expect(await journal.match([file], ['a'])).toEqual(new Map([[file, 'a']]));
  });

  test('leaves a batch claimed too late to another frame', async () => {
    const store = await usedStore();
    let claim: () => void = () => undefined;
    const slow: JournalStore = {
      ...store,
      claim: async (...args) => {
        await new Promise<void>((resolve) => (claim = resolve));
        return store.claim(...args);
      },
    };
    const { journalOf, runtime } = stage(slow);
    const journal = journalOf('me');
    await journal.open('jamal');
    const claimed = journal.claim(['batch']);
    await runtime.pass(5_000);
    expect(await claimed).toEqual([]);
    expect(journal.state.getSnapshot().kind).toBe('memory');
    claim();
    await flush();
    expect((await store.readBatches()).get('batch')).toHaveProperty('owner', 'me');
  });
});
