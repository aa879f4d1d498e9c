import { existsSync } from 'node:fs';
import { onPath } from './engines.mjs';
import { installFromDebian } from './browser.mjs';

/**
 * Finds ExifTool, an independent reader of metadata for a test.
 *
 * @returns {string | undefined} Its path.
 */
export function findExiftool() {
  return onPath('exiftool');
}

/** Installs ExifTool by apt as root if it is missing. Without it, a test is skipped, or fails with CI=true. */
export async function ensureExiftool() {
  if (findExiftool() || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  await installFromDebian(['libimage-exiftool-perl'], ['--no-install-recommends']);
}
