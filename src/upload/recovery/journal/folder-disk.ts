import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Files of one folder. A seam: tests kill the process in the middle of a call.
 *
 * A killed process loses no completed call, since the system keeps what was written. Calls on one file must not overlap.
 */
export interface FolderDisk {
  /** Names of all files. */
  readonly list: () => Promise<readonly string[]>;
  /** Returns the bytes of a file, or `undefined` if it is missing. */
  readonly read: (name: string) => Promise<Buffer | undefined>;
  /**
   * Appends to a file, or creates it. The file is unchanged after an error; if the process is killed, it may get a
   * part of the text.
   */
  readonly append: (name: string, text: string) => Promise<void>;
  /** Replaces or creates a file: all or nothing. */
  readonly replace: (name: string, data: string | Uint8Array) => Promise<void>;
  /** Removes a file, if it exists. */
  readonly remove: (name: string) => Promise<void>;
  /** Closes open files. Nothing can be appended after that. */
  readonly close: () => Promise<void>;
}

/** Only the user may enter the folder. */
const FOLDER_MODE = 0o700;

/** Only the user may read a file. */
export const FILE_MODE = 0o600;

/** End of the name of an unfinished file, removed by the next process. */
export const UNFINISHED = '.new';

/** Creates a folder, unless it exists. */
export async function createFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
}

/** Whether `error` is of the system, with this code. */
export function hasCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}

/** Whether a file or folder does not exist. */
export function isMissing(error: unknown): boolean {
  return hasCode(error, 'ENOENT');
}

/** Opens a folder, or creates it. */
export async function openFolderDisk(folder: string): Promise<FolderDisk> {
  await createFolder(folder);
  const appended = new Map<string, AppendedFile>();
  let isClosed = false;

  function assertOpen(): void {
    if (isClosed) throw new Error(`The folder ${folder} is closed.`);
  }

  async function closeFile(name: string): Promise<void> {
    await appended.get(name)?.close();
    appended.delete(name);
  }

  return {
    list: () => readdir(folder),

    async read(name) {
      try {
        return await readFile(join(folder, name));
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },

    async append(name, text) {
      // Work that ends late must not open a file again: it would stay open, and the folder may belong to another process.
      assertOpen();
      let file = appended.get(name);
      if (!file) {
        file = await openAppendedFile(join(folder, name));
        appended.set(name, file);
        if (isClosed) await closeFile(name);
        assertOpen();
      }
      await file.append(text);
    },

    async replace(name, data) {
      const path = join(folder, name);
      await writeAside(path + UNFINISHED, data);
      // Windows does not replace an open file.
      await closeFile(name);
      await rename(path + UNFINISHED, path);
    },

    async remove(name) {
      await closeFile(name);
      await rm(join(folder, name), { force: true });
    },

    async close() {
      isClosed = true;
      await Promise.all([...appended.keys()].map(closeFile));
    },
  };
}

/** Writes a file, and waits until it is on the disk. */
async function writeAside(path: string, data: string | Uint8Array): Promise<void> {
  const handle = await open(path, 'w', FILE_MODE);
  try {
    await handle.writeFile(data);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

interface AppendedFile {
  readonly append: (text: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

async function openAppendedFile(path: string): Promise<AppendedFile> {
  const handle: FileHandle = await open(path, 'a', FILE_MODE);
  let size = await sizeOf(handle);
  let failure: unknown;

  return {
    async append(text) {
      if (failure) throw failure as Error;
      const bytes = Buffer.from(text);
      try {
        await handle.writeFile(bytes);
        size += bytes.length;
      } catch (error) {
        // A full disk may have taken a part, and a line after it would be unreadable.
        await handle.truncate(size).catch(() => (failure = error));
        throw error;
      }
    },
    close: () => handle.close(),
  };
}

/** Closes the file if its size cannot be read. */
async function sizeOf(handle: FileHandle): Promise<number> {
  try {
    return (await handle.stat()).size;
  } catch (error) {
    await handle.close();
    throw error;
  }
}
