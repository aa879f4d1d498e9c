import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createCliStage } from '../../../../helpers/cli';

const stage = createCliStage();

const PACKAGE = join(__dirname, '../../../../../packages/cli');
const ITEMS = [8, 9, 12];
const FILES_PER_ITEM = 100;
const KILLS = 20;
const MAX_DOWNLOADS = 4;

beforeAll(() => {
  execFileSync(process.execPath, [join(PACKAGE, 'build.mjs')]);
});

/** Runs the program, and kills it when `count` downloads have begun or ended. Returns its exit code. */
async function runUntil(count: number, isOver: boolean, args: readonly string[]): Promise<number | null> {
  const emulator = stage.emulator();
  const options = ['--organization', emulator.restBaseUrl, '--state', join(stage.folder, 'state')];
  const child = spawn(process.execPath, [join(PACKAGE, 'bin/stapler.mjs'), ...args, ...options], {
    cwd: stage.folder,
    env: { ...process.env, AZURE_DEVOPS_EXT_PAT: emulator.issueToken() },
    stdio: 'ignore',
  });
  let seen = 0;
  const unsubscribe = emulator.requests.subscribe(({ method, url, finished }) => {
    if (method !== 'GET' || !/\/wit\/attachments\//i.test(url) || finished !== isOver) return;
    if (++seen === count) child.kill('SIGKILL');
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  unsubscribe();
  return code;
}

test('get ends when the reader of standard output ends', async () => {
  const emulator = stage.emulator();
  emulator.store.attach(8, [{ name: 'big.bin', content: Buffer.alloc(5_000_000) }]);
  const args = ['get', '8', 'big.bin', '--out', '-', '--organization', emulator.restBaseUrl];
  const child = spawn(process.execPath, [join(PACKAGE, 'bin/stapler.mjs'), ...args], {
    cwd: stage.folder,
    env: { ...process.env, AZURE_DEVOPS_EXT_PAT: emulator.issueToken() },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.once('data', () => child.stdout.destroy());
  let errors = '';
  child.stderr.on('data', (chunk) => (errors += String(chunk)));
  const [code] = (await once(child, 'exit')) as [number | null];
  expect([code, errors]).toEqual([0, '']);
});

test('an export that is killed twenty times loses no file, and downloads again only files in progress', async () => {
  const { store, requests } = stage.emulator();
  for (const id of ITEMS)
    store.attach(
      id,
      Array.from({ length: FILES_PER_ITEM }, (_, index) => ({
        name: `${index % 7}.log`,
        content: Buffer.alloc(1_000 + 97 * index, `${id} ${index} `),
      })),
    );
  const args = ['export', ITEMS.join(), '--out', 'backup'];
  const files = ITEMS.length * FILES_PER_ITEM;
  for (let kill = 0; kill < KILLS; kill++)
    expect(await runUntil(1 + ((kill * 7) % 14), kill % 2 === 0, args)).toBeNull();
  expect(await runUntil(Infinity, true, args)).toBe(0);
  const { code, lines } = await stage.runBare(['verify', 'backup', '--json']);
  expect([code, lines.at(-1)]).toEqual([0, expect.objectContaining({ files, faults: 0 })]);
  const names = readdirSync(join(stage.folder, 'backup'), { recursive: true, encoding: 'utf8' });
  expect(names.filter((name) => name.endsWith('.part'))).toEqual([]);
  const downloads = requests.records.filter(
    ({ method, url }) => method === 'GET' && /\/wit\/attachments\//i.test(url),
  );
  expect(downloads.length).toBeGreaterThan(files);
  expect(downloads.length).toBeLessThanOrEqual(files + KILLS * MAX_DOWNLOADS);
});
