import { assumptionAnswers, type Assumptions } from '../contract';

/** Default answers to the open questions. */
export function defaultAssumptions(): Assumptions {
  const entries = Object.entries(assumptionAnswers).map(([question, [first]]) => [question, first]);
  return Object.fromEntries(entries) as Assumptions;
}

/** Changes some answers. Throws a `RangeError` on an unknown question or answer, and nothing is changed. */
export function assume(assumptions: Assumptions, change: Partial<Assumptions>): void {
  for (const [question, answer] of Object.entries(change)) {
    const possible: Readonly<Record<string, readonly unknown[]>> = assumptionAnswers;
    if (!possible[question]?.includes(answer)) {
      throw new RangeError(`There is no assumption "${question}" with the answer "${String(answer)}".`);
    }
  }
  Object.assign(assumptions, change);
}
