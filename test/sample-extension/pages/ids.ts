/**
 * The work items that an action is about. Each place tells them under another name: lists as `workItemIds` or `ids`,
 * the form as `workItemId`, cards as `id`; a new work item has none yet.
 */
export function idsIn(context: Record<string, unknown>): number[] {
  const { workItemIds, ids, workItemId, id } = context;
  const all = [workItemIds, ids, workItemId, id].flat().map(Number);
  return [...new Set(all)].filter((each) => Number.isInteger(each) && each > 0);
}
