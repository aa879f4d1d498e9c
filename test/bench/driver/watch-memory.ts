import { setTimeout as sleep } from 'node:timers/promises';
import { residentBytes } from './memory';
import type { Tab } from './tab';

/** The most that a page took while it was watched. */
export interface MemoryPeak {
  readonly heapBytes: number;
  readonly rendererGrowthBytes: number | undefined;
}

/** Between two looks. Shorter peaks are missed. */
const INTERVAL_MS = 50;

/** Looks at a page's memory from now until `stop`. */
export function watchMemory(tab: Tab, rendererIds: readonly number[]): { stop: () => Promise<MemoryPeak> } {
  const before = residentBytes(rendererIds);
  let heapBytes = 0;
  let resident = before;
  let isOver = false;

  async function look(): Promise<void> {
    const now = residentBytes(rendererIds);
    if (now !== undefined) resident = Math.max(resident ?? 0, now);
    heapBytes = Math.max(heapBytes, await tab.heapBytes());
  }

  async function watch(): Promise<void> {
    while (!isOver) {
      await look();
      await sleep(INTERVAL_MS);
    }
  }

  const watching = watch();
  // A page that has crashed is told of by whoever waits for its end.
  watching.catch(() => undefined);
  return {
    async stop() {
      await look();
      isOver = true;
      await watching;
      const growth = before === undefined || resident === undefined ? undefined : resident - before;
      return { heapBytes, rendererGrowthBytes: growth };
    },
  };
}
