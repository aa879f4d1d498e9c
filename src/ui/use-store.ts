import { useSyncExternalStore } from 'use-sync-external-store/shim';

/** Returns the state of a store, and renders again when it changes. */
export function useStore<State>(store: {
  readonly subscribe: (listener: () => void) => () => void;
  readonly getSnapshot: () => State;
}): State {
  return useSyncExternalStore(store.subscribe, store.getSnapshot);
}
