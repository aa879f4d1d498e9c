import { access, readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { Contribution } from './contract';
import { UserError } from './user-error';

/** Parts of `vss-extension.json` used by the emulator. */
export interface Manifest {
  readonly id: string;
  readonly publisher: string;
  readonly version: string;
  readonly files: readonly PackagedFile[];
  readonly contributions: readonly (Pick<Contribution, 'id' | 'type'> & Partial<Contribution>)[];
}

/** File or folder of the package. */
export interface PackagedFile {
  readonly path: string;
  /** Path in the package and in its address. Default: `path`. */
  readonly packagePath?: string;
  readonly addressable?: boolean;
}

/** Error of an unusable extension, with a message for the user. */
export class ExtensionError extends UserError {
  override readonly name = 'ExtensionError';
}

const manifestName = 'vss-extension.json';

/** Reads the manifest in `folder`. Throws an `ExtensionError` if the extension has no pages. */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, manifestName), 'utf8').catch(() => {
    throw new ExtensionError(
      `There is no ${manifestName} in ${folder}.`,
      'Name the folder of an extension with --extension.',
    );
  });
  const { id, publisher, version, files = [], contributions = [] } = parse(text, folder);
  if (!id || !publisher || !version)
    throw new ExtensionError(
      `The ${manifestName} in ${folder} must have "id", "publisher" and "version".`,
      'Add them to the file.',
    );
  const manifest = { id, publisher, version, files, contributions };
  if (pagesOf(manifest).length === 0)
    throw new ExtensionError(
      `The ${manifestName} in ${folder} names no pages: none of its contributions has a "uri".`,
      'Add a page, or name another folder with --extension.',
    );
  return manifest;
}

/** Returns pages of the manifest that cannot be shown: not built, or not marked as addressable. */
export async function missingPages(folder: string, manifest: Manifest): Promise<string[]> {
  const missing = pagesOf(manifest).map(async (page) => {
    const path = pathOfAsset(manifest, page);
    return path !== undefined && (await exists(join(folder, path))) ? [] : [page];
  });
  return (await Promise.all(missing)).flat();
}

/**
 * Returns the file for an address below the extension's assets, relative to its folder; `undefined` if there
 * is none. Only addressable files have an address.
 */
export function pathOfAsset({ files }: Manifest, address: string): string | undefined {
  const asked = posix.normalize(address);
  for (const { path, packagePath = path, addressable } of files) {
    const at = inPackage(packagePath);
    if (addressable !== true) continue;
    if (asked === at) return inPackage(path);
    if (asked.startsWith(`${at}/`)) return posix.join(inPackage(path), asked.slice(at.length));
  }
  return undefined;
}

/** Addresses of the extension's own pages, relative to its assets; those of others are none of ours. */
export function pagesOf({ contributions }: Pick<Manifest, 'contributions'>): string[] {
  const uris = contributions.flatMap(({ properties }) =>
    typeof properties?.['uri'] === 'string' ? [properties['uri']] : [],
  );
  const own = uris.filter((uri) => !/^[a-z][a-z\d+.-]*:/i.test(uri) && !uri.startsWith('//'));
  return [...new Set(own.map((uri) => inPackage(uri.replace(/[?#].*$/, ''))))];
}

/** Normalizes the spellings of a path: `/dist`, `./dist`, `dist/`. */
function inPackage(path: string): string {
  return posix.normalize(path.replaceAll('\\', '/')).replace(/^\/+|\/+$/g, '');
}

function parse(text: string, folder: string): Partial<Manifest> {
  try {
    return (JSON.parse(text) ?? {}) as Partial<Manifest>;
  } catch (error) {
    throw new ExtensionError(
      `The ${manifestName} in ${folder} is not valid JSON: ${(error as Error).message}`,
      'Correct the file.',
    );
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
