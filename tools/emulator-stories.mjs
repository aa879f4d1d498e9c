import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheFolder, root } from './process.mjs';

/** Inputs of the emulator's own browser stories, relative to the project's folder. */
const INPUTS = [
  'packages/emulator',
  'test/sample-extension',
  ...['axe', 'board', 'fixtures', 'pages', 'token-watch'].map((name) => `test/e2e/${name}.ts`),
  'test/e2e/playwright.config.mts',
  'package-lock.json',
];

const stamp = join(root, cacheFolder, 'emulator-stories');

/** Whether the emulator's stories passed with its current files before. */
export function emulatorStoriesPassed() {
  return read(stamp) === hashOf(INPUTS);
}

/** Records that the emulator's stories passed. */
export function rememberEmulatorStories() {
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, hashOf(INPUTS));
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
