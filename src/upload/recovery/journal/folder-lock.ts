import { randomBytes } from 'node:crypto';
import { readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { is } from 'valibot';
import { sleep } from '../../../base/async';
import type { Runtime } from '../../../base/runtime';
import { nameSchema, objectOf, positiveSchema, textSchema } from '../../../base/schema';
import { createFolder, FILE_MODE, isMissing, UNFINISHED } from './folder-disk';
import type { Processes } from './processes';
import { systemProcesses } from './processes';

/** Another process has the folder. */
export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError';

  /**
   * @param pid 0 if unknown.
   * @param host Empty if unknown.
   */
  constructor(
    readonly folder: string,
    readonly pid: number,
    readonly host: string,
  ) {
    super(`The folder ${folder} is in use by process ${pid} on ${host || 'an unknown host'}.`);
  }
}

/** Exclusive use of a folder by this process. */
export interface FolderLock {
  /** Unique name of this use, 32 letters and digits. */
  readonly token: string;
  /** Whether it is still valid. It may end if the process slept and another host took over. Never rejects. */
  readonly isHeld: () => Promise<boolean>;
  /** Whether it is known to have ended in this way. */
  readonly isLost: () => boolean;
  /** Ends it. Never rejects. */
  readonly release: () => Promise<void>;
}

/** Options of `lockFolder`. */
export interface LockOptions {
  readonly runtime: Runtime;
  /** For tests. Default: those of the system. */
  readonly processes?: Processes | undefined;
}

/** Process in a lock file. */
interface Owner {
  readonly pid: number;
  readonly host: string;
  /** See `Processes.startOf`. Empty if unknown. */
  readonly startedAs: string;
  readonly token: string;
}

const ownerSchema = objectOf<Owner>({
  pid: positiveSchema,
  host: textSchema,
  startedAs: textSchema,
  token: nameSchema,
});

/** A lock file, and the token in its name. */
const LOCK_FILE = /^lock-([0-9a-f]{32})$/;

/** Interval of the heartbeat. */
const HEARTBEAT_MS = 30_000;

/** Owners on other hosts without a heartbeat for this time are gone. Clocks of hosts differ. */
const MAX_SILENCE_MS = 300_000;

/** Time to wait for other owners: processes that started together withdraw and try again. */
const MAX_WAIT_MS = 1_000;

/** Time to stay announced beside others. They withdraw much faster. */
const MAX_ANNOUNCED_MS = 200;

/** Longest delay between two attempts. */
const MAX_RETRY_MS = 50;

/** Tokens of this process. A process id alone may be of an earlier life: in a container, it is always the same. */
const ownTokens = new Set<string>();

/**
 * Locks a folder for this process.
 *
 * Each process announces itself by a file under a name of its own, complete from the start, and lists the files after
 * that. Without another living owner in its list, it has the folder. Two processes cannot have it: the one with the
 * later file sees the earlier one. There is no file to take over, so an owner that died is only ignored and removed.
 *
 * @param folder Created unless it exists.
 * @throws FolderInUseError if another process has it.
 */
export async function lockFolder(
  folder: string,
  { runtime, processes = systemProcesses }: LockOptions,
): Promise<FolderLock> {
  await createFolder(folder);
  const token = randomBytes(16).toString('hex');
  const attempt: Attempt = { folder, token, runtime, processes };
  const until = runtime.now() + MAX_WAIT_MS;
  ownTokens.add(token);
  try {
    for (;;) {
      // Without an announcement while there is another: processes that started together would disturb each other.
      let [other] = await readOthers(attempt);
      if (!other) {
        await announce(attempt);
        other = await waitForOthers(attempt);
        if (!other) return await hold(attempt);
        await withdraw(attempt);
      }
      if (runtime.now() >= until) throw new FolderInUseError(folder, other.pid, other.host);
      await sleep(runtime, (0.1 + runtime.random()) * MAX_RETRY_MS);
    }
  } catch (error) {
    await withdraw(attempt);
    ownTokens.delete(token);
    throw error;
  }
}

interface Attempt {
  readonly folder: string;
  readonly token: string;
  readonly runtime: Runtime;
  readonly processes: Processes;
}

async function announce({ folder, token, runtime, processes }: Attempt): Promise<void> {
  const { pid, host, startOf } = processes;
  const owner: Owner = { pid, host, startedAs: startOf(pid) ?? '', token };
  const path = pathOf(folder, token);
  await writeFile(path + UNFINISHED, JSON.stringify(owner), { mode: FILE_MODE });
  await touch(path + UNFINISHED, runtime.now());
  await rename(path + UNFINISHED, path);
}

async function withdraw({ folder, token }: Attempt): Promise<void> {
  const path = pathOf(folder, token);
  for (const each of [path, path + UNFINISHED]) await rm(each, { force: true }).catch(() => undefined);
}

/**
 * Waits until other announcements are withdrawn, if this one has the smallest token: then one of them succeeds.
 *
 * @returns Another owner that remains; `undefined` if there is none.
 */
async function waitForOthers(attempt: Attempt): Promise<Owner | undefined> {
  const { token, runtime } = attempt;
  const until = runtime.now() + MAX_ANNOUNCED_MS;
  for (;;) {
    const others = await readOthers(attempt);
    const [other] = others;
    const isFirst = others.every((each) => token < each.token);
    if (!other || !isFirst || runtime.now() >= until) return other;
    await sleep(runtime, MAX_RETRY_MS / 5);
  }
}

/** Returns the other living owners, and removes the files of those that are gone. */
async function readOthers({ folder, token, runtime, processes }: Attempt): Promise<readonly Owner[]> {
  const tokens = (await readdir(folder)).flatMap((name) => LOCK_FILE.exec(name)?.[1] ?? []);
  const owners = await Promise.all(
    tokens.filter((each) => each !== token).map((each) => readOwner(folder, each, runtime.now(), processes)),
  );
  return owners.filter((owner) => owner !== undefined);
}

/** Returns the owner of a lock file, or removes the file if its owner is gone. */
async function readOwner(
  folder: string,
  token: string,
  now: number,
  processes: Processes,
): Promise<Owner | undefined> {
  const path = pathOf(folder, token);
  try {
    const owner = parseOwner(await readFile(path, 'utf8'), token);
    const isAlive =
      owner.host === processes.host
        ? isRunning(owner, processes)
        : now - (await stat(path)).mtimeMs <= MAX_SILENCE_MS;
    if (isAlive) return owner;
    await rm(path, { force: true });
  } catch (error) {
    // Released meanwhile.
    if (!isMissing(error)) throw error;
  }
  return undefined;
}

/** An unreadable owner counts as one on another host. */
function parseOwner(text: string, token: string): Owner {
  try {
    const value: unknown = JSON.parse(text);
    if (is(ownerSchema, value) && value.token === token) return value;
  } catch {
    // Damaged.
  }
  return { pid: 0, host: '', startedAs: '', token };
}

/** Whether an owner on this host is still running. */
function isRunning({ pid, token, startedAs }: Owner, processes: Processes): boolean {
  if (pid === processes.pid) return ownTokens.has(token);
  if (!processes.isRunning(pid)) return false;
  const start = processes.startOf(pid);
  // Another process may have got the same id.
  return startedAs === '' || start === undefined || start === startedAs;
}

/** Keeps the lock until it is released. */
async function hold(attempt: Attempt): Promise<FolderLock> {
  const { folder, token, runtime } = attempt;
  const { now, setTimer } = runtime;
  const path = pathOf(folder, token);
  let touchedAt = now();
  let isLost = false;
  let stopTimer: () => void = () => undefined;
  // They do no harm, so errors do not matter.
  await removeUnfinished(folder, now() - MAX_SILENCE_MS).catch(() => undefined);

  /** Only a missing file is the end: another host has removed it. */
  async function beat(): Promise<void> {
    const startedAt = now();
    try {
      await touch(path, startedAt);
      touchedAt = startedAt;
    } catch (error) {
      if (isMissing(error)) isLost = true;
    }
  }

  function beatLater(): void {
    stopTimer = setTimer(HEARTBEAT_MS, () => {
      beatLater();
      void beat();
    });
  }

  beatLater();
  return {
    token,

    async isHeld() {
      if (now() - touchedAt > MAX_SILENCE_MS / 2) await beat();
      return !isLost;
    },

    isLost: () => isLost,

    async release() {
      stopTimer();
      await withdraw(attempt);
      ownTokens.delete(token);
    },
  };
}

/** Removes the unfinished files of processes that were killed. */
async function removeUnfinished(folder: string, before: number): Promise<void> {
  const names = (await readdir(folder)).filter(
    (name) => name.endsWith(UNFINISHED) && LOCK_FILE.test(name.slice(0, -UNFINISHED.length)),
  );
  await Promise.all(
    names.map(async (name) => {
      const { mtimeMs } = await stat(join(folder, name));
      if (mtimeMs < before) await rm(join(folder, name), { force: true });
    }),
  );
}

async function touch(path: string, time: number): Promise<void> {
  await utimes(path, new Date(time), new Date(time));
}

function pathOf(folder: string, token: string): string {
  return join(folder, `lock-${token}`);
}
