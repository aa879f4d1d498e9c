import type { Journal, JournalOptions } from './journal';
import { createJournal } from './journal';
import { fingerprintOf } from './fingerprint';
import { openIndexedDbStore } from './indexed-db-store';
import { createLeaseOwners, createLockOwners } from './owners';

/** Where the browser does not say how much is free, in bytes. */
const DEFAULT_BUDGET = 256 * 1024 * 1024;

/** The journal by way of the browser. */
export function createBrowserJournal(
  options: Pick<JournalOptions, 'owner' | 'surroundings' | 'announce' | 'onLost'>,
): Journal {
  const { owner, surroundings } = options;
  return createJournal({
    ...options,
    openStore: openIndexedDbStore,
    createOwners: (store) =>
      // Missing where a server is reached by plain HTTP.
      'locks' in navigator
        ? createLockOwners(navigator.locks, owner)
        : createLeaseOwners(store, owner, surroundings),
    readBudget,
    fingerprintOf,
  });
}

/** A quarter of what is free, in bytes. */
async function readBudget(): Promise<number> {
  try {
    const { quota = 0, usage = 0 } = await navigator.storage.estimate();
    return Math.max(0, quota - usage) / 4;
  } catch {
    return DEFAULT_BUDGET;
  }
}
