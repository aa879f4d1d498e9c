import type { Locator } from '@playwright/test';

/**
 * Connects to the heap of a frame. Site isolation gives a cross-site frame a process of its own; the session of the page
 * would measure the host.
 *
 * @param frame The `iframe` element.
 * @returns Getter of the bytes in use. Garbage is collected first, because a browser lets megabytes of it wait for an
 *   idle moment.
 */
export async function heapOf(frame: Locator): Promise<() => Promise<number>> {
  const content = await (await frame.elementHandle()).contentFrame();
  if (!content) throw new Error('The element has no frame.');
  const session = await frame.page().context().newCDPSession(content);
  return async () => {
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize, embedderHeapUsedSize, backingStorageSize } = await session.send('Runtime.getHeapUsage');
    return usedSize + embedderHeapUsedSize + backingStorageSize;
  };
}
