import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '../../../../tools/probe/probe';
import { startEmulator, type Emulator } from 'azure-devops-emulator';
import { until } from '../../../../packages/emulator/test/unit/client';

const root = join(__dirname, '../../../..');

let emulator: Emulator;
let folder: string;

beforeAll(async () => {
  // The published description has no personal access tokens; probe.test.ts checks the rest.
  emulator = await startEmulator({ extensionFolder: root });
  folder = await mkdtemp(join(tmpdir(), 'stapler-probe-test-'));
});
beforeEach(() => emulator.reset());
afterAll(async () => {
  await emulator.close();
  await rm(folder, { recursive: true, force: true });
});

/** The program as `npm run probe` runs it. */
function begin(args: readonly string[], token: string) {
  const env = { ...process.env, PROBE_TEST_TOKEN: token };
  const child = spawn(process.execPath, ['--import', 'tsx', 'tools/probe/main.ts', ...args], {
    cwd: root,
    env,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += String(text)));
  return { child, output: () => output, code: codeOf(child) };
}

async function codeOf(child: ChildProcess): Promise<unknown> {
  const [code] = (await once(child, 'close')) as unknown[];
  return code;
}

const target = () => [
  '--url',
  emulator.restBaseUrl,
  '--project',
  'Fabrikam',
  '--token-env',
  'PROBE_TEST_TOKEN',
];

/** Token in plain and encoded form. */
function tracesOf(token: string): string[] {
  return [token, Buffer.from(`:${token}`).toString('base64')];
}

test('the program names a missing argument and the next step', async () => {
  const { output, code } = begin(['--url', emulator.restBaseUrl, '--token-env', 'PROBE_TEST_TOKEN'], 'x');
  expect(await code).toBe(2);
  expect(output()).toBe('--project is missing.\nnpm run probe -- --help lists the options.\n');
});

test('the program exits with 0 for any findings and never prints the token', async () => {
  emulator.store.assumptions.nameInRelation = 'ignored';
  const out = join(folder, 'findings.json');
  const token = emulator.issueToken();
  const { output, code } = begin([...target(), '--out', out], token);
  expect(await code).toBe(0);
  expect(output()).toMatch(/1 differ, /);
  const text = await readFile(out, 'utf8');
  const { results, workItem } = JSON.parse(text) as Report;
  expect(results.filter(({ verdict }) => verdict === 'differs').map(({ id }) => id)).toEqual([
    'name-in-relation',
  ]);
  expect(emulator.store.has(workItem.id)).toBe(false);
  for (const trace of tracesOf(token)) {
    expect(output()).not.toContain(trace);
    expect(text).not.toContain(trace);
  }
});

test('the program fails for a refused token and does not print it', async () => {
  const { output, code } = begin([...target(), '--bearer'], 'a-token-of-somebody');
  expect(await code).toBe(1);
  expect(output()).toMatch(/\nThe token is not accepted: .+\nCreate a token with the scope /);
  expect(output()).not.toContain('    at ');
  expect(output()).not.toContain('a-token-of-somebody');
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  'the program deletes its work item and exits on %s',
  async (signal) => {
    const before = emulator.store.workItemIds;
    emulator.setNetwork({ faults: [{ name: 'stalled', remaining: 1, at: 'first-chunk' }] });
    const { child, output, code } = begin([...target(), '--bearer'], emulator.issueToken());
    await until(() => emulator.network.faults.length === 0);
    expect(emulator.store.workItemIds).not.toEqual(before);
    child.kill(signal);
    expect(await code).toBe(130);
    expect(emulator.store.workItemIds).toEqual(before);
    expect(output()).toContain('It was interrupted.');
  },
);
