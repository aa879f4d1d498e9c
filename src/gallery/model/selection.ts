/** Selected files, by key, and the origin of the next step. */
export interface Selection {
  readonly keys: ReadonlySet<string>;
  /** Start of a range. */
  readonly anchor: string | undefined;
  /** Key with the keyboard focus. */
  readonly current: string | undefined;
}

/** Effect of a click or key on the selection. */
export type SelectMode =
  /** Selects this file alone. */
  | 'only'
  /** Adds or removes this file: Ctrl, or a check box. */
  | 'toggle'
  /** Selects from the anchor to this file: Shift. */
  | 'range'
  /** Adds a range to the selection: Ctrl and Shift. */
  | 'add-range'
  /** Moves the focus without selecting: Ctrl and an arrow. */
  | 'move';

export const NOTHING_SELECTED: Selection = { keys: new Set(), anchor: undefined, current: undefined };

/**
 * Returns the selection after a step to `key`, following the conventions of desktop lists.
 *
 * @param order Visible keys, in order. A step to any other `key` changes nothing.
 */
export function select(
  selection: Selection,
  order: readonly string[],
  key: string,
  mode: SelectMode,
): Selection {
  const at = order.indexOf(key);
  if (at < 0) return selection;
  const anchorAt = selection.anchor === undefined ? -1 : order.indexOf(selection.anchor);
  const from = anchorAt < 0 ? at : anchorAt;
  const anchor = order[from];
  const range = (): readonly string[] => order.slice(Math.min(from, at), Math.max(from, at) + 1);
  switch (mode) {
    case 'only':
      return { keys: new Set([key]), anchor: key, current: key };
    case 'toggle': {
      const keys = new Set(selection.keys);
      if (!keys.delete(key)) keys.add(key);
      return { keys, anchor: key, current: key };
    }
    case 'range':
      return { keys: new Set(range()), anchor, current: key };
    case 'add-range':
      return { keys: new Set([...selection.keys, ...range()]), anchor, current: key };
    case 'move':
      return { ...selection, current: key };
  }
}

/** Selects all visible files. */
export function selectAll({ current }: Selection, order: readonly string[]): Selection {
  return { keys: new Set(order), anchor: order[0], current: current ?? order[0] };
}

/**
 * Limits a selection to the visible files, because no action applies to a hidden file. If the focused file is gone, the
 * focus moves to the next one in its place.
 *
 * @param before Previously visible keys.
 * @param after Visible keys.
 */
export function keepShown(
  { keys, anchor, current }: Selection,
  before: readonly string[],
  after: readonly string[],
): Selection {
  const shown = new Set(after);
  const isShown = (key: string | undefined): key is string => key !== undefined && shown.has(key);
  const position = current === undefined ? -1 : before.indexOf(current);
  const next =
    before.slice(position).find(isShown) ?? before.slice(0, Math.max(0, position)).filter(isShown).at(-1);
  return {
    keys: new Set([...keys].filter(isShown)),
    anchor: isShown(anchor) ? anchor : undefined,
    current: position < 0 || isShown(current) ? current : next,
  };
}
