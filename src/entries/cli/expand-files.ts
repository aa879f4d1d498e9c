import { readdir, stat } from 'node:fs/promises';
import { basename, join, posix, resolve } from 'node:path';
import type { LocalFile } from '../../engine/attach/local-file';
import { CliError } from './cli-error';
import { EXIT } from './exit-codes';

/**
 * Finds the files that arguments name. A folder stands for all files in it, at any depth; their folders are kept.
 *
 * Text after the last `#` of an argument is the comment of the file, unless a file has the whole as its name.
 *
 * @param cwd Folder that relative paths start from.
 * @throws CliError for an argument that names nothing, or an empty folder.
 */
export async function expandFiles(args: readonly string[], cwd: string): Promise<readonly LocalFile[]> {
  const found = new Map<string, LocalFile>();
  for (const argument of args) {
    const { path, comment, isFolder } = await locate(argument, cwd);
    const files = isFolder ? await filesIn(path, basename(path)) : [{ path }];
    if (files.length === 0) throw new CliError(`The folder "${argument}" is empty.`, '', EXIT.failed);
    for (const file of files)
      if (!found.has(file.path)) found.set(file.path, comment === undefined ? file : { ...file, comment });
  }
  return [...found.values()];
}

/** A file or folder of an argument. */
interface Located {
  readonly path: string;
  readonly isFolder: boolean;
  readonly comment?: string;
}

async function locate(argument: string, cwd: string): Promise<Located> {
  const whole = await inspect(resolve(cwd, argument));
  if (whole) return whole;
  const hash = argument.lastIndexOf('#');
  const named = hash > 0 ? await inspect(resolve(cwd, argument.slice(0, hash))) : undefined;
  if (named) return { ...named, comment: argument.slice(hash + 1).trim() };
  throw new CliError(`There is no file or folder "${argument}".`, '', EXIT.failed);
}

async function inspect(path: string): Promise<Located | undefined> {
  const facts = await stat(path).catch(() => undefined);
  return facts && (facts.isFile() || facts.isDirectory())
    ? { path, isFolder: facts.isDirectory() }
    : undefined;
}

const order = new Intl.Collator('en', { numeric: true });

/**
 * Returns the files below a folder in natural order. Symbolic links to files are followed; those to folders are not,
 * because they may lead around in a circle.
 *
 * @param folder Its name as it is kept, `logs/2026`.
 */
async function filesIn(path: string, folder: string): Promise<readonly LocalFile[]> {
  const entries = await readdir(path, { withFileTypes: true });
  const files: LocalFile[] = [];
  for (const entry of entries.sort((a, b) => order.compare(a.name, b.name))) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) files.push(...(await filesIn(child, posix.join(folder, entry.name))));
    else if ((await inspect(child))?.isFolder === false) files.push({ path: child, folder });
  }
  return files;
}
