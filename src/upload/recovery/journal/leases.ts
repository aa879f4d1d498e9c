import type { Runtime } from '../../../base/runtime';
import type { JournalStore } from './journal-store';

/** Who is there to work on what the journal holds: each frame is an owner, for as long as it lives. */
export interface Leases {
  /** Says that this frame is there. Resolves once others can see it. */
  readonly acquire: () => Promise<void>;
  /** Those of `owners` that are gone for sure. */
  readonly expiredAmong: (owners: ReadonlySet<string>) => Promise<ReadonlySet<string>>;
  /** Calls back once, soon after an owner that is there now may have gone. */
  readonly onExpired: (owner: string, callback: () => void) => void;
  /** Whether others may have taken this frame for gone, since it was silent for too long. */
  readonly mayHaveExpired: () => boolean;
}

const lockOf = (owner: string): string => `stapler-journal-owner ${owner}`;

/**
 * By the browser's locks: one that a frame holds is free the moment that the frame is gone, however it went.
 *
 * @param me This frame.
 */
export function createLockLeases(locks: LockManager, me: string): Leases {
  return {
    acquire: () =>
      new Promise((resolve, reject) => {
        const untilTheFrameGoes = (): Promise<never> => {
          resolve();
          return new Promise<never>(() => undefined);
        };
        locks.request(lockOf(me), untilTheFrameGoes).catch(reject);
      }),

    async expiredAmong(owners) {
      const { held = [] } = await locks.query();
      const names = new Set(held.map(({ name }) => name));
      return new Set([...owners].filter((owner) => owner !== me && !names.has(lockOf(owner))));
    },

    onExpired(owner, callback) {
      locks.request(lockOf(owner), () => undefined).then(callback, () => undefined);
    },

    mayHaveExpired: () => false,
  };
}

/** A lease that was not renewed for so long has run out, in milliseconds. */
const LEASE_MS = 20_000;

/** Time between two renewals, in milliseconds. A browser may let a tab in the background wait for a minute. */
const RENEW_MS = 5_000;

/**
 * By leases in the journal, where a browser has no locks. An owner that sleeps for long may be taken for gone: it finds
 * out when it writes the next time.
 */
export function createTimedLeases(
  store: Pick<JournalStore, 'readLeases' | 'renewLease'>,
  me: string,
  { now, setTimer }: Runtime,
): Leases {
  let until = Infinity;
  let hasRunOut = false;

  const mayHaveSeemedGone = (): boolean => (hasRunOut ||= now() >= until);

  async function renew(): Promise<void> {
    mayHaveSeemedGone();
    const next = now() + LEASE_MS;
    await store.renewLease(me, next);
    until = next;
  }

  /** Also after one that went wrong: a store may only lack the room for a while. */
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

    // Nobody tells, so whoever asks has to look again.
    onExpired: (_owner, callback) => setTimer(RENEW_MS, callback),

    mayHaveExpired: mayHaveSeemedGone,
  };
}
