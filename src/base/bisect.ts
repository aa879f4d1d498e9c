/**
 * Returns the first index below `length` for which a condition holds, by bisection.
 *
 * @param holds Must hold for every index after one for which it holds.
 * @returns `length` if the condition holds for none.
 */
export function firstIndexWhere(length: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
