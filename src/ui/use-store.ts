import { useSyncExternalStore } from 'use-sync-external-store/shim';

/** The state of a store, rendered anew when it is announced to have changed. */
export function useStore<State>(store: {
  readonly subscribe: (listener: () => void) => () => void;
  readonly getSnapshot: () => State;
}): State {
  return useSyncExternalStore(store.subscribe, store.getSnapshot);
}
