import { isAbsolute, relative } from 'node:path';

/** Returns the path from the current folder, if it is below. */
export function shownPath(path: string, cwd: string): string {
  const below = relative(cwd, path);
  return below.startsWith('..') || isAbsolute(below) ? path : below;
}
