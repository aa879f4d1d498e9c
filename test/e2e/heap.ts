import type { Locator } from '@playwright/test';

/**
 * Connects to the heap of a frame: its own if site isolation gives the frame a process, otherwise the one of the page.
 * Chrome isolates sites, the headless shell does not.
 *
 * @param frame The `iframe` element.
 * @returns Getter of the bytes in use. Garbage is collected first, because a browser lets megabytes of it wait for an
 *   idle moment.
 */
export async function heapOf(frame: Locator): Promise<() => Promise<number>> {
  const content = await (await frame.elementHandle()).contentFrame();
  if (!content) throw new Error('The element has no frame.');
  const context = frame.page().context();
  const session = await context.newCDPSession(content).catch(() => context.newCDPSession(frame.page()));
  return async () => {
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize, embedderHeapUsedSize, backingStorageSize } = await session.send('Runtime.getHeapUsage');
    return usedSize + embedderHeapUsedSize + backingStorageSize;
  };
}
