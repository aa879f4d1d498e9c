import type { Browser, BrowserProcess } from './browser';
import { writtenBytes } from './proc';

/** Resource usage of all processes of the browser during the watch. */
export interface ProcessFigures {
  readonly cpuMs: number;
  /** Bytes written to disks; `undefined` if the system does not report them. */
  readonly writtenBytes: number | undefined;
}

/** Watches until `stop`. Processes that exit meanwhile are not counted. */
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
