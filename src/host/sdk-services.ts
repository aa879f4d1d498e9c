import * as SDK from 'azure-devops-extension-sdk';
import { HostError } from '../model/errors';
import { hostAnswer } from './time-out';

/** A service of the host. @throws HostError when there is none, or no answer. */
export async function getService<T>(id: string): Promise<T> {
  const service: unknown = await hostAnswer(SDK.getService(id), id);
  if (typeof service === 'object' && service !== null) return service as T;
  throw new HostError(`Azure DevOps has no service ${id}.`);
}

/**
 * What the host answers to `call`, of which nothing is believed but that it comes through JSON.
 *
 * @param what Names the question: `unsaved edits`.
 * @throws HostError when it fails or does not come in time.
 */
export function ask(call: () => unknown, what: string, timeoutMs?: number): Promise<unknown> {
  return hostAnswer(callOf(call), what, timeoutMs);
}

/**
 * A method that the host's service lacks fails like one that refuses: in its promise, beside the other questions. All
 * of them answer with a promise, also where the API says `void` (host reference 6.2).
 */
async function callOf(call: () => unknown): Promise<unknown> {
  return await call();
}
