import { browserRuntime } from '../base/browser-runtime';
import { withTimeout } from '../base/timeout';
import { HostError, messageOf } from '../model/errors';

/** Longest wait for one answer of the host, in milliseconds: what the host itself waits for a frame (host reference 4.1). */
export const HOST_PATIENCE_MS = 10_000;

/**
 * The host's answer, or a HostError when it fails or does not come in time: calls across frames may never settle.
 *
 * @param what Names the question: `an access token`.
 */
export async function hostAnswer<T>(
  answer: Promise<T>,
  what: string,
  timeoutMs = HOST_PATIENCE_MS,
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
