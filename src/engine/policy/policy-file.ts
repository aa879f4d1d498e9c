import { readFile } from 'node:fs/promises';
import type { PolicyFault } from '../../upload/rules/policy/read-policy';
import type { Policy } from '../../upload/rules/policy/policy';

/** Result of reading a policy from a file. */
export type PolicyFile =
  /** `unknown`: paths of members that this version of Stapler ignores. */
  | { readonly ok: true; readonly policy: Policy; readonly unknown: readonly string[] }
  /** One sentence, and one line for each reason. */
  | { readonly ok: false; readonly message: string; readonly reasons: readonly string[] };

/**
 * Reads a policy from a file.
 *
 * @param path Absolute.
 * @param name Its name in messages.
 */
export async function readPolicyFile(path: string, name: string): Promise<PolicyFile> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    return { ok: false, message: `${name} can't be read.`, reasons: [(error as Error).message] };
  }
  // Its tables take time to evaluate, and most commands have no policy.
  const { readPolicy } = await import('../../upload/rules/policy/read-policy');
  const result = readPolicy(text);
  if (result.ok) return result;
  return { ok: false, message: `${name} is not a policy.`, reasons: result.faults.map(lineOf) };
}

/** `maxBytes: "3" isn't possible here.` */
function lineOf({ path, message }: PolicyFault): string {
  return path ? `${path}: ${message}` : message;
}
