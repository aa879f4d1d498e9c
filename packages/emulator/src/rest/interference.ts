import type { Operation } from '../contract';

/** Concurrent change; a promise is awaited. */
export type Act = () => unknown;

/** Pending concurrent changes of a test, each for one request of an operation. */
export class Interference {
  private waiting: { readonly operation: Operation; readonly act: Act }[] = [];

  add(operation: Operation, act: Act): void {
    this.waiting.push({ operation, act });
  }

  /**
   * Runs the oldest pending change for such a request, if any. Requests of the change itself do not count.
   */
  async before(about: readonly Operation[]): Promise<void> {
    const next = this.waiting.find(({ operation }) => about.includes(operation));
    if (next === undefined) return;
    this.waiting = this.waiting.filter((other) => other !== next);
    await next.act();
  }

  clear(): void {
    this.waiting = [];
  }
}
