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

/** Slows the traffic of the REST origin down, and says what goes wrong in it. */
export class Network {
  private current: NetworkConditions = structuredClone(undisturbed);
  private troublemaker: Troublemaker | undefined;
  private change = new AbortController();
  /** When the bytes let through so far have "arrived" at the capped speed; milliseconds as of `performance.now()`. */
  private busyUntil = 0;
  /** The origin of the host page, whose own requests no trouble hits: it plays Azure DevOps and is not to be tested. */
  hostOrigin: string | undefined;

  /** Aborted as soon as other conditions are set. */
  get changed(): AbortSignal {
    return this.change.signal;
  }

  get conditions(): NetworkConditions {
    return this.current;
  }

  /**
   * Whether something is switched on that needs a fresh connection: on a used one Chromium sends again by itself when
   * the connection dies or the answer is a 408 (REST reference F.4), which would hide the fault.
   */
  get needsFreshConnection(): boolean {
    const { faults, trouble } = this.current;
    return needsFreshConnection([...faults.map(({ name }) => name), ...(trouble ? faultsOf(trouble) : [])]);
  }

  /**
   * Takes effect at once, also on requests that are under way. Throws a `RangeError` on what does not exist, and
   * nothing is changed.
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

  /** What hits a request that has just arrived, if anything. */
  faultFor(about: readonly Operation[], origin: string | undefined): Fault | undefined {
    const isHosts = origin !== undefined && origin === this.hostOrigin;
    return takeFault(this.current.faults, about) ?? (isHosts ? undefined : this.troublemaker?.next(about));
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
