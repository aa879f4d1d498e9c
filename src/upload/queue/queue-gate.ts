import type { Runtime } from '../../base/runtime';
import type { ReadonlyStore } from '../../base/store';
import { createStore } from '../../base/store';
import type { PauseReason } from '../upload';

/** Events of the gate. */
export type GateAction =
  | { readonly type: 'went-offline' }
  | { readonly type: 'came-online' }
  /** The person overrides the pause. */
  | { readonly type: 'overridden' }
  | { readonly type: 'throttled'; readonly until: number }
  /** The pause until this time has passed. */
  | { readonly type: 'waited'; readonly until: number };

/** The gate is open. */
export const OPEN: PauseReason = { reason: 'nothing' };

/** Offline takes precedence over throttling; the longest `Retry-After` wins. */
export function reduceGate(state: PauseReason, action: GateAction): PauseReason {
  const until = 'until' in state ? state.until : undefined;
  switch (action.type) {
    case 'went-offline':
      return state.reason === 'offline' ? state : { ...state, reason: 'offline' };
    case 'came-online':
      if (state.reason !== 'offline') return state;
      return until === undefined ? OPEN : { reason: 'throttled', until };
    case 'overridden':
      return OPEN;
    case 'throttled':
      if (until !== undefined && until >= action.until) return state;
      return { reason: state.reason === 'offline' ? 'offline' : 'throttled', until: action.until };
    case 'waited':
      if (until !== action.until) return state;
      return state.reason === 'offline' ? { reason: 'offline' } : OPEN;
  }
}

/** Pauses and resumes the whole queue. */
export interface QueueGate extends ReadonlyStore<PauseReason> {
  readonly dispatch: (action: GateAction) => void;
  readonly isOpen: () => boolean;
  /** Resolves when the gate is open, or `signal` is aborted. */
  readonly waitUntilOpen: (signal: AbortSignal) => Promise<void>;
  /** Resolves the promises of `waitUntilOpen`, if the gate is open. */
  readonly releaseWaiters: () => void;
  /** Pauses for `delayMs`, then calls `onOver`. */
  readonly throttle: (delayMs: number, onOver: () => void) => void;
}

/** Creates an open gate. */
export function createQueueGate({ now, setTimer }: Runtime): QueueGate {
  const store = createStore(reduceGate, OPEN);
  const waiters: (() => void)[] = [];
  const isOpen = (): boolean => store.getSnapshot().reason === 'nothing';

  return {
    ...store,
    isOpen,

    waitUntilOpen(signal) {
      if (isOpen()) return Promise.resolve();
      return new Promise((resolve) => {
        waiters.push(resolve);
        signal.addEventListener('abort', () => resolve());
      });
    },

    releaseWaiters() {
      if (isOpen()) for (const resolve of waiters.splice(0)) resolve();
    },

    throttle(delayMs, onOver) {
      const until = now() + delayMs;
      store.dispatch({ type: 'throttled', until });
      setTimer(delayMs, () => {
        store.dispatch({ type: 'waited', until });
        onOver();
      });
    },
  };
}
