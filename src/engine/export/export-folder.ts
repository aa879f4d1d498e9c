import { readdir } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { isMissing } from '../../upload/recovery/journal/folder-disk';

/** Folder with the state of an export, inside of it. */
export const STATE_FOLDER = '.stapler';

/** End of the name of an unfinished file. */
export const UNFINISHED_END = '.part';

/** An error about the folder of an export. Its message is a sentence for the person. */
export class ExportFolderError extends Error {
  override readonly name = 'ExportFolderError';
}

/** Codes of errors that concern all files of a disk. */
const DISK_CODES: ReadonlySet<string> = new Set([
  'ENOSPC',
  'EDQUOT',
  'EROFS',
  'EIO',
  'EMFILE',
  'ENFILE',
  'EACCES',
  'EPERM',
]);

/** Returns an error of the system as one about the folder, or `undefined` for one of a single file. */
export function diskErrorOf(error: unknown, folder: string): ExportFolderError | undefined {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  if (typeof code !== 'string' || !DISK_CODES.has(code)) return undefined;
  const isFull = code === 'ENOSPC' || code === 'EDQUOT';
  return new ExportFolderError(
    isFull
      ? `There is no space left in "${folder}". Make room and run the command again to continue.`
      : `Can't write to "${folder}" (${code}).`,
    { cause: error },
  );
}

/**
 * Checks that a folder is empty or has an export, so that no other file is replaced.
 *
 * @throws ExportFolderError
 */
export async function assertUsable(folder: string): Promise<void> {
  const names = await readdir(folder).catch((error: unknown): string[] => {
    if (isMissing(error)) return [];
    throw diskErrorOf(error, folder) ?? new ExportFolderError(`"${folder}" is not a folder.`);
  });
  if (names.length > 0 && !names.includes(STATE_FOLDER))
    throw new ExportFolderError(`The folder "${folder}" is not empty. Choose a new one.`);
}

/** Returns the full path of a file in a folder; `undefined` if it is outside. */
export function pathInside(folder: string, path: string): string | undefined {
  const full = resolve(folder, path);
  const isHostile = path === '' || path.includes('\0') || path.split(/[/\\]/).includes('..');
  return !isHostile && full.startsWith(join(folder, sep)) ? full : undefined;
}
