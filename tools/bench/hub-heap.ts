import type { CDPSession, Frame, Page } from '@playwright/test';

/** Memory in use, in bytes. */
export interface Heaps {
  readonly measure: () => Promise<{ readonly page: number; readonly worker: number }>;
}

interface HeapUsage {
  readonly usedSize: number;
  readonly embedderHeapUsedSize?: number;
  readonly backingStorageSize?: number;
}

/** Connects to the heaps of a frame and of its workers. */
export async function createHeaps(page: Page, frame: Frame): Promise<Heaps> {
  const context = page.context();
  const session = await context.newCDPSession(frame).catch(() => context.newCDPSession(page));
  const workers = new Set<string>();
  session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    if (targetInfo.type === 'worker') workers.add(sessionId);
  });
  session.on('Target.detachedFromTarget', ({ sessionId }) => void workers.delete(sessionId));
  // Playwright has no session for a worker, so its messages are in those of the frame.
  await session.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false,
  });
  return {
    async measure() {
      await session.send('HeapProfiler.collectGarbage');
      const own = sumOf(await session.send('Runtime.getHeapUsage'));
      let worker = 0;
      for (const sessionId of workers) {
        await ask(session, sessionId, 'HeapProfiler.collectGarbage');
        worker += sumOf((await ask(session, sessionId, 'Runtime.getHeapUsage')) as HeapUsage);
      }
      return { page: own, worker };
    },
  };
}

let lastMessage = 0;

function ask(session: CDPSession, sessionId: string, method: string): Promise<unknown> {
  const id = ++lastMessage;
  return new Promise((resolve) => {
    const onMessage = (event: { readonly sessionId: string; readonly message: string }): void => {
      const answer = JSON.parse(event.message) as { readonly id?: number; readonly result?: unknown };
      if (event.sessionId !== sessionId || answer.id !== id) return;
      session.off('Target.receivedMessageFromTarget', onMessage);
      resolve(answer.result);
    };
    session.on('Target.receivedMessageFromTarget', onMessage);
    void session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) });
  });
}

function sumOf({ usedSize, embedderHeapUsedSize = 0, backingStorageSize = 0 }: HeapUsage): number {
  return usedSize + embedderHeapUsedSize + backingStorageSize;
}
