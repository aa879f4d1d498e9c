import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { createKeptContents } from '../../../../../src/gallery/project/duplicates/kept-contents';
import { guid } from '../../../../helpers/uploads';

const CONTENT = { size: 7, digests: [{ end: 7, sha256: 'a'.repeat(64) }] };

const open = (whose: string | undefined = 'me') => createKeptContents(() => Promise.resolve(whose));

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

test('KeptContents returns known contents to a later page of the same person', async () => {
  await open().add(guid(1), CONTENT);
  expect(await open().find([guid(1), guid(2)])).toEqual(new Map([[guid(1), CONTENT]]));
  expect(await open('other').find([guid(1)])).toEqual(new Map());
});

test('KeptContents ignores damaged contents', async () => {
  await open().add(guid(1), CONTENT);
  const db = await openDB('stapler-contents');
  await db.put('contents', { size: 7, digests: [{ end: 7, sha256: 'no' }] }, ['me', guid(1)]);
  db.close();
  expect(await open().find([guid(1)])).toEqual(new Map());
});

test.each<[string, () => ReturnType<typeof open>]>([
  ['the person is unknown', () => createKeptContents(() => Promise.resolve(undefined))],
  ['the person cannot be asked for', () => createKeptContents(() => Promise.reject(new Error('No.')))],
  [
    'the browser bars storage',
    () => {
      Object.defineProperty(globalThis, 'indexedDB', {
        configurable: true,
        get: () => {
          throw new DOMException('Barred.', 'SecurityError');
        },
      });
      return open();
    },
  ],
  [
    'the browser has no database',
    () => {
      Object.defineProperty(globalThis, 'indexedDB', {
        configurable: true,
        writable: true,
        value: undefined,
      });
      return open();
    },
  ],
])('KeptContents remembers contents for the page if %s', async (_, create) => {
  const contents = create();
  await contents.add(guid(1), CONTENT);
  expect(await contents.find([guid(1)])).toEqual(new Map([[guid(1), CONTENT]]));
  Object.defineProperty(globalThis, 'indexedDB', { configurable: true, writable: true, value: undefined });
});

test('KeptContents lets a newer version of Stapler upgrade the database, and goes on in memory', async () => {
  const contents = open();
  await contents.add(guid(1), CONTENT);
  const db = await openDB('stapler-contents', 2);
  db.close();
  await contents.add(guid(2), CONTENT);
  expect([...(await contents.find([guid(1), guid(2)])).keys()]).toEqual([guid(1), guid(2)]);
});
