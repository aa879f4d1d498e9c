import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import type { ConnectedStore } from '../../../../../src/upload/recovery/journal/freezable-store';
import { openFreezableStore } from '../../../../../src/upload/recovery/journal/freezable-store';
import { openIndexedDbStore } from '../../../../../src/upload/recovery/journal/indexed-db-store';
import { createMemoryStore } from '../../../../../src/upload/recovery/journal/memory-store';
import { createFakeRuntime } from '../../../../helpers/fake-runtime';
import { createTestFrames, createTestJournal } from '../../../../helpers/journal';
import { keptBatch } from '../../../../helpers/kept';
import { uploadIn } from '../../../../helpers/uploads';

const JAMAL = 'fabrikam jamal';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

/** Store on a page, and whether the page has an open transaction. */
async function stage() {
  const runtime = createFakeRuntime();
  const open = jest.fn(() => openIndexedDbStore(JAMAL, () => undefined));
  const begun = jest.spyOn(IDBDatabase.prototype, 'transaction');
  const transactions = (): IDBTransaction[] => begun.mock.results.map(({ value }) => value as IDBTransaction);
  const store = await openFreezableStore(open, runtime);
  return { runtime, open, store, transactions };
}

/** Resolves after the database had time for many requests. */
async function idle(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
}

afterEach(() => jest.restoreAllMocks());

describe('openFreezableStore', () => {
  test('aborts open transactions when the page is frozen and repeats their calls after its return', async () => {
    const { runtime, store, transactions } = await stage();
    const settled = jest.fn();
    const before = transactions().length;
    const calls = [
      store.add([keptBatch({ id: '1' })]),
      store.readBatches(),
      store.keepFile('1', 'a', new Blob(['a'])),
    ];
    for (const call of calls) void call.then(settled, settled);
    // Calls begin their transactions in a microtask.
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
    const aborts = transactions()
      .slice(before)
      .map((tx) => new Promise((resolve) => tx.addEventListener('abort', resolve)));
    expect(aborts).toHaveLength(calls.length);
    void runtime.freeze();
    await Promise.all(aborts);
    await idle();
    expect(settled).not.toHaveBeenCalled();
    await runtime.restore();
    const [, batches] = await Promise.all(calls);
    expect([...(batches as ReadonlyMap<string, unknown>).keys()]).toEqual(['1']);
    expect([...(await store.readFiles('1')).keys()]).toEqual(['a']);
  });

  test('begins no transaction while the page is frozen', async () => {
    const { runtime, open, store, transactions } = await stage();
    await runtime.freeze();
    const before = transactions().length;
    const added = store.add([keptBatch({ id: '1' })]);
    await idle();
    expect(transactions()).toHaveLength(before);
    expect(open).toHaveBeenCalledTimes(1);
    await runtime.restore();
    await added;
    expect([...(await store.readBatches()).keys()]).toEqual(['1']);
    expect(open).toHaveBeenCalledTimes(2);
  });

  test('lets another page upgrade the database while the page is frozen', async () => {
    const { runtime } = await stage();
    await runtime.freeze();
    const request = indexedDB.open('stapler-journal', 99);
    const blocked = jest.fn();
    request.onblocked = blocked;
    await new Promise((resolve) => (request.onsuccess = resolve));
    expect(blocked).not.toHaveBeenCalled();
  });

  test('rejects calls if the database cannot be opened again', async () => {
    const { runtime, open, store } = await stage();
    await runtime.freeze();
    const added = store.add([keptBatch()]);
    open.mockRejectedValueOnce(new DOMException('Newer version.', 'VersionError'));
    await runtime.restore();
    await expect(added).rejects.toThrow('Newer version.');
    await expect(store.readBatches()).rejects.toThrow('Newer version.');
  });

  test('reports failures of a page that was not frozen at once', async () => {
    const broken: ConnectedStore = {
      ...createMemoryStore(),
      close: () => undefined,
      add: () => Promise.reject(new Error('Broken.')),
    };
    const store = await openFreezableStore(() => Promise.resolve(broken), createFakeRuntime());
    await expect(store.add([])).rejects.toThrow('Broken.');
  });
});

describe('createJournal on a page in the back/forward cache', () => {
  async function journalWith(open: () => Promise<ConnectedStore>) {
    const runtime = createFakeRuntime();
    const onLost = jest.fn();
    const frames = createTestFrames();
    const journal = createTestJournal({
      owner: 'me',
      runtime,
      openStore: () => openFreezableStore(open, runtime),
      createLeases: () => frames.leasesFor('me'),
      onLost,
    });
    const opened = journal.open(JAMAL);
    await idle();
    await opened;
    return { runtime, journal, onLost };
  }

  test('keeps its entries in the browser and finishes a write after the return', async () => {
    const { runtime, journal, onLost } = await journalWith(() => openIndexedDbStore(JAMAL, () => undefined));
    journal.create([uploadIn({ status: 'queued', attempt: 1 }, { id: 'a', batchId: 'batch' })], new Map());
    const created = jest.fn();
    void journal.whenCreated(['a']).then(created);
    void runtime.freeze();
    await idle();
    expect(created).not.toHaveBeenCalled();
    runtime.setClock(60 * 60 * 1000);
    await runtime.restore();
    await idle();
    expect(created).toHaveBeenCalled();
    await runtime.pass(200);
    await idle();
    expect(journal.state.getSnapshot().kind).toBe('browser');
    const other = await openIndexedDbStore(JAMAL, () => undefined);
    expect([...(await other.readBatches()).keys()]).toEqual(['batch']);
    expect(onLost).not.toHaveBeenCalled();
  });

  test('falls back to memory if the database cannot be opened again', async () => {
    const open = jest.fn(() => openIndexedDbStore(JAMAL, () => undefined));
    const { runtime, journal } = await journalWith(open);
    journal.create([uploadIn({ status: 'queued', attempt: 1 }, { id: 'a', batchId: 'batch' })], new Map());
    await journal.whenCreated(['a']);
    await runtime.freeze();
    open.mockRejectedValue(new DOMException('Newer version.', 'VersionError'));
    await runtime.restore();
    await runtime.pass(200);
    await idle();
    expect(journal.state.getSnapshot().kind).toBe('memory');
  });
});
