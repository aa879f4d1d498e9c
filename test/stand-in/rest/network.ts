import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NetworkConditions } from '../contract';

/** An undisturbed network. */
export const undisturbed: NetworkConditions = { latencyMs: 0, bytesPerSecond: null, faults: [] };

/** Slows the traffic of the REST origin down. */
export class Network {
  private current: NetworkConditions = structuredClone(undisturbed);
  private change = new AbortController();
  /** When the bytes let through so far have "arrived" at the capped speed; milliseconds as of `performance.now()`. */
  private busyUntil = 0;

  /** Aborted as soon as other conditions are set. */
  get changed(): AbortSignal {
    return this.change.signal;
  }

  get conditions(): NetworkConditions {
    return this.current;
  }

  /** Takes effect at once, also on requests that are under way. */
  set(conditions: NetworkConditions): void {
    this.current = structuredClone(conditions);
    this.busyUntil = 0;
    this.change.abort();
    this.change = new AbortController();
  }

  /** To be awaited before an answer is sent. */
  async latency(): Promise<void> {
    if (this.current.latencyMs > 0) await this.wait(this.current.latencyMs);
  }

  /**
   * The body of a request at the capped speed, which all requests share. A chunk that must wait stops the reading of
   * its socket, so the sender is held back instead of the bytes being buffered here.
   */
  async *receive(request: IncomingMessage, count: (bytes: number) => void): AsyncGenerator<Buffer> {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      await this.pass(chunk.length);
      count(chunk.length);
      yield chunk;
    }
  }

  private async pass(bytes: number): Promise<void> {
    const { bytesPerSecond } = this.current;
    if (bytesPerSecond === null) return;
    const now = performance.now();
    this.busyUntil = Math.max(now, this.busyUntil) + (bytes / bytesPerSecond) * 1000;
    await this.wait(this.busyUntil - now);
  }

  private async wait(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.changed, ref: false }).catch(() => undefined);
  }
}
