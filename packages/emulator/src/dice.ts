/** Seeded random decisions. */
export interface Dice {
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly roll: () => number;
  /** Returns true in `share` of 100 cases. */
  readonly percent: (share: number) => boolean;
  /** A whole number; both ends inclusive. */
  readonly between: (least: number, most: number) => number;
  /** One of `choices`. Throws if there are none. */
  readonly pick: <T>(choices: readonly T[]) => T;
  /** One of `choices`, each as often as its weight says against the others. */
  readonly weighted: <T extends string>(choices: Readonly<Record<T, number>>) => T;
}

/**
 * Random generator determined by `seed` alone (Marsaglia's xorshift, 32 bits, after a scramble of the seed).
 */
export function createDice(seed: number): Dice {
  let state = Math.imul(seed + 1, 0x9e3779b1) | 1;

  function roll(): number {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  }
  // Similar seeds start alike.
  for (let turn = 0; turn < 8; turn++) roll();

  function pick<T>(choices: readonly T[]): T {
    if (choices.length === 0) throw new RangeError('There is nothing to choose from.');
    return choices[Math.floor(roll() * choices.length)]!;
  }

  return {
    roll,
    percent: (share) => roll() * 100 < share,
    between: (least, most) => least + Math.floor(roll() * (most - least + 1)),
    pick,
    weighted<T extends string>(choices: Readonly<Record<T, number>>): T {
      const entries = Object.entries<number>(choices) as [T, number][];
      const total = entries.reduce((sum, [, weight]) => sum + weight, 0);
      let left = roll() * total;
      for (const [choice, weight] of entries) {
        left -= weight;
        if (left < 0) return choice;
      }
      return pick(entries)[0];
    },
  };
}
