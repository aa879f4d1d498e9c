import { toProblem } from '../model/errors';
import type { Surroundings } from '../model/surroundings';
import { decide } from '../queue/retry-policy';

/** The clock and the dice that waiting takes. */
export type Clock = Pick<Surroundings, 'later' | 'random'>;

/** Resolves after so many milliseconds. */
export function wait({ later }: Clock, delayMs: number): Promise<void> {
  return new Promise((resolve) => later(delayMs, resolve));
}

/** What `task` resolves with, tried again as long as its failures pass by themselves. Rejects with the last one. */
export async function patiently<T>(clock: Clock, task: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await task();
    } catch (error) {
      const decision = decide(toProblem(error), attempt, clock.random);
      if (decision.action === 'stop') throw error;
      await wait(clock, decision.delayMs);
    }
  }
}
