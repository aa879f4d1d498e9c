import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserProcess } from './browser';
import { residentBytes } from './proc';
import type { Tab } from './tab';

/** The most that a page took while it was watched. */
export interface MemoryPeak {
  readonly heapBytes: number;
  readonly rendererGrowthBytes: number | undefined;
  /** All other processes of the browser's together. */
  readonly othersGrowthBytes: number | undefined;
}

/** Between two looks. Shorter peaks are missed. */
const INTERVAL_MS = 50;

/** Looks at the memory of a page and of its browser from now until `stop`. */
export function watchMemory(
  tab: Tab,
  processes: readonly BrowserProcess[],
): { stop: () => Promise<MemoryPeak> } {
  const renderers = watchGrowth(processes.filter(({ isRenderer }) => isRenderer));
  const others = watchGrowth(processes.filter(({ isRenderer }) => !isRenderer));
  let heapBytes = 0;
  let isOver = false;

  async function look(): Promise<void> {
    renderers.look();
    others.look();
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
      return { heapBytes, rendererGrowthBytes: renderers.growth(), othersGrowthBytes: others.growth() };
    },
  };
}

/** How much processes together have grown at most, from now to the last look. */
function watchGrowth(processes: readonly BrowserProcess[]): {
  look: () => void;
  growth: () => number | undefined;
} {
  const ids = processes.map(({ id }) => id);
  const before = residentBytes(ids);
  let most = before;
  return {
    look() {
      const now = residentBytes(ids);
      if (now !== undefined && most !== undefined) most = Math.max(most, now);
    },
    growth: () => (before === undefined || most === undefined ? undefined : most - before),
  };
}
