import type { Runtime } from '../../src/base/runtime';
import { flush } from './deferred';

/** A runtime with clock, random numbers and network controlled by the test. */
export interface FakeRuntime extends Runtime {
  /** The random number, from 0 (inclusive) to 1 (exclusive). Initially 0.5. */
  chance: number;
  /** Advances the clock and runs each due timer at its time. */
  pass(ms: number): Promise<void>;
  /** Adjusts the clock without running timers, as when the system corrects its time. */
  setClock(byMs: number): void;
  goOffline(): Promise<void>;
  goOnline(): Promise<void>;
  /** The person comes back to the page. */
  comeBack(): Promise<void>;
  /** The person leaves the page, and the browser keeps it; or comes back to it. */
  freeze(): Promise<void>;
  restore(): Promise<void>;
  /** Delays of the pending timers, in the order of their creation. */
  delays(): readonly number[];
}

/** Creates a runtime. Its clock starts at one million and stands still until the test advances it. */
export function createFakeRuntime(): FakeRuntime {
  let clock = 1_000_000;
  /** Monotonic clock of the timers. */
  let elapsed = 0;
  let calls: { readonly due: number; readonly delayMs: number; readonly call: () => void }[] = [];
  const listeners: ((isOnline: boolean) => void)[] = [];
  const returnListeners: (() => void)[] = [];
  const freezeListeners: ((isFrozen: boolean) => void)[] = [];

  async function tell(isOnline: boolean): Promise<void> {
    for (const listener of listeners) listener(isOnline);
    await flush();
  }

  async function tellFrozen(isFrozen: boolean): Promise<void> {
    for (const listener of freezeListeners) listener(isFrozen);
    await flush();
  }

  function advanceTo(time: number): void {
    clock += time - elapsed;
    elapsed = time;
  }

  const machine: FakeRuntime = {
    chance: 0.5,
    now: () => clock,
    setTimer(delayMs, call) {
      const timer = { due: elapsed + delayMs, delayMs, call };
      calls.push(timer);
      return () => void (calls = calls.filter((each) => each !== timer));
    },
    random: () => machine.chance,
    onConnectivity: (listener) => void listeners.push(listener),
    onReturn: (listener) => void returnListeners.push(listener),
    onFreeze: (listener) => void freezeListeners.push(listener),
    async pass(ms) {
      await flush();
      const end = elapsed + ms;
      for (;;) {
        const due = calls.filter((each) => each.due <= end).sort((a, b) => a.due - b.due)[0];
        if (!due) break;
        calls = calls.filter((each) => each !== due);
        advanceTo(due.due);
        due.call();
        await flush();
      }
      advanceTo(end);
      await flush();
    },
    setClock: (byMs) => void (clock += byMs),
    goOffline: () => tell(false),
    goOnline: () => tell(true),
    async comeBack() {
      for (const listener of returnListeners) listener();
      await flush();
    },
    freeze: () => tellFrozen(true),
    restore: () => tellFrozen(false),
    delays: () => calls.map(({ delayMs }) => delayMs),
  };
  return machine;
}
