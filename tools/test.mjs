import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ensureBrowser } from './browser.mjs';
import { isFresh, recorded, webpack } from './build.mjs';
import { changedFiles, specsFor } from './changed.mjs';
import { describeError, readCommand, styled } from './command.mjs';
import { ensureEngines } from './engines.mjs';
import { ensureExiftool } from './exiftool.mjs';
import { describeFailures, jestFailures, storyFailures } from './failures.mjs';
import { isFullRun } from './full-run.cjs';
import { ensureInstalled } from './install.mjs';
import { passRecord } from './pass-record.mjs';
import { cacheFolder, root, runAside, runNode, tools } from './process.mjs';
import { progress, timeSince } from './progress.mjs';
import { ensureSevenZip } from './seven-zip.mjs';

/**
 * `npm test`: runs all checks and tests, also after a failure. The last line counts. docs/testing.md describes the
 * parts and the difference that `CI=true` makes.
 */
const options = readCommand({
  usage: 'npm test',
  purpose: 'Runs all checks and tests, also after a failure. With CI=true, it runs the full matrix.',
  options: {
    changed: { help: 'only the checks and tests of changed files' },
    only: {
      value: 'checks',
      choices: ['checks', 'stories', 'engines'],
      help: 'checks: all but the stories; stories: those in Chromium; engines: those in Firefox and WebKit',
    },
    shard: { value: '1/3', help: 'a part of the stories' },
  },
});
const results = join(root, 'out/test-results');
const cores = availableParallelism();
const startedAt = Date.now();
const prettierArgs = [
  tools.prettier,
  ...['--check', '--log-level', 'warn'],
  ...['--cache', '--cache-strategy', 'content', '--cache-location', `${cacheFolder}/prettier`],
];
/** Part of a heading. */
const WITHOUT_EMULATOR = ', without those of the emulator: they passed with the same files before';
const layersArgs = [tools.depcruise, '--config', 'test/layers.cjs', 'src', 'packages'];
let passed = 0;
let failed = 0;
/** Repeated at the end, because the output of a full run is long. */
const failures = [];
/** Engines whose stories did not run. */
let missingEngines = [];

await ensureInstalled();
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

if (options.changed) await runChanged(changedFiles());
else await runAll();

if (failures.length > 0) console.log(`\n${heading('failures')}\n${describeFailures(failures)}`);
console.log(`\nTotal time: ${timeSince(startedAt)}`);
for (const engine of missingEngines)
  console.log(`Not run: the stories in ${engine}, which is not installed.`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

async function runAll() {
  const wants = (part) => options.only === undefined || options.only === part;
  const wantsChecks = wants('checks');
  const wantsStories = wants('stories');
  if (wantsChecks) {
    await ensureExiftool().catch(() => undefined);
    await ensureSevenZip().catch(() => undefined);
  }
  // With more than two cores, the stories run beside the other steps; with two, they would only slow each other down.
  const isSideBySide = wantsChecks && wantsStories && cores > 2;
  let isBuilt = false;
  let isPackaged = false;
  let stories;
  const steps = [
    async () => {
      isBuilt = await buildBoth();
      if (isBuilt && isSideBySide) stories = browserStories({ workers: cores - 1 });
      if (isBuilt && wantsChecks) isPackaged = await check('package', ['tools/package.mjs', '--no-build']);
    },
    ...(wantsChecks
      ? [
          lint,
          types,
          () => check('layers', layersArgs),
          () => check('dead code', [tools.knip]),
          () => check('format', [...prettierArgs, '.']),
          () => check('language', ['tools/language.mjs']),
        ]
      : []),
  ];
  const lane = async () => {
    for (let step = steps.shift(); step; step = steps.shift()) await step();
  };
  await Promise.all([lane(), lane()]);
  if (wantsChecks) {
    const folders = ['unit', 'conformance', 'schedules', ...(isPackaged ? ['package'] : [])];
    const workers = isSideBySide ? [`--maxWorkers=${Math.floor(cores / 2)}`] : [];
    await allJest([...folders.map((folder) => `test/${folder}/`), ...workers]);
  }
  if (wantsStories && isBuilt && !isSideBySide) stories = browserStories();
  await stories;
  if (wants('engines') && isBuilt) await engineStories();
}

async function runChanged(files) {
  console.log(files.length === 0 ? 'No file is changed.' : `Changed:\n  ${files.join('\n  ')}`);
  const scripts = files.filter((file) => /\.([cm]?js|[cm]?tsx?)$/.test(file));
  if (files.length > 0) await check('format', [...prettierArgs, '--ignore-unknown', ...files]);
  if (scripts.length > 0) {
    await check('lint', [tools.eslint, '--max-warnings', '0', '--no-warn-ignored', ...scripts]);
    await types();
    await check('layers', layersArgs);
    await check('language', ['tools/language.mjs']);
    await jest([
      '--findRelatedTests',
      ...scripts,
      '--passWithNoTests',
      '--testPathIgnorePatterns',
      '/test/(e2e|package)/',
    ]);
  }
  const specs = specsFor(files);
  if (specs.length > 0 && (await buildBoth())) {
    await browserStories({ specs });
  }
}

/** Builds extension and emulator; locally only after a change. */
async function buildBoth() {
  return (!isFullRun && isFresh()) || recorded(() => check('build', webpack('production')));
}

/** `src` knows no types of Node, so it has a project of its own. */
async function types() {
  for (const [name, project] of [
    ['src', '.'],
    ['tests', 'test'],
  ]) {
    const cache = ['--incremental', '--tsBuildInfoFile', `${cacheFolder}/types-${name}.tsbuildinfo`];
    await check(`types of ${name}`, [tools.tsc, '--project', project, ...cache]);
  }
}

/** The cache misses problems in unchanged files, caused by changed types in other files. The full run uses none. */
function lint() {
  const cache = ['--cache', '--cache-strategy', 'content', '--cache-location', `${cacheFolder}/eslint`];
  return check('lint', [tools.eslint, '.', '--max-warnings', '0', ...(isFullRun ? [] : cache)]);
}

async function check(name, args) {
  const began = Date.now();
  const { code, output } = await progress.step(name, () => runAside(args));
  const ok = code === 0;
  count(ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
  if (!ok) failures.push({ title: name, message: output });
  const verdict = ok
    ? styled(process.stdout, 'green', 'ok')
    : styled(process.stdout, 'red', `FAILED: ${name}`);
  progress.log(`\n${heading(`${name} (${timeSince(began)})`)}\n${output}${verdict}`);
  return ok;
}

/** All jest tests; those of the emulator only if one of their files has changed since they passed. */
async function allJest(args) {
  const record = passRecord('emulator-tests');
  if (isFullRun || !record.isCurrent) {
    if (await jest(args)) record.write();
    return;
  }
  const ignored = ['/node_modules/', '/test/e2e/', '/packages/emulator/'];
  await jest([...args, '--testPathIgnorePatterns', ...ignored], WITHOUT_EMULATOR);
}

async function jest(args, which = '') {
  const began = Date.now();
  const file = join(results, 'jest.json');
  const output = ['--json', `--outputFile=${file}`, '--reporters=default'];
  const run = await progress.step('jest', () =>
    runAside([tools.jest, '--config', 'test/jest.config.mjs', ...args, ...output]),
  );
  const report = read(file);
  const bad = (report?.numFailedTests ?? 0) + (report?.numRuntimeErrorTestSuites ?? 0);
  count({ passed: report?.numPassedTests ?? 0, failed: run.code === 0 ? 0 : Math.max(1, bad) });
  failures.push(...jestFailures(report));
  progress.log(`\n${heading(`jest${which} (${timeSince(began)})`)}\n${run.output}`);
  return run.code === 0;
}

async function browserStories({ workers = cores, specs = [] } = {}) {
  const began = Date.now();
  try {
    await ensureBrowser();
  } catch (error) {
    console.error(describeError(error, process.stderr));
    count({ passed: 0, failed: 1 });
    return;
  }
  const record = passRecord('emulator-stories');
  const skipsEmulator = specs.length === 0 && !isFullRun && record.isCurrent;
  const which = skipsEmulator ? WITHOUT_EMULATOR : ', with those of the emulator';
  progress.log(`\n${heading(`browser stories${specs.length > 0 ? '' : which}`)}`);
  const { isGood, report } = await playwright('e2e', ['--workers', `${workers}`, ...specs], {
    ...(skipsEmulator && { SKIP_EMULATOR_STORIES: '1' }),
  });
  const isWhole = specs.length === 0 && !options.shard;
  if (isGood && isWhole && !skipsEmulator) record.write();
  const ofEmulator = Math.round(emulatorTime(report) / workers / 1000);
  const part = ofEmulator > 0 ? `, of which the emulator's own about ${ofEmulator} s` : '';
  progress.log(heading(`browser stories (${timeSince(began)}${part})`));
}

/**
 * Stories of `test/browsers` in Firefox and WebKit: with `CI=true` all of them, otherwise those tagged `@core`. With
 * `CI=true` also in Chromium, because they put the origins of the emulator on three sites.
 */
async function engineStories() {
  const began = Date.now();
  missingEngines = await ensureEngines();
  if (isFullRun) count({ passed: 0, failed: missingEngines.length });
  const engines = ['firefox', 'webkit'].filter((engine) => !missingEngines.includes(engine));
  if (engines.length === 0) return;
  progress.log(`\n${heading(`stories in ${engines.join(' and ')}`)}`);
  await playwright('browsers', [
    ...['--workers', `${Math.min(2, cores)}`],
    ...engines.flatMap((engine) => ['--project', `${engine}-*`]),
    ...(isFullRun ? ['--project', 'chromium-services'] : ['--grep', '@core']),
  ]);
  progress.log(heading(`stories in ${engines.join(' and ')} (${timeSince(began)})`));
}

/** Runs and counts the stories of a folder in `test`. */
async function playwright(folder, args, env) {
  const file = join(results, `${folder}.json`);
  const shard = options.shard ? ['--shard', options.shard] : [];
  const config = ['--config', `test/${folder}/playwright.config.mts`];
  // Playwright shows its own progress.
  const code = await progress.hold(() =>
    runNode([tools.playwright, 'test', ...config, ...shard, ...args], {
      env: { PLAYWRIGHT_JSON_OUTPUT_FILE: file, ...env },
    }),
  );
  const report = read(file);
  const good = (report?.stats.expected ?? 0) + (report?.stats.flaky ?? 0);
  failures.push(...storyFailures(report));
  count({ passed: good, failed: code === 0 ? 0 : Math.max(1, report?.stats.unexpected ?? 0) });
  return { isGood: code === 0, report };
}

/** Summed milliseconds of the emulator's own stories. */
function emulatorTime(report) {
  const sum = (suites) =>
    suites.reduce((total, { specs, suites: inner = [] }) => {
      const results = specs.flatMap(({ tests }) => tests.flatMap((test) => test.results));
      return total + results.reduce((ms, { duration }) => ms + duration, 0) + sum(inner);
    }, 0);
  return sum((report?.suites ?? []).filter(({ file }) => file.startsWith('packages/')));
}

function count(result) {
  passed += result.passed;
  failed += result.failed;
}

function heading(text) {
  return styled(process.stdout, 'bold', `── ${text}`);
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
