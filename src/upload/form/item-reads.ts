import type { WorkItem } from '../../azure/work-item';
import { sameTarget, workItemTarget } from '../../azure/work-item';
import type { Problem } from '../../base/errors';
import { toProblem } from '../../base/errors';
import { isSignedOut } from '../../base/problem-traits';
import { nextRetry } from '../../base/retry';
import { createLatest } from '../../base/async';
import type { Runtime } from '../../base/runtime';
import type { Store } from '../../base/store';
import type { Drafts } from '../recovery/drafts';
import { withLocalDate } from '../recovery/drafts';
import type { KnownItems } from '../recovery/known-items';
import type { FormAction, FormState } from './form-state';

/** Reads work items for one form and adds the results to its state. */
export interface ItemReads {
  /** Starts to read a work item. */
  readonly read: (workItemId: number) => void;
  /** Resolves after the last read of a work item, with whether it succeeded. */
  readonly whenRead: (workItemId: number) => Promise<boolean>;
  /** Adds a work item read by another component. */
  readonly add: (workItem: WorkItem) => void;
  /** Subscribes to the work items read for the form, beginning with the last one, if it is still there. */
  readonly onRead: (listener: (workItem: WorkItem) => void) => void;
}

/** Dependencies of `createItemReads`. */
export interface ItemReadsOptions {
  readonly readWorkItem: (workItemId: number) => Promise<WorkItem>;
  readonly readServerTime: () => Promise<number>;
  readonly store: Store<FormState, FormAction>;
  readonly drafts: Pick<Drafts, 'decide' | 'deny' | 'isUnverified' | 'dependsOnClock'>;
  readonly known: KnownItems;
  readonly runtime: Pick<Runtime, 'setTimer' | 'now' | 'random'>;
}

/** Delay before the retry of a read that files or a sign-in wait for, in milliseconds. */
const RETRY_DELAY_MS = 10_000;

/** Starts without reads. */
export function createItemReads(options: ItemReadsOptions): ItemReads {
  const { readWorkItem, readServerTime, store, drafts, known, runtime } = options;
  const startRead = createLatest();
  const lastReads = new Map<number, Promise<boolean>>();
  const listeners: ((workItem: WorkItem) => void)[] = [];
  /** The last one read while it was in the form. */
  let last: WorkItem | undefined;

  function read(id: number, attempt = 1): void {
    lastReads.set(id, tryRead(id, attempt));
  }

  async function tryRead(id: number, attempt: number): Promise<boolean> {
    const isLatest = startRead(id);
    try {
      const workItem = await readWorkItem(id);
      const isClockNeeded = drafts.dependsOnClock(workItem);
      add(isClockNeeded ? await withLocalDate(workItem, { readServerTime, now: runtime.now }) : workItem);
      return true;
    } catch (error) {
      const problem = toProblem(error);
      if (problem.kind === 'work-item-missing' || problem.kind === 'no-permission') drafts.deny(id);
      else retryLater(id, attempt, problem, isLatest);
      if (isLatest()) store.dispatch({ type: 'facts', target: workItemTarget(id), facts: { problem } });
      return false;
    }
  }

  /** Transient problems pass while the form shows the item; the files of a draft wait for any answer. */
  function retryLater(id: number, attempt: number, problem: Problem, isLatest: () => boolean): void {
    const decision = nextRetry(problem, attempt, runtime.random);
    const canPass = decision.action === 'wait' || isSignedOut(problem);
    const isWanted = (): boolean => drafts.isUnverified(id) || (canPass && isLatest() && isShown(id));
    const delayMs = decision.action === 'wait' ? decision.delayMs : RETRY_DELAY_MS;
    if (canPass || drafts.isUnverified(id))
      runtime.setTimer(delayMs, () => {
        if (isWanted()) read(id, attempt + 1);
      });
  }

  function isShown(id: number): boolean {
    const form = store.getSnapshot();
    return form.status === 'open' && sameTarget(form.target, workItemTarget(id));
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
    if (!isShown(id)) return;
    last = workItem;
    for (const listener of listeners) listener(workItem);
  }

  return {
    read: (id) => read(id),
    whenRead: (id) => lastReads.get(id) ?? Promise.resolve(false),
    add,

    onRead(listener) {
      if (last && isShown(last.id)) listener(last);
      listeners.push(listener);
    },
  };
}
