import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserProcess } from './browser';
import type { MemorySample } from './memory-growth';
import { residentBytes } from './proc';
import type { Tab } from './tab';

/** Peak memory of a page during the watch. */
export interface MemoryPeak {
  readonly heapBytes: number;
  readonly rendererGrowthBytes: number | undefined;
  /** All other processes of the browser's together. */
  readonly othersGrowthBytes: number | undefined;
}

/** Samples of a page's memory. */
interface WatchedMemory {
  readonly peak: MemoryPeak;
  readonly samples: readonly MemorySample[];
}

/** Between two looks. Shorter peaks are missed. */
const INTERVAL_MS = 50;

/** Looks at the memory of a page and of its browser from now until `stop`. */
export function watchMemory(
  tab: Tab,
  processes: readonly BrowserProcess[],
): { stop: () => Promise<WatchedMemory> } {
  const renderers = watchGrowth(processes.filter(({ isRenderer }) => isRenderer));
  const others = watchGrowth(processes.filter(({ isRenderer }) => !isRenderer));
  const samples: MemorySample[] = [];
  let isOver = false;

  async function look(): Promise<void> {
    const rendererBytes = renderers.look();
    others.look();
    const heapBytes = await tab.heapBytes();
    samples.push({ at: Date.now(), heapBytes, rendererBytes });
  }

  async function watch(): Promise<void> {
    while (!isOver) {
      await look();
      await sleep(INTERVAL_MS);
    }
  }

  const watching = watch();
  // A crashed page is reported elsewhere.
  watching.catch(() => undefined);
  return {
    async stop() {
      await look();
      isOver = true;
      await watching;
      const heapBytes = Math.max(...samples.map((sample) => sample.heapBytes));
      const rendererGrowthBytes = renderers.growth();
      return { peak: { heapBytes, rendererGrowthBytes, othersGrowthBytes: others.growth() }, samples };
    },
  };
}

/** Peak growth of processes together, from now to the last sample. */
function watchGrowth(processes: readonly BrowserProcess[]): {
  look: () => number | undefined;
  growth: () => number | undefined;
} {
  const ids = processes.map(({ id }) => id);
  const before = residentBytes(ids);
  let most = before;
  return {
    look() {
      const now = residentBytes(ids);
      if (now !== undefined && most !== undefined) most = Math.max(most, now);
      return now;
    },
    growth: () => (before === undefined || most === undefined ? undefined : most - before),
  };
}
