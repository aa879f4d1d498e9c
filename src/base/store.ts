/** Read-only access to observable state. */
export interface ReadonlyStore<State> {
  /** Current state; the same object until it changes. */
  readonly getSnapshot: () => State;
  /**
   * Calls `listener` after changes. Returns the function to unsubscribe.
   *
   * @param when `at-once`: during each change, also in a frame that is never drawn. For logic; drawing uses the default
   *   of the store.
   */
  readonly subscribe: (listener: () => void, when?: 'at-once') => () => void;
}

/** Observable state, changed by actions. */
export interface Store<State, Action> extends ReadonlyStore<State> {
  readonly dispatch: (action: Action) => void;
}

/** New state, or a function to derive it from the current one. */
export type StateUpdate<State> = State | ((state: State) => State);

/** Observable state, replaced as a whole. */
export interface StateStore<State> extends ReadonlyStore<State> {
  readonly setState: (update: StateUpdate<State>) => void;
}

/** Options of a store. */
export interface StoreOptions {
  /**
   * `scheduled`: listeners are called by the scheduler of the page, once for any number of changes. `at-once`: with
   * each change, for text fields, to show each key before the next one. Default: `scheduled`.
   */
  readonly notify?: 'scheduled' | 'at-once';
}

/** Runs `notify` once, soon. */
export type NotifyScheduler = (notify: () => void) => void;

const callAtOnce: NotifyScheduler = (notify) => notify();

let scheduler = callAtOnce;

/** Sets the scheduler of all `scheduled` stores of this page. Default: at once. */
export function setNotifyScheduler(schedule: NotifyScheduler): void {
  scheduler = schedule;
}

/** Listeners of a store. */
export interface Notifier {
  readonly subscribe: ReadonlyStore<unknown>['subscribe'];
  /** Calls all listeners, once for any number of calls until then. */
  readonly notify: () => void;
}

/** Creates the listeners of a store; `options` say when they are called. */
export function createNotifier({ notify: when = 'scheduled' }: StoreOptions = {}): Notifier {
  const listeners = new Set<() => void>();
  const immediateListeners = new Set<() => void>();
  let isScheduled = false;

  function callListeners(): void {
    isScheduled = false;
    for (const listener of listeners) listener();
  }

  return {
    subscribe(listener, time) {
      const added = time === 'at-once' ? immediateListeners : listeners;
      added.add(listener);
      return () => added.delete(listener);
    },
    notify() {
      for (const listener of immediateListeners) listener();
      if (isScheduled) return;
      isScheduled = true;
      (when === 'at-once' ? callAtOnce : scheduler)(callListeners);
    },
  };
}

/** Creates a store with one reducer. The state changes at once; listeners are called as `options` say. */
export function createStore<State, Action>(
  reduce: (state: State, action: Action) => State,
  initial: State,
  options?: StoreOptions,
): Store<State, Action> {
  const { subscribe, notify } = createNotifier(options);
  let state = initial;
  return {
    getSnapshot: () => state,
    subscribe,
    dispatch(action) {
      const next = reduce(state, action);
      if (next === state) return;
      state = next;
      notify();
    },
  };
}

/** Creates a store without actions: its state is replaced as a whole. */
export function createStateStore<State>(initial: State, options?: StoreOptions): StateStore<State> {
  const { getSnapshot, subscribe, dispatch } = createStore<State, StateUpdate<State>>(
    (state, update) => (isUpdater(update) ? update(state) : update),
    initial,
    options,
  );
  return { getSnapshot, subscribe, setState: dispatch };
}

function isUpdater<State>(update: StateUpdate<State>): update is (state: State) => State {
  return typeof update === 'function';
}
