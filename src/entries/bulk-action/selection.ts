/** Selection of a menu click. */
export type Selection =
  | { readonly kind: 'work-items'; readonly ids: readonly number[] }
  /** The form of a new work item, without an id before its first save. */
  | { readonly kind: 'unsaved' }
  | { readonly kind: 'nothing' };

/**
 * Finds the work items in the context of an action. Each menu has its own undocumented format (host reference 2.2):
 * lists use `ids` or `workItemIds`, the form `workItemId`, cards `id`. `rows` is ignored because it contains only
 * visible rows.
 *
 * @param context From the host, through JSON: any value.
 */
export function selectionIn(context: unknown): Selection {
  if (typeof context !== 'object' || context === null) return { kind: 'nothing' };
  const { ids, workItemIds, workItemId, id } = context as Readonly<Record<string, unknown>>;
  // Lists first: they have the display order and include the single item.
  const named = [ids, workItemIds, workItemId, id].flat().map(numberIn);
  // Backlogs contain rows without a work item, such as the group of items without a parent; their ids are negative.
  const saved = [...new Set(named)].filter((number) => number > 0);
  if (saved.length > 0) return { kind: 'work-items', ids: saved };
  const isUnsaved = [workItemId, id].some((single) => numberIn(single) <= 0);
  return { kind: isUnsaved ? 'unsaved' : 'nothing' };
}

/** The integer in `value`, a number or numeric string; else NaN. */
function numberIn(value: unknown): number {
  const isNumber = typeof value === 'number' || (typeof value === 'string' && /^-?\d+$/.test(value));
  const number = isNumber ? Number(value) : NaN;
  return Number.isSafeInteger(number) ? number : NaN;
}
