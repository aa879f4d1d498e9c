import type { FileId, GroupedPlan, PlannedFile } from './plan';

/** Totals of a plan. */
export interface PlanTotals {
  /** Files to attach. */
  readonly files: number;
  /** Work items with files to attach. */
  readonly items: number;
  /** Attachments to make. */
  readonly pairs: number;
  readonly skipped: number;
  readonly blocked: number;
}

/** Adds up a plan, counting each list of files once for all work items that share it. */
export function totalsOf({ byItem }: Pick<GroupedPlan, 'byItem'>): PlanTotals {
  const uses = new Map<readonly PlannedFile[], number>();
  for (const planned of byItem.values()) uses.set(planned, (uses.get(planned) ?? 0) + 1);
  const files = new Set<FileId>();
  const sum = { items: 0, pairs: 0, skipped: 0, blocked: 0 };
  for (const [planned, items] of uses) {
    let going = 0;
    for (const { fileId, fate } of planned) {
      if (fate.kind === 'skip') sum.skipped += items;
      else if (fate.kind === 'blocked') sum.blocked += items;
      else {
        going++;
        files.add(fileId);
      }
    }
    sum.pairs += going * items;
    if (going > 0) sum.items += items;
  }
  return { files: files.size, ...sum };
}
