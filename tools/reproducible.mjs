import { readFileSync, writeFileSync } from 'node:fs';
import { extname } from 'node:path';
import { unzipSync, zipSync } from 'fflate';

/** As what Azure DevOps serves a file. tfx asks the system for some of them, and gets another answer on each. */
const CONTENT_TYPES = {
  '.css': 'text/css',
  '.gif': 'image/gif',
  '.html': 'text/html',
  '.js': 'application/javascript',
  '.md': 'text/markdown',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain',
  '.vsixlangpack': 'text/xml',
  '.vsixmanifest': 'text/xml',
  '.vsomanifest': 'application/json',
};

const TYPES_PATH = '[Content_Types].xml';

/** The earliest that a zip can tell. It holds the time of the place, so that this one is the same everywhere. */
const NO_TIME = new Date(1980, 0, 1);

/**
 * Writes a package anew, so that the same content gives the same bytes wherever and whenever it is packed: entries by
 * name and without their times, and content types of our own. The types come first (ECMA-376, part 2).
 *
 * @param {string} file The package.
 * @param {(entries: Record<string, Uint8Array>) => Record<string, Uint8Array>} [change] What becomes of its files before.
 * @throws Error for a file whose content type nobody has written down here
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
