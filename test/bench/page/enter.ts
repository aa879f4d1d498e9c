import type { Bench, Order, PageFigures, Settings } from './contract';
import { countDatabaseWrites } from './database-writes';
import { watchLongTasks } from './long-tasks';
import { nextTask } from './next-task';

/** The files for one work item. */
export interface Batch {
  readonly workItemId: number;
  readonly files: readonly File[];
}

/** The work of a contestant. */
export interface Work {
  readonly baseUrl: string;
  readonly batches: readonly Batch[];
  readonly settings: Settings;
}

/**
 * A contestant, ready to begin. The files of each work item come in a task of their own, as a person's drops do.
 *
 * Resolves when every file is linked; `progressed` is called at every sign of progress. */
export type Start = (progressed: () => void) => Promise<void>;

/** Takes part: `prepare` makes everything ready that would be there before a person picks files. */
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

function readWork({ baseUrl, workItemIds, filesEach, settings }: Order): Work {
  const input = document.querySelector<HTMLInputElement>('#files');
  const files = Array.from(input?.files ?? []);
  const batches = workItemIds.map((workItemId, at) => ({
    workItemId,
    files: files.slice(at * filesEach, (at + 1) * filesEach),
  }));
  return { baseUrl, batches, settings };
}

async function measure(start: Start): Promise<PageFigures> {
  const longTasks = watchLongTasks();
  const writes = countDatabaseWrites();
  // The browser does not count the task that the driver's call runs in.
  await nextTask();
  const began = performance.now();
  let last = began;
  let progressGapMs = 0;
  const progressed = (): void => {
    const now = performance.now();
    progressGapMs = Math.max(progressGapMs, now - last);
    last = now;
  };
  await start(progressed);
  progressed();
  const databaseWrites = writes.count();
  return { wallMs: last - began, progressGapMs, databaseWrites, ...(await longTasks.stop()) };
}
