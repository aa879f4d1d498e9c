import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import type { ItemEntry } from '../../../../../src/gallery/project/model/item-entry';
import { packSegment, segmentKeyOf } from '../../../../../src/gallery/project/model/segment';
import { findBySize } from '../../../../../src/gallery/project/store/find-by-size';
import { hasProjectIndex } from '../../../../../src/gallery/project/store/has-index';
import type { IndexMeta } from '../../../../../src/gallery/project/store/index-meta';
import { createIndexedDbStore } from '../../../../../src/gallery/project/store/indexed-db-store';
import { guid } from '../../../../helpers/uploads';

const DATABASE = 'stapler-project-index';

const META: IndexMeta = { format: 1, changesUntil: 1, asOf: 1, reconciledAt: 1, closedStates: [] };

const PLACE = 'https://h/_apis/wit/attachments/';

/** A work item with files of these sizes. */
function entry(id: number, ...sizes: readonly number[]): ItemEntry {
  return {
    ...{ id, revision: 1, title: 'Crash', type: 'Bug', state: 'New', area: 'Fabrikam' },
    files: sizes.map((size, index) => ({
      ...{ id: guid(id * 100 + index), place: PLACE, name: `${id}-${index}.log`, size, comment: '' },
      ...{ addedAt: 5, addedBy: '', isInText: false },
    })),
  };
}

const storeOf = (partition: string) => createIndexedDbStore({ partition, writer: 'w', now: () => 1 });

/** Stores an index of work items. */
async function save(partition: string, ...entries: readonly ItemEntry[]): Promise<void> {
  const store = storeOf(partition);
  await store.open();
  const keys = new Set(entries.map(({ id }) => segmentKeyOf(id)));
  const itemsOf = (key: number) => entries.filter(({ id }) => segmentKeyOf(id) === key);
  await store.save(META, new Map([...keys].map((key) => [key, packSegment(itemsOf(key))])));
}

const idsOf = async (partition: string, ...sizes: readonly number[]): Promise<readonly number[]> =>
  (await findBySize(partition, new Set(sizes))).map(({ workItemId }) => workItemId);

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

test('a browser without an index has none afterwards either', async () => {
  expect(await hasProjectIndex()).toBe(false);
  await expect(findBySize('p', new Set([1]))).rejects.toThrow();
  expect(await globalThis.indexedDB.databases()).toEqual([]);
});

test('a browser without databases has no index', async () => {
  Object.defineProperty(globalThis, 'indexedDB', { value: undefined, configurable: true, writable: true });
  expect(await hasProjectIndex()).toBe(false);
});

test('files are found by their size in the index of one project and person', async () => {
  await save('p', entry(1, 10, 20), entry(700, 20));
  await save('q', entry(2, 20));
  expect(await hasProjectIndex()).toBe(true);
  expect(await idsOf('p', 20)).toEqual([1, 700]);
  expect(await idsOf('p', 10, 30)).toEqual([1]);
  expect(await idsOf('another partition', 20)).toEqual([]);
  expect((await findBySize('p', new Set([10])))[0]).toEqual({
    ...{ workItemId: 1, name: '1-0.log', size: 10, addedAt: 5 },
    reference: { id: guid(100), url: PLACE + guid(100) },
  });
});

test('a changed or removed index has only its last files', async () => {
  await save('p', entry(1, 10));
  await save('p', entry(1, 11));
  expect([await idsOf('p', 10), await idsOf('p', 11)]).toEqual([[], [1]]);
  await storeOf('p').clear();
  expect(await idsOf('p', 11)).toEqual([]);
});

test('an index of the first version gets the sizes of its files when it is opened', async () => {
  const db = await openDB(DATABASE, 1, {
    upgrade(old) {
      old.createObjectStore('indexes');
      old.createObjectStore('segments');
    },
  });
  await db.put('indexes', { writer: 'old', usedAt: 1, meta: META }, 'p');
  await db.put('segments', packSegment([entry(1, 10)]), ['p', 0]);
  db.close();
  expect(await idsOf('p', 10)).toEqual([]);
  expect((await storeOf('p').open()).segments.size).toBe(1);
  expect(await idsOf('p', 10)).toEqual([1]);
});

test.each([
  ['facts', 'indexes', { writer: 'w', usedAt: 1, meta: { format: 2 } }, 'p'],
  ['segments', 'segments', { sizes: 'damaged' }, ['p', 0]],
  ['sizes', 'sizes', 'damaged', ['p', 0]],
] as const)('an index with damaged %s has no files', async (_, table, value, key) => {
  await save('p', entry(1, 10));
  const db = await openDB(DATABASE);
  await db.put(table, value, key as IDBValidKey);
  db.close();
  expect(await idsOf('p', 10)).toEqual([]);
});
