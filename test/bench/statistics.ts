/** The middle of `values`, or the mean of the two in the middle. NaN for none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return low === undefined || high === undefined ? NaN : (low + high) / 2;
}

/** `values` with the first `by` of them moved to the end. */
export function rotate<T>(values: readonly T[], by: number): T[] {
  const at = values.length === 0 ? 0 : by % values.length;
  return [...values.slice(at), ...values.slice(0, at)];
}

/**
 * The median of how `values` stand to those of the same key in `reference`. What disturbs a round disturbs both, so
 * this is steadier than the ratio of the medians. NaN where they have no key in common.
 */
export function medianRatio(
  values: ReadonlyMap<number, number>,
  reference: ReadonlyMap<number, number>,
): number {
  const ratios: number[] = [];
  for (const [round, value] of values) {
    const other = reference.get(round);
    if (other !== undefined) ratios.push(value / other);
  }
  return median(ratios);
}
