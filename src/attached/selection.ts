/** Which of the shown files are selected, by their keys, and from where the next step counts. */
export interface Selection {
  readonly keys: ReadonlySet<string>;
  /** Where a range begins. */
  readonly anchor: string | undefined;
  /** The one that the keyboard is on. */
  readonly current: string | undefined;
}

/** How a click or a key goes together with what is selected. */
export type SelectMode =
  /** This one alone. */
  | 'only'
  /** This one as well, or no more: Ctrl, or a check box. */
  | 'toggle'
  /** From the anchor to this one: Shift. */
  | 'range'
  /** The same beside what is selected: Ctrl and Shift. */
  | 'add-range'
  /** The keyboard goes there and selects nothing: Ctrl and an arrow. */
  | 'move';

export const NOTHING_SELECTED: Selection = { keys: new Set(), anchor: undefined, current: undefined };

/**
 * What is selected after a step to `key`, as the lists of the desktop do it.
 *
 * @param order Keys of what is shown, in its order. A `key` that is not among them changes nothing.
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

/** Selects all that is shown. */
export function selectAll({ current }: Selection, order: readonly string[]): Selection {
  return { keys: new Set(order), anchor: order[0], current: current ?? order[0] };
}

/**
 * What is left of a selection when other files are shown: nobody acts on what cannot be seen. Where the keyboard was
 * on one that is gone, it goes to the one that has its place.
 *
 * @param before Keys of what was shown.
 * @param after Keys of what is shown now.
 */
export function keepShown(
  { keys, anchor, current }: Selection,
  before: readonly string[],
  after: readonly string[],
): Selection {
  const shown = new Set(after);
  const isShown = (key: string | undefined): key is string => key !== undefined && shown.has(key);
  const place = current === undefined ? -1 : before.indexOf(current);
  const next =
    before.slice(place).find(isShown) ?? before.slice(0, Math.max(0, place)).filter(isShown).at(-1);
  return {
    keys: new Set([...keys].filter(isShown)),
    anchor: isShown(anchor) ? anchor : undefined,
    current: place < 0 || isShown(current) ? current : next,
  };
}
