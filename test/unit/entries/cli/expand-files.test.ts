import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expandFiles } from '../../../../src/entries/cli/expand-files';
import { createTemporaryFolder } from '../../../helpers/temporary-folder';

const folder = createTemporaryFolder();

function write(path: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), path);
}

/** `path folder comment` of each file. */
async function expanded(...args: readonly string[]): Promise<string[]> {
  const files = await expandFiles(args, folder);
  return files.map(({ path, folder: within = '', comment = '' }) =>
    [relative(folder, path), within, comment].join('|').replace(/\|*$/, ''),
  );
}

beforeAll(() => ['b.log', 'notes#1.txt', 'logs/2.txt', 'logs/10.txt', 'logs/deep/c.txt'].forEach(write));

test('expandFiles takes the text after the last # as the comment', async () => {
  expect(await expanded('b.log#step 3')).toEqual(['b.log||step 3']);
  expect(await expanded('notes#1.txt#why')).toEqual(['notes#1.txt||why']);
});

test('expandFiles takes the whole as the name if there is such a file', async () => {
  expect(await expanded('notes#1.txt')).toEqual(['notes#1.txt']);
});

test('expandFiles finds the files of a folder in natural order, with their folders', async () => {
  expect(await expanded('logs#nightly')).toEqual([
    'logs/2.txt|logs|nightly',
    'logs/10.txt|logs|nightly',
    'logs/deep/c.txt|logs/deep|nightly',
  ]);
});

test('expandFiles names each file once', async () => {
  expect(await expanded('logs/2.txt', 'logs', './logs/2.txt')).toHaveLength(3);
});

test('expandFiles follows links to files, but not to folders', async () => {
  mkdirSync(join(folder, 'linked'));
  symlinkSync(join(folder, 'b.log'), join(folder, 'linked/b.log'));
  symlinkSync(folder, join(folder, 'linked/around'));
  expect(await expanded('linked')).toEqual(['linked/b.log|linked']);
});

test.each(['missing.txt', 'missing#comment', '/dev/null'])('expandFiles refuses "%s"', async (argument) => {
  await expect(expandFiles([argument], folder)).rejects.toThrow(`There is no file or folder "${argument}".`);
});

test('expandFiles refuses an empty folder', async () => {
  mkdirSync(join(folder, 'empty'));
  await expect(expandFiles(['empty'], folder)).rejects.toThrow('The folder "empty" is empty.');
});
