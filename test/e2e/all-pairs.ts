/**
 * Returns a pairwise-covering subset of `cases`: for any two properties, all combinations of their values are in one of
 * the returned cases. Greedy and deterministic.
 */
export function allPairs<T extends object>(cases: readonly T[]): readonly T[] {
  const missing = new Set(cases.flatMap(pairsOf));
  const chosen: T[] = [];
  while (missing.size > 0) {
    const gains = cases.map((each) => pairsOf(each).filter((pair) => missing.has(pair)).length);
    const best = cases[gains.indexOf(Math.max(...gains))]!;
    for (const pair of pairsOf(best)) missing.delete(pair);
    chosen.push(best);
  }
  return chosen;
}

function pairsOf(each: object): string[] {
  const values = Object.entries(each).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return values.flatMap((first, index) => values.slice(index + 1).map((second) => `${first} ${second}`));
}
