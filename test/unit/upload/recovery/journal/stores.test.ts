import 'fake-indexeddb/auto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import type { FileStore } from '../../../../../src/upload/recovery/journal/file-store';
import { openFileStore } from '../../../../../src/upload/recovery/journal/file-store';
import { openIndexedDbStore } from '../../../../../src/upload/recovery/journal/indexed-db-store';
import type { JournalStore } from '../../../../../src/upload/recovery/journal/journal-store';
import { createMemoryStore } from '../../../../../src/upload/recovery/journal/memory-store';
import { keptBatch, keptUpload } from '../../../../helpers/kept';

const JAMAL = 'fabrikam jamal';

let folder: string;
let inFolder: FileStore | undefined;

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  folder = mkdtempSync(join(tmpdir(), 'stapler-store-'));
});

afterEach(async () => {
  await inFolder?.close();
  inFolder = undefined;
  rmSync(folder, { recursive: true });
});

const STORES: Readonly<Record<string, () => Promise<JournalStore>>> = {
  memory: () => Promise.resolve(createMemoryStore()),
  IndexedDB: () => openIndexedDbStore(JAMAL, () => undefined),
  files: async () => (inFolder = await openFileStore(folder, 1_000)),
};

/** Blob of one letter. */
const file = (letter: string): Blob => new Blob([letter]);

async function textsOf(files: ReadonlyMap<string, Blob>): Promise<Record<string, string>> {
  const entries = await Promise.all([...files].map(async ([id, blob]) => [id, await blob.text()] as const));
  return Object.fromEntries(entries);
}

async function idsIn(store: JournalStore): Promise<string[]> {
  return [...(await store.readBatches()).keys()].sort();
}

describe.each(Object.entries(STORES))('JournalStore in %s', (_, open) => {
  test('is empty at first', async () => {
    const store = await open();
    expect(await store.readBatches()).toEqual(new Map());
    expect(await store.countSetAside()).toBe(0);
    expect(await store.readFiles('batch')).toEqual(new Map());
    expect(await store.readLeases()).toEqual(new Map());
  });

  test('reads added batches, and saved ones in their place', async () => {
    const store = await open();
    const [one, two] = [keptBatch({ id: '1' }), keptBatch({ id: '2' })];
    await store.add([one, two]);
    expect(await store.readBatches()).toEqual(new Map(Object.entries({ 1: one, 2: two })));
    const changed = { ...one, uploads: [keptUpload({ stage: 'paused' })] };
    expect(await store.save([changed])).toEqual({ lost: [], discarded: [] });
    expect(await store.readBatches()).toEqual(new Map(Object.entries({ 1: changed, 2: two })));
  });

  test('save reports lost and discarded batches without writing them', async () => {
    const store = await open();
    const theirs = keptBatch({ id: 'theirs', owner: 'them' });
    const mine = keptBatch({ id: 'mine', owner: 'me' });
    await store.add([theirs, mine]);
    const saved = [
      { ...theirs, owner: 'me', uploads: [] },
      { ...mine, changedAt: 2_000 },
      keptBatch({ id: 'gone', owner: 'me' }),
    ];
    expect(await store.save(saved)).toEqual({ lost: ['theirs'], discarded: ['gone'] });
    expect(await store.readBatches()).toEqual(
      new Map(Object.entries({ theirs, mine: { ...mine, changedAt: 2_000 } })),
    );
  });

  test('save removes a batch without uploads, with its files', async () => {
    const store = await open();
    await store.add([keptBatch({ id: '1' }), keptBatch({ id: '2' })]);
    await store.keepFile('1', 'a', file('a'));
    await store.keepFile('2', 'b', file('b'));
    await store.save([keptBatch({ id: '1', uploads: [] })]);
    expect(await idsIn(store)).toEqual(['2']);
    expect(await store.readFiles('1')).toEqual(new Map());
    expect(await textsOf(await store.readFiles('2'))).toEqual({ b: 'b' });
  });

  test('claim gives batches of expired owners to a new one, as stored', async () => {
    const store = await open();
    const left = keptBatch({ id: 'left', owner: 'gone' });
    const alive = keptBatch({ id: 'alive', owner: 'there' });
    await store.add([left, alive]);
    const claimed = await store.claim(['left', 'alive', 'never was'], 'me', new Set(['gone']));
    expect(claimed).toEqual([{ ...left, owner: 'me' }]);
    expect(await store.readBatches()).toEqual(
      new Map(Object.entries({ left: { ...left, owner: 'me' }, alive })),
    );
  });

  test('claim gives each batch to one of two simultaneous callers', async () => {
    const store = await open();
    const ids = ['1', '2', '3', '4', '5'];
    await store.add(ids.map((id) => keptBatch({ id, owner: 'gone' })));
    const gone = new Set(['gone']);
    const claims = await Promise.all([
      store.claim(ids, 'me', gone),
      store.claim([...ids].reverse(), 'you', gone),
    ]);
    const claimed = claims.flatMap((each) => each.map((batch) => (batch as { id: string }).id));
    expect(claimed.sort()).toEqual(ids);
    for (const [id, batch] of await store.readBatches()) {
      const mine = claims[0].some((each) => (each as { id: string }).id === id);
      expect(batch).toHaveProperty('owner', mine ? 'me' : 'you');
    }
  });

  test('setAside moves unreadable batches away and counts them', async () => {
    const store = await open();
    await store.add([keptBatch({ id: '1' }), keptBatch({ id: '2' })]);
    await store.keepFile('1', 'a', file('a'));
    await store.setAside(['1'], 5_000);
    expect(await idsIn(store)).toEqual(['2']);
    expect(await store.readFiles('1')).toEqual(new Map());
    expect(await store.countSetAside()).toBe(1);
  });

  test('keepFile stores the latest version of a file until it is dropped', async () => {
    const store = await open();
    await store.keepFile('1', 'a', file('-'));
    await store.keepFile('1', 'a', file('a'));
    await store.keepFile('1', 'b', file('b'));
    await store.keepFile('10', 'c', file('c'));
    expect(await textsOf(await store.readFiles('1'))).toEqual({ a: 'a', b: 'b' });
    await store.dropFiles('1', ['a', 'never was']);
    await store.dropFiles('never was', ['a']);
    expect(await textsOf(await store.readFiles('1'))).toEqual({ b: 'b' });
    expect(await textsOf(await store.readFiles('10'))).toEqual({ c: 'c' });
  });

  test('expire removes batches changed before a time, and not at it', async () => {
    const store = await open();
    await store.add([
      keptBatch({ id: 'old', changedAt: 999 }),
      keptBatch({ id: 'just old enough', changedAt: 1_000 }),
    ]);
    await store.keepFile('old', 'a', file('a'));
    await store.expire(1_000);
    expect(await idsIn(store)).toEqual(['just old enough']);
    expect(await store.readFiles('old')).toEqual(new Map());
  });

  test('sweepFiles removes files without a batch, as far as their frames are gone', async () => {
    const store = await open();
    await store.add([keptBatch({ id: 'left-1' })]);
    for (const id of ['left-1', 'gone-1', 'gone-2', 'alive-1']) await store.keepFile(id, 'a', file('a'));
    const asked: (readonly string[])[] = [];
    await store.sweepFiles((ids) => {
      asked.push([...ids].sort());
      return Promise.resolve(['gone-1', 'gone-2']);
    });
    expect(asked).toEqual([['alive-1', 'gone-1', 'gone-2']]);
    const counts = ['left-1', 'gone-1', 'gone-2', 'alive-1'].map(
      async (id) => (await store.readFiles(id)).size,
    );
    expect(await Promise.all(counts)).toEqual([1, 0, 0, 1]);
  });

  test('releaseOwnership removes the batches of one owner only', async () => {
    const store = await open();
    await store.add([keptBatch({ id: 'mine', owner: 'me' }), keptBatch({ id: 'theirs', owner: 'them' })]);
    await store.keepFile('mine', 'a', file('a'));
    await store.keepFile('theirs', 'b', file('b'));
    expect(await store.releaseOwnership('me', ['mine', 'theirs', 'never was'])).toEqual(['mine']);
    expect(await idsIn(store)).toEqual(['theirs']);
    expect(await store.readFiles('mine')).toEqual(new Map());
    expect(await textsOf(await store.readFiles('theirs'))).toEqual({ b: 'b' });
  });

  test('releaseOwnership keeps other batches of the owner', async () => {
    const store = await open();
    await store.add([keptBatch({ id: '1', owner: 'me' }), keptBatch({ id: '2', owner: 'me' })]);
    await store.releaseOwnership('me', ['1']);
    expect(await idsIn(store)).toEqual(['2']);
  });

  test('is empty after clear', async () => {
    const store = await open();
    await store.add([keptBatch({ id: '1' }), keptBatch({ id: '2' })]);
    await store.keepFile('1', 'a', file('a'));
    await store.setAside(['2'], 1_000);
    await store.clear();
    expect(await idsIn(store)).toEqual([]);
    expect(await store.readFiles('1')).toEqual(new Map());
    expect(await store.countSetAside()).toBe(0);
  });

  test('readLeases returns the latest expiry of each owner', async () => {
    const store = await open();
    await store.renewLease('me', 1_000);
    await store.renewLease('you', 2_000);
    await store.renewLease('me', 3_000);
    expect(await store.readLeases()).toEqual(new Map(Object.entries({ me: 3_000, you: 2_000 })));
  });
});

describe('openIndexedDbStore', () => {
  const GINA = 'fabrikam gina';

  test('reads the batches of an earlier connection', async () => {
    const batch = keptBatch();
    const before = await openIndexedDbStore(JAMAL, () => undefined);
    await before.add([batch]);
    await before.keepFile('batch', 'a', file('a'));
    const after = await openIndexedDbStore(JAMAL, () => undefined);
    expect(await after.readBatches()).toEqual(new Map([['batch', batch]]));
    expect(await textsOf(await after.readFiles('batch'))).toEqual({ a: 'a' });
  });

  test('hides and preserves entries of other partitions', async () => {
    const ofJamal = await openIndexedDbStore(JAMAL, () => undefined);
    const ofGina = await openIndexedDbStore(GINA, () => undefined);
    const batch = keptBatch({ owner: 'gone' });
    await ofJamal.add([batch]);
    await ofJamal.keepFile('batch', 'a', file('a'));
    await ofJamal.add([keptBatch({ id: 'odd' })]);
    await ofJamal.setAside(['odd'], 1_000);

    expect(await ofGina.readBatches()).toEqual(new Map());
    expect(await ofGina.readFiles('batch')).toEqual(new Map());
    expect(await ofGina.countSetAside()).toBe(0);
    expect(await ofGina.claim(['batch'], 'me', new Set(['gone']))).toEqual([]);
    expect(await ofGina.save([{ ...batch, partition: GINA }])).toEqual({ lost: [], discarded: ['batch'] });
    await ofGina.dropFiles('batch', ['a']);
    await ofGina.setAside(['batch'], 1_000);
    await ofGina.releaseOwnership('gone', ['batch']);
    await ofGina.clear();
    await ofJamal.keepFile('orphan', 'a', file('a'));
    await ofGina.sweepFiles((ids) => Promise.resolve([...ids]));

    expect(await ofJamal.readBatches()).toEqual(new Map([['batch', batch]]));
    expect(await textsOf(await ofJamal.readFiles('batch'))).toEqual({ a: 'a' });
    expect(await textsOf(await ofJamal.readFiles('orphan'))).toEqual({ a: 'a' });
    expect(await ofJamal.countSetAside()).toBe(1);
  });

  test('expires old batches of all partitions, entries set aside, and old leases', async () => {
    const ofJamal = await openIndexedDbStore(JAMAL, () => undefined);
    const ofGina = await openIndexedDbStore(GINA, () => undefined);
    await ofJamal.add([keptBatch({ id: 'old', changedAt: 1 }), keptBatch({ id: 'odd', changedAt: 1 })]);
    await ofJamal.keepFile('old', 'a', file('a'));
    await ofJamal.setAside(['odd'], 1);
    await ofJamal.renewLease('gone', 1);
    await ofJamal.renewLease('there', 3_000);
    await ofGina.expire(2_000);
    expect(await idsIn(ofJamal)).toEqual([]);
    expect(await ofJamal.readFiles('old')).toEqual(new Map());
    expect(await ofJamal.countSetAside()).toBe(0);
    expect([...(await ofJamal.readLeases()).keys()]).toEqual(['there']);
  });

  test('closes and calls onGone when a newer version upgrades the database', async () => {
    const onGone = jest.fn();
    const store = await openIndexedDbStore(JAMAL, onGone);
    const newer = await openDB('stapler-journal', 1_000);
    expect(onGone).toHaveBeenCalledTimes(1);
    await expect(store.readBatches()).rejects.toThrow();
    await expect(openIndexedDbStore(JAMAL, () => undefined)).rejects.toThrow(/version/i);
    newer.close();
  });

  test('rejects if the browser stores nothing', async () => {
    Object.assign(globalThis, {
      indexedDB: {
        open() {
          throw new DOMException('The operation is insecure.', 'SecurityError');
        },
      },
    });
    await expect(openIndexedDbStore(JAMAL, () => undefined)).rejects.toThrow('insecure');
  });

  test('creates its object stores in an empty database', async () => {
    await openIndexedDbStore(JAMAL, () => undefined);
    const db = await openDB('stapler-journal');
    expect(db.version).toBe(1);
    expect([...db.objectStoreNames]).toEqual(['batches', 'files', 'leases', 'set-aside']);
    db.close();
  });
});

describe('openIndexedDbStore while a large file is being kept', () => {
  it('saves batches without waiting for the file', async () => {
    const store = await openIndexedDbStore(JAMAL, () => undefined);
    await store.add([keptBatch({ id: '1' }), keptBatch({ id: '2' })]);
    const raw = await openDB('stapler-journal');
    const keeping = raw.transaction('files', 'readwrite');
    let isKept = false;
    // Each request keeps the transaction alive.
    const keep = async (): Promise<void> => {
      while (!isKept) await keeping.store.get(['', '', '']);
    };
    const kept = keep();
    const changed = [
      { ...keptBatch({ id: '1' }), partition: JAMAL },
      { ...keptBatch({ id: '2' }), uploads: [] },
    ];
    expect(await store.save(changed)).toEqual({ lost: [], discarded: [] });
    isKept = true;
    await kept;
    raw.close();
  });
});
