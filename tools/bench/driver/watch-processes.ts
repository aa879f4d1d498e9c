import type { Browser, BrowserProcess } from './browser';
import { writtenBytes } from './proc';

/** What all of the browser's processes did while they were watched. */
export interface ProcessFigures {
  readonly cpuMs: number;
  /** To disks; `undefined` where the system does not tell. */
  readonly writtenBytes: number | undefined;
}

/** Watches from now until `stop`. Processes that end meanwhile are not counted. */
export async function watchProcesses(browser: Browser): Promise<{ stop: () => Promise<ProcessFigures> }> {
  const before = await browser.processes();
  const writtenBefore = writtenBytes(idsOf(before));
  return {
    async stop() {
      const after = await browser.processes();
      const written = writtenBytes(idsOf(after));
      const hasBoth = written !== undefined && writtenBefore !== undefined;
      return {
        cpuMs: cpuOf(after) - cpuOf(before),
        writtenBytes: hasBoth ? written - writtenBefore : undefined,
      };
    },
  };
}

function idsOf(processes: readonly BrowserProcess[]): number[] {
  return processes.map(({ id }) => id);
}

function cpuOf(processes: readonly BrowserProcess[]): number {
  return processes.reduce((sum, { cpuMs }) => sum + cpuMs, 0);
}
