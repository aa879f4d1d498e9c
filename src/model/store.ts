/** State outside the screen: read it, watch it, and change it by actions only. */
export interface Store<State, Action> {
  /** The state now; the same object until something changed. */
  readonly getSnapshot: () => State;
  /** Calls `listener` after changes; returns the way to stop that. */
  readonly subscribe: (listener: () => void) => () => void;
  readonly dispatch: (action: Action) => void;
}

/**
 * A store with one reducer.
 *
 * @param announce Runs what it is given soon, once: `requestAnimationFrame` in a page, so that a thousand changes in
 *   a frame are told once. The state itself changes at once.
 */
export function createStore<State, Action>(
  reduce: (state: State, action: Action) => State,
  initial: State,
  announce: (tell: () => void) => void,
): Store<State, Action> {
  const listeners = new Set<() => void>();
  let state = initial;
  let announced = true;

  function tell(): void {
    announced = true;
    for (const listener of listeners) listener();
  }

  return {
    getSnapshot: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispatch(action) {
      const next = reduce(state, action);
      if (next === state) return;
      state = next;
      if (!announced) return;
      announced = false;
      announce(tell);
    },
  };
}
