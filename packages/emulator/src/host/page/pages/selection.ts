/** Selection in a list of work items, as in the grids of desktops. */
export interface Selection {
  readonly selected: ReadonlySet<number>;
  /** Focused row. */
  readonly focused: number | undefined;
  /** Start of a range. */
  readonly anchor: number | undefined;
}

/** Modifier keys of a click or a step. */
export interface HeldKeys {
  /** Ctrl, or Cmd on a Mac. */
  readonly ctrl: boolean;
  readonly shift: boolean;
}

/** Nothing is selected. */
export const nothingSelected: Selection = { selected: new Set(), focused: undefined, anchor: undefined };

/** After a click on `id`: it alone, it added or taken away with Ctrl, or all from the anchor to it with Shift. */
export function afterClick(
  selection: Selection,
  ids: readonly number[],
  id: number,
  { ctrl, shift }: HeldKeys,
): Selection {
  if (shift) return extendedTo(selection, ids, id, ctrl);
  if (ctrl) return toggled(selection, id);
  return only(id);
}

/** Selection after the secondary button on `id`: unchanged if it contains `id`. */
export function afterMenuClick(selection: Selection, id: number): Selection {
  return selection.selected.has(id) ? { ...selection, focused: id } : only(id);
}

/** After a step to `id` by the keys: with Ctrl only the focus goes there. */
export function afterStep(
  selection: Selection,
  ids: readonly number[],
  id: number,
  { ctrl, shift }: HeldKeys,
): Selection {
  if (shift) return extendedTo(selection, ids, id, ctrl);
  return ctrl ? { ...selection, focused: id } : only(id);
}

/** Selects every work item; the focus does not move. */
export function allSelected(selection: Selection, ids: readonly number[]): Selection {
  return { ...selection, selected: new Set(ids), focused: selection.focused ?? ids[0] };
}

/** Target of a key from the focused row; `undefined` for other keys. */
export function stepTarget(
  { focused }: Selection,
  ids: readonly number[],
  key: string,
  rowsInSight: number,
): number | undefined {
  const last = ids.length - 1;
  const at = focused === undefined ? -1 : ids.indexOf(focused);
  const targets: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + rowsInSight,
    PageUp: at - rowsInSight,
    Home: 0,
    End: last,
  };
  const target = targets[key];
  return target === undefined ? undefined : ids[Math.min(Math.max(target, 0), last)];
}

/** Selected items in the order of the list; removed items are deselected. */
export function selectedIn({ selected }: Selection, ids: readonly number[]): number[] {
  return ids.filter((id) => selected.has(id));
}

function only(id: number): Selection {
  return { selected: new Set([id]), focused: id, anchor: id };
}

function toggled({ selected }: Selection, id: number): Selection {
  const changed = new Set(selected);
  if (!changed.delete(id)) changed.add(id);
  return { selected: changed, focused: id, anchor: id };
}

/** With `adds`, the previous selection is kept. */
function extendedTo(selection: Selection, ids: readonly number[], id: number, adds: boolean): Selection {
  const anchor = selection.anchor ?? selection.focused ?? id;
  const [from, to] = [ids.indexOf(anchor), ids.indexOf(id)].sort((one, other) => one - other) as [
    number,
    number,
  ];
  const range = ids.slice(Math.max(from, 0), to + 1);
  return { selected: new Set(adds ? [...selection.selected, ...range] : range), focused: id, anchor };
}
