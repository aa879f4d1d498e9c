import type { Operation } from '../contract';

/** What somebody else does meanwhile; a promise is waited for. */
export type Act = () => unknown;

/** Acts of a test that wait for a request of their operation, each for one. */
export class Interference {
  private waiting: { readonly operation: Operation; readonly act: Act }[] = [];

  add(operation: Operation, act: Act): void {
    this.waiting.push({ operation, act });
  }

  /** Runs the act that was registered first for such a request, if any; its own requests it does not meet. */
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
