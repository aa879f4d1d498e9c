import { isFullRun } from '../../tools/full-run.cjs';

/** Tag of a variant that runs with `CI=true` only; docs/testing.md names the tests that cover it locally. */
export const CI_ONLY = '@ci-only';

/** Tags of a variant: locally, a story runs for the variants with `isLocal` only. */
export function ciOnlyUnless(isLocal: boolean): readonly string[] {
  return isLocal ? [] : [CI_ONLY];
}

let calls = 0;

/** All values with `CI=true`. Locally one of them, in turn with each call. */
export function inTurn<T>(values: readonly T[]): readonly T[] {
  return isFullRun ? values : [values[calls++ % values.length]!];
}
