import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './process.mjs';

/** The page of the marketplace, and the heading below the changes. */
const PAGE = 'static/overview.md';
const NEXT = '## Permissions\n';

/** Number of changes on that page. */
const MOST = 8;

/**
 * Adds the newest changes of `CHANGELOG.md` to the page of the marketplace, with a link to all of them.
 *
 * @param {Record<string, Uint8Array>} entries Files of the package by their paths.
 * @param {string} repository Address of the repository.
 * @returns {Record<string, Uint8Array>} The same, with the changes.
 * @throws Error without changes, or without a place for them
 */
export function addWhatsNew(entries, repository) {
  const [before, after, ...more] = new TextDecoder().decode(entries[PAGE]).split(NEXT);
  if (after === undefined || more.length > 0) throw new Error(`${PAGE} needs one heading "${NEXT.trim()}".`);
  const page = [before, newestChanges(repository), NEXT, after].join('');
  return { ...entries, [PAGE]: new TextEncoder().encode(page) };
}

/** @param {string} repository */
function newestChanges(repository) {
  const changes = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
  const newest = changes.split(/^## .*$/m)[1] ?? '';
  // Those with a name in bold are worth reading first.
  const lines = newest.split('\n').filter((line) => /^- \[?\*\*/.test(line));
  if (lines.length === 0) throw new Error('CHANGELOG.md has no change with a name in bold.');
  const files = `${repository}/blob/main/`;
  const links = lines.slice(0, MOST).map((line) => line.replace(/\]\((?!https:)/g, `](${files}`));
  return ["## What's new", '', ...links, '', `[All changes](${files}CHANGELOG.md)`, '', ''].join('\n');
}
