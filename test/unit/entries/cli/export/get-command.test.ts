import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { ApiError } from 'azure-devops-emulator';
import { createCliStage, sha256 } from '../../../../helpers/cli';

const stage = createCliStage();
const { run, folder, write } = stage;

/** Work item without attachments. */
const ITEM = 8;

let runs = 0;
let out: string;

beforeEach(() => {
  out = `got-${++runs}`;
  attach({ 'a.png': 'picture', 'b.log': 'log', '2': 'two' });
});

function attach(files: Readonly<Record<string, string>>): void {
  const given = Object.entries(files).map(([name, content]) => ({ name, content: Buffer.from(content) }));
  stage.emulator().store.attach(ITEM, given);
}

function saved(): Readonly<Record<string, string>> {
  const names = readdirSync(join(folder, out));
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, out, name), 'utf8')]));
}

test('get saves all attachments of a work item', async () => {
  const { code, out: printed, err } = await run(['get', String(ITEM), '--out', out]);
  expect([code, err]).toEqual([0, '']);
  expect(printed).toContain(`${out}/a.png: saved\n`);
  expect(printed).toContain('3 files: 3 saved.\n');
  expect(saved()).toEqual({ 'a.png': 'picture', 'b.log': 'log', '2': 'two' });
});

test('get takes names, numbers and ids of attachments', async () => {
  const { lines } = await run(['get', String(ITEM), 'a.png', '--out', out, '--json']);
  expect(lines).toMatchObject([
    { type: 'file', outcome: 'saved', name: 'a.png', bytes: 7, sha256: sha256('picture') },
    { type: 'summary', files: 1, saved: 1, exitCode: 0 },
  ]);
  const id = String(lines[0]?.['id']);
  const numbers = await run(['get', String(ITEM), '1', '2', id.toUpperCase(), '--out', out, '--json']);
  // A name counts before a number, and a file is saved once.
  const outcomes = numbers.lines.map(({ name, outcome }) => [name, outcome]);
  expect(outcomes).toEqual(expect.arrayContaining([['2', 'saved']]));
  expect(numbers.code).toBe(0);
});

test('get saves nothing if an argument names no attachment', async () => {
  const { code, err } = await run(['get', String(ITEM), 'a.png', 'c.png', '--out', out]);
  expect(code).toBe(2);
  expect(err).toContain(`Work item ${ITEM} has no attachment "c.png".`);
  expect(existsSync(join(folder, out))).toBe(false);
});

test('get knows a file with the same content, and numbers the name of another one', async () => {
  write(`${out}/a.png`, 'picture');
  write(`${out}/b.log`, 'mine');
  const { code, lines } = await run(['get', String(ITEM), '--out', out, '--json']);
  expect(code).toBe(0);
  expect(lines.at(-1)).toMatchObject({ saved: 2, alreadyThere: 1 });
  expect(saved()).toEqual({ 'a.png': 'picture', 'b.log': 'mine', 'b (1).log': 'log', '2': 'two' });
  const again = await run(['get', String(ITEM), '--out', out, '--json']);
  expect(again.lines.at(-1)).toMatchObject({ saved: 0, alreadyThere: 3 });
});

test('get writes no file outside of the folder', async () => {
  attach({ '../evil': 'x', '/etc/evil': 'y', '..': 'z', 'c\\d': 'w' });
  write('victim', 'mine');
  mkdirSync(join(folder, out));
  symlinkSync(join(folder, 'victim'), join(folder, out, 'a.png'));
  const { code } = await run(['get', String(ITEM), '--out', out]);
  expect(code).toBe(0);
  expect(readFileSync(join(folder, 'victim'), 'utf8')).toBe('mine');
  expect(Object.keys(saved()).sort()).toEqual(
    ['.._evil', '2', '_etc_evil', 'a (1).png', 'a.png', 'b.log', 'c_d', 'unnamed'].sort(),
  );
});

test('get writes one file to standard output, with its bytes unchanged', async () => {
  const { code, out: printed, err } = await run(['get', String(ITEM), 'b.log', '--out', '-']);
  expect([code, printed, err]).toEqual([0, 'log', '']);
  const many = await run(['get', String(ITEM), '--out', '-']);
  expect([many.code, many.out]).toEqual([64, '']);
});

test('get saves the others when one download fails', async () => {
  stage.emulator().interfere('download', () => {
    throw new ApiError(403, 'AccessDenied', 'TF50309: You may not read it.');
  });
  const { code, lines } = await run(['get', String(ITEM), '--out', out, '--json']);
  expect(code).toBe(3);
  expect(lines.at(-1)).toMatchObject({ saved: 2, failed: 1 });
  expect(Object.keys(saved())).toHaveLength(2);
});
