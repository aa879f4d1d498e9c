import { useSyncExternalStore } from 'use-sync-external-store/shim';

/** Observable immutable value, the base class of stateful classes of this page. */
export abstract class Store<State> {
  #state: State;
  readonly #listeners = new Set<() => void>();

  constructor(initial: State) {
    this.#state = initial;
  }

  get state(): State {
    return this.#state;
  }

  /** Calls `listener` after each change; returns a function to unsubscribe. */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  protected update(change: Partial<State>): void {
    this.#state = { ...this.#state, ...change };
    // A component removed by an earlier listener must not be notified.
    for (const listener of [...this.#listeners]) if (this.#listeners.has(listener)) listener();
  }
}

/** The store's present state; the component renders again when it changes. */
export function useStore<State>(store: Store<State>): State {
  return useSyncExternalStore(store.subscribe, () => store.state);
}
