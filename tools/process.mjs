import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/**
 * Runs a Node script of the project or of a package to its end.
 *
 * @param {string[]} args Script, relative to the project's folder, and its arguments.
 * @param {{ env?: Record<string, string>, quiet?: boolean }} [options]
 * @returns {Promise<number>} Exit code.
 */
export function runNode(args, { env = {}, quiet = false } = {}) {
  return run(process.execPath, args, { env, quiet });
}

/**
 * Runs a program to its end.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: Record<string, string>, quiet?: boolean, shell?: boolean }} [options]
 * @returns {Promise<number>} Exit code.
 */
export function run(command, args, { env = {}, quiet = false, shell = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: quiet ? ['ignore', 'ignore', 'inherit'] : 'inherit',
      shell,
    });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/**
 * Runs a Node script that tidies up after itself: whatever ends this process ends the script first, and this process
 * waits for it and ends with its code.
 *
 * @param {string[]} args Script, relative to the project's folder, and its arguments.
 */
export function runAttended(args) {
  // The channel tells the script when this process is gone, however that came about.
  const stdio = ['inherit', 'inherit', 'inherit', 'ipc'];
  const child = spawn(process.execPath, args, { cwd: root, stdio });
  child.on('exit', (code) => process.exit(code ?? 1));
  const stop = () => child.kill('SIGTERM');
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop);
  // The shell that npm starts scripts in passes no signal on; when npm is ended so, it leaves this process behind.
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || stop(), 500).unref();
}

/** Ends this process with the code when it is not 0. */
export function orExit(code) {
  if (code !== 0) process.exit(code);
}

/** Scripts of the packages that the tasks call. */
export const tools = {
  webpack: 'node_modules/webpack/bin/webpack.js',
  jest: 'node_modules/jest/bin/jest.js',
  playwright: 'node_modules/@playwright/test/cli.js',
  tfx: 'node_modules/tfx-cli/_build/tfx-cli.js',
  prettier: 'node_modules/prettier/bin/prettier.cjs',
  tsc: 'node_modules/typescript/bin/tsc',
  eslint: 'node_modules/eslint/bin/eslint.js',
  depcruise: 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
  knip: 'node_modules/knip/bin/knip.js',
};
