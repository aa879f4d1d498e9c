import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Runtime } from '../../base/runtime';
import { lockFolder } from '../../upload/recovery/journal/folder-lock';

/** Start of the name of a folder for unfinished files, and the whole name with the letters of the system. */
const NAME_START = '.stapler-';
const NAME = /^\.stapler-[A-Za-z0-9]{6}$/;

/** Files in such a folder: complete and unfinished downloads, and those of the lock. */
const OWN_FILE = /^(?:\d+(?:-\d+)?(?:\.part)?|lock-[0-9a-f]{32}(?:\.new)?)$/;
const LOCK_FILE = /^lock-/;

/** A folder without a lock is of a process that was killed while it began; or of one that begins now. */
const MIN_AGE_MS = 60 * 60_000;

/**
 * Runs `task` with a folder for unfinished files, and removes the folder afterwards, together with those of processes that
 * were killed.
 *
 * @param folder Place of the new folder: on the same disk, a complete file only has to be renamed.
 * @param task Gives its files numbers as names, or two with a hyphen, and `.part` after them.
 * @throws The error of `task` or of the disk.
 */
export async function withPartFolder<T>(
  folder: string,
  runtime: Runtime,
  task: (parts: string) => Promise<T>,
): Promise<T> {
  const parts = await mkdtemp(join(folder, NAME_START));
  try {
    const lock = await lockFolder(parts, { runtime });
    // It may have to wait for a living process.
    const cleaning = removeStale(folder, basename(parts), runtime);
    try {
      return await task(parts);
    } finally {
      await cleaning;
      await lock.release();
    }
  } finally {
    await rm(parts, { recursive: true, force: true });
  }
}

/** Removes the folders of processes that were killed. They do no harm, so errors do not matter. */
async function removeStale(folder: string, own: string, runtime: Runtime): Promise<void> {
  const names = await readdir(folder).catch((): string[] => []);
  for (const name of names.filter((each) => NAME.test(each) && each !== own))
    await removeIfStale(join(folder, name), runtime).catch(() => undefined);
}

/** Removes a folder, unless a living process has it, or it has files of others. */
async function removeIfStale(path: string, runtime: Runtime): Promise<void> {
  const facts = await lstat(path);
  const files = facts.isDirectory() ? await readdir(path) : ['not ours'];
  if (!files.every((file) => OWN_FILE.test(file))) return;
  const hasLock = files.some((file) => LOCK_FILE.test(file));
  if (!hasLock && runtime.now() - facts.mtimeMs < MIN_AGE_MS) return;
  const lock = await lockFolder(path, { runtime });
  try {
    await rm(path, { recursive: true, force: true });
  } finally {
    await lock.release();
  }
}
