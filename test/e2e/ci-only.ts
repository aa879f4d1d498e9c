/** Tag of a variant that runs with `CI=true` only; docs/testing.md names the tests that cover it locally. */
export const CI_ONLY = '@ci-only';

/** Tags of a variant: locally, a story runs for the variants with `isLocal` only. */
export function ciOnlyUnless(isLocal: boolean): readonly string[] {
  return isLocal ? [] : [CI_ONLY];
}
