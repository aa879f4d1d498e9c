import type { Bench, Order, PageFigures, Phase, Settings } from './contract';
import { countDatabaseWrites } from './database-writes';
import { phasesOf, sumUp, watchLongTasks } from './long-tasks';
import type { PhaseBegin } from './long-tasks';
import { nextTask } from './next-task';

/** Files of one drop, and the work items for all of them. */
export interface Batch {
  readonly workItemIds: readonly number[];
  readonly files: readonly File[];
}

/** The work of a contestant. */
export interface Work {
  readonly baseUrl: string;
  readonly batches: readonly Batch[];
  readonly settings: Settings;
  /** See `Workload`. */
  readonly lingers: boolean;
}

/**
 * Contestant, ready to start. The files of each batch arrive in a task of their own, like drops.
 *
 * Resolves after the check of all links, or after the whole gallery was seen. `progressed` is called on
 * progress, `begins` at the start of a phase.
 */
export type Start = (progressed: () => void, begins: (phase: Phase) => void) => Promise<void>;

/** Work after the compared part. */
const AFTERWARDS: readonly Phase[] = ['checking', 'zip'];

/** Work of contestants with one work item at a time. */
export function singly(batches: readonly Batch[]): { workItemId: number; files: readonly File[] }[] {
  return batches.flatMap(({ workItemIds, files }) =>
    workItemIds.map((workItemId) => ({ workItemId, files })),
  );
}

/** Work item of gallery contestants. */
export function onlyWorkItem({ batches }: Work): number {
  const [{ workItemId } = { workItemId: 0 }, ...others] = singly(batches);
  if (workItemId === 0 || others.length > 0) throw new Error('One work item is looked at.');
  return workItemId;
}

/** Registers a contestant. `prepare` creates everything present before a user picks files. */
export function enter(prepare: (work: Work) => Start | Promise<Start>): void {
  let start: Start | undefined;
  const bench: Bench = {
    async prepare(order) {
      start = await prepare(readWork(order));
    },
    run() {
      if (!start) throw new Error('Not prepared.');
      return measure(start);
    },
  };
  Object.assign(window, { bench });
}

function readWork({ baseUrl, workItemIds, filesEach, isBulk, lingers, settings }: Order): Work {
  const input = document.querySelector<HTMLInputElement>('#files');
  const files = Array.from(input?.files ?? []);
  const batches = isBulk
    ? [{ workItemIds, files }]
    : workItemIds.map((workItemId, at) => ({
        workItemIds: [workItemId],
        files: files.slice(at * filesEach, (at + 1) * filesEach),
      }));
  return { baseUrl, batches, settings, lingers };
}

async function measure(start: Start): Promise<PageFigures> {
  const longTasks = watchLongTasks();
  const writes = countDatabaseWrites();
  // The task of the driver's call is not counted by the browser.
  await nextTask();
  const began = performance.now();
  let last = began;
  let progressGapMs = 0;
  const progressed = (): void => {
    const now = performance.now();
    progressGapMs = Math.max(progressGapMs, now - last);
    last = now;
  };
  const phases: PhaseBegin[] = [];
  await start(progressed, (phase) => phases.push({ phase, at: performance.now() }));
  progressed();
  const databaseWrites = writes.count();
  const tasks = await longTasks.stop();
  return {
    wallMs: (phases.filter(({ phase }) => AFTERWARDS.includes(phase)).pop()?.at ?? last) - began,
    progressGapMs,
    databaseWrites,
    ...sumUp(tasks),
    phases: phasesOf(phases, last, tasks),
  };
}
