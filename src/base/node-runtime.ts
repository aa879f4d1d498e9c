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
