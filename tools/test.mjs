import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBrowser } from './browser.mjs';
import { webpack } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { root, runNode, tools } from './process.mjs';

/**
 * `npm test`: everything that must hold, begun in the order in which a failure is cheapest. Two checks run side by side,
 * and each tells at its end what it has to say; the browser tests come last and run two at a time by themselves. Goes
 * on after a failure, so that one run tells all; the last line counts.
 */
const results = join(root, 'out/test-results');
let passed = 0;
let failed = 0;
let isBuilt = false;

await ensureInstalled();
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

const steps = [
  () => check('format', [tools.prettier, '--check', '--log-level', 'warn', '.']),
  () => check('types of the source', [tools.tsc, '--project', '.']),
  () => check('types of the tests', [tools.tsc, '--project', 'test']),
  () => check('types of the emulator', [tools.tsc, '--project', 'packages/emulator']),
  () => check('lint', [tools.eslint, '.', '--max-warnings', '0']),
  () => check('layers', [tools.depcruise, '--config', 'test/layers.cjs', 'src', 'packages']),
  () => check('dead code', [tools.knip]),
  () => jest('unit'),
  () => jest('conformance'),
  () => jest('schedules'),
  async () => {
    isBuilt = await check('build', webpack('production'));
    if (isBuilt && (await check('package', ['tools/package.mjs', '--no-build']))) await jest('package');
  },
];
await Promise.all([takeSteps(), takeSteps()]);
if (isBuilt) await browserTests();

console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

async function takeSteps() {
  for (let step = steps.shift(); step; step = steps.shift()) await step();
}

async function check(name, args) {
  const { code, output } = await runAside(args);
  const ok = code === 0;
  count(ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
  console.log(`\n── ${name}\n${output}${ok ? 'ok' : `FAILED: ${name}`}`);
  return ok;
}

async function jest(folder) {
  const file = join(results, `${folder}.json`);
  const args = ['--config', 'test/jest.config.mjs', `test/${folder}`, '--json', `--outputFile=${file}`];
  const { code, output } = await runAside([tools.jest, ...args, '--reporters=default']);
  const report = read(file);
  const bad = (report?.numFailedTests ?? 0) + (report?.numRuntimeErrorTestSuites ?? 0);
  count({ passed: report?.numPassedTests ?? 0, failed: code === 0 ? 0 : Math.max(1, bad) });
  console.log(`\n── ${folder} tests\n${output}`);
}

/** Runs a Node script to its end; what it says is kept, so that two side by side do not talk at once. */
function runAside(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => (output += text));
    }
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
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
