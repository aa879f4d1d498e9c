import type { ProblemKind } from '../../base/errors';
import { hasTrait } from '../../base/problem-traits';
import { isLimit } from '../../engine/limits';

/** Exit codes of all commands. 64 is EX_USAGE of sysexits.h; 130 is that of shells after Ctrl+C. */
export const EXIT = {
  /** Everything is there. */
  ok: 0,
  /** A defect of Stapler. */
  defect: 1,
  /** Some files failed, for several or other reasons. */
  failed: 2,
  /** The sign-in or a permission is missing. */
  denied: 3,
  /** A limit of Azure DevOps, or a rule for secrets or of the policy, refuses a file. */
  limit: 4,
  /** The service could not be reached for too long. */
  unreachable: 5,
  /** Wrong arguments. */
  usage: 64,
  /** Ended by Ctrl+C or a signal. */
  interrupted: 130,
} as const;

/** One of `EXIT`. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Returns the exit code for failures of these kinds: their common reason, or `failed`. */
export function exitCodeOf(kinds: readonly ProblemKind[]): ExitCode {
  const codes = new Set(kinds.map(codeOf));
  const [code = EXIT.ok] = codes;
  return codes.size > 1 ? EXIT.failed : code;
}

function codeOf(kind: ProblemKind): ExitCode {
  if (kind === 'internal') return EXIT.defect;
  if (kind === 'signed-out' || kind === 'no-permission') return EXIT.denied;
  if (isLimit(kind) || kind === 'has-secrets' || kind === 'breaks-policy') return EXIT.limit;
  return hasTrait({ kind }, 'transient') ? EXIT.unreachable : EXIT.failed;
}
