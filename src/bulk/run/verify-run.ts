import type { WorkItem } from '../../azure/work-item';
import { attachmentIdOf, attachmentsOf } from '../../azure/work-item';
import type { Problem } from '../../base/errors';
import { toProblem } from '../../base/errors';
import { retry } from '../../base/retry';
import type { Runtime } from '../../base/runtime';
import type { RunPair, RunState } from './run-state';
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
}

/** Reads the work items back, retrying transient errors, and compares them with the state. Never rejects. */
export async function verifyRun(
  readState: () => RunState,
  { readMany, runtime }: VerifyRunOptions,
): Promise<Verification> {
  try {
    const workItems = await retry(() => readMany(triedItemsOf(readState())), {
      runtime,
      waitsForSignIn: true,
    });
    return { kind: 'read', discrepancies: discrepanciesOf(readState(), workItems) };
  } catch (error) {
    return { kind: 'unreadable', problem: toProblem(error) };
  }
}

/** Returns the work items with at least one link attempt. */
function triedItemsOf({ items }: RunState): readonly number[] {
  return [...items.values()]
    .filter(({ pairs }) => pairs.some(({ reference }) => reference))
    .map(({ workItemId }) => workItemId);
}

function discrepanciesOf({ items }: RunState, workItems: ReadonlyMap<number, WorkItem>): Discrepancies {
  const lost = new Set<RunPair>();
  const found = new Set<RunPair>();
  for (const { workItemId, pairs } of items.values()) {
    const workItem = workItems.get(workItemId);
    const shown = new Set(workItem && attachmentsOf(workItem).map(({ url }) => attachmentIdOf(url)));
    for (const pair of pairs) {
      if (!pair.reference) continue;
      const isShown = shown.has(pair.reference.id);
      if (isThere(pair) && !isShown) lost.add(pair);
      if (!isThere(pair) && isShown) found.add(pair);
    }
  }
  return { lost, found };
}
