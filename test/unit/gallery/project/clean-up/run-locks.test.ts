import { createRunLocks } from '../../../../../src/gallery/project/clean-up/run-locks';

/** Locks of one browser, shared by its pages. */
function createLocks(): LockManager {
  const held = new Set<string>();
  return {
    request: async (name: string, _: LockOptions, callback: (lock: Lock | null) => unknown) => {
      if (held.has(name)) return callback(null);
      held.add(name);
      try {
        return await callback({ name, mode: 'exclusive' });
      } finally {
        held.delete(name);
      }
    },
  } as LockManager;
}

test('RunLocks tell other pages that a run is in progress, until it ends', async () => {
  const locks = createLocks();
  const [here, there] = [createRunLocks(locks), createRunLocks(locks)];
  let end = (): void => undefined;
  const held = here.hold('a', () => new Promise((resolve) => (end = resolve)));
  expect([await there.isFree('a'), await there.isFree('b')]).toEqual([false, true]);
  end();
  await held;
  expect(await there.isFree('a')).toBe(true);
});

test.each<[string, LockManager | undefined]>([
  ['are missing', undefined],
  ['are denied', { request: () => Promise.reject(new Error('Denied.')) } as unknown as LockManager],
])('RunLocks run the task once if the locks of the browser %s', async (_, locks) => {
  const task = jest.fn(() => Promise.resolve());
  await createRunLocks(locks).hold('a', task);
  expect(task).toHaveBeenCalledTimes(1);
  expect(await createRunLocks(locks).isFree('a')).toBe(true);
});

test('RunLocks pass on the failure of a task', async () => {
  const fail = (): Promise<void> => Promise.reject(new Error('Failed.'));
  await expect(createRunLocks(createLocks()).hold('a', fail)).rejects.toThrow('Failed.');
});
