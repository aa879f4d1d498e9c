/** The middle of `values`, or the mean of the two in the middle. NaN for none. */
export function median(values: readonly number[]): number {
  return quantile(values, 1 / 2);
}

/** Quantile of `values` at `share`, or the mean of its two neighbors. NaN for none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = sorted.length * share;
  const [low, high] = [sorted[Math.ceil(at) - 1], sorted[Math.floor(at)]];
  return low === undefined || high === undefined ? NaN : (low + high) / 2;
}

/** `values` with the first `by` of them moved to the end. */
export function rotate<T>(values: readonly T[], by: number): T[] {
  const at = values.length === 0 ? 0 : by % values.length;
  return [...values.slice(at), ...values.slice(0, at)];
}

/** How `values` stand to those of the same key in `reference`. */
export function ratios(
  values: ReadonlyMap<number, number>,
  reference: ReadonlyMap<number, number>,
): number[] {
  return Array.from(values, ([key, value]) => value / (reference.get(key) ?? NaN)).filter(
    (ratio) => !Number.isNaN(ratio),
  );
}

/**
 * Median of `ratios`. A disturbance of a round affects both values, so it is steadier than the ratio of the
 * medians. NaN without a common key.
 */
export function medianRatio(
  values: ReadonlyMap<number, number>,
  reference: ReadonlyMap<number, number>,
): number {
  return median(ratios(values, reference));
}
