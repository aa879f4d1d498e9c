import { useSyncExternalStore } from 'use-sync-external-store/shim';

/** One immutable value that can be watched. Classes of this page that hold state extend it. */
export abstract class Store<State> {
  #state: State;
  readonly #listeners = new Set<() => void>();

  constructor(initial: State) {
    this.#state = initial;
  }

  get state(): State {
    return this.#state;
  }

  /** Calls `listener` after each change; the returned function ends that. */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  protected update(change: Partial<State>): void {
    this.#state = { ...this.#state, ...change };
    // A component that one listener takes away must not be told any more.
    for (const listener of [...this.#listeners]) if (this.#listeners.has(listener)) listener();
  }
}

/** The store's present state; the component renders again when it changes. */
export function useStore<State>(store: Store<State>): State {
  return useSyncExternalStore(store.subscribe, () => store.state);
}
