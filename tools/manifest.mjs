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
 * @param {boolean} [options.no-task] Without the pipeline task.
 */
export function composeManifest({ publisher, version, menus, private: isPrivate, dev, port, ...options }) {
  const manifest = menus === 'specific' ? manifestWithSpecificMenus() : source;
  // Two extensions of an organization cannot have the same task.
  const hasTask = !options['no-task'] && !dev;
  return {
    ...(hasTask ? manifest : withoutTask(manifest)),
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
 * Whether a file or folder of the manifest is the pipeline task.
 *
 * @param {{ packagePath?: string }} file
 */
export function isTask({ packagePath }) {
  return packagePath === 'task';
}

function withoutTask(manifest) {
  return {
    ...manifest,
    files: manifest.files.filter((file) => !isTask(file)),
    contributions: manifest.contributions.filter(({ type }) => type !== 'ms.vss-distributed-task.task'),
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
