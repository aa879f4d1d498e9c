import type { PhaseFigures } from '../measurement';
import type { Order, PageFigures, Phase } from '../page/contract';
import type { Browser } from './browser';
import { hottest } from './cpu-profile';
import type { SelfTime } from './cpu-profile';
import { growthIn } from './memory-growth';
import type { MemorySample } from './memory-growth';
import { watchMemory } from './watch-memory';
import type { MemoryPeak } from './watch-memory';
import { watchProcesses } from './watch-processes';
import type { ProcessFigures } from './watch-processes';

/** Work in the page. */
export interface PageRun {
  readonly url: string;
  readonly order: Order;
  /** Paths of the files to be picked. */
  readonly files: readonly string[];
  /** Whether to take a CPU profile, at some cost. */
  readonly profile: boolean;
}

/** Measurements in the page and from outside. */
export interface PageOutcome {
  readonly figures: Omit<PageFigures, 'phases'> &
    MemoryPeak &
    ProcessFigures & { readonly phases: Readonly<Partial<Record<Phase, PhaseFigures>>> };
  readonly hottest: readonly SelfTime[];
}

/** Number of functions in a profile. */
const HOTTEST = 20;

/** Lets a contestant's page do its work, and watches. @throws Error when the page could not. */
export async function measurePage(browser: Browser, run: PageRun): Promise<PageOutcome> {
  const tab = await browser.open(run.url);
  await tab.setFiles('#files', run.files);
  await tab.evaluate(`bench.prepare(${JSON.stringify(run.order)})`);
  if (run.profile) await tab.startProfile();
  const memory = watchMemory(tab, await browser.processes());
  const processes = await watchProcesses(browser);
  const page = (await tab.evaluate('bench.run()')) as PageFigures;
  const used = await processes.stop();
  const { peak, samples } = await memory.stop();
  return {
    figures: { ...page, ...peak, ...used, phases: withMemory(page.phases, samples) },
    hottest: run.profile ? hottest(await tab.stopProfile(), HOTTEST) : [],
  };
}

function withMemory(
  phases: PageFigures['phases'],
  samples: readonly MemorySample[],
): Partial<Record<Phase, PhaseFigures>> {
  return Object.fromEntries(
    Object.entries(phases).map(([phase, times]) => [phase, { ...times, ...growthIn(samples, times) }]),
  );
}
