import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheFolder, root } from './process.mjs';

/** Inputs of the emulator's own tests and of its stories. */
const EMULATOR = [
  'packages/emulator',
  'test/sample-extension',
  ...['envelope', 'exchange-problems', 'known-quirks', 'openapi', 'undescribed'].map(
    (name) => `test/conformance/${name}.ts`,
  ),
  'test/reference/openapi',
  ...['certificate', 'deferred'].map((name) => `test/helpers/${name}.ts`),
  'vss-extension.json',
  'tsconfig.json',
  'package-lock.json',
];

/** Inputs of a task that need not run again while these are the same, relative to the project's folder. */
export const INPUTS = {
  build: [
    'src',
    'static',
    'packages/emulator/src',
    'packages/emulator/webpack.config.js',
    'vss-extension.json',
    'webpack.config.js',
    ...[
      'chunk-ids-plugin.cjs',
      'empty-module.ts',
      'manifest.mjs',
      'notice-plugin.cjs',
      'parts-plugin.cjs',
      'policy-plugin.cjs',
    ].map((name) => `tools/${name}`),
    'package.json',
    'package-lock.json',
    'tsconfig.json',
  ],
  'emulator-tests': [...EMULATOR, 'test/jest.config.mjs', 'test/runner.cjs'],
  'emulator-stories': [
    ...EMULATOR,
    ...['axe', 'board', 'expect', 'fixtures', 'pages', 'token-watch'].map((name) => `test/e2e/${name}.ts`),
    'test/e2e/playwright.config.mts',
    'tools/full-run.cjs',
  ],
};

/**
 * Record of the last run of such a task without a failure.
 *
 * @param {keyof typeof INPUTS} task
 */
export function passRecord(task) {
  const file = join(root, cacheFolder, task);
  // Before it runs, since a file may change meanwhile.
  const hash = `${process.version} ${hashOf(INPUTS[task])}`;
  return {
    /** Whether it passed with the current files. */
    isCurrent: read(file) === hash,
    /** Records that it passed. */
    write() {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, hash);
    },
    /** Forgets the last run. */
    remove: () => rmSync(file, { force: true }),
  };
}

/**
 * Hash of all files in the paths, without build output.
 *
 * @param {readonly string[]} paths Files and folders.
 * @param {string} [folder] Folder of the paths. Default: the project's.
 */
export function hashOf(paths, folder = root) {
  const hash = createHash('sha256');
  for (const path of paths.flatMap((each) => filesIn(folder, each)).sort()) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(folder, path)))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesIn(folder, path) {
  let entries;
  try {
    entries = readdirSync(join(folder, path), { withFileTypes: true });
  } catch (error) {
    if (error.code === 'ENOTDIR') return [path];
    throw error;
  }
  return entries
    .filter(({ name }) => !['dist', 'node_modules', 'out'].includes(name))
    .flatMap((entry) =>
      entry.isDirectory() ? filesIn(folder, `${path}/${entry.name}`) : [`${path}/${entry.name}`],
    );
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
