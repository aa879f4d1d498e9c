import { readFileSync, writeFileSync } from 'node:fs';
import { extname } from 'node:path';
import { unzipSync, zipSync } from 'fflate';

/** Content types of files in Azure DevOps. tfx asks the system for some of them, with different answers. */
const CONTENT_TYPES = {
  '.css': 'text/css',
  '.gif': 'image/gif',
  '.html': 'text/html',
  '.js': 'application/javascript',
  '.json': 'application/json',
  '.md': 'text/markdown',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain',
  '.vsixlangpack': 'text/xml',
  '.vsixmanifest': 'text/xml',
  '.vsomanifest': 'application/json',
};

const TYPES_PATH = '[Content_Types].xml';

/** Earliest time of a zip. It is a local time, so this one is the same everywhere. */
const NO_TIME = new Date(1980, 0, 1);

/**
 * Rewrites a package so that the same content gives the same bytes everywhere: entries sorted by name,
 * without times, and with our own content types. The types come first (ECMA-376, part 2).
 *
 * @param {string} file The package.
 * @param {(entries: Record<string, Uint8Array>) => Record<string, Uint8Array>} [change] Change of its files
 * before.
 * @throws Error for a file without a content type here
 */
export function makeReproducible(file, change = (entries) => entries) {
  const entries = change(unzipSync(readFileSync(file)));
  const paths = Object.keys(entries)
    .filter((path) => path !== TYPES_PATH && !path.endsWith('/'))
    .sort();
  const sorted = {
    [TYPES_PATH]: new TextEncoder().encode(contentTypes(paths)),
    ...Object.fromEntries(paths.map((path) => [path, entries[path]])),
  };
  writeFileSync(file, zipSync(sorted, { level: 9, mtime: NO_TIME }));
}

/** @param {string[]} paths */
function contentTypes(paths) {
  const extensions = [...new Set(paths.map((path) => extname(path)))].filter(Boolean);
  const unknown = extensions.filter((extension) => !(extension in CONTENT_TYPES));
  if (unknown.length > 0)
    throw new Error(`${unknown.join(', ')}: no content type in tools/reproducible.mjs.`);
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">',
    ...extensions.map((each) => `  <Default Extension="${each}" ContentType="${CONTENT_TYPES[each]}"/>`),
    ...paths
      .filter((path) => extname(path) === '')
      .map((path) => `  <Override PartName="/${path}" ContentType="text/plain"/>`),
    '</Types>',
    '',
  ].join('\n');
}
