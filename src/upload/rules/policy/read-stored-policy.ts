import type { Policy } from './policy';
import { policyTextOf } from './policy-document';
import { readPolicy } from './read-policy';

/** Reads a stored document; `undefined` if it, or the policy in it, cannot be understood. */
export function readStoredPolicy(
  value: unknown,
): { readonly text: string; readonly policy: Policy } | undefined {
  const text = policyTextOf(value);
  if (text === undefined) return undefined;
  const result = readPolicy(text);
  return result.ok ? { text, policy: result.policy } : undefined;
}
