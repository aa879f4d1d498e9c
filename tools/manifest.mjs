import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { manifestWithSpecificMenus } from './menus.mjs';
import { root } from './process.mjs';

/** Where the pages of the extension for development are served, if nobody says otherwise. */
export const DEV_PORT = '3000';

const source = readJson('vss-extension.json');

/**
 * The id under which Azure DevOps knows the extension, and so the pages themselves: `publisher.id`.
 *
 * @param {{ publisher?: string, dev?: boolean }} options As of `npm run package`.
 */
export function extensionId({ publisher = source.publisher, dev = false }) {
  return `${publisher}.${dev ? devId() : source.id}`;
}

/**
 * The manifest of a package, put together from `vss-extension.json` and what was asked for.
 *
 * @param {object} options As of `npm run package`.
 * @param {string} [options.publisher]
 * @param {string} [options.version] Default: the one of `package.json`.
 * @param {'context' | 'specific'} options.menus
 * @param {boolean} options.private For the organizations alone that it is shared with.
 * @param {boolean} options.dev For development: it takes its pages from `https://localhost:port`, and holds none.
 * @param {string} options.port
 * @throws Error for a choice of menus that there is not, and for what is no port
 */
export function composeManifest({ publisher, version, menus, private: isPrivate, dev, port }) {
  if (!['context', 'specific'].includes(menus)) throw new Error('--menus must be context or specific.');
  return {
    ...(menus === 'specific' ? manifestWithSpecificMenus() : source),
    publisher: publisher ?? source.publisher,
    version: version ?? readJson('package.json').version,
    public: !isPrivate && !dev,
    ...(dev && {
      id: devId(),
      name: 'Stapler (dev)',
      baseUri: `https://localhost:${portNumber(port)}`,
      files: [],
      screenshots: [],
    }),
  };
}

/**
 * Writes a manifest for tfx, which takes files and icons as relative to the manifest that names them.
 *
 * @param {ReturnType<typeof composeManifest>} manifest
 * @param {string} name Of the file in `out`.
 * @returns {string} Its path, relative to the project's folder.
 */
export function writeManifest({ files, icons, ...rest }, name) {
  mkdirSync(join(root, 'out'), { recursive: true });
  const fromOut = {
    ...rest,
    files: files.map((file) => ({ ...file, path: `../${file.path}` })),
    icons: { default: `../${icons.default}` },
  };
  writeFileSync(join(root, 'out', name), JSON.stringify(fromOut));
  return `out/${name}`;
}

/** @param {string} text @returns {number} @throws Error for what is none */
export function portNumber(text) {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= 1 && number <= 65_535) return number;
  throw new Error(`--port must be a whole number from 1 to 65535, not "${text}".`);
}

function devId() {
  return `${source.id}-dev`;
}

function readJson(path) {
  return JSON.parse(readFileSync(join(root, path), 'utf8'));
}
