import { spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './install.mjs';
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
  orExit(await runNode(webpack('production', names), { env: environment(id) }));
}

/** Builds again after each change, until this process ends. Arguments as of `build`. */
export function watch(names, id) {
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
