import type { Policy } from './policy';

/** Policy of a project as a page or a command reads it. */
export interface PolicyReading {
  /** The last one that was understood; `undefined` without a policy. */
  readonly policy: Policy | undefined;
  /** Name of its project. Default: unknown, and then the policy counts for all work items. */
  readonly project?: string;
  /**
   * Why the current document does not count: it could not be read, or not be understood. The policy is an earlier one, or
   * none.
   */
  readonly problem?: 'unavailable' | 'invalid';
}

/** Reads the policy of the project that a page or a command works for. */
export interface PolicySource {
  /** Reads it once and shares the result. Never rejects. */
  readonly read: () => Promise<PolicyReading>;
}
