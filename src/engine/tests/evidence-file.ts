import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';

/** Path of a file in a report of tests, as written. */
export interface FilePath {
  readonly path: string;
  /** Folders that may contain it, from the folder of the report, in the order to look. */
  readonly folders: readonly string[];
}

/** Folders for the files of a report. */
export interface EvidenceFolders {
  /** Folder of the report, absolute. */
  readonly report: string;
  /** Folder of the sources, absolute. */
  readonly sources: string;
  /** Files elsewhere are never read: a report can come from anyone. Absolute. */
  readonly allowed: readonly string[];
}

/** Result of looking for a file. */
export type FoundFile =
  | { readonly kind: 'found'; readonly path: string }
  | { readonly kind: 'missing' }
  /** Outside of the allowed folders. */
  | { readonly kind: 'outside' };

/** Looks for a file of a report. Symbolic links that leave the allowed folders are outside. */
export async function findEvidenceFile(
  { path, folders }: FilePath,
  { report, sources, allowed }: EvidenceFolders,
): Promise<FoundFile> {
  const written = sep === '/' && !path.startsWith('/') ? path.replaceAll('\\', '/') : path;
  const places = isAbsolute(written)
    ? [written]
    : [...folders.map((folder) => resolve(report, folder)), report, sources].map((from) =>
        resolve(from, written),
      );
  const roots = await Promise.all(allowed.map((folder) => realpath(folder).catch(() => folder)));
  let isOutside = false;
  for (const place of places) {
    const real = await realpath(place).catch(() => undefined);
    if (real === undefined || !(await isFile(real))) continue;
    // Under its own name, not that of the target of a link.
    if (roots.some((root) => isBelow(real, root))) return { kind: 'found', path: place };
    isOutside = true;
  }
  return { kind: isOutside ? 'outside' : 'missing' };
}

function isBelow(path: string, folder: string): boolean {
  const below = relative(folder, path);
  return below !== '' && below !== '..' && !below.startsWith(`..${sep}`) && !isAbsolute(below);
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (facts) => facts.isFile(),
    () => false,
  );
}
