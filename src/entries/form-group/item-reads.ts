import type { WorkItem } from '../../azure/work-item';
import { workItemTarget } from '../../azure/work-item';
import { toProblem } from '../../base/errors';
import { createLatest } from '../../base/async';
import type { Runtime } from '../../base/runtime';
import type { Store } from '../../base/store';
import type { Drafts } from '../../upload/recovery/drafts';
import { withLocalDate } from '../../upload/recovery/drafts';
import type { KnownItems } from '../../upload/recovery/known-items';
import type { FormAction, FormState } from './form-state';

/** Reads work items for one form and adds the results to its state. */
export interface ItemReads {
  /** Starts to read a work item. */
  readonly read: (workItemId: number) => void;
  /** Resolves after the last read of a work item, with whether it succeeded. */
  readonly whenRead: (workItemId: number) => Promise<boolean>;
  /** Adds a work item read by another component. */
  readonly add: (workItem: WorkItem) => void;
}

/** Dependencies of `createItemReads`. */
export interface ItemReadsOptions {
  readonly readWorkItem: (workItemId: number) => Promise<WorkItem>;
  readonly readServerTime: () => Promise<number>;
  readonly store: Store<FormState, FormAction>;
  readonly drafts: Pick<Drafts, 'decide' | 'deny' | 'isUnverified' | 'dependsOnClock'>;
  readonly known: KnownItems;
  readonly runtime: Pick<Runtime, 'setTimer' | 'now'>;
}

/** Delay before the retry of a read with waiting files, in milliseconds. */
const RETRY_DELAY_MS = 10_000;

/** Starts without reads. */
export function createItemReads(options: ItemReadsOptions): ItemReads {
  const { readWorkItem, readServerTime, store, drafts, known, runtime } = options;
  const startRead = createLatest();
  const lastReads = new Map<number, Promise<boolean>>();

  function read(id: number): void {
    lastReads.set(id, tryRead(id));
  }

  async function tryRead(id: number): Promise<boolean> {
    const isLatest = startRead(id);
    try {
      const workItem = await readWorkItem(id);
      const isClockNeeded = drafts.dependsOnClock(workItem);
      add(isClockNeeded ? await withLocalDate(workItem, { readServerTime, now: runtime.now }) : workItem);
      return true;
    } catch (error) {
      const problem = toProblem(error);
      if (problem.kind === 'work-item-missing' || problem.kind === 'no-permission') drafts.deny(id);
      // The files of a draft wait for the answer, even if the person does not select "Try again".
      else if (drafts.isUnverified(id))
        runtime.setTimer(RETRY_DELAY_MS, () => drafts.isUnverified(id) && read(id));
      if (isLatest()) store.dispatch({ type: 'facts', target: workItemTarget(id), facts: { problem } });
      return false;
    }
  }

  function add(workItem: WorkItem): void {
    const { id } = workItem;
    drafts.decide(workItem);
    const facts = known.update(workItem) && {
      label: known.labelOf(id),
      attachmentCount: known.countOf(id),
      problem: undefined,
    };
    store.dispatch({ type: 'facts', target: workItemTarget(id), facts: { former: undefined, ...facts } });
  }

  return { read, whenRead: (id) => lastReads.get(id) ?? Promise.resolve(false), add };
}
