import type { Runtime } from './runtime';
import { browserRuntime } from './runtime';

/**
 * Creates the runtime of Node. Its timers keep the process alive. A process sees no change of the network, no person
 * who comes back, and no cache of pages.
 */
export function createNodeRuntime(): Runtime {
  const { now, setTimer, random } = browserRuntime;
  const never = (): void => undefined;
  return { now, setTimer, random, onConnectivity: never, onReturn: never, onFreeze: never };
}

/** A runtime whose timers can be cleared: a timer without a purpose would keep the program alive. */
export function withClearedTimers(runtime: Runtime): {
  readonly runtime: Runtime;
  readonly clearTimers: () => void;
} {
  const pending = new Set<() => void>();
  let isOver = false;
  return {
    runtime: {
      ...runtime,
      setTimer(delayMs, callback) {
        if (isOver) return () => undefined;
        const clear = runtime.setTimer(delayMs, () => {
          pending.delete(clear);
          callback();
        });
        pending.add(clear);
        return () => {
          pending.delete(clear);
          clear();
        };
      },
    },
    clearTimers() {
      isOver = true;
      for (const clear of pending) clear();
      pending.clear();
    },
  };
}
