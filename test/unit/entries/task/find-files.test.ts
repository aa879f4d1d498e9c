import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findFiles } from '../../../../src/entries/task/find-files';
import { createTemporaryFolder } from '../../../helpers/temporary-folder';

const folder = createTemporaryFolder();
const from = join(folder, 's');

beforeAll(() => {
  for (const path of [
    's/shot 10.png',
    's/shot 2.png',
    's/[1].png',
    's/logs/a.log',
    's/logs/deep/b.log',
    's/.git/c.log',
    'other/d.log',
  ]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), path);
  }
  symlinkSync(from, join(from, 'logs/around'));
});

async function find(...patterns: readonly string[]): Promise<readonly string[]> {
  return (await findFiles(patterns, from)).map(({ path, folder: of }) =>
    `${path.slice(folder.length + 1)} ${of}`.trim(),
  );
}

test('findFiles returns the matching files in natural order, with their folders', async () => {
  expect(await find('*.png', 'logs')).toEqual([
    's/[1].png',
    's/logs/a.log logs',
    's/logs/deep/b.log logs/deep',
    's/shot 2.png',
    's/shot 10.png',
  ]);
});

test('findFiles leaves out what a pattern excludes, and what begins with a dot', async () => {
  expect(await find('**/*.log', '!**/deep/**')).toEqual(['s/logs/a.log logs']);
  expect(await find('.git/*.log')).toEqual(['s/.git/c.log .git']);
});

test('findFiles takes the whole name of a file as such', async () => {
  expect(await find('[1].png')).toEqual(['s/[1].png']);
});

test('findFiles finds files outside of the folder by absolute and relative patterns', async () => {
  expect(await find(`${folder}/other/*.log`)).toEqual(['other/d.log']);
  expect(await find('../other/*')).toEqual(['other/d.log']);
  expect(await find(`${folder}/other/d.log`)).toEqual(['other/d.log']);
});

test('findFiles finds nothing by exclusions alone', async () => {
  expect(await find('!*.png')).toEqual([]);
  expect(await find('*.gif')).toEqual([]);
});
