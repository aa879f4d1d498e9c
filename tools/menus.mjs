import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './process.mjs';

/**
 * Returns the manifest with its action in the menus of each place, instead of the common one. The right
 * choice for real organizations is an open question (docs/assumptions.md).
 *
 * @returns {{ files: object[], icons: Record<string, string>, contributions: { id: string }[] }}
 */
export function manifestWithSpecificMenus() {
  const manifest = readJson('vss-extension.json');
  const { contributions } = readJson('src/entries/bulk-action/specific-menus.json');
  const changeOf = (id) => contributions.find((change) => change.id === id);
  return {
    ...manifest,
    contributions: manifest.contributions.map((each) => ({ ...each, ...changeOf(each.id) })),
  };
}

function readJson(path) {
  return JSON.parse(readFileSync(join(root, path), 'utf8'));
}
