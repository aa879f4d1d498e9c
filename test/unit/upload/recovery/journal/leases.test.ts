import { createMemoryStore } from '../../../../../src/upload/recovery/journal/memory-store';
import { createTimedLeases, createLockLeases } from '../../../../../src/upload/recovery/journal/leases';
import { flush } from '../../../../helpers/deferred';
import { createFakeRuntime } from '../../../../helpers/fake-runtime';

/** Web Locks, as far as leases use them: one holder per name, others queue. */
function createLocks() {
  const held = new Map<string, () => void>();
  const waiting: { readonly name: string; readonly enter: () => void }[] = [];

  async function hold(name: string, callback: () => unknown): Promise<unknown> {
    if (held.has(name)) await new Promise<void>((enter) => waiting.push({ name, enter }));
    const freed = new Promise<undefined>((resolve) => held.set(name, () => resolve(undefined)));
    const result = await Promise.race([callback(), freed]);
    free(name);
    return result;
  }

  function free(name: string): void {
    held.delete(name);
    const next = waiting.findIndex((each) => each.name === name);
    if (next >= 0) waiting.splice(next, 1)[0]?.enter();
  }

  const locks = {
    request: hold,
    query: () => Promise.resolve({ held: [...held.keys()].map((name) => ({ name })), pending: [] }),
  } as unknown as LockManager;

  return {
    locks,
    /** Releases the lock of a closed frame, as the browser does. */
    kill: async (owner: string): Promise<void> => {
      for (const [name, end] of held) if (name.endsWith(` ${owner}`)) end();
      await flush();
    },
  };
}

describe('createLockLeases', () => {
  test('reports owners without a lock as expired, but never itself', async () => {
    const { locks, kill } = createLocks();
    const me = createLockLeases(locks, 'me');
    const you = createLockLeases(locks, 'you');
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
    const me = createLockLeases(locks, 'me');
    await createLockLeases(locks, 'you').acquire();
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
    const me = createLockLeases(locks, 'me');
    await expect(me.acquire()).rejects.toThrow('No.');
    const onGone = jest.fn();
    me.onExpired('you', onGone);
    await flush();
    expect(onGone).not.toHaveBeenCalled();
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
