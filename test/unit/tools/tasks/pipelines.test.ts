import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../../../..');
const pipelines = ['.github/workflows/ci.yml', 'azure-pipelines.yml'].map(
  (path) => [path, read(path)] as const,
);
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** Names of the npm scripts in a file, in order. */
function scriptsOf(text: string): string[] {
  return [...text.matchAll(/\bnpm (?:run ([\w:-]+)|(test)\b)/g)].map(([, run, test]) => run ?? test ?? '');
}

test.each(pipelines)('%s runs the tests of the project, then packages and releases', (_path, text) => {
  expect(scriptsOf(read('.ci/run').replace(/#.*/g, ''))).toEqual(['test']);
  expect(scriptsOf(text)).toEqual(['test', 'package', 'test', 'test', 'release']);
});

test.each(pipelines)(
  '%s runs all checks once, the stories in Chromium in shards, and those of other engines',
  (_path, text) => {
    const commands = [...text.matchAll(/npm test -- (.*)/g)].map(([, options]) => options);
    expect(commands).toEqual([
      '--only checks',
      expect.stringMatching(/^--only stories --shard \S.*\/\S+$/),
      '--only engines',
    ]);
  },
);

test.each(pipelines)('%s audits the dependencies of the extension before it releases', (_path, text) => {
  const audit = text.indexOf('npm audit --omit=dev --workspaces=false\n');
  expect(audit).toBeGreaterThan(0);
  expect(audit).toBeLessThan(text.indexOf('npm run release'));
});

test.each(pipelines)('%s calls existing scripts only', (_path, text) => {
  expect(scriptsOf(text).filter((name) => !(name in scripts))).toEqual([]);
});

test.each(pipelines)('%s releases tags only, and passes the secret to that step only', (_path, text) => {
  expect(text.match(/startsWith\(.*'refs\/tags\/v'\)/g)).toHaveLength(1);
  const uses = text.split('\n').filter((line) => /^\s*MARKETPLACE_TOKEN:/.test(line));
  expect(uses).toHaveLength(1);
  expect(text.indexOf(uses[0]!)).toBeGreaterThan(text.indexOf('npm run release'));
});

test.each(pipelines)('%s pins each external step to a major version', (_path, text) => {
  const steps = [...text.matchAll(/\b(?:uses|task): (\S+)/g)].map(([, step]) => step!);
  expect(steps.length).toBeGreaterThan(0);
  expect(steps.filter((step) => !/@v?\d+$/.test(step))).toEqual([]);
});
