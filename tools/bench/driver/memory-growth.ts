/** What a page had at one time. */
export interface MemorySample {
  /** In milliseconds since the epoch. */
  readonly at: number;
  /** JavaScript heap and array buffers in use, garbage included. */
  readonly heapBytes: number;
  /** Resident memory of the renderer; `undefined` where the system does not tell. */
  readonly rendererBytes: number | undefined;
}

/** How much a page took in a part of a run; `undefined` where nobody could see it, for one that is over too soon. */
export interface MemoryGrowth {
  readonly heapGrowthBytes: number | undefined;
  readonly rendererGrowthBytes: number | undefined;
}

/**
 * The most that memory grew from any time to any later one in a part of a run: what is collected as garbage at its
 * beginning makes room that does not count.
 */
export function growthIn(
  samples: readonly MemorySample[],
  { beganAt, wallMs }: { readonly beganAt: number; readonly wallMs: number },
): MemoryGrowth {
  const within = samples.filter(({ at }) => at >= beganAt && at <= beganAt + wallMs);
  const before = samples.filter(({ at }) => at < beganAt).slice(-1);
  const growth = (value: (sample: MemorySample) => number | undefined): number | undefined =>
    within.length === 0 ? undefined : largestRise([...before, ...within].map(value));
  return {
    heapGrowthBytes: growth(({ heapBytes }) => heapBytes),
    rendererGrowthBytes: growth(({ rendererBytes }) => rendererBytes),
  };
}

/** `undefined` where a value is. */
function largestRise(values: readonly (number | undefined)[]): number | undefined {
  let least = Infinity;
  let rise = 0;
  for (const value of values) {
    if (value === undefined) return undefined;
    least = Math.min(least, value);
    rise = Math.max(rise, value - least);
  }
  return rise;
}
