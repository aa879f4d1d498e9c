import type { Store } from '../../base/store';
import { createStore } from '../../base/store';
import type { Runtime } from '../../base/runtime';
import type { Hold, HoldAction } from './hold';
import { NO_HOLD, reduceHold } from './hold';

/** Whatever keeps the whole queue from sending, and those who wait for its end. */
export interface Holding extends Pick<Store<Hold, HoldAction>, 'getSnapshot' | 'subscribe' | 'dispatch'> {
  /** Whether nothing holds the queue. */
  readonly mayGo: () => boolean;
  /** Resolves when nothing holds the queue, or it does not matter any more. */
  readonly mayGoOn: (signal: AbortSignal) => Promise<void>;
  /** Lets those go on that wait, if they may. */
  readonly letGoOn: () => void;
  /** The server asked to be left alone for so long, in milliseconds. `onOver` is called when that time has passed. */
  readonly askedToWait: (delayMs: number, onOver: () => void) => void;
}

/** Nothing holds the queue at first. */
export function createHolding({ now, setTimer }: Runtime): Holding {
  const store = createStore(reduceHold, NO_HOLD);
  const waiting: (() => void)[] = [];
  const mayGo = (): boolean => store.getSnapshot().reason === 'nothing';

  return {
    ...store,
    mayGo,

    mayGoOn(signal) {
      if (mayGo()) return Promise.resolve();
      return new Promise((resolve) => {
        waiting.push(resolve);
        signal.addEventListener('abort', () => resolve());
      });
    },

    letGoOn() {
      if (mayGo()) for (const goOn of waiting.splice(0)) goOn();
    },

    askedToWait(delayMs, onOver) {
      const until = now() + delayMs;
      store.dispatch({ type: 'asked-to-wait', until });
      setTimer(delayMs, () => {
        store.dispatch({ type: 'waited', until });
        onOver();
      });
    },
  };
}
