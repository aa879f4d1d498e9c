import type { WorkItem } from '../../azure/work-item';
import { attachmentIdOf, attachmentsOf } from '../../azure/work-item';
import type { Problem } from '../../base/errors';
import { toProblem } from '../../base/errors';
import { retry } from '../../base/retry';
import type { Runtime } from '../../base/runtime';
import type { RunItem, RunPair, RunState } from './run-state';
import { isThere } from './run-state';

/** Differences between the known outcomes and the work items. */
export interface Discrepancies {
  /** Attached, but missing from the work item. */
  readonly lost: ReadonlySet<RunPair>;
  /** Not known to be attached, but on the work item. */
  readonly found: ReadonlySet<RunPair>;
}

/** Result of reading the work items back. */
export type Verification =
  | { readonly kind: 'read'; readonly discrepancies: Discrepancies }
  | { readonly kind: 'unreadable'; readonly problem: Problem };

/** Dependencies of `verifyRun`. */
export interface VerifyRunOptions {
  /** See `ManyWorkItems`. */
  readonly readMany: (ids: readonly number[]) => Promise<ReadonlyMap<number, WorkItem>>;
  readonly runtime: Runtime;
  /** Whether to wait for a sign-in. Default: true. */
  readonly waitsForSignIn?: boolean;
}

/** Work items read and compared at a time: one request. All relations of a large run would take too much memory. */
const MAX_ITEMS_AT_ONCE = 200;

/** Reads the work items back, retrying transient errors, and compares them with the state. Never rejects. */
export async function verifyRun(
  readState: () => RunState,
  { readMany, runtime, waitsForSignIn = true }: VerifyRunOptions,
): Promise<Verification> {
  const lost = new Set<RunPair>();
  const found = new Set<RunPair>();
  const tried = triedItemsOf(readState());
  try {
    for (let at = 0; at < tried.length; at += MAX_ITEMS_AT_ONCE) {
      const some = tried.slice(at, at + MAX_ITEMS_AT_ONCE);
      const ids = some.map(({ workItemId }) => workItemId);
      const workItems = await retry(() => readMany(ids), { runtime, waitsForSignIn });
      for (const item of some) compare(item, workItems.get(item.workItemId), { lost, found });
    }
    return { kind: 'read', discrepancies: { lost, found } };
  } catch (error) {
    return { kind: 'unreadable', problem: toProblem(error) };
  }
}

/** Returns the work items with at least one link attempt. */
function triedItemsOf({ items }: RunState): readonly RunItem[] {
  return [...items.values()].filter(({ pairs }) => pairs.some(({ reference }) => reference));
}

/** Adds the discrepancies of one work item. */
function compare(
  { pairs }: RunItem,
  workItem: WorkItem | undefined,
  { lost, found }: { readonly lost: Set<RunPair>; readonly found: Set<RunPair> },
): void {
  const shown = new Set(workItem && attachmentsOf(workItem).map(({ url }) => attachmentIdOf(url)));
  for (const pair of pairs) {
    if (!pair.reference) continue;
    const { id, volumes } = pair.reference;
    const ids = volumes?.map(({ reference }) => reference.id) ?? [id];
    const isShown = ids.every((each) => shown.has(each));
    if (isThere(pair) && !isShown) lost.add(pair);
    if (!isThere(pair) && isShown) found.add(pair);
  }
}
