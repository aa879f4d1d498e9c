import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NetworkConditions, Operation } from '../contract';
import { checkFaults, needsFreshConnection, takeFault, type Fault } from './faults';
import { checkTrouble, faultsOf, Troublemaker } from './trouble';

/** An undisturbed network. */
export const undisturbed: NetworkConditions = {
  latencyMs: 0,
  bytesPerSecond: null,
  faults: [],
  trouble: null,
};

/** Throttles the traffic of the REST origin and injects faults. */
export class Network {
  private current: NetworkConditions = structuredClone(undisturbed);
  private troublemaker: Troublemaker | undefined;
  private change = new AbortController();
  /** When the bytes let through so far have "arrived" at the capped speed; milliseconds as of `performance.now()`. */
  private busyUntil = 0;
  /** Origin of the host page. Trouble spares its requests, since it is part of Azure DevOps. */
  hostOrigin: string | undefined;

  /** Aborted as soon as other conditions are set. */
  get changed(): AbortSignal {
    return this.change.signal;
  }

  get conditions(): NetworkConditions {
    return this.current;
  }

  /**
   * Whether an active fault needs a fresh connection. On a used one, Chromium repeats the request when the
   * connection closes or the answer is a 408 (REST reference F.4); this would hide the fault.
   */
  get needsFreshConnection(): boolean {
    const { faults, trouble } = this.current;
    return needsFreshConnection([...faults.map(({ name }) => name), ...(trouble ? faultsOf(trouble) : [])]);
  }

  /**
   * Takes effect at once, also for requests under way. Throws a `RangeError` for unknown values and changes
   * nothing.
   */
  set(conditions: NetworkConditions): void {
    const { faults, trouble } = conditions;
    checkFaults(faults);
    if (trouble) checkTrouble(trouble);
    this.current = structuredClone(conditions);
    this.troublemaker = trouble ? new Troublemaker(trouble) : undefined;
    this.busyUntil = 0;
    this.change.abort();
    this.change = new AbortController();
  }

  /** Returns the fault for a new request, if any. */
  faultFor(about: readonly Operation[], origin: string | undefined): Fault | undefined {
    const isHosts = origin !== undefined && origin === this.hostOrigin;
    return takeFault(this.current.faults, about) ?? (isHosts ? undefined : this.troublemaker?.next(about));
  }

  /** To be awaited before an answer is sent. */
  async latency(): Promise<void> {
    if (this.current.latencyMs > 0) await this.wait(this.current.latencyMs);
  }

  /**
   * Returns the body of a request at the capped speed, shared by all requests. A waiting chunk pauses its
   * socket, so the sender is throttled and no bytes are buffered here.
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
