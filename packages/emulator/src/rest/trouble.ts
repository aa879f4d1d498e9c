import { createDice, type Dice } from '../dice';
import type { Operation, Trouble } from '../contract';
import { checkFaults, faultNamed, type Fault } from './faults';

/** Default faults of trouble: transient ones without lasting effects. */
const passingFaults: string[] = [
  'dropped-before',
  'dropped-during',
  'dropped-after',
  'answer-lost',
  'status-408',
  'status-429',
  'status-500',
  'status-502',
  'status-503',
  'status-504',
  'token-expired',
  'truncated-json',
  'done-but-500',
  'asked-to-wait',
  'link-conflict',
  'edited-meanwhile',
];

/** Throws a `RangeError` for an invalid rate or seed, or an unknown fault. */
export function checkTrouble({ rate, seed, faults = [] }: Trouble): void {
  if (!(rate >= 0 && rate <= 1))
    throw new RangeError(`The rate of trouble goes from 0 to 1, not to "${rate}".`);
  if (!Number.isInteger(seed)) throw new RangeError(`The seed of trouble is a whole number, not "${seed}".`);
  checkFaults(faults.map((name) => ({ name, remaining: null })));
}

/** Returns the names of the possible faults. */
export function faultsOf({ faults = passingFaults }: Trouble): readonly string[] {
  return faults;
}

/**
 * Selects requests and faults at random; the same seed selects the same ones for the same sequence of
 * requests.
 */
export class Troublemaker {
  private readonly dice: Dice;
  private readonly faults: readonly Fault[];

  constructor(private readonly trouble: Trouble) {
    this.dice = createDice(trouble.seed);
    this.faults = faultsOf(trouble).map(faultNamed);
  }

  /** Returns the fault for the next request, if any. */
  next(about: readonly Operation[]): Fault | undefined {
    // Both values are drawn for each request, so one decision does not shift the others.
    const isHit = this.dice.roll() < this.trouble.rate;
    const which = this.dice.roll();
    const fitting = this.faults.filter(({ operations }) => about.some((one) => operations.includes(one)));
    return isHit ? fitting[Math.floor(which * fitting.length)] : undefined;
  }
}
