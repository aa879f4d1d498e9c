import { mkdirSync, watch } from 'node:fs';
import type { FastifyInstance } from 'fastify';

/** A build writes many files; the page reloads once they have been quiet for so long, in milliseconds. */
const settledAfterMs = 200;

/**
 * `GET /control/builds` streams an event named `built` after each build of the extension or the host page, so
 * open pages can reload (`npm run dev`).
 *
 * @param folders - output folders of the builds; they need not exist yet
 */
export function watchBuilds(app: FastifyInstance, folders: readonly string[]): void {
  const listeners = new Set<() => void>();
  let timer: NodeJS.Timeout | undefined;
  const changed = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => listeners.forEach((tell) => tell()), settledAfterMs);
  };
  const watchers = folders.map((folder) => {
    mkdirSync(folder, { recursive: true });
    return watch(folder, changed);
  });
  app.addHook('onClose', () => {
    clearTimeout(timer);
    watchers.forEach((watcher) => watcher.close());
  });

  app.get('/control/builds', (_request, reply) => {
    reply.hijack();
    reply.raw.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    const tell = (): void => {
      reply.raw.write('event: built\ndata: {}\n\n');
    };
    listeners.add(tell);
    reply.raw.once('close', () => listeners.delete(tell));
  });
}
