import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Folder for what speeds up the next run, relative to the project's folder. */
export const cacheFolder = 'node_modules/.cache/stapler';

/**
 * Runs a Node script of the project or of a package to its end, with its output on the terminal.
 *
 * @param {string[]} args Script, relative to the project's folder, and its arguments.
 * @param {{ env?: Record<string, string>, onOutput?: (text: string) => void }} [options] `onOutput` also receives
 *   the text on stdout, in pieces.
 * @returns {Promise<number>} Exit code.
 */
export function runNode(args, { env = {}, onOutput } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['inherit', onOutput ? 'pipe' : 'inherit', 'inherit'],
    });
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      process.stdout.write(text);
      onOutput?.(text);
    });
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/**
 * Runs a Node script to its end and returns its output, so that scripts side by side do not mix theirs.
 *
 * @param {string[]} args Script, relative to the project's folder, and its arguments.
 * @param {{ env?: Record<string, string> }} [options]
 */
export function runAside(args, options) {
  return capture(process.execPath, args, options);
}

/**
 * Runs a program to its end and returns its output.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: Record<string, string>, shell?: boolean }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function capture(command, args, { env = {}, shell = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell,
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => (output += text));
    }
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/**
 * Runs a Node script with its own clean-up: any end of this process ends the script first, and this process
 * exits with its code.
 *
 * @param {string[]} args Script, relative to the project's folder, and its arguments.
 */
export function runAttended(args) {
  // The script detects the end of this process by the closed channel.
  const stdio = ['inherit', 'inherit', 'inherit', 'ipc'];
  const child = spawn(process.execPath, args, { cwd: root, stdio });
  child.on('exit', (code) => process.exit(code ?? 1));
  const stop = () => child.kill('SIGTERM');
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop);
  // The shell of npm scripts does not forward signals; npm leaves this process behind.
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || stop(), 500).unref();
}

/** Ends this process with the code when it is not 0. */
export function orExit(code) {
  if (code !== 0) process.exit(code);
}

/** Scripts of packages used by the tasks. */
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
  vitepress: 'node_modules/vitepress/bin/vitepress.js',
};
