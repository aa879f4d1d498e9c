import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { capture, root } from './process.mjs';
import { runStep } from './progress.mjs';

const stamp = join(root, 'node_modules/.stapler-installed');

/**
 * Installs the packages if they are missing or belong to another lock file, so every command works in a fresh
 * clone.
 */
export async function ensureInstalled() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (read(stamp) === wanted) return;
  const npm = process.env['npm_execpath'];
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  await runStep(
    'Installing packages',
    () =>
      npm?.endsWith('npm-cli.js')
        ? capture(process.execPath, [npm, ...args])
        : capture('npm', args, { shell: process.platform === 'win32' }),
    'The packages could not be installed.',
    'Check the lines above and the network connection, then run the command again.',
  );
  writeFileSync(stamp, wanted);
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
