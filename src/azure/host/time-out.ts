import { browserRuntime } from '../../base/runtime';
import { withTimeout } from '../../base/async';
import { HostError, messageOf } from '../../base/errors';

/** Timeout of a response of the host, in milliseconds: the host's own timeout for frames (host reference 4.1). */
export const HOST_TIMEOUT_MS = 10_000;

/**
 * Resolves with the host's response; rejects with a HostError on failure or timeout. Calls across frames may never
 * settle.
 *
 * @param what Name of the request for errors: `an access token`.
 */
export async function hostAnswer<T>(
  answer: Promise<T>,
  what: string,
  timeoutMs = HOST_TIMEOUT_MS,
): Promise<T> {
  const refused = (cause: unknown): never => {
    throw new HostError(`Azure DevOps refused the question for ${what}: ${messageOf(cause)}`, { cause });
  };
  return withTimeout(
    answer.catch(refused),
    timeoutMs,
    browserRuntime,
    () => new HostError(`Azure DevOps did not answer the question for ${what}.`),
  );
}
