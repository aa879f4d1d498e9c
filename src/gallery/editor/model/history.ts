/** States of a drawing, to undo and redo. */
export interface History<State> {
  /** Earlier states, the first one first. */
  readonly past: readonly State[];
  readonly present: State;
  /** Undone states, the next one first. */
  readonly future: readonly State[];
  /** Name of the last change. Further changes with the same name are undone with it. */
  readonly lastChange: string | undefined;
}

/** Maximum number of states to undo. */
const MAX_UNDO = 200;

/** Creates a history with one state. */
export function historyOf<State>(present: State): History<State> {
  return { past: [], present, future: [], lastChange: undefined };
}

/**
 * Adds a state. Discards undone ones.
 *
 * @param change Name for changes that are undone together: the presses of an arrow key. `undefined` for one of its own.
 */
export function withState<State>(history: History<State>, present: State, change?: string): History<State> {
  if (present === history.present) return history;
  const isSame = change !== undefined && change === history.lastChange;
  const past = isSame ? history.past : [...history.past, history.present].slice(-MAX_UNDO);
  return { past, present, future: [], lastChange: change };
}

/** Ends changes that are undone together. */
export function settled<State>(history: History<State>): History<State> {
  return history.lastChange === undefined ? history : { ...history, lastChange: undefined };
}

/** Returns to the state before the last change. */
export function undone<State>(history: History<State>): History<State> {
  const { past, present, future } = history;
  if (past.length === 0) return history;
  return {
    past: past.slice(0, -1),
    present: past[past.length - 1] as State,
    future: [present, ...future],
    lastChange: undefined,
  };
}

/** Repeats the change that was undone last. */
export function redone<State>(history: History<State>): History<State> {
  const { past, present, future } = history;
  if (future.length === 0) return history;
  return {
    past: [...past, present],
    present: future[0] as State,
    future: future.slice(1),
    lastChange: undefined,
  };
}
