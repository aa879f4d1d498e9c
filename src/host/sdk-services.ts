import * as SDK from 'azure-devops-extension-sdk';
import { HostError } from '../model/errors';
import { hostAnswer } from './time-out';

/** Returns a service of the host. @throws HostError if missing or without a response. */
export async function getService<T>(id: string): Promise<T> {
  const service: unknown = await hostAnswer(SDK.getService(id), id);
  if (typeof service === 'object' && service !== null) return service as T;
  throw new HostError(`Azure DevOps has no service ${id}.`);
}

/**
 * Response of the host to `call`, untrusted JSON.
 *
 * @param what Name of the request for errors: `unsaved edits`.
 * @throws HostError on failure or timeout.
 */
export function ask(call: () => unknown, what: string, timeoutMs?: number): Promise<unknown> {
  return hostAnswer(callOf(call), what, timeoutMs);
}

/**
 * Turns a missing method into a rejection, like a refused call. All methods return promises, even those typed `void`
 * (host reference 6.2).
 */
async function callOf(call: () => unknown): Promise<unknown> {
  return await call();
}
