import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BENCH, PARTS } from '../../../../tools/bench/command.mjs';
import { CONTESTANTS } from '../../../../tools/bench/contestants';
import { CONNECTIONS, WORKLOADS } from '../../../../tools/bench/workloads';

const root = join(__dirname, '../../../..');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};
const ours = Object.entries(scripts).filter(([, script]) => script.startsWith('node tools/'));

/** A clone without packages, build and lock file: a script that starts anything fails. */
const clone = mkdtempSync(join(tmpdir(), 'stapler-scripts-test-'));
beforeAll(() => {
  const parts = ['tools', 'package.json', 'vss-extension.json', 'packages/emulator/src/option-table.mjs'];
  for (const part of parts) cpSync(join(root, part), join(clone, part), { recursive: true });
});
afterAll(() => rmSync(clone, { recursive: true, force: true }));

/** Runs an npm script of the clone with an argument. */
function run(script: string, argument: string) {
  const [, ...args] = script.split(' ');
  return new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
    execFile(process.execPath, [...args, argument], { cwd: clone }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });
}

test('The package has the scripts of the project', () => {
  expect(ours.map(([name]) => name)).toEqual(
    expect.arrayContaining(['start', 'dev', 'build', 'package', 'bench', 'probe', 'browsers', 'test']),
  );
});

test.each(ours)('npm run %s prints its help at once', async (name, script) => {
  const usage = ['start', 'test'].includes(name) ? `npm ${name}` : `npm run ${name}`;
  const { code, stdout, stderr } = await run(script, '--help');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const [heading, blank, purpose, ...rest] = stdout.trimEnd().split('\n');
  expect([heading, blank]).toEqual([`${usage} -- [options]`, '']);
  expect(purpose).toMatch(/^[A-Z].+\.$/);
  const rows = rest.slice(rest.indexOf('') + 1);
  expect(rows.filter((row) => !/^ {2}(?:-\w, )?--[a-z-]+(?: \S+)? {2,}\S/.test(row))).toEqual([]);
  expect(rows.at(-1)).toMatch(/^ {2}--help {2,}shows this text$/);
});

test.each(ours)('npm run %s refuses an unknown option with the next step', async (name, script) => {
  const usage = ['start', 'test'].includes(name) ? `npm ${name}` : `npm run ${name}`;
  expect(await run(script, '--unknown')).toEqual({
    code: 2,
    stdout: '',
    stderr: `Unknown option '--unknown'.\n${usage} -- --help lists the options.\n`,
  });
});

test('The options of the bench name all workloads, connections and contestants', () => {
  const { only, mode, contestants } = BENCH.options;
  const ids = new Set(WORKLOADS.map(({ id }) => id));
  expect(only.choices).toEqual([...ids, ...PARTS]);
  expect(mode.choices).toEqual(Object.keys(CONNECTIONS));
  expect([...contestants.choices].sort()).toEqual(Object.keys(CONTESTANTS).sort());
});
