import type { ConcurrencyLimiter } from '../../src/upload/queue/adaptive-concurrency';

/** Simulated connection to a server, with a limit of parallel requests by the browser. */
export interface ConnectionFacts {
  /** Maximum number of parallel requests; the others wait inside the browser. */
  readonly connections: number;
  /** From the last byte of a request to its response, and from there to the next request. */
  readonly roundTripMs: number;
  readonly bytesPerMs: number;
}

/** Result of a simulation. */
export interface Transfer {
  readonly tookMs: number;
  /** Number of parallel requests after each start. */
  readonly widths: readonly number[];
}

interface Request {
  waitMs: number;
  bytes: number;
  readonly end: () => void;
}

/** Sends files of these sizes like the queue, in order, on a clock of its own. */
export function sendOver(
  connection: ConnectionFacts,
  sizes: readonly number[],
  createLimiter: (now: () => number) => ConcurrencyLimiter,
): Transfer {
  let clock = 0;
  const limiter = createLimiter(() => clock);
  const waiting = [...sizes];
  const widths: number[] = [];
  let active: Request[] = [];

  function begin(): void {
    for (;;) {
      const at = waiting.findIndex((size) => limiter.hasRoom(size));
      const [size] = at < 0 ? [] : waiting.splice(at, 1);
      if (size === undefined) return;
      const slot = limiter.acquire(size);
      const end = (): void => {
        slot.recordDelivery(size);
        slot.release();
      };
      active.push({ waitMs: connection.roundTripMs, bytes: size, end });
      widths.push(active.length);
    }
  }

  begin();
  while (active.length > 0) {
    const served = active.slice(0, connection.connections);
    const sending = served.filter(({ waitMs }) => waitMs <= 0);
    const bytesPerMs = connection.bytesPerMs / sending.length;
    const stepMs = Math.min(...served.map(({ waitMs, bytes }) => (waitMs > 0 ? waitMs : bytes / bytesPerMs)));
    clock += stepMs;
    for (const request of served) {
      if (request.waitMs > 0) request.waitMs -= stepMs;
      else request.bytes -= stepMs * bytesPerMs;
    }
    for (const request of served) {
      if (request.waitMs > 1e-6 || request.bytes > 1e-6) continue;
      active = active.filter((other) => other !== request);
      request.end();
      begin();
    }
  }
  return { tookMs: clock, widths };
}
