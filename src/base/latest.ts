/**
 * Creates a function to call at the start of an operation. It returns a check that is true until the next operation
 * starts, or the next one with the same key. Results of older operations can be ignored this way.
 */
export function createLatest(): (key?: unknown) => () => boolean {
  const starts = new Map<unknown, number>();
  return (key) => {
    const start = (starts.get(key) ?? 0) + 1;
    starts.set(key, start);
    return () => starts.get(key) === start;
  };
}
