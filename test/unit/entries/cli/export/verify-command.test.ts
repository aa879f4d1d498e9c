import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCliStage, sha256 } from '../../../../helpers/cli';

const stage = createCliStage();
const { run, runBare, folder, write } = stage;

/** Work item without attachments. */
const ITEM = 8;

let runs = 0;
let out: string;

beforeEach(async () => {
  out = `export-${++runs}`;
  const files = ['a.png', 'b.log', 'c.txt'].map((name) => ({ name, content: Buffer.from(`of ${name}`) }));
  stage.emulator().store.attach(ITEM, files);
  await run(['export', String(ITEM), '--flat', '--out', out]);
});

function pathOf(name: string): string {
  return join(folder, out, name);
}

test('verify proves a whole export, without an organization', async () => {
  const { code, out: printed, err } = await runBare(['verify', out]);
  expect([code, err]).toEqual([0, '']);
  expect(printed).toMatch(/^3 files, .*: all as in the manifest\.\n$/);
  expect((await runBare(['verify', `${out}/manifest.csv`])).code).toBe(0);
});

test('verify names missing, changed and extra files', async () => {
  rmSync(pathOf('8 a.png'));
  writeFileSync(pathOf('8 b.log'), 'of b.lo?');
  write(`${out}/deep/mine.txt`, 'mine');
  const { code, lines } = await runBare(['verify', out, '--json']);
  expect(code).toBe(2);
  expect(lines).toEqual([
    { type: 'fault', fault: 'missing', path: '8 a.png' },
    { type: 'fault', fault: 'changed', path: '8 b.log' },
    { type: 'fault', fault: 'extra', path: 'deep/mine.txt' },
    { type: 'summary', files: 3, bytes: 8, faults: 3, exitCode: 2 },
  ]);
});

test('verify notices a manifest that was changed to hide a change', async () => {
  writeFileSync(pathOf('8 b.log'), 'of b.lo?');
  const manifest = readFileSync(pathOf('manifest.csv'), 'utf8');
  writeFileSync(pathOf('manifest.csv'), manifest.replace(sha256('of b.log'), sha256('of b.lo?')));
  const { code, err } = await runBare(['verify', out]);
  expect([code, err]).toEqual([2, 'manifest.csv: changed since the export\n']);
});

test('verify reads no file outside of the folder', async () => {
  write('hostile/manifest.csv', `File,Bytes,SHA-256\r\n../secret,6,${sha256('secret')}\r\n`);
  write('secret', 'secret');
  const { code, lines } = await runBare(['verify', 'hostile', '--json']);
  expect(code).toBe(2);
  expect(lines[0]).toEqual({ type: 'fault', fault: 'outside', path: '../secret' });
});

test.each([
  ['nothing', 'There is no file or folder'],
  ['lists/other.csv', 'This is not the manifest of an export: the column "Bytes" is missing.'],
  ['lists', "Can't read the manifest"],
])('verify explains why it cannot verify %s', async (path, sentence) => {
  write('lists/other.csv', 'Work item,File\r\n8,a.png\r\n');
  const { code, err } = await runBare(['verify', path]);
  expect([code, err]).toEqual([2, expect.stringContaining(sentence)]);
});
