/** What a click in a menu was on. */
export type Selection =
  | { readonly kind: 'work-items'; readonly ids: readonly number[] }
  /** The form of a new work item, which has no number before its first save. */
  | { readonly kind: 'unsaved' }
  | { readonly kind: 'nothing' };

/**
 * The work items that the context of an action names. Each place names them in its own way, and none is documented
 * (host reference 2.2): lists as `ids` or `workItemIds`, the form as `workItemId`, cards as `id`. `rows` are left
 * alone, since only those on the screen are there.
 *
 * @param context As it came from the host, through JSON: it can be anything.
 */
export function selectionIn(context: unknown): Selection {
  if (typeof context !== 'object' || context === null) return { kind: 'nothing' };
  const { ids, workItemIds, workItemId, id } = context as Readonly<Record<string, unknown>>;
  // Lists come first: they have the order that the person sees, and a single one beside them is in them.
  const named = [ids, workItemIds, workItemId, id].flat().map(numberIn);
  // A backlog has rows that are no work items, such as the group of those without a parent; their numbers are negative.
  const saved = [...new Set(named)].filter((number) => number > 0);
  if (saved.length > 0) return { kind: 'work-items', ids: saved };
  const isUnsaved = [workItemId, id].some((single) => numberIn(single) <= 0);
  return { kind: isUnsaved ? 'unsaved' : 'nothing' };
}

/** The whole number that `value` is, or has as a text; NaN for everything else. */
function numberIn(value: unknown): number {
  const isNumber = typeof value === 'number' || (typeof value === 'string' && /^-?\d+$/.test(value));
  const number = isNumber ? Number(value) : NaN;
  return Number.isSafeInteger(number) ? number : NaN;
}
