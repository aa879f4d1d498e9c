import { existsSync } from 'node:fs';
import { onPath } from './engines.mjs';
import { installFromDebian } from './browser.mjs';

/**
 * Finds 7-Zip, an independent program that joins volumes, for a test.
 *
 * @returns {string | undefined} Its path.
 */
export function findSevenZip() {
  return ['7z', '7zz'].map(onPath).find(Boolean);
}

/** Installs 7-Zip by apt as root if it is missing. Without it, a test is skipped, or fails with CI=true. */
export async function ensureSevenZip() {
  if (findSevenZip() || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  await installFromDebian(['7zip'], ['--no-install-recommends']);
}
