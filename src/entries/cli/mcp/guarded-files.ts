import { randomBytes } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { copyFile, link, lstat, open, readdir, readlink, realpath, rm, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { numberedName } from '../../../upload/intake/attachment-name';
import { hasCode } from '../../../upload/recovery/journal/folder-disk';
import { safeName } from '../../../gallery/model/entry-names';
import { formatBytes } from '../../../base/format';
import type { PathRules, Root } from './path-guard';
import { checkRealPath, isAllowedName, PathRefusedError, resolvePath } from './path-guard';

/** Numbers to try for a name that exists. */
const MAX_NAME_NUMBER = 1_000;

/** Name of a temporary file, with the number of a volume, unfinished with an end. */
const TEMPORARY = /^\.stapler-[0-9a-f]{16}(?:-\d+)?(?:\.part)?$/;

/** A temporary file without a change for this time is of a server that was killed: downloads have timeouts. */
const MAX_PAUSE_MS = 60 * 60_000;

/** A file inside an allowed folder, open. */
export interface GuardedFile {
  /** Its real path. */
  readonly path: string;
  /** Path to read the bytes from. On Linux it leads to the open file, whatever the names lead to meanwhile. */
  readonly openPath: string;
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  readonly close: () => Promise<void>;
}

/** Access to the files inside of allowed folders. */
export interface GuardedFiles {
  /** Opens a file to read it. @throws PathRefusedError */
  readonly openFile: (text: string) => Promise<GuardedFile>;
  /**
   * Creates a file with the content that `save` writes to a temporary path. An existing name gets a number; nothing is
   * overwritten, and no link is followed.
   *
   * @param folder Default: the first allowed folder.
   * @returns Real path of the new file, and the result of `save`.
   * @throws PathRefusedError, or the error of `save`.
   */
  readonly createFile: <T>(
    order: { readonly folder: string | undefined; readonly name: string; readonly size: number | undefined },
    save: (path: string) => Promise<T>,
  ) => Promise<{ readonly path: string; readonly saved: T }>;
}

/** Settings of `createGuardedFiles`. */
export interface GuardSettings {
  readonly roots: readonly Root[];
  readonly rules: PathRules;
  readonly platform: NodeJS.Platform;
  /** Maximum size of a file, in bytes. */
  readonly maxBytes: number;
  /** Allowed extensions, lower case without the dot. Empty: all. */
  readonly types: ReadonlySet<string>;
  /** Returns the time, in milliseconds since the epoch. */
  readonly now: () => number;
}

/** Creates access to the files inside of allowed folders. */
export function createGuardedFiles(settings: GuardSettings): GuardedFiles {
  const { roots, rules, platform, maxBytes, types, now } = settings;

  function checkKind(name: string, size: number | undefined): void {
    const type = extname(name).slice(1).toLowerCase();
    if (types.size > 0 && !types.has(type)) throw new PathRefusedError('Files of this type are not allowed.');
    if (size !== undefined && size > maxBytes)
      throw new PathRefusedError(
        `The file is larger than ${formatBytes(maxBytes)}, the limit of this server.`,
      );
  }

  /** Returns the real path, which is inside an allowed folder now. It may lead elsewhere a moment later. */
  async function realPathOf(text: string): Promise<string> {
    const real = await realpath(resolvePath(text, roots, rules)).catch(() => {
      throw new PathRefusedError('There is no such file or folder.');
    });
    checkRealPath(real, roots, rules);
    return real;
  }

  /**
   * Opens a path, and checks what was opened: between check and use, a name can be made to lead elsewhere.
   *
   * @returns Path of the open file. On Linux, the kernel leads it to this very file.
   */
  async function openReal(
    real: string,
    flags: number,
  ): Promise<{ readonly handle: FileHandle; readonly facts: BigIntStats; readonly openPath: string }> {
    const handle = await open(real, constants.O_RDONLY | flags).catch(() => {
      throw new PathRefusedError("The file or folder can't be opened.");
    });
    try {
      const openPath = platform === 'linux' ? `/proc/self/fd/${handle.fd}` : real;
      const facts = await handle.stat({ bigint: true });
      await assertSame(real, facts, openPath);
      return { handle, facts, openPath };
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** @throws PathRefusedError if a path leads to another file than the open one. */
  async function assertSame(real: string, { dev, ino }: BigIntStats, openPath: string): Promise<void> {
    const now = await (openPath === real ? realpath(real) : readlink(openPath)).catch(() => undefined);
    const facts = await stat(real, { bigint: true }).catch(() => undefined);
    if (now !== real || facts?.dev !== dev || facts.ino !== ino)
      throw new PathRefusedError('The path changed while it was opened.');
    checkRealPath(now, roots, rules);
  }

  async function openFile(text: string): Promise<GuardedFile> {
    const real = await realPathOf(text);
    // Without O_NONBLOCK, a pipe would wait for its writer. Windows knows neither.
    const flags = platform === 'win32' ? 0 : constants.O_NONBLOCK | constants.O_NOFOLLOW;
    const { handle, facts, openPath } = await openReal(real, flags);
    try {
      if (!facts.isFile()) throw new PathRefusedError('This is no regular file.');
      const name = basename(real);
      const size = Number(facts.size);
      checkKind(name, size);
      return { path: real, openPath, name, size, close: () => handle.close() };
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  async function createFile<T>(
    {
      folder,
      name,
      size,
    }: { readonly folder: string | undefined; readonly name: string; readonly size: number | undefined },
    save: (path: string) => Promise<T>,
  ): Promise<{ readonly path: string; readonly saved: T }> {
    checkKind(name, size);
    const real = await realPathOf(folder ?? '.');
    if (!(await stat(real)).isDirectory()) throw new PathRefusedError('This is no folder.');
    // Windows opens no folders: there, the path is compared afterwards.
    const opened = platform === 'win32' ? undefined : await openReal(real, constants.O_DIRECTORY);
    const facts = opened?.facts ?? (await stat(real, { bigint: true }));
    const openPath = opened?.openPath ?? real;
    const temporary = join(openPath, `.stapler-${randomBytes(8).toString('hex')}`);
    try {
      await removeStale(openPath, now());
      const saved = await save(temporary);
      await assertSame(real, facts, openPath);
      const newName = await giveName(temporary, openPath, visibleName(name));
      return { path: join(real, newName), saved };
    } finally {
      await rm(temporary, { force: true });
      await opened?.handle.close();
    }
  }

  /** A name that is valid everywhere, without a dot in front. */
  function visibleName(name: string): string {
    const safe = safeName(name);
    return isAllowedName(safe, rules) ? safe : `_${safe}`;
  }

  return { openFile, createFile };
}

/** Removes the temporary files of servers that were killed. They do no harm, so errors do not matter. */
async function removeStale(folder: string, now: number): Promise<void> {
  const names = await readdir(folder).catch((): string[] => []);
  for (const path of names.filter((name) => TEMPORARY.test(name)).map((name) => join(folder, name))) {
    const facts = await lstat(path).catch(() => undefined);
    if (facts?.isFile() === true && now - facts.mtimeMs > MAX_PAUSE_MS)
      await rm(path, { force: true }).catch(() => undefined);
  }
}

/** Gives a temporary file its name, or the first free number. Fails with EEXIST for links, too. */
async function giveName(temporary: string, folder: string, name: string): Promise<string> {
  for (let number = 1; number <= MAX_NAME_NUMBER; number++) {
    const candidate = number === 1 ? name : safeName(numberedName(name, number));
    try {
      await linkOrCopy(temporary, join(folder, candidate));
      return candidate;
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw error;
    }
  }
  throw new PathRefusedError('There are too many files of this name.');
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (hasCode(error, 'EEXIST')) throw error;
    // A disk without hard links.
    await copyFile(from, to, constants.COPYFILE_EXCL);
  }
}
