import type { Journal, JournalOptions } from './journal';
import { createJournal } from './journal';
import { fingerprintOf } from './fingerprint';
import { openIndexedDbStore } from './indexed-db-store';
import type { JournalChannel, JournalStore } from './journal-store';
import type { RecoveryInbox, RecoveryInboxOptions } from './recovery-inbox';
import { createRecoveryInbox } from './recovery-inbox';
import type { Leases } from './leases';
import { createTimedLeases, createLockLeases } from './leases';

/** Where the browser does not say how much is free, in bytes. */
const DEFAULT_BUDGET = 256 * 1024 * 1024;

/** The journal by way of the browser. */
export function createBrowserJournal(options: Pick<JournalOptions, 'owner' | 'runtime' | 'onLost'>): Journal {
  const { owner, runtime } = options;
  return createJournal({
    ...options,
    openStore: openIndexedDbStore,
    createLeases: (store) => createLeases(store, owner, runtime),
    channel: browserChannel(),
    readBudget,
    fingerprintOf,
  });
}

/** What is left in it, by way of the browser. `partition`: see `Journal.open`. */
export function createBrowserRecoveryInbox(
  options: Pick<RecoveryInboxOptions, 'owner' | 'runtime'>,
  partition: () => Promise<string | undefined>,
): RecoveryInbox {
  const { owner, runtime } = options;
  return createRecoveryInbox({
    ...options,
    channel: browserChannel(),
    async open() {
      const ofWhom = await partition();
      if (ofWhom === undefined) throw new Error('Nobody knows whose journal it is.');
      const store = await openIndexedDbStore(ofWhom, () => undefined);
      const leases = createLeases(store, owner, runtime);
      await leases.acquire();
      return { store, leases };
    },
  });
}

/** None where the browser has no such thing: tabs then find out when they look the next time. */
function browserChannel(): JournalChannel | undefined {
  if (!('BroadcastChannel' in window)) return undefined;
  const channel = new BroadcastChannel('stapler-journal');
  return {
    notify: () => channel.postMessage(''),
    onNotify: (listener) => channel.addEventListener('message', listener),
  };
}

function createLeases(store: JournalStore, owner: string, runtime: JournalOptions['runtime']): Leases {
  // Missing where a server is reached by plain HTTP.
  return 'locks' in navigator
    ? createLockLeases(navigator.locks, owner)
    : createTimedLeases(store, owner, runtime);
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
