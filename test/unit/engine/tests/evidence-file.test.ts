import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findEvidenceFile } from '../../../../src/engine/tests/evidence-file';
import { createTemporaryFolder } from '../../../helpers/temporary-folder';

const folder = createTemporaryFolder();
const sources = join(folder, 'work/s');
const folders = { report: join(sources, 'results'), sources, allowed: [join(folder, 'work')] };

function write(path: string): string {
  const full = join(folder, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, path);
  return full;
}

const find = (path: string, own: readonly string[] = []) => findEvidenceFile({ path, folders: own }, folders);

test('findEvidenceFile looks in the folders of the report first, then beside it, then in the sources', async () => {
  const inSources = write('work/s/a.png');
  expect(await find('a.png')).toEqual({ kind: 'found', path: inSources });
  const beside = write('work/s/results/a.png');
  expect(await find('./a.png')).toEqual({ kind: 'found', path: beside });
  const own = write('work/s/results/run/In/PC/a.png');
  expect(await find('PC\\a.png', ['run/In'])).toEqual({ kind: 'found', path: own });
  expect(await find(inSources)).toEqual({ kind: 'found', path: inSources });
});

test('findEvidenceFile finds no folder', async () => {
  write('work/s/shots/x.png');
  expect(await find('shots')).toEqual({ kind: 'missing' });
});

test.each(['../../../outside.txt', '/etc/passwd', 'link/outside.txt', 'link.txt'])(
  'findEvidenceFile does not leave the allowed folders: %s',
  async (path) => {
    const outside = write('outside.txt');
    mkdirSync(sources, { recursive: true });
    try {
      symlinkSync(folder, join(sources, 'link'));
      symlinkSync(outside, join(sources, 'link.txt'));
    } catch {
      // They are there already.
    }
    expect(await find(path)).toEqual({ kind: 'outside' });
  },
);

test('findEvidenceFile does not take a folder for one whose name it begins with', async () => {
  write('work-other/a.txt');
  expect(await find('../../work-other/a.txt')).toEqual({ kind: 'outside' });
});
