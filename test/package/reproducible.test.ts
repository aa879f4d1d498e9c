import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTask } from './run-task';
import { openVsix } from './vsix';

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'stapler-package-'))));
afterAll(() => rmSync(folder, { recursive: true }));

// The date line, and the earliest zip time, are between the two time zones.
test('The packager packs the same build to the same bytes at any time and place', () => {
  const [here, there] = ['Pacific/Auckland', 'Pacific/Honolulu'].map((zone) => {
    const output = join(folder, 'again.vsix');
    const args = ['tools/package.mjs', '--no-build', '--output', output];
    expect(runTask(args, { TZ: zone })).toMatchObject({ status: 0, stderr: 'Packing…\n' });
    return readFileSync(output);
  });
  expect(here!.equals(there!)).toBe(true);
});

test('The build creates the same files from the same source in any folder', () => {
  const vsix = openVsix();
  const { Publisher, Id } = vsix.elements('Identity')[0]!;
  const output = join(folder, 'dist');
  const args = ['--mode', 'production', '--config-name', 'extension', '--output-path', output];
  const run = runTask(['node_modules/webpack/bin/webpack.js', ...args], {
    STAPLER_EXTENSION_ID: `${Publisher}.${Id}`,
  });
  expect(run).toMatchObject({ status: 0 });
  const packaged = vsix.paths.filter((path) => path.startsWith('dist/'));
  const built = readdirSync(output).map((name) => `dist/${name}`);
  // The packager leaves the languages for tests out.
  expect(built.sort()).toEqual([...packaged, 'dist/pseudo.js'].sort());
  const different = packaged.filter((path) => !vsix.bytes(path).equals(readFileSync(join(folder, path))));
  expect(different).toEqual([]);
});
