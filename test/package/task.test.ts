import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTask } from './run-task';
import { openVsix, openVsixFile } from './vsix';

const vsix = openVsix();

/** Maximum size of the script, in bytes. */
const MAX_SCRIPT_BYTES = 2 ** 20;

test('The package contains the task, not served to browsers', () => {
  const task = vsix.manifest.contributions.find(({ type }) => type === 'ms.vss-distributed-task.task');
  expect(task).toMatchObject({
    id: 'attach-task',
    targets: ['ms.vss-distributed-task.tasks'],
    properties: { name: 'task' },
  });
  const paths = vsix.paths.filter((path) => path.startsWith('task/'));
  expect(paths.sort()).toEqual(['task/NOTICE.txt', 'task/icon.png', 'task/index.js', 'task/task.json']);
  expect(paths.filter((path) => vsix.addressable.has(path))).toEqual([]);
});

test('The script of the task stays within its budget', () => {
  const bytes = vsix.bytes('task/index.js').length;
  process.stdout.write(`task/index.js: ${(bytes / 1024).toFixed(1)} of ${MAX_SCRIPT_BYTES / 1024} KiB\n`);
  expect(bytes).toBeLessThanOrEqual(MAX_SCRIPT_BYTES);
});

test('The task has the version of the extension below its own major version', () => {
  const [major, minor, patch] = vsix.elements('Identity')[0]!['Version']!.split('.').map(Number);
  expect((JSON.parse(vsix.text('task/task.json')) as { version: object }).version).toEqual({
    Major: 1,
    Minor: 1000 * major! + minor!,
    Patch: patch,
  });
});

test('The icon of the task is a PNG of 32 × 32', () => {
  const icon = vsix.bytes('task/icon.png');
  expect(icon.subarray(12, 16).toString('latin1')).toBe('IHDR');
  expect([icon.readUInt32BE(16), icon.readUInt32BE(20)]).toEqual([32, 32]);
});

test('The notice of the task names its packages with usual licenses', () => {
  const named = [...vsix.text('task/NOTICE.txt').matchAll(/^(\S+) \d+\.\d+\.\S+ \((.+)\)$/gm)];
  expect(named.map(([, name]) => name)).toEqual(expect.arrayContaining(['sax', 'tinyglobby', 'undici']));
  for (const [, , license] of named)
    expect(license).toMatch(/^(?:MIT|ISC|BSD-[23]-Clause|Apache-2\.0|BlueOak-1\.0\.0)$/);
});

test('The package has no task on request', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stapler-no-task-'));
  const output = join(folder, 'no-task.vsix');
  const args = ['tools/package.mjs', '--no-build', '--no-task', '--output', output];
  expect(runTask(args)).toMatchObject({ status: 0, stderr: 'Packing…\n' });
  const without = openVsixFile(output);
  expect([...without.paths].sort()).toEqual(vsix.paths.filter((path) => !path.startsWith('task/')).sort());
  expect(without.manifest.contributions).toEqual(
    vsix.manifest.contributions.filter(({ id }) => id !== 'attach-task'),
  );
  rmSync(folder, { recursive: true });
});
