import type { WorkItem } from '../../src/azure/work-item';
import type { PatchOperation, WorkItems } from '../../src/azure/rest/work-items';
import { createDeferred } from './deferred';

/** A read or an update that waits for the test. */
export interface WorkItemCall {
  /** `read 7`, `update 7`. */
  readonly what: string;
  readonly patch: readonly PatchOperation[];
  /** The last three digits of the GUIDs that the patch adds, as numbers. */
  readonly adds: readonly number[];
  answer(workItem: WorkItem): void;
  fail(error: Error): void;
}

/** Work items in the hands of the test. */
export interface ManualWorkItems extends WorkItems {
  /** Everything asked so far, such as `['update 7', 'read 7']`. */
  asked(): readonly string[];
  /** The oldest call that the test has not seen; waits for one. */
  nextCall(): Promise<WorkItemCall>;
}

/** Work items whose reads and updates the test answers one by one. */
export function createManualWorkItems(): ManualWorkItems {
  const calls: WorkItemCall[] = [];
  const waiting: (() => void)[] = [];
  let seen = 0;

  function ask(what: string, patch: readonly PatchOperation[]): Promise<WorkItem> {
    const { promise, resolve, reject } = createDeferred<WorkItem>();
    calls.push({ what, patch, adds: patch.flatMap(numberOf), answer: resolve, fail: reject });
    waiting.shift()?.();
    return promise;
  }

  return {
    read: (id) => ask(`read ${id}`, []),
    update: (id, patch) => ask(`update ${id}`, patch),
    asked: () => calls.map(({ what }) => what),
    async nextCall() {
      if (seen === calls.length) await new Promise<void>((resolve) => waiting.push(resolve));
      return calls[seen++]!;
    },
  };
}

function numberOf({ op, value }: PatchOperation): number[] {
  if (op !== 'add' || typeof value !== 'object') return [];
  const { url } = value as { url: string };
  return [Number(/(\d{3})(?:\?|$)/.exec(url)?.[1])];
}
