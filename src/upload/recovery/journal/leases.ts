import type { Runtime } from '../../../base/runtime';
import type { JournalStore } from './journal-store';

/** Leases of the journal's owners. Each frame is an owner for its lifetime. */
export interface Leases {
  /** Acquires this frame's lease. Resolves once it is visible to others. */
  readonly acquire: () => Promise<void>;
  /** Returns the owners with an expired lease. */
  readonly expiredAmong: (owners: ReadonlySet<string>) => Promise<ReadonlySet<string>>;
  /** Calls back once, soon after an owner's lease may have expired. */
  readonly onExpired: (owner: string, callback: () => void) => void;
  /** Whether this frame's lease may have expired, now or earlier. */
  readonly mayHaveExpired: () => boolean;
}

const lockOf = (owner: string): string => `stapler-journal-owner ${owner}`;

/** Leases by locks, or in the store if the browser has none or denies them. */
export function createLeases(
  locks: LockManager | undefined,
  store: Pick<JournalStore, 'readLeases' | 'renewLease'>,
  me: string,
  runtime: Runtime,
): Leases {
  const timed = createTimedLeases(store, me, runtime);
  let leases = locks ? createLockLeases(locks, me, runtime) : timed;
  return {
    acquire: () =>
      leases.acquire().catch((error: unknown) => {
        if (leases === timed) throw error;
        leases = timed;
        return timed.acquire();
      }),
    expiredAmong: (owners) => leases.expiredAmong(owners),
    onExpired: (owner, callback) => leases.onExpired(owner, callback),
    mayHaveExpired: () => leases.mayHaveExpired(),
  };
}

/**
 * Leases by Web Locks: the browser releases a frame's lock as soon as the frame is gone. Never calls `query`, since
 * Firefox denies it to third-party frames.
 *
 * @param me Name of this frame.
 */
export function createLockLeases(locks: LockManager, me: string, { onFreeze }: Runtime): Leases {
  const watchers = new Set<() => void>();
  let hasExpired = false;

  const acquire = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const holdForever = (): Promise<never> => {
        resolve();
        return new Promise<never>(() => undefined);
      };
      locks.request(lockOf(me), holdForever).catch(reject);
    });

  async function isFree(owner: string): Promise<boolean> {
    // Shared: two frames that look at the same time do not see each other.
    return locks.request(lockOf(owner), { mode: 'shared', ifAvailable: true }, (lock) => lock !== null);
  }

  onFreeze((isFrozen) => {
    if (isFrozen) return;
    // WebKit has released the locks of the frozen page, and its requests. If the lock is still held, this request waits.
    hasExpired = true;
    acquire().catch(() => undefined);
    for (const call of [...watchers]) call();
  });

  return {
    acquire,

    async expiredAmong(owners) {
      const others = [...owners].filter((owner) => owner !== me);
      const areFree = await Promise.all(others.map(isFree));
      return new Set(others.filter((_, index) => areFree[index]));
    },

    onExpired(owner, callback) {
      const callOnce = (): void => {
        if (watchers.delete(callOnce)) callback();
      };
      watchers.add(callOnce);
      locks.request(lockOf(owner), { mode: 'shared' }, () => undefined).then(callOnce, () => undefined);
    },

    mayHaveExpired: () => hasExpired,
  };
}

/** Lifetime of a lease without renewal. */
const LEASE_MS = 20_000;

/** Interval of renewals. Browsers may throttle it to a minute in background tabs. */
const RENEW_MS = 5_000;

/**
 * Leases in the journal's store, for browsers without Web Locks. The lease of a sleeping frame may expire; the frame
 * learns of it at its next write.
 */
export function createTimedLeases(
  store: Pick<JournalStore, 'readLeases' | 'renewLease'>,
  me: string,
  { now, setTimer }: Runtime,
): Leases {
  let until = Infinity;
  let hasExpired = false;

  const mayHaveSeemedGone = (): boolean => (hasExpired ||= now() >= until);

  async function renew(): Promise<void> {
    mayHaveSeemedGone();
    const next = now() + LEASE_MS;
    await store.renewLease(me, next);
    until = next;
  }

  /** Renews after failures as well: a store may lack space for a while only. */
  function renewLater(): void {
    setTimer(
      RENEW_MS,
      () =>
        void renew()
          .catch(() => undefined)
          .then(renewLater),
    );
  }

  return {
    async acquire() {
      await renew();
      renewLater();
    },

    async expiredAmong(owners) {
      const leases = await store.readLeases();
      return new Set([...owners].filter((owner) => owner !== me && !((leases.get(owner) ?? 0) > now())));
    },

    // Without a notification, the caller has to check again.
    onExpired: (_owner, callback) => setTimer(RENEW_MS, callback),

    mayHaveExpired: mayHaveSeemedGone,
  };
}
