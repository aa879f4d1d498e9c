import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './install.mjs';
import { passRecord } from './pass-record.mjs';
import { orExit, root, runNode, tools } from './process.mjs';

const configs = { extension: 'webpack.config.js', emulator: 'packages/emulator/webpack.config.js' };

/**
 * Builds the pages of the extension and the host page of the emulator.
 *
 * @param {('extension' | 'emulator')[]} [names] Default: both.
 * @param {string} [id] Id of the extension in Azure DevOps. Default: the id of the manifest.
 */
export async function build(names, id) {
  await ensureInstalled();
  console.log('Building…');
  const progress = process.stdout.isTTY ? ['--progress'] : [];
  const run = () => runNode([...webpack('production', names), ...progress], { env: environment(id) });
  if (names === undefined && id === undefined)
    orExit((await recorded(async () => (await run()) === 0)) ? 0 : 1);
  else {
    passRecord('build').remove();
    orExit(await run());
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

const isTheScript = realpathSync(process.argv[1] ?? '') === realpathSync(fileURLToPath(import.meta.url));
if (isTheScript) await build();
