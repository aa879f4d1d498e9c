import { randomBytes } from 'node:crypto';
import { withClearedTimers } from '../../../base/node-runtime';
import type { Runtime } from '../../../base/runtime';
import { recordFingerprint } from '../../source-guard';
import type { FileStore } from './file-store';
import { openFileStore } from './file-store';
import type { FolderDisk } from './folder-disk';
import type { FolderLock } from './folder-lock';
import { FolderInUseError, lockFolder } from './folder-lock';
import type { Journal, JournalOptions } from './journal';
import { createJournal } from './journal';
import type { JournalStore } from './journal-store';
import type { Leases } from './leases';
import type { Processes } from './processes';

/** Journal in a folder, for a program. */
export interface FolderJournal {
  /** Opened. Its `state.kind` is `memory` if the folder stores nothing, from the start or since an error. */
  readonly journal: Journal;
  /** Name of this process in the journal. Prefixes of upload ids begin with it and a dash. */
  readonly owner: string;
  /** Returns why nothing is stored; `undefined` if the journal works. */
  readonly getFailure: () => unknown;
  /** Writes all changes, closes the files and releases the folder. The journal is unusable afterwards. Never rejects. */
  readonly close: () => Promise<void>;
}

/** Dependencies of `openFolderJournal`. */
export interface FolderJournalOptions extends Pick<JournalOptions, 'onLost'> {
  /** Created unless it exists. Of this journal only. */
  readonly folder: string;
  readonly runtime: Runtime;
  /** For tests. Default: those of the system. */
  readonly processes?: Processes | undefined;
  /** For tests. Default: the folder itself. */
  readonly disk?: FolderDisk | undefined;
}

/** No bytes are stored, not even of an empty file: files are on the disk already. */
const NO_BUDGET = -1;

/** The folder has one user and one organization. */
const PARTITION = 'folder';

/**
 * Opens the journal in a folder. Interrupted runs are in its state then.
 *
 * @throws FolderInUseError if another process has the folder.
 */
export async function openFolderJournal(options: FolderJournalOptions): Promise<FolderJournal> {
  const { folder, onLost, processes, disk } = options;
  const { runtime, clearTimers } = withClearedTimers(options.runtime);
  let failure: unknown;
  let store: FileStore | undefined;
  let isClosed = false;

  function fail(error: unknown): void {
    if (!isClosed) failure ??= error;
  }

  const lock = await lockFolder(folder, { runtime: options.runtime, processes }).catch((error: unknown) => {
    if (error instanceof FolderInUseError) throw error;
    fail(error);
    return undefined;
  });
  const owner = lock?.token ?? randomBytes(16).toString('hex');

  async function openStore(_partition: string, onGone: () => void): Promise<JournalStore> {
    try {
      if (!lock) throw failure as Error;
      store = await openFileStore(folder, runtime.now(), disk);
      return guarded(store, lock, (error, call) => {
        fail(error);
        // A run without its plan cannot be resumed.
        if (call === 'keepFile') onGone();
      });
    } catch (error) {
      fail(error);
      throw error;
    }
  }

  const journal = createJournal({
    owner,
    openStore,
    createLeases: () => createFolderLeases(owner, lock),
    readBudget: () => Promise.resolve(NO_BUDGET),
    fingerprintOf: recordFingerprint,
    runtime,
    onLost,
  });
  await journal.open(PARTITION);

  return {
    journal,
    owner,
    getFailure: () => failure,

    async close() {
      await journal.flush();
      isClosed = true;
      clearTimers();
      await store?.close().catch(() => undefined);
      await lock?.release();
    },
  };
}

/** Checks the lock before each call, and reports errors. */
function guarded(
  store: FileStore,
  lock: FolderLock,
  onError: (error: unknown, call: keyof JournalStore) => void,
): JournalStore {
  type Call = (...args: unknown[]) => Promise<unknown>;
  const guard =
    (name: string, call: Call): Call =>
    async (...args) => {
      try {
        if (!(await lock.isHeld())) throw new Error('Another process has taken over the folder.');
        return await call(...args);
      } catch (error) {
        onError(error, name as keyof JournalStore);
        throw error;
      }
    };
  const calls = Object.entries(store) as [string, Call][];
  return Object.fromEntries(
    calls.map(([name, call]) => [name, guard(name, call)]),
  ) as unknown as JournalStore;
}

/** The lock of the folder is the lease: all other owners are gone. */
function createFolderLeases(me: string, lock: FolderLock | undefined): Leases {
  return {
    acquire: () => Promise.resolve(),
    expiredAmong: (owners) => Promise.resolve(new Set([...owners].filter((owner) => owner !== me))),
    onExpired: () => undefined,
    mayHaveExpired: () => lock?.isLost() ?? false,
  };
}
