import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeTestFiles } from '../../../../tools/bench/driver/test-files';

test('test files have their size and different contents', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'stapler-bench-'));
  try {
    const { names, paths } = await makeTestFiles(folder, 12, 1024);
    const contents = await Promise.all(paths.map((path) => readFile(path)));
    expect(contents.map(({ length }) => length)).toEqual(names.map(() => 1024));
    expect(new Set(contents.map((content) => content.toString('hex'))).size).toBe(12);
  } finally {
    await rm(folder, { recursive: true });
  }
});
