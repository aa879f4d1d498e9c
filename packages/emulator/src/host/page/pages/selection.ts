/** What is selected in a list of work items, as the grids of desktops have it. */
export interface Selection {
  readonly selected: ReadonlySet<number>;
  /** Where the keys go on from. */
  readonly focused: number | undefined;
  /** Where a range begins. */
  readonly anchor: number | undefined;
}

/** The keys that were held at a click or a step. */
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

/** After the secondary button on `id`: what is selected stays if `id` is a part of it. */
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

/** Every work item; the focus stays where it is. */
export function allSelected(selection: Selection, ids: readonly number[]): Selection {
  return { ...selection, selected: new Set(ids), focused: selection.focused ?? ids[0] };
}

/** Where a key leads from the focused row; nothing for a key that leads nowhere. */
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

/** The selected ones in the order of the list; what has left the list is not selected any more. */
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

/** With `adds`, what was selected before stays. */
function extendedTo(selection: Selection, ids: readonly number[], id: number, adds: boolean): Selection {
  const anchor = selection.anchor ?? selection.focused ?? id;
  const [from, to] = [ids.indexOf(anchor), ids.indexOf(id)].sort((one, other) => one - other) as [
    number,
    number,
  ];
  const range = ids.slice(Math.max(from, 0), to + 1);
  return { selected: new Set(adds ? [...selection.selected, ...range] : range), focused: id, anchor };
}
