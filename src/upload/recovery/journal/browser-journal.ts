import { addDiagnostics } from '../../../base/diagnostics';
import type { Runtime } from '../../../base/runtime';
import type { Person } from '../../../azure/work-item';
import { recordFingerprint } from '../../source-guard';
import { openFreezableStore } from './freezable-store';
import { openIndexedDbStore } from './indexed-db-store';
import type { Journal, JournalOptions } from './journal';
import { createJournal } from './journal';
import type { JournalChannel, JournalStore } from './journal-store';
import { createLeases } from './leases';
import type { RecoveryInbox, RecoveryInboxOptions } from './recovery-inbox';
import { createRecoveryInbox } from './recovery-inbox';
import { createSendingLock } from './sending-lock';

/** Members of the host for `partitionOf`. */
export interface PartitionHost {
  readonly getPerson: () => Person;
  /** Empty if unknown. */
  readonly getOrganization: () => string;
  readonly getBaseUrl: () => Promise<string>;
  readonly getToken: () => Promise<string>;
}

/**
 * Returns the journal's partition for this user and organization, or `undefined` if either is unknown: file names are
 * private. Never rejects.
 */
export async function partitionOf(host: PartitionHost): Promise<string | undefined> {
  const { id, descriptor } = host.getPerson();
  // Older hosts tell no user (host reference 6.3), but their token does.
  const person = id || descriptor || (await host.getToken().then(userOfToken, () => undefined));
  const organization = host.getOrganization() || (await host.getBaseUrl().catch(() => ''));
  return person && organization ? JSON.stringify([organization, person]) : undefined;
}

/**
 * Returns the user id in a session token; `undefined` if the token is opaque. Not verified: it only selects what this
 * browser has kept, and the server checks each request.
 */
function userOfToken(token: string): string | undefined {
  try {
    const payload = (token.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/');
    const { nameid } = JSON.parse(atob(payload)) as { nameid?: unknown };
    return typeof nameid === 'string' && nameid !== '' ? nameid : undefined;
  } catch {
    return undefined;
  }
}

/** Budget if the browser reports no free space, in bytes. */
const DEFAULT_BUDGET = 256 * 1024 * 1024;

/** Creates the journal of this browser. A lock tells other frames while files are sent. */
export function createBrowserJournal(options: Pick<JournalOptions, 'owner' | 'runtime' | 'onLost'>): Journal {
  const { owner, runtime, onLost } = options;
  const sending = createSendingLock(browserLocks());
  const journal = createJournal({
    ...options,
    onLost(ids) {
      sending.forget(ids);
      onLost(ids);
    },
    openStore: (partition, onGone) => openStore(partition, onGone, runtime),
    createLeases: (store) => createLeases(browserLocks(), store, owner, runtime),
    channel: browserChannel(),
    readBudget,
    fingerprintOf: recordFingerprint,
  });
  addDiagnostics('journal', () => ({ journal: journal.state.getSnapshot().kind }));
  return {
    ...journal,
    update(upload) {
      sending.follow(upload);
      journal.update(upload);
    },
    discard(ids) {
      sending.forget(ids);
      journal.discard(ids);
    },
  };
}

/** Creates the recovery inbox of this browser. `partition`: see `Journal.open`. */
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
      if (!ofWhom) throw new Error('No owner.');
      const store = await openStore(ofWhom, () => undefined, runtime);
      const leases = createLeases(browserLocks(), store, owner, runtime);
      await leases.acquire();
      return { store, leases };
    },
  });
}

function openStore(partition: string, onGone: () => void, runtime: Runtime): Promise<JournalStore> {
  return openFreezableStore(() => openIndexedDbStore(partition, onGone), runtime);
}

/**
 * `undefined` without `BroadcastChannel`: other tabs then see changes at their next refresh. Firefox throws if the user
 * blocks third-party cookies.
 */
function browserChannel(): JournalChannel | undefined {
  const channel = unlessBlocked(() => new BroadcastChannel('stapler-journal'));
  return (
    channel && {
      notify: () => unlessBlocked(() => channel.postMessage('')),
      onNotify: (listener) => channel.addEventListener('message', listener),
    }
  );
}

/** Returns the locks of the browser; `undefined` on servers with plain HTTP. */
export const browserLocks = (): LockManager | undefined =>
  unlessBlocked((): LockManager | undefined => navigator.locks);

/** Returns an optional object of the browser, or `undefined` if it is missing or blocked. */
function unlessBlocked<T>(find: () => T): T | undefined {
  try {
    return find();
  } catch {
    return undefined;
  }
}

/** Returns a quarter of the free space, in bytes. */
async function readBudget(): Promise<number> {
  try {
    const { quota = 0, usage = 0 } = await navigator.storage.estimate();
    return Math.max(0, quota - usage) / 4;
  } catch {
    return DEFAULT_BUDGET;
  }
}
