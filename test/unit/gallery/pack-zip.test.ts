import { strFromU8, unzipSync } from 'fflate';
import type { AttachedFile } from '../../../src/gallery/model/attached-file';
import { packZip } from '../../../src/gallery/zip/pack-zip';
import { CancelledError, isCancelled, ServerError } from '../../../src/base/errors';
import { rejectionOf } from '../../helpers/deferred';
import { createFakeRuntime } from '../../helpers/fake-runtime';
import { joinSplitFiles } from '../../../src/gallery/model/split-files';
import { readJoined } from '../../../src/gallery/split/read-joined';
import { attachedParts, splitInto } from '../../helpers/split';
import { attachedFile } from './model/files';

const MEMBERS = [
  { workItemId: 7, kinship: 'own', type: 'Bug', title: 'Crash: on Tuesdays' },
  { workItemId: 8, kinship: 'parent', type: 'Story', title: '' },
] as const;

const gone = (): ServerError => new ServerError('work-item-missing', 'Gone.', { status: 404 });

/** Packs files; the content of each is its name. */
async function pack(files: readonly AttachedFile[], options: { gone?: string; signal?: AbortSignal } = {}) {
  const progress: number[] = [];
  const read: string[] = [];
  const { bytes, leftOut } = await packZip(files, MEMBERS, {
    readBytes: ({ name }) => {
      read.push(name);
      return name === options.gone ? Promise.reject(gone()) : Promise.resolve(new Blob([name]));
    },
    signal: options.signal ?? new AbortController().signal,
    onProgress: (bytesRead) => progress.push(bytesRead),
  });
  const entries = Object.entries(unzipSync(new Uint8Array(await bytes.arrayBuffer())));
  const texts = Object.fromEntries(entries.map(([path, content]) => [path, strFromU8(content)]));
  return { texts, leftOut, progress, read };
}

test('packZip packs all files under unique names, with a manifest', async () => {
  const { texts, progress } = await pack([
    attachedFile('a.txt', { size: 5 }),
    attachedFile('A.TXT', { size: undefined }),
    attachedFile('manifest.csv', { size: 12, addedAt: Date.UTC(2026, 2, 14, 5), comment: '=1+1' }),
  ]);
  expect(Object.keys(texts)).toEqual(['a.txt', 'A (1).TXT', 'manifest (1).csv', 'manifest.csv']);
  expect([texts['a.txt'], texts['A (1).TXT']]).toEqual(['a.txt', 'A.TXT']);
  const lines = texts['manifest.csv']!.trim().split('\r\n');
  expect(lines[0]).toMatch(
    /^name in zip,original name,work item,size,attached at,by,comment,folder,address$/,
  );
  expect(lines[3]).toMatch(
    /^manifest \(1\)\.csv,manifest\.csv,7,12,2026-03-14T05:00:00\.000Z,,'=1\+1,,https:\/\/.*fileName=manifest\.csv&download=true$/,
  );
  expect(progress).toEqual([5, 5, 17]);
});

test('packZip puts files into the folders they came from, below those of their work items', async () => {
  const files = [
    attachedFile('a.txt', { folder: 'logs/x' }),
    attachedFile('a.txt', { folder: '../logs' }),
    attachedFile('a.txt'),
  ];
  expect(Object.keys((await pack(files)).texts)).toEqual([
    'logs/x/a.txt',
    'logs/a.txt',
    'a.txt',
    'manifest.csv',
  ]);
  const { texts } = await pack([...files.slice(0, 1), attachedFile('a.txt', { workItemId: 8 })]);
  expect(Object.keys(texts)).toEqual(['7 Crash_ on Tuesdays/logs/x/a.txt', '8/a.txt', 'manifest.csv']);
});

test('packZip puts files of several work items into one folder for each item', async () => {
  const { texts } = await pack([attachedFile('a.txt'), attachedFile('a.txt', { workItemId: 8 })]);
  expect(Object.keys(texts)).toEqual(['7 Crash_ on Tuesdays/a.txt', '8/a.txt', 'manifest.csv']);
});

test('packZip leaves out unreadable files and reports them in its result and the manifest', async () => {
  const files = ['a.txt', 'b.txt', 'c.txt'].map((name) => attachedFile(name));
  const { texts, leftOut } = await pack(files, { gone: 'b.txt' });
  expect(Object.keys(texts)).toEqual(['a.txt', 'c.txt', 'manifest.csv']);
  expect(leftOut).toMatchObject([{ name: 'b.txt', problem: { kind: 'work-item-missing' } }]);
  expect(texts['manifest.csv']).toContain('not read: “');
});

test('packZip rejects when no file can be read', async () => {
  expect(await rejectionOf(pack([attachedFile('b.txt')], { gone: 'b.txt' }))).toMatchObject({
    kind: 'work-item-missing',
  });
});

test('packZip reads a few files ahead, and stops all of them on abort', async () => {
  const controller = new AbortController();
  const files = Array.from({ length: 9 }, (_, index) => attachedFile(`${index}.txt`));
  const read: string[] = [];
  const packing = packZip(files, MEMBERS, {
    readBytes: ({ name }) => {
      read.push(name);
      if (name === '4.txt') controller.abort();
      return controller.signal.aborted
        ? Promise.reject(new CancelledError())
        : Promise.resolve(new Blob([name]));
    },
    signal: controller.signal,
    onProgress: () => undefined,
  });
  expect(read).toEqual([]);
  expect(isCancelled(await rejectionOf(packing))).toBe(true);
  expect(read).toEqual(['0.txt', '1.txt', '2.txt', '3.txt', '4.txt']);
});

test('packZip has the parts of a split file that cannot be joined, and tells which part is missing', async () => {
  const { files, read } = attachedParts(
    splitInto('night.log', Buffer.from('abcdefghij'), 4).filter(({ name }) => !name.endsWith('.002')),
  );
  const runtime = createFakeRuntime();
  const { signal } = new AbortController();
  const { bytes, leftOut } = await packZip(joinSplitFiles(files), MEMBERS, {
    readBytes: (file) => (file.volumes ? readJoined(file.volumes, { read, runtime, signal }) : read(file)),
    ...{ signal, onProgress: () => undefined },
  });
  const entries = unzipSync(new Uint8Array(await bytes.arrayBuffer()));
  expect(Object.keys(entries)).toEqual(['night.log.001', 'night.log.003', 'manifest.csv']);
  expect(leftOut).toMatchObject([{ name: 'night.log', problem: { kind: 'split-incomplete', parts: [2] } }]);
  expect(strFromU8(entries['manifest.csv']!)).toMatch(/not read: .*2/);
});
