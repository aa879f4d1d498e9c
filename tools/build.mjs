import { spawn } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { isColored, readCommand } from './command.mjs';
import { ensureInstalled } from './install.mjs';
import { passRecord } from './pass-record.mjs';
import { root, runAside, tools } from './process.mjs';
import { runStep, timeSince } from './progress.mjs';

const configs = { extension: 'webpack.config.js', emulator: 'packages/emulator/webpack.config.js' };

/**
 * Builds the pages of the extension and the host page of the emulator. Prints errors and warnings only.
 *
 * @param {('extension' | 'emulator')[]} [names] Default: both.
 * @param {string} [id] Id of the extension in Azure DevOps. Default: the id of the manifest.
 * @throws CommandError if it fails
 */
export async function build(names, id) {
  await ensureInstalled();
  const color = isColored(process.stderr) ? '--color' : '--no-color';
  const run = async () => {
    const output = await runStep(
      'Building',
      () => runAside([...webpack('production', names), color], { env: environment(id) }),
      'The build failed.',
    );
    if (/warning/i.test(output)) console.error(output.trim());
    return true;
  };
  if (names === undefined && id === undefined) await recorded(run);
  else {
    passRecord('build').remove();
    await run();
  }
}

/** Builds both unless their last build had the same inputs. */
export async function ensureBuilt() {
  await ensureInstalled();
  if (!isFresh()) await build();
}

/** Whether the last build of both had the same inputs. */
export function isFresh() {
  const pages = ['dist/form-group.html', 'packages/emulator/dist/host.html'];
  return passRecord('build').isCurrent && pages.every((page) => existsSync(join(root, page)));
}

/**
 * Records a build of both for `isFresh`.
 *
 * @param {() => Promise<boolean>} run Builds both; returns whether it succeeded.
 */
export async function recorded(run) {
  const record = passRecord('build');
  record.remove();
  const isGood = await run();
  if (isGood) record.write();
  return isGood;
}

/** Builds again after each change, until this process ends. Arguments as of `build`. */
export function watch(names, id) {
  passRecord('build').remove();
  const child = spawn(process.execPath, [...webpack('development', names), '--watch'], {
    cwd: root,
    env: { ...process.env, ...environment(id) },
    stdio: 'inherit',
  });
  process.on('exit', () => child.kill());
}

/**
 * Returns the arguments of Node for running webpack.
 *
 * @param {'production' | 'development'} mode
 * @param {string[]} [names] As of `build`.
 */
export function webpack(mode, names = Object.keys(configs)) {
  return [tools.webpack, '--mode', mode, ...names.flatMap((name) => ['--config', configs[name]])];
}

function environment(id) {
  return id === undefined ? {} : { STAPLER_EXTENSION_ID: id };
}

/** `npm run build`: also prints the sizes of the first load of each page, as the tests of the package measure them. */
async function main() {
  readCommand({
    usage: 'npm run build',
    purpose: 'Builds the pages of Stapler into dist, and the host page of the emulator.',
    options: {},
  });
  const startedAt = Date.now();
  await build();
  console.log(`Built in ${timeSince(startedAt)}. First load of each page:`);
  const parts = JSON.parse(readFileSync(join(root, 'out/parts.json'), 'utf8'));
  for (const [page, files] of Object.entries(parts)) {
    if (!existsSync(join(root, `dist/${page}.html`))) continue;
    const sizes = files.map((file) => gzipSync(readFileSync(join(root, 'dist', file)), { level: 9 }).length);
    const kib = sizes.reduce((sum, size) => sum + size, 0) / 1024;
    console.log(`  ${page.padEnd(14)}${kib.toFixed(1).padStart(6)} KiB gzip`);
  }
}

// Scripts that tsx compiles import this file, which forbids `await` here.
const isTheScript = realpathSync(process.argv[1] ?? '') === realpathSync(fileURLToPath(import.meta.url));
if (isTheScript) void main();
