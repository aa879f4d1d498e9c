import { withTimeout } from '../../../base/async';
import { CancelledError } from '../../../base/errors';
import type { Runtime } from '../../../base/runtime';
import type { PolicyPart } from './policy';
import type { PolicySource } from './policy-source';

/** Parts of Stapler that the project has switched off. */
type HiddenParts = ReadonlySet<PolicyPart>;

/** Policy of the project around a page. */
export interface PagePolicy extends PolicySource {
  /** Whether the project has switched off a part of Stapler; no part until the policy is read. */
  readonly isHidden: (part: PolicyPart) => boolean;
}

/** All parts are on. */
const NO_PARTS: HiddenParts = new Set();

/** Time to wait for the policy before a part is shown, in milliseconds. */
const MAX_READ_MS = 2_000;

/** Reads the parts that are switched off. Without a policy in time, all parts stay on. Never rejects. */
export function readHiddenParts(policy: PolicySource, runtime: Runtime): Promise<HiddenParts> {
  return withTimeout(policy.read(), MAX_READ_MS, runtime, () => new CancelledError()).then(
    (reading) => reading.policy?.hiddenParts ?? NO_PARTS,
    () => NO_PARTS,
  );
}
