import { lstat, opendir, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { CancelledError } from '../../base/errors';
import { MANIFEST_NAME, SUMS_NAME } from '../../gallery/export/manifest-rows';
import { ExportFolderError, pathInside, STATE_FOLDER } from './export-folder';
import { hashPath } from './hash-path';
import { readManifestEntries, readManifestSum } from './manifest-file';

/** Difference between an export and its manifest. */
export interface ExportFault {
  readonly kind:
    | 'missing'
    /** Another size or content. */
    | 'changed'
    /** The manifest does not name it. */
    | 'extra'
    | 'unreadable'
    /** The manifest names a file outside of its folder, which is not read. */
    | 'outside';
  /** From the folder of the manifest, with slashes. */
  readonly path: string;
}

/** Result of a verification. */
export interface Verification {
  /** Files of the manifest. */
  readonly files: number;
  /** Bytes of the files that are as the manifest tells. */
  readonly bytes: number;
  /** Differences, extra files included. */
  readonly faults: number;
}

/** Options of a verification. */
export interface VerifyOptions {
  /** Ends the verification. */
  readonly signal?: AbortSignal;
  /** Called for each difference. */
  readonly onFault?: (fault: ExportFault) => void;
  /** Called after each file with the totals so far. */
  readonly onProgress?: (progress: Verification) => void;
}

/**
 * Compares the files of an export with its manifest: names, sizes and SHA-256. Needs no network.
 *
 * @param path Folder of the export, or its manifest. Absolute.
 * @throws ExportFolderError if there is no manifest, CancelledError after an abort.
 */
export async function verifyExport(
  path: string,
  { signal, onFault, onProgress }: VerifyOptions = {},
): Promise<Verification> {
  const facts = await stat(path).catch(() => undefined);
  if (!facts) throw new ExportFolderError(`There is no file or folder "${path}".`);
  const manifest = facts.isDirectory() ? join(path, MANIFEST_NAME) : path;
  const folder = dirname(manifest);
  const totals = { files: 0, bytes: 0, faults: 0 };
  const listed = new Set<string>();

  function report(kind: ExportFault['kind'], faulty: string): void {
    totals.faults++;
    onFault?.({ kind, path: faulty });
  }

  for await (const entry of readManifestEntries(manifest)) {
    if (signal?.aborted) throw new CancelledError();
    totals.files++;
    const full = pathInside(folder, entry.path);
    if (full !== undefined) listed.add(keyOf(entry.path));
    const kind = full === undefined ? 'outside' : await compare(full, entry, signal);
    if (kind) report(kind, entry.path);
    else totals.bytes += entry.size;
    onProgress?.({ ...totals });
  }
  const sum = await readManifestSum(folder);
  if (sum !== undefined && manifest === join(folder, MANIFEST_NAME) && sum !== (await hashPath(manifest)))
    report('changed', MANIFEST_NAME);
  const own = new Set([manifest, join(folder, MANIFEST_NAME), join(folder, SUMS_NAME)]);
  for await (const full of filesBelow(folder)) {
    const found = relative(folder, full).split(sep).join('/');
    if (!own.has(full) && !listed.has(keyOf(found))) report('extra', found);
  }
  return totals;
}

async function compare(
  path: string,
  { size, sha256 }: { readonly size: number; readonly sha256: string },
  signal: AbortSignal | undefined,
): Promise<'missing' | 'changed' | 'unreadable' | undefined> {
  const facts = await lstat(path).catch(() => undefined);
  if (!facts) return 'missing';
  if (!facts.isFile() || facts.size !== size) return 'changed';
  try {
    return (await hashPath(path, signal)) === sha256 ? undefined : 'changed';
  } catch {
    if (signal?.aborted) throw new CancelledError();
    return 'unreadable';
  }
}

/** Some systems change the Unicode form of names. */
function keyOf(path: string): string {
  return path.normalize('NFC');
}

/** Finds everything below a folder that is not a folder, except the state of the export. */
async function* filesBelow(folder: string): AsyncGenerator<string> {
  const folders = [folder];
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    for await (const entry of await opendir(next)) {
      const full = join(next, entry.name);
      if (!entry.isDirectory()) yield full;
      else if (full !== join(folder, STATE_FOLDER)) folders.push(full);
    }
  }
}
