import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBrowser } from './browser.mjs';
import { ensureInstalled } from './install.mjs';
import { root, runNode, tools } from './process.mjs';

/**
 * `npm test`: everything that must hold, in the order in which a failure is cheapest. Goes on after a failure, so
 * that one run tells all; the last line counts.
 */
const results = join(root, 'out/test-results');
let passed = 0;
let failed = 0;

await ensureInstalled();
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

await check('format', [tools.prettier, '--check', '--log-level', 'warn', '.']);
await check('types of the source', [tools.tsc, '--project', '.']);
await check('types of the tests', [tools.tsc, '--project', 'test']);
await check('lint', [tools.eslint, '.', '--max-warnings', '0']);
await check('layers', [tools.depcruise, '--config', 'test/layers.cjs', 'src']);
await check('dead code', [tools.knip]);
await jest('unit');
await jest('conformance');
await jest('schedules');
if (await check('build', [tools.webpack, '--mode', 'production'])) {
  if (await check('package', ['test/tasks/package.mjs', '--no-build'])) await jest('package');
  await browserTests();
}

console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

async function check(name, args) {
  console.log(`\n── ${name}`);
  const ok = (await runNode(args)) === 0;
  count(ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
  console.log(ok ? 'ok' : `FAILED: ${name}`);
  return ok;
}

async function jest(folder) {
  console.log(`\n── ${folder} tests`);
  const file = join(results, `${folder}.json`);
  const args = ['--config', 'test/jest.config.mjs', `test/${folder}`, '--json', `--outputFile=${file}`];
  const code = await runNode([tools.jest, ...args, '--reporters=default']);
  const report = read(file);
  const bad = (report?.numFailedTests ?? 0) + (report?.numRuntimeErrorTestSuites ?? 0);
  count({ passed: report?.numPassedTests ?? 0, failed: code === 0 ? 0 : Math.max(1, bad) });
}

async function browserTests() {
  console.log('\n── browser tests');
  const file = join(results, 'e2e.json');
  let browser;
  try {
    browser = await ensureBrowser();
  } catch (error) {
    console.error(error.message);
    count({ passed: 0, failed: 1 });
    return;
  }
  const code = await runNode([tools.playwright, 'test', '--config', 'test/e2e/playwright.config.mts'], {
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: file, ...(browser && { CHROME_PATH: browser }) },
  });
  const stats = read(file)?.stats;
  const good = (stats?.expected ?? 0) + (stats?.flaky ?? 0);
  count({ passed: good, failed: code === 0 ? 0 : Math.max(1, stats?.unexpected ?? 0) });
}

function count(result) {
  passed += result.passed;
  failed += result.failed;
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
