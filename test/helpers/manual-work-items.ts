import type { WorkItem } from '../../src/azure/work-item';
import type { PatchOperation, WorkItems } from '../../src/azure/rest/work-items';
import { createDeferred } from './deferred';

/** A read or an update waiting for the test. */
export interface WorkItemCall {
  /** `read 7`, `update 7`. */
  readonly what: string;
  readonly patch: readonly PatchOperation[];
  /** The last three digits of the GUIDs added by the patch, as numbers. */
  readonly adds: readonly number[];
  answer(workItem: WorkItem): void;
  fail(error: Error): void;
}

/** Work items with responses by the test. */
export interface ManualWorkItems extends WorkItems {
  /** All requests, such as `['update 7', 'read 7']`. */
  asked(): readonly string[];
  /** Returns the oldest call not yet returned; waits for one. */
  nextCall(): Promise<WorkItemCall>;
}

/** Creates work items. The test responds to their reads and updates one by one. */
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
