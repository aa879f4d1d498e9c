/** Memory of a page at one time. */
export interface MemorySample {
  /** In milliseconds since the epoch. */
  readonly at: number;
  /** JavaScript heap and array buffers in use, garbage included. */
  readonly heapBytes: number;
  /** Resident memory of the renderer; `undefined` if the system does not report it. */
  readonly rendererBytes: number | undefined;
}

/** Memory growth of a page in a part of a run; `undefined` without samples, as in a very short part. */
export interface MemoryGrowth {
  readonly heapGrowthBytes: number | undefined;
  readonly rendererGrowthBytes: number | undefined;
}

/**
 * Returns the largest growth from any sample to a later one in a part of a run. Garbage collected at its
 * beginning does not count.
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

/** Returns `undefined` for `null`. */
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
