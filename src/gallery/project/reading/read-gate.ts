import { sleep } from '../../../base/async';
import { toProblem } from '../../../base/errors';
import { retry } from '../../../base/retry';
import type { Runtime } from '../../../base/runtime';
import type { Connection } from '../../../azure/rest/connection';
import type { ConcurrencyLimiter, Slot } from '../../../upload/queue/adaptive-concurrency';
import { createConcurrencyLimiter } from '../../../upload/queue/adaptive-concurrency';

/** Limits the requests of the index, which are many and not urgent. One per connection. */
export interface ReadGate {
  /**
   * Runs a request when there is room, and repeats it after transient errors.
   *
   * @param sizeOf Returns the size of a result, in bytes or characters: the number of parallel requests adapts to the
   *   throughput.
   * @throws Error of the last attempt, CancelledError after an abort.
   */
  readonly run: <T>(
    request: () => Promise<T>,
    signal: AbortSignal | undefined,
    sizeOf?: (result: T) => number,
  ) => Promise<T>;
  /** Runs work with requests once there is room for it, without a retry. Rejects as the work does. */
  readonly limit: <T>(work: () => Promise<T>) => Promise<T>;
}

/** Dependencies of a gate. */
export interface ReadGateOptions {
  readonly runtime: Runtime;
  /** Whether this page, or another one of the person, uploads: requests go one at a time then. Default: never. */
  readonly isUploading?: () => boolean;
}

/** Parallel requests. A batch is large, and the limit of the person is shared with the pages of Azure DevOps. */
const LIMITS = { initialRequests: 4, maxRequests: 8 };

const gates = new WeakMap<Connection, ReadGate>();

/** Returns the gate of a connection: all parts of a page share it. */
export function gateOf(connection: Connection, options: ReadGateOptions): ReadGate {
  const gate = gates.get(connection) ?? createReadGate(connection, options);
  gates.set(connection, gate);
  return gate;
}

function createReadGate(
  connection: Connection,
  { runtime, isUploading = () => false }: ReadGateOptions,
): ReadGate {
  const limiter: ConcurrencyLimiter = createConcurrencyLimiter(runtime.now, LIMITS);
  const waiting: ((slot: Slot) => void)[] = [];
  let active = 0;
  let pausedUntil = 0;
  connection.onThrottled((delayMs) => (pausedUntil = Math.max(pausedUntil, runtime.now() + delayMs)));

  const hasRoom = (): boolean => (isUploading() ? active === 0 : limiter.hasRoom(0));

  function startNext(): void {
    while (waiting.length > 0 && hasRoom()) {
      active++;
      waiting.shift()?.(limiter.acquire(0));
    }
  }

  /** Waits for a turn, in the order of the calls. */
  function enter(): Promise<Slot> {
    return new Promise((resolve) => {
      waiting.push(resolve);
      startNext();
    });
  }

  async function runOnce<T>(
    request: () => Promise<T>,
    signal: AbortSignal | undefined,
    sizeOf: (result: T) => number,
  ): Promise<T> {
    const slot = await enter();
    try {
      while (runtime.now() < pausedUntil) await sleep(runtime, pausedUntil - runtime.now(), signal);
      signal?.throwIfAborted();
      const result = await request();
      slot.recordDelivery(sizeOf(result));
      return result;
    } catch (error) {
      const { kind } = toProblem(error);
      if (kind === 'throttled' || kind === 'server-busy') slot.recordOverload();
      throw error;
    } finally {
      active--;
      slot.release();
      startNext();
    }
  }

  return {
    run: (request, signal, sizeOf = () => 0) =>
      retry(() => runOnce(request, signal, sizeOf), { runtime, ...(signal && { signal }) }),
    limit: (work) => runOnce(work, undefined, () => 0),
  };
}
