import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './process.mjs';

/** Number of changes on the page of the marketplace. */
const MOST = 8;

/**
 * Returns the newest changes of `CHANGELOG.md` for the page of the marketplace, with a link to all of them.
 *
 * @param {string} repository Address of the repository.
 * @throws Error if there are none
 */
export function whatsNew(repository) {
  const changes = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
  const newest = changes.split(/^## .*$/m)[1] ?? '';
  // Those with a name in bold are worth reading first.
  const lines = newest.split('\n').filter((line) => /^- \[?\*\*/.test(line));
  if (lines.length === 0) throw new Error('CHANGELOG.md has no change with a name in bold.');
  const page = `${repository}/blob/main/`;
  const links = lines.slice(0, MOST).map((line) => line.replace(/\]\((?!https:)/g, `](${page}`));
  return ["## What's new", '', ...links, '', `[All changes](${page}CHANGELOG.md)`, ''].join('\n');
}
