import { stat } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { glob } from 'tinyglobby';
import type { LocalFile } from '../../engine/attach/local-file';

const order = new Intl.Collator('en', { numeric: true });

/**
 * Finds the files that match patterns, in natural order. A folder stands for all files in it. A line that is the name of
 * a file is that file, whatever characters it has. Files and folders whose names begin with a dot must be named.
 * Symbolic links to folders are not followed, because they may lead around in a circle.
 *
 * @param patterns Those that begin with `!` exclude.
 * @param from Folder that relative patterns start from, absolute.
 */
export async function findFiles(patterns: readonly string[], from: string): Promise<readonly LocalFile[]> {
  const found = new Set<string>();
  const rest: string[] = [];
  for (const pattern of patterns) {
    const path = resolve(from, pattern);
    if (!pattern.startsWith('!') && (await isFile(path))) found.add(path);
    else rest.push(sep === '\\' ? pattern.replaceAll('\\', '/') : pattern);
  }
  const excluded = rest.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1));
  const included = rest.filter((pattern) => !pattern.startsWith('!'));
  if (included.length > 0) {
    const options = { ignore: excluded, cwd: from, absolute: true, followSymbolicLinks: false };
    for (const path of await glob(included, options)) found.add(resolve(path));
  }
  return [...found].sort(order.compare).map((path) => ({ path, folder: folderOf(path, from) }));
}

/** Folder of a file for its comment; none for a file outside. */
function folderOf(path: string, from: string): string {
  const folder = relative(from, dirname(path));
  return folder.startsWith('..') || isAbsolute(folder) ? '' : folder.replaceAll(sep, '/');
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (facts) => facts.isFile(),
    () => false,
  );
}
