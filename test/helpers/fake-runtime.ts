import type { Runtime } from '../../src/base/runtime';
import { flush } from './deferred';

/** Clock, dice and network of a machine in the hands of the test. */
export interface FakeRuntime extends Runtime {
  /** What the dice show, from 0 (inclusive) to 1 (exclusive). Half at first. */
  chance: number;
  /** Lets so many milliseconds go by; whatever falls due on the way happens at its time. */
  pass(ms: number): Promise<void>;
  /** Puts the clock forward or back and calls nobody, as when a machine corrects its time. */
  setClock(byMs: number): void;
  goOffline(): Promise<void>;
  goOnline(): Promise<void>;
  /** How long the calls that are still to come were put off, in the order in which they were asked for. */
  delays(): readonly number[];
}

/** Such a machine; its clock begins at one million and stands still until the test moves it. */
export function createFakeRuntime(): FakeRuntime {
  let clock = 1_000_000;
  /** What timers go by: nobody can put it back. */
  let elapsed = 0;
  let calls: { readonly due: number; readonly delayMs: number; readonly call: () => void }[] = [];
  const listeners: ((isOnline: boolean) => void)[] = [];

  async function tell(isOnline: boolean): Promise<void> {
    for (const listener of listeners) listener(isOnline);
    await flush();
  }

  function goOnTo(time: number): void {
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
    async pass(ms) {
      await flush();
      const end = elapsed + ms;
      for (;;) {
        const due = calls.filter((each) => each.due <= end).sort((a, b) => a.due - b.due)[0];
        if (!due) break;
        calls = calls.filter((each) => each !== due);
        goOnTo(due.due);
        due.call();
        await flush();
      }
      goOnTo(end);
      await flush();
    },
    setClock: (byMs) => void (clock += byMs),
    goOffline: () => tell(false),
    goOnline: () => tell(true),
    delays: () => calls.map(({ delayMs }) => delayMs),
  };
  return machine;
}
