import type { ChildProcess } from 'node:child_process';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Emulator, Operation } from 'azure-devops-emulator';
import { startEmulator } from 'azure-devops-emulator';
import { attachedTo, sha256 } from '../helpers/cli';
import { createTemporaryFolder } from '../helpers/temporary-folder';

const ROOT = resolve(__dirname, '../..');
const MAX_BYTES = 2 * 1024 * 1024;
const folder = createTemporaryFolder();
const program = join(folder, 'installed/node_modules/.bin/stapler');
let emulator: Emulator;
let packed: readonly string[];

/** Packs and installs the command line as a user gets it, without a network. */
beforeAll(async () => {
  const npm = (args: readonly string[], cwd: string): string =>
    execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const packages = join(ROOT, 'packages/cli');
  const [{ filename, files }] = JSON.parse(
    npm(['pack', '--json', '--pack-destination', folder], packages),
  ) as [{ filename: string; files: { path: string }[] }];
  packed = files.map(({ path }) => path).sort();
  mkdirSync(join(folder, 'installed'));
  npm(['install', '--offline', '--no-audit', '--no-fund', join(folder, filename)], join(folder, 'installed'));
  emulator = await startEmulator({ extensionFolder: ROOT });
});
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

/** Starts the installed program, signed in. */
function start(args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
  return spawn(program, [...args, '--organization', emulator.restBaseUrl], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      HOME: folder,
      AZURE_DEVOPS_EXT_PAT: emulator.issueToken(),
      XDG_STATE_HOME: join(folder, 'state'),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function finish(child: ChildProcess): Promise<{ code: number | null; out: string; err: string }> {
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const [out, err, [code]] = await Promise.all([text(child.stdout!), text(child.stderr!), exited]);
  return { out, err, code };
}

test('The package of the command line has one bundled file of at most 2 MB', () => {
  expect(packed).toEqual(['README.md', 'bin/stapler.mjs', 'dist/stapler.mjs', 'package.json', 'schema.json']);
  expect(statSync(join(ROOT, 'packages/cli/dist/stapler.mjs')).size).toBeLessThan(MAX_BYTES);
});

test('The bundled file has no address of this machine and loads no other package', () => {
  const code = readFileSync(join(ROOT, 'packages/cli/dist/stapler.mjs'), 'utf8');
  expect(code).not.toContain(ROOT);
  const imported = [...code.matchAll(/\bfrom\s?["']([\w@:/.-]+)["']/g)].map(([, name = '']) => name);
  expect(imported.filter((name) => !/^(node:)?[a-z_/0-9]+$/.test(name) || name.includes('undici'))).toEqual(
    [],
  );
});

test('The installed program attaches a file', async () => {
  writeFileSync(join(folder, 'a.txt'), 'a');
  const { code, out, err } = await finish(start(['attach', '8', 'a.txt']));
  expect([code, err]).toEqual([0, '']);
  expect(out).toContain('1 file: 1 attached.');
  expect(attachedTo(emulator, 8)).toEqual([`a.txt ${sha256('a')}`]);
});

test.each<[string, Operation, number]>([
  ['its first upload', 'simple', 1],
  ['a later upload', 'simple', 7],
  ['its first links', 'batch', 1],
  ['its first read', 'read', 1],
  ['its last check', 'read', 2],
])('A program that is killed during %s continues with the same command', async (_, operation, number) => {
  const names = Array.from({ length: 12 }, (_each, index) => `${operation}-${number}-${index}.txt`);
  for (const name of names) writeFileSync(join(folder, name), name);
  const child = start(['attach', '8,9', ...names]);
  let seen = 0;
  const kill = (): void => {
    if (++seen === number) child.kill('SIGKILL');
    else emulator.interfere(operation, kill);
  };
  emulator.interfere(operation, kill);
  // It was killed, and did not end by itself.
  expect((await finish(child)).code).toBeNull();
  const { code, err } = await finish(start(['attach', '8,9', ...names]));
  expect([code, err]).toEqual([0, '']);
  const expected = names.map((name) => `${name} ${sha256(name)}`).sort();
  for (const id of [8, 9]) expect(attachedTo(emulator, id).sort()).toEqual(expected);
});

test('A program that is interrupted by Ctrl+C tells how to continue', async () => {
  writeFileSync(join(folder, 'b.txt'), 'b');
  const child = start(['attach', '8', 'b.txt']);
  emulator.interfere('simple', () => child.kill('SIGINT'));
  const { code, err } = await finish(child);
  expect(code).toBe(130);
  expect(err).toContain('Run the same command again to continue.');
});

test('The token is in no list of processes and in no file', async () => {
  writeFileSync(join(folder, 'c.txt'), 'c');
  const token = emulator.issueToken();
  const child = start(['attach', '8', 'c.txt'], { AZURE_DEVOPS_EXT_PAT: token });
  let commandLine = '';
  emulator.interfere('simple', () => {
    commandLine = readFileSync(`/proc/${child.pid}/cmdline`, 'utf8');
    child.kill('SIGKILL');
  });
  await finish(child);
  expect(commandLine).toContain('attach');
  expect(commandLine).not.toContain(token);
  const files = readdirSync(join(folder, 'state'), { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  expect(files.length).toBeGreaterThan(0);
  for (const { parentPath, name } of files)
    expect(readFileSync(join(parentPath, name), 'utf8')).not.toContain(token);
});
