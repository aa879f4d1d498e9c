/** Locks of the runs that a page works on: other tabs of the browser can tell. */
export interface RunLocks {
  /** Runs a task with the lock of a run. Without locks, or if another page has it, just runs the task. */
  readonly hold: (id: string, task: () => Promise<void>) => Promise<void>;
  /** Whether no page works on a run, as far as the browser tells. */
  readonly isFree: (id: string) => Promise<boolean>;
}

const lockOf = (id: string): string => `stapler-clean-up ${id}`;

/**
 * Creates the locks. They only inform: the record of a run refuses the changes of a second page.
 *
 * @param locks `undefined` if the browser has none.
 */
export function createRunLocks(locks: LockManager | undefined): RunLocks {
  return {
    async hold(id, task) {
      let work: Promise<void> | undefined;
      const run = (): Promise<void> => (work ??= task());
      // A refusal comes before the task.
      await locks?.request(lockOf(id), { ifAvailable: true }, run).catch(() => undefined);
      await run();
    },

    async isFree(id) {
      if (!locks) return true;
      // Shared: two pages that look at the same time do not see each other.
      return locks
        .request(lockOf(id), { mode: 'shared', ifAvailable: true }, (lock) => lock !== null)
        .catch(() => true);
    },
  };
}
