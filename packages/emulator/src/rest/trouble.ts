import { createDice, type Dice } from '../dice';
import type { Operation, Trouble } from '../contract';
import { checkFaults, faultNamed, type Fault } from './faults';

/** What trouble is made of unless it names its faults: what passes by itself, and leaves nothing wrong behind. */
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

/** Throws a `RangeError` on a rate or a seed that makes no sense, or a fault that does not exist. */
export function checkTrouble({ rate, seed, faults = [] }: Trouble): void {
  if (!(rate >= 0 && rate <= 1))
    throw new RangeError(`The rate of trouble goes from 0 to 1, not to "${rate}".`);
  if (!Number.isInteger(seed)) throw new RangeError(`The seed of trouble is a whole number, not "${seed}".`);
  checkFaults(faults.map((name) => ({ name, remaining: null })));
}

/** What trouble consists of. */
export function faultsOf({ faults = passingFaults }: Trouble): readonly string[] {
  return faults;
}

/** Decides at random what hits which request; the same seed decides alike about the same requests in the same order. */
export class Troublemaker {
  private readonly dice: Dice;
  private readonly faults: readonly Fault[];

  constructor(private readonly trouble: Trouble) {
    this.dice = createDice(trouble.seed);
    this.faults = faultsOf(trouble).map(faultNamed);
  }

  /** What hits the next request, if anything. */
  next(about: readonly Operation[]): Fault | undefined {
    // Both throws are made for each request, so that what one of them is about shifts no decision about the others.
    const isHit = this.dice.roll() < this.trouble.rate;
    const which = this.dice.roll();
    const fitting = this.faults.filter(({ operations }) => about.some((one) => operations.includes(one)));
    return isHit ? fitting[Math.floor(which * fitting.length)] : undefined;
  }
}
