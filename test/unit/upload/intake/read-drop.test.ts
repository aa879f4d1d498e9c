import type { Picked } from '../../../../src/upload/intake/intake';
import { readDrop } from '../../../../src/upload/intake/intake';
import {
  browserFile,
  dropOf,
  fileEntry,
  folderEntry,
  lostFileEntry,
  lostFolderEntry,
} from '../../../helpers/drop';

const yieldToMain = (): Promise<void> => Promise.resolve();

/** `folder/name` of accepted files, and of rejected ones with the reason. */
function told({ accepted, rejected }: Picked): { accepted: string[]; rejected: string[] } {
  return {
    accepted: accepted.map(({ folder, name }) => `${folder}/${name}`),
    rejected: rejected.map(({ folder, name, problem }) => `${folder}/${name} ${problem.kind}`),
  };
}

test('readDrop returns files with name and size', async () => {
  const picked = await readDrop(
    dropOf([browserFile('a.txt', 5), browserFile('u\u0308.txt', 0)]),
    yieldToMain,
  );
  expect(picked).toEqual({
    accepted: [
      { name: 'a.txt', size: 5, folder: '', source: expect.any(File) as File },
      { name: 'ü.txt', size: 0, folder: '', source: expect.any(File) as File },
    ],
    rejected: [],
  });
});

test('readDrop reads nested folders in name order, after the files beside them', async () => {
  const deep = folderEntry('2026', [folderEntry('02', [fileEntry('c.txt')]), fileEntry('d.txt')]);
  const drop = dropOf([
    fileEntry('a.txt'),
    folderEntry('logs', [fileEntry('b.txt'), deep]),
    fileEntry('e.txt'),
  ]);
  expect(told(await readDrop(drop, yieldToMain))).toEqual({
    accepted: ['/a.txt', '/e.txt', 'logs/2026/02/c.txt', 'logs/2026/d.txt', 'logs/b.txt'],
    rejected: [],
  });
});

test.each([99, 100, 101, 250])('readDrop reads all %d files of a folder', async (count) => {
  const names = Array.from({ length: count }, (_, index) => `${index}.txt`);
  const { accepted } = await readDrop(
    dropOf([
      folderEntry(
        'many',
        names.map((name) => fileEntry(name)),
      ),
    ]),
    yieldToMain,
  );
  expect(accepted.map(({ name }) => name)).toEqual(names);
});

test('readDrop rejects an unreadable file of a folder without affecting others', async () => {
  const drop = dropOf([folderEntry('logs', [lostFileEntry('b.txt'), fileEntry('c.txt')])]);
  expect(told(await readDrop(drop, yieldToMain))).toEqual({
    accepted: ['logs/c.txt'],
    rejected: ['logs/b.txt file-unreadable'],
  });
});

test('readDrop reads a plain file without its entry, unreadable in a sandboxed frame', async () => {
  const drop = dropOf([lostFileEntry('a.txt')]);
  expect(told(await readDrop(drop, yieldToMain))).toEqual({ accepted: ['/a.txt'], rejected: [] });
});

test('readDrop rejects an unreadable folder without affecting others', async () => {
  const drop = dropOf([
    folderEntry('logs', [lostFolderEntry('locked'), fileEntry('a.txt')]),
    fileEntry('b.txt'),
  ]);
  expect(told(await readDrop(drop, yieldToMain))).toEqual({
    accepted: ['/b.txt', 'logs/a.txt'],
    rejected: ['logs/locked folder-unreadable'],
  });
});

test('readDrop rejects a folder that fails halfway instead of accepting a part silently', async () => {
  const drop = dropOf([lostFolderEntry('logs', [fileEntry('a.txt')])]);
  expect(told(await readDrop(drop, yieldToMain)).rejected).toEqual(['/logs folder-unreadable']);
});

test.each([
  ['an empty folder', folderEntry('empty', [])],
  [
    'a folder of empty folders',
    folderEntry('empty', [folderEntry('a', []), folderEntry('b', [folderEntry('c', [])])]),
  ],
])('readDrop rejects %s', async (_, folder) => {
  expect(told(await readDrop(dropOf([folder, fileEntry('a.txt')]), yieldToMain))).toEqual({
    accepted: ['/a.txt'],
    rejected: ['/empty folder-empty'],
  });
});

test('readDrop ignores text dragged along with files', async () => {
  expect(told(await readDrop(dropOf([fileEntry('a.txt')], [], 2), yieldToMain))).toEqual({
    accepted: ['/a.txt'],
    rejected: [],
  });
});

test('readDrop reads items without an entry as files', async () => {
  const drop = dropOf([
    browserFile('a.txt'),
    folderEntry('logs', [fileEntry('b.txt')]),
    browserFile('c.txt'),
  ]);
  expect(told(await readDrop(drop, yieldToMain))).toEqual({
    accepted: ['/a.txt', '/c.txt', 'logs/b.txt'],
    rejected: [],
  });
});

test('readDrop reads the plain list if the browser provides no items', async () => {
  const drop = dropOf([], [browserFile('a.txt'), browserFile('b.txt')]);
  expect(told(await readDrop(drop, yieldToMain))).toEqual({ accepted: ['/a.txt', '/b.txt'], rejected: [] });
});

test('readDrop returns nothing for a drop without files', async () => {
  expect(await readDrop(dropOf([], [], 1), yieldToMain)).toEqual({ accepted: [], rejected: [] });
});

test('readDrop reads the items before the handler returns, when the browser empties them', async () => {
  const items = [...dropOf([browserFile('a.txt'), folderEntry('logs', [fileEntry('b.txt')])]).items];
  const reading = readDrop({ items, files: [] } as unknown as DataTransfer, yieldToMain);
  items.length = 0;
  expect(told(await reading).accepted).toEqual(['/a.txt', 'logs/b.txt']);
});
