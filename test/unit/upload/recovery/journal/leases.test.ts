import type { Leases } from '../../../../../src/upload/recovery/journal/leases';
import { createMemoryStore } from '../../../../../src/upload/recovery/journal/memory-store';
import {
  createLeases,
  createLockLeases,
  createTimedLeases,
} from '../../../../../src/upload/recovery/journal/leases';
import { createLocks } from '../../../../helpers/browser-locks';
import { flush } from '../../../../helpers/deferred';
import { createFakeRuntime } from '../../../../helpers/fake-runtime';

describe('createLockLeases', () => {
  test('reports owners without a lock as expired, but never itself', async () => {
    const { locks, kill } = createLocks();
    const me = createLockLeases(locks, 'me', createFakeRuntime());
    const you = createLockLeases(locks, 'you', createFakeRuntime());
    await you.acquire();
    const all = new Set(['me', 'you', 'gone']);
    expect(await me.expiredAmong(all)).toEqual(new Set(['gone']));
    await me.acquire();
    expect(await you.expiredAmong(all)).toEqual(new Set(['gone']));
    await kill('me');
    expect(await you.expiredAmong(all)).toEqual(new Set(['gone', 'me']));
    expect(me.mayHaveExpired()).toBe(false);
  });

  test('calls onExpired once when the lock is released', async () => {
    const { locks, kill } = createLocks();
    const me = createLockLeases(locks, 'me', createFakeRuntime());
    await createLockLeases(locks, 'you', createFakeRuntime()).acquire();
    const onGone = jest.fn();
    me.onExpired('you', onGone);
    await flush();
    expect(onGone).not.toHaveBeenCalled();
    await kill('you');
    expect(onGone).toHaveBeenCalledTimes(1);
    // The watcher releases the lock at once, so that the owner does not seem alive.
    expect(await me.expiredAmong(new Set(['you']))).toEqual(new Set(['you']));
  });

  test('rejects acquire if the browser denies the lock', async () => {
    const locks = {
      request: () => Promise.reject(new DOMException('No.', 'SecurityError')),
    } as unknown as LockManager;
    const me = createLockLeases(locks, 'me', createFakeRuntime());
    await expect(me.acquire()).rejects.toThrow('No.');
    const onGone = jest.fn();
    me.onExpired('you', onGone);
    await flush();
    expect(onGone).not.toHaveBeenCalled();
  });
});

describe('createLockLeases on a page in the back/forward cache', () => {
  /** The page `me` comes back after WebKit has released its locks. */
  async function comeBack(
    locks: ReturnType<typeof createLocks>,
    runtime: ReturnType<typeof createFakeRuntime>,
  ) {
    await runtime.freeze();
    locks.dropWaiting();
    await locks.kill('me');
    await runtime.restore();
  }

  test('acquires the lock again and reports that it may have expired', async () => {
    const locks = createLocks();
    const runtime = createFakeRuntime();
    const me = createLockLeases(locks.locks, 'me', runtime);
    const you = createLockLeases(locks.locks, 'you', createFakeRuntime());
    await me.acquire();
    await runtime.freeze();
    await locks.kill('me');
    expect(me.mayHaveExpired()).toBe(false);
    expect(await you.expiredAmong(new Set(['me']))).toEqual(new Set(['me']));
    await runtime.restore();
    expect(me.mayHaveExpired()).toBe(true);
    expect(await you.expiredAmong(new Set(['me']))).toEqual(new Set());
  });

  test('stays alive for others if the browser has not released the lock', async () => {
    const { locks, kill } = createLocks();
    const runtime = createFakeRuntime();
    const me = createLockLeases(locks, 'me', runtime);
    const you = createLockLeases(locks, 'you', createFakeRuntime());
    await me.acquire();
    await runtime.freeze();
    await runtime.restore();
    expect(await you.expiredAmong(new Set(['me']))).toEqual(new Set());
    await kill('me');
    expect(await you.expiredAmong(new Set(['me']))).toEqual(new Set());
  });

  test('calls onExpired of other owners once, since their release may have gone unnoticed', async () => {
    const locks = createLocks();
    const runtime = createFakeRuntime();
    const me = createLockLeases(locks.locks, 'me', runtime);
    await me.acquire();
    await createLockLeases(locks.locks, 'you', createFakeRuntime()).acquire();
    const onGone = jest.fn();
    me.onExpired('you', onGone);
    await comeBack(locks, runtime);
    expect(onGone).toHaveBeenCalledTimes(1);
    await locks.kill('you');
    expect(onGone).toHaveBeenCalledTimes(1);
  });
});

describe('createLockLeases next to an older version', () => {
  /** Watches an owner as versions before 0.2 do: with an exclusive lock. */
  const watchAsBefore = (locks: LockManager, owner: string): Promise<unknown> =>
    locks.request(`stapler-journal-owner ${owner}`, () => undefined);

  test('sees an owner with watchers of both versions expire', async () => {
    const { locks, kill } = createLocks();
    const me = createLockLeases(locks, 'me', createFakeRuntime());
    await createLockLeases(locks, 'you', createFakeRuntime()).acquire();
    const onGone = jest.fn();
    const old = watchAsBefore(locks, 'you');
    me.onExpired('you', onGone);
    expect(await me.expiredAmong(new Set(['you']))).toEqual(new Set());
    await kill('you');
    await old;
    await flush();
    expect(onGone).toHaveBeenCalledTimes(1);
    expect(await me.expiredAmong(new Set(['you']))).toEqual(new Set(['you']));
  });
});

test('createLockLeases looks at owners and watches them with shared locks', async () => {
  const { locks, modesOf } = createLocks();
  const request = jest.spyOn(locks, 'request');
  const me = createLockLeases(locks, 'me', createFakeRuntime());
  await createLockLeases(locks, 'you', createFakeRuntime()).acquire();
  me.onExpired('you', () => undefined);
  expect(modesOf('you')).toEqual(['exclusive', 'shared']);
  // Two frames that look at the same time see the same.
  const looks = [1, 2].map(() => me.expiredAmong(new Set(['gone'])));
  expect(await Promise.all(looks)).toEqual([new Set(['gone']), new Set(['gone'])]);
  expect(request).toHaveBeenCalledTimes(4);
});

describe('createLeases', () => {
  const denied = {
    request: () => Promise.reject(new DOMException('No.', 'SecurityError')),
  } as unknown as LockManager;

  test.each([
    ['denied', denied],
    ['missing', undefined],
  ])('keeps leases in the store if locks are %s', async (_, locks) => {
    const store = createMemoryStore();
    const runtime = createFakeRuntime();
    const [me, you] = ['me', 'you'].map((name) => createLeases(locks, store, name, runtime)) as [
      Leases,
      Leases,
    ];
    await Promise.all([me.acquire(), you.acquire()]);
    expect([...(await store.readLeases()).keys()]).toEqual(['me', 'you']);
    expect(await me.expiredAmong(new Set(['you', 'gone']))).toEqual(new Set(['gone']));
    const onGone = jest.fn();
    me.onExpired('you', onGone);
    await runtime.pass(5_000);
    expect(onGone).toHaveBeenCalledTimes(1);
    runtime.setClock(20_000);
    expect(me.mayHaveExpired()).toBe(true);
  });

  test('keeps no leases in the store if locks are granted', async () => {
    const store = createMemoryStore();
    await createLeases(createLocks().locks, store, 'me', createFakeRuntime()).acquire();
    expect(await store.readLeases()).toEqual(new Map());
  });

  test('rejects acquire if neither locks nor the store grant a lease', async () => {
    const store = { ...createMemoryStore(), renewLease: () => Promise.reject(new Error('Broken.')) };
    await expect(createLeases(denied, store, 'me', createFakeRuntime()).acquire()).rejects.toThrow('Broken.');
    await expect(createLeases(undefined, store, 'me', createFakeRuntime()).acquire()).rejects.toThrow(
      'Broken.',
    );
  });
});

describe('createTimedLeases', () => {
  function stage() {
    const store = createMemoryStore();
    const runtime = createFakeRuntime();
    const leasesFor = (me: string) => createTimedLeases(store, me, runtime);
    return { store, runtime, leasesFor };
  }

  test('reports owners without a lease or with an overdue one as expired', async () => {
    const { store, runtime, leasesFor } = stage();
    const me = leasesFor('me');
    await me.acquire();
    await store.renewLease('you', runtime.now() + 20_000);
    const all = new Set(['me', 'you', 'gone']);
    expect(await me.expiredAmong(all)).toEqual(new Set(['gone']));
    await runtime.pass(19_999);
    expect(await me.expiredAmong(all)).toEqual(new Set(['gone']));
    await runtime.pass(1);
    expect(await me.expiredAmong(all)).toEqual(new Set(['gone', 'you']));
  });

  test('renews its own lease', async () => {
    const { runtime, leasesFor } = stage();
    const [me, you] = [leasesFor('me'), leasesFor('you')];
    await me.acquire();
    await runtime.pass(60_000);
    expect(await you.expiredAmong(new Set(['me']))).toEqual(new Set());
    expect(me.mayHaveExpired()).toBe(false);
  });

  test('retries a failed renewal', async () => {
    const { store, runtime, leasesFor } = stage();
    const me = createTimedLeases(store, 'me', runtime);
    await me.acquire();
    jest.spyOn(store, 'renewLease').mockRejectedValueOnce(new DOMException('No room.'));
    await runtime.pass(60_000);
    expect(await leasesFor('you').expiredAmong(new Set(['me']))).toEqual(new Set());
    expect(me.mayHaveExpired()).toBe(false);
  });

  test('remembers that its lease may have expired after a long sleep', async () => {
    const { runtime, leasesFor } = stage();
    const me = leasesFor('me');
    await me.acquire();
    runtime.setClock(19_999);
    expect(me.mayHaveExpired()).toBe(false);
    runtime.setClock(1);
    expect(me.mayHaveExpired()).toBe(true);
    await runtime.pass(60_000);
    expect(me.mayHaveExpired()).toBe(true);
  });

  test('remembers a late renewal without a check in between', async () => {
    const { runtime, leasesFor } = stage();
    const me = leasesFor('me');
    await me.acquire();
    runtime.setClock(20_000);
    await runtime.pass(5_000);
    expect(me.mayHaveExpired()).toBe(true);
  });

  test('calls onExpired after the interval of renewals', async () => {
    const { runtime, leasesFor } = stage();
    const onGone = jest.fn();
    leasesFor('me').onExpired('you', onGone);
    await runtime.pass(4_999);
    expect(onGone).not.toHaveBeenCalled();
    await runtime.pass(60_000);
    expect(onGone).toHaveBeenCalledTimes(1);
  });

  test('rejects acquire for a broken store and ignores later failures', async () => {
    const { runtime } = stage();
    const renewLease = jest.fn<Promise<void>, []>();
    const store = { renewLease, readLeases: () => Promise.resolve(new Map<string, number>()) };
    const me = createTimedLeases(store, 'me', runtime);
    renewLease.mockRejectedValueOnce(new Error('Broken.'));
    await expect(me.acquire()).rejects.toThrow('Broken.');
    renewLease.mockResolvedValueOnce(undefined);
    await me.acquire();
    renewLease.mockRejectedValue(new Error('Broken.'));
    await runtime.pass(30_000);
    expect(me.mayHaveExpired()).toBe(true);
  });
});
