import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { manifestWithSpecificMenus } from './menus.mjs';
import { root } from './process.mjs';

/** Default port of the pages of the extension for development. */
export const DEV_PORT = '3000';

const source = readJson('vss-extension.json');

/**
 * Returns the id of the extension in Azure DevOps, used by its pages as well: `publisher.id`.
 *
 * @param {{ publisher?: string, dev?: boolean }} options As of `npm run package`.
 */
export function extensionId({ publisher = source.publisher, dev = false }) {
  return `${publisher}.${dev ? devId() : source.id}`;
}

/**
 * Returns the manifest of a package, based on `vss-extension.json` and the options.
 *
 * @param {object} options As of `npm run package`.
 * @param {string} [options.publisher]
 * @param {string} [options.version] Default: the version of `package.json`.
 * @param {'context' | 'specific'} options.menus
 * @param {boolean} options.private For selected organizations only.
 * @param {boolean} options.dev For development: pages from `https://localhost:port`, and none in the package.
 * @param {string} options.port
 */
export function composeManifest({ publisher, version, menus, private: isPrivate, dev, port }) {
  return {
    ...(menus === 'specific' ? manifestWithSpecificMenus() : source),
    publisher: publisher ?? source.publisher,
    version: version ?? readJson('package.json').version,
    public: !isPrivate && !dev,
    ...(dev && {
      id: devId(),
      name: 'Stapler (dev)',
      baseUri: `https://localhost:${port}`,
      files: [],
      screenshots: [],
    }),
  };
}

/**
 * Writes a manifest for tfx. Its files and icons are relative to the manifest.
 *
 * @param {ReturnType<typeof composeManifest>} manifest
 * @param {string} name Name of the file in `out`.
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

function devId() {
  return `${source.id}-dev`;
}

function readJson(path) {
  return JSON.parse(readFileSync(join(root, path), 'utf8'));
}
