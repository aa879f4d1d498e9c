import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { createCliStage, sha256 } from '../../../../helpers/cli';

const stage = createCliStage();
const { run, folder } = stage;

/** Work items without attachments. */
const ITEM = 8;
const OTHER = 9;

let runs = 0;
let out: string;

beforeEach(() => (out = `export-${++runs}`));

function attach(id: number, files: Readonly<Record<string, string>>): void {
  const given = Object.entries(files).map(([name, content]) => ({ name, content: Buffer.from(content) }));
  stage.emulator().store.attach(id, given);
}

/** Files below a folder, with slashes, without the state. */
function filesIn(path: string): string[] {
  const entries = readdirSync(join(folder, path), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('.stapler'))
    .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, path).length + 1))
    .sort();
}

function read(path: string): string {
  return readFileSync(join(folder, out, path), 'utf8');
}

/** Unpacks an archive, and returns its paths. */
function unzip(archive: string, target: string): string[] {
  const entries = Object.entries(unzipSync(new Uint8Array(readFileSync(join(folder, archive)))));
  for (const [path, content] of entries) stage.write(`${target}/${path}`, Buffer.from(content));
  return entries.map(([path]) => path);
}

/** Downloads of attachments so far. */
function downloads(): number {
  const { records } = stage.emulator().requests;
  return records.filter(({ method, url }) => method === 'GET' && /\/wit\/attachments\//i.test(url)).length;
}

function titleOf(id: number): string {
  const { fields } = stage.emulator().store.workItem(id);
  return `${fields['System.WorkItemType'] as string} ${id} ${fields['System.Title'] as string}`;
}

test('export saves the attachments with a manifest and checksums that sha256sum accepts', async () => {
  attach(ITEM, { 'a.png': 'picture', 'b.log': 'log' });
  attach(OTHER, { 'a.png': 'another picture' });
  const result = await run(['export', `${ITEM},${OTHER}`, '--out', out]);
  expect([result.code, result.err]).toEqual([0, '']);
  expect(result.out).toContain(`${out}: 3 files saved (`);
  expect(filesIn(out)).toEqual(
    [
      'SHA256SUMS',
      'manifest.csv',
      `${titleOf(ITEM)}/a.png`,
      `${titleOf(ITEM)}/b.log`,
      `${titleOf(OTHER)}/a.png`,
    ].sort(),
  );
  const [header, first = ''] = read('manifest.csv').split('\r\n');
  expect(header).toBe(
    '\ufeffWork item,File,Name,Comment,Attachment,Bytes,SHA-256,Attached at,Attached by,Source',
  );
  expect(first).toMatch(
    new RegExp(
      `^${ITEM},${titleOf(ITEM)}/a.png,a.png,,[0-9a-f-]{36},7,${sha256('picture')},2.*Z,\\S.*,attachment$`,
    ),
  );
  const checked = execFileSync('sha256sum', ['-c', 'SHA256SUMS'], {
    cwd: join(folder, out),
    encoding: 'utf8',
  });
  expect(checked.match(/: OK$/gm)).toHaveLength(4);
});

test('export downloads nothing again, and adds what is new', async () => {
  attach(ITEM, { 'a.png': 'picture' });
  await run(['export', String(ITEM), '--out', out]);
  const before = downloads();
  attach(ITEM, { 'A.PNG': 'twin' });
  const { code, lines } = await run(['export', String(ITEM), '--out', out, '--json']);
  expect(code).toBe(0);
  expect(lines.at(-1)).toMatchObject({ type: 'summary', saved: 1, alreadyThere: 1, failed: 0 });
  expect(downloads() - before).toBe(1);
  expect(filesIn(out)).toContain(`${titleOf(ITEM)}/A (1).PNG`);
  expect(read('manifest.csv')).toContain(`A (1).PNG,A.PNG,`);
});

test('export saves a file again that was changed or deleted on the disk', async () => {
  attach(ITEM, { 'a.png': 'picture', 'b.log': 'log' });
  await run(['export', String(ITEM), '--out', out]);
  writeFileSync(join(folder, out, titleOf(ITEM), 'a.png'), 'pictur?');
  rmSync(join(folder, out, titleOf(ITEM), 'b.log'));
  expect((await stage.runBare(['verify', out])).code).toBe(2);
  await run(['export', String(ITEM), '--out', out]);
  expect(read(`${titleOf(ITEM)}/a.png`)).toBe('picture');
  expect(read(`${titleOf(ITEM)}/b.log`)).toBe('log');
});

test('export names files for every system, and keeps their original names in the manifest', async () => {
  const long = `${'x'.repeat(300)}.png`;
  const names = [
    '../x',
    'CON',
    'a/b',
    long,
    'a\u0007\u202egnp.exe',
    'T.txt',
    't.txt',
    'y.part',
    'y',
    'z. ',
    '=1+1',
  ];
  attach(ITEM, Object.fromEntries(names.map((name) => [name, `of ${name}`])));
  const { code, lines } = await run(['export', String(ITEM), '--out', out, '--json']);
  expect(code).toBe(0);
  const saved = lines.filter(({ type }) => type === 'file');
  expect(saved).toHaveLength(names.length);
  const paths = new Map(
    saved.map(({ name, path }) => [String(name), String(path).split('/').slice(1).join('/')]),
  );
  expect(paths.get('../x')).toBe('.._x');
  expect(paths.get('CON')).toBe('_CON');
  expect(paths.get('a/b')).toBe('a_b');
  expect(Buffer.byteLength(paths.get(long) ?? '')).toBeLessThanOrEqual(240);
  expect(paths.get('a\u0007\u202egnp.exe')).toBe('a__gnp.exe');
  expect([paths.get('T.txt'), paths.get('t.txt')].sort()).toEqual(['T.txt', 't (1).txt']);
  expect(paths.get('y.part')).toBe('y.part_');
  for (const { name, path } of saved) expect(read(String(path))).toBe(`of ${String(name)}`);
  expect(filesIn('.').filter((path) => !path.startsWith('export-') && path !== 'state')).toEqual([]);
  expect((await stage.runBare(['verify', out])).code).toBe(0);
});

test('export --flat puts the number of the work item before each name', async () => {
  attach(ITEM, { 'a.png': 'picture' });
  attach(OTHER, { 'a.png': 'another picture' });
  await run(['export', `${ITEM},${OTHER}`, '--flat', '--out', out]);
  expect(filesIn(out)).toEqual([`${ITEM} a.png`, `${OTHER} a.png`, 'SHA256SUMS', 'manifest.csv']);
  const { code, err } = await run(['export', String(ITEM), '--out', out]);
  expect([code, err]).toEqual([2, expect.stringContaining('The folder has an export with --flat.')]);
});

test('export refuses a folder with other files', async () => {
  mkdirSync(join(folder, out));
  writeFileSync(join(folder, out, 'mine.txt'), 'mine');
  const { code, err } = await run(['export', String(ITEM), '--out', out]);
  expect([code, err]).toEqual([2, expect.stringMatching(/ is not empty\. Choose a new one\.\n$/)]);
});

test('export --since a date leaves out older files', async () => {
  attach(ITEM, { 'a.png': 'picture' });
  const { lines } = await run(['export', String(ITEM), '--out', out, '--since', '2100-01-01', '--json']);
  expect(lines.at(-1)).toMatchObject({ saved: 0 });
  expect((await run(['export', String(ITEM), '--out', out, '--since', '2001-01-01'])).out).toContain(
    '1 file saved',
  );
  expect((await run(['export', String(ITEM), '--out', out, '--since', 'soon'])).code).toBe(64);
});

test('export --since a manifest leaves out the files of another export', async () => {
  attach(ITEM, { 'a.png': 'picture' });
  await run(['export', String(ITEM), '--out', out]);
  attach(ITEM, { 'b.log': 'log' });
  await run(['export', String(ITEM), '--out', `${out}-new`, '--since', `${out}/manifest.csv`]);
  expect(filesIn(`${out}-new`)).toEqual([`${titleOf(ITEM)}/b.log`, 'SHA256SUMS', 'manifest.csv'].sort());
});

test('export --include removed saves removed files, and marks them', async () => {
  attach(ITEM, { 'a.png': 'picture', 'b.log': 'log' });
  const { store } = stage.emulator();
  const item = store.workItem(ITEM);
  store.save({
    ...item,
    relations: item.relations.filter(({ attributes }) => attributes['name'] !== 'a.png'),
  });
  await run(['export', String(ITEM), '--out', out]);
  expect(read('manifest.csv')).not.toContain('a.png');
  const { code } = await run(['export', String(ITEM), '--out', out, '--include', 'removed']);
  expect(code).toBe(0);
  expect(read('manifest.csv')).toMatch(/a\.png,a\.png,.*,removed\r\n/);
  expect(read(`${titleOf(ITEM)}/a.png`)).toBe('picture');
});

test('export keeps a file that was removed from the work item since, and marks it', async () => {
  attach(ITEM, { 'a.png': 'picture' });
  await run(['export', String(ITEM), '--out', out]);
  const { store } = stage.emulator();
  store.save({ ...store.workItem(ITEM), relations: [] });
  expect((await run(['export', String(ITEM), '--out', out])).code).toBe(0);
  expect(read('manifest.csv')).toMatch(/a\.png,a\.png,.*,removed\r\n/);
  expect((await stage.runBare(['verify', out])).code).toBe(0);
});

test('export --include inline,comments saves the files of texts, and the comments', async () => {
  attach(21, { 'a.png': 'picture' });
  const { code, lines } = await run(['export', '21', '--out', out, '--include', 'inline,comments', '--json']);
  expect(lines.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
  expect(code).toBe(0);
  const sources = lines.filter(({ outcome }) => outcome === 'saved').map(({ source }) => source);
  expect(new Set(sources)).toEqual(new Set(['attachment', 'text', 'comments']));
  const path = filesIn(out).find((each) => each.endsWith('comments.json')) ?? '';
  const comments = JSON.parse(read(path)) as readonly Record<string, unknown>[];
  expect(comments.length).toBeGreaterThan(0);
  expect(comments[0]).toMatchObject({ id: expect.any(Number) as number, text: expect.any(String) as string });
  const before = downloads();
  await run(['export', '21', '--out', out, '--include', 'inline,comments']);
  // A text shows a picture that the server does not have.
  expect(lines.filter(({ outcome }) => outcome === 'gone')).toHaveLength(1);
  expect(downloads() - before).toBe(1);
  expect((await stage.runBare(['verify', out])).code).toBe(0);
});

test('export names a missing work item, and saves the others', async () => {
  attach(ITEM, { 'a.png': 'picture' });
  const { code, lines } = await run(['export', `99999,${ITEM}`, '--out', out, '--json']);
  expect(code).not.toBe(0);
  expect(lines).toMatchObject([
    { type: 'error', workItemId: 99999, reason: 'work-item-missing' },
    { type: 'file', outcome: 'saved' },
    { type: 'summary', saved: 1, failed: 1 },
  ]);
});

test('export does not save a sign-in page in place of a file', async () => {
  attach(ITEM, { 'a.png': 'picture', 'b.log': 'log' });
  stage.emulator().setNetwork({ faults: [{ name: 'signed-out', remaining: null, at: 'download' }] });
  const { code } = await run(['export', String(ITEM), '--out', out]);
  expect(code).toBe(3);
  expect(filesIn(out)).toEqual(['SHA256SUMS', 'manifest.csv']);
  stage.emulator().setNetwork({ faults: [] });
  expect((await run(['export', String(ITEM), '--out', out])).code).toBe(0);
  expect(read(`${titleOf(ITEM)}/a.png`)).toBe('picture');
});

test('export tries again when a download is cut off in the middle', async () => {
  attach(ITEM, { 'a.png': 'picture'.repeat(100_000) });
  stage.emulator().setNetwork({ faults: [{ name: 'dropped-during', remaining: 1, at: 'download' }] });
  const { code, err } = await run(['export', String(ITEM), '--out', out]);
  expect([code, err]).toEqual([0, '']);
  expect(downloads()).toBe(2);
  expect(read(`${titleOf(ITEM)}/a.png`)).toHaveLength(700_000);
});

test('export ends after an abort, and the same command continues', async () => {
  stage.emulator().store.fill(ITEM, 40);
  const interruption = new AbortController();
  stage.emulator().interfere('download', () => interruption.abort());
  const { code } = await run(['export', String(ITEM), '--out', out], { signal: interruption.signal });
  expect(code).toBe(130);
  const { lines } = await run(['export', String(ITEM), '--out', out, '--json']);
  expect(lines.at(-1)).toMatchObject({ failed: 0 });
  expect(filesIn(out)).toHaveLength(42);
});

test('export writes a zip archive, and refuses to replace one', async () => {
  attach(ITEM, { 'ä.png': 'picture', empty: '' });
  const { code, err } = await run(['export', String(ITEM), '--out', `${out}.zip`]);
  expect([code, err]).toEqual([0, '']);
  expect(existsSync(join(folder, `${out}.zip.files`))).toBe(false);
  unzip(`${out}.zip`, out);
  expect(filesIn(out)).toContain(`${titleOf(ITEM)}/ä.png`);
  expect((await stage.runBare(['verify', out])).code).toBe(0);
  expect((await run(['export', String(ITEM), '--out', `${out}.zip`])).err).toContain('exists already');
});

test('export continues an interrupted zip archive', async () => {
  stage.emulator().store.fill(ITEM, 20);
  const interruption = new AbortController();
  stage.emulator().interfere('download', () => interruption.abort());
  const args = ['export', String(ITEM), '--out', `${out}.zip`];
  expect((await run(args, { signal: interruption.signal })).code).toBe(130);
  expect(existsSync(join(folder, `${out}.zip`))).toBe(false);
  // Killed while it packed, and before it removed the folder.
  writeFileSync(join(folder, `${out}.zip.part`), 'half');
  writeFileSync(join(folder, `${out}.zip`), 'of this export');
  const { code, lines } = await run([...args, '--json']);
  expect([code, lines.at(-1)]).toEqual([0, expect.objectContaining({ failed: 0 })]);
  expect(existsSync(join(folder, `${out}.zip.part`))).toBe(false);
  expect(existsSync(join(folder, `${out}.zip.files`))).toBe(false);
  expect(unzip(`${out}.zip`, out)).toHaveLength(22);
});

test('export --query exports the results of a query', async () => {
  const query = 'b2f1c5d4-3a52-4e0b-8a0e-6d1f3f2f9a10';
  const { code } = await run(['export', '--query', query, '--out', out]);
  expect(code).toBe(0);
  expect((await stage.runBare(['verify', out])).code).toBe(0);
});

test('export moves with its folder', async () => {
  attach(ITEM, { 'a.png': 'picture' });
  await run(['export', String(ITEM), '--out', out]);
  renameSync(join(folder, out), join(folder, `${out}-moved`));
  const { lines } = await run(['export', String(ITEM), '--out', `${out}-moved`, '--json']);
  expect(lines.at(-1)).toMatchObject({ saved: 0, alreadyThere: 1 });
});
