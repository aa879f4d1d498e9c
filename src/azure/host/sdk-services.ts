import type { IWorkItemFormService } from 'azure-devops-extension-api/WorkItemTracking';
import * as SDK from 'azure-devops-extension-sdk';
import { HostError } from '../../base/errors';
import { hostAnswer } from './time-out';

/** Returns a service of the host. @throws HostError if missing or without a response. */
export async function getService<T>(id: string): Promise<T> {
  const service: unknown = await hostAnswer(SDK.getService(id), id);
  if (typeof service === 'object' && service !== null) return service as T;
  throw new HostError(`Azure DevOps has no service ${id}.`);
}

/** Returns the service of the form, which refers to the active work item. @throws HostError */
export function formService(): Promise<IWorkItemFormService> {
  return getService<IWorkItemFormService>('ms.vss-work-web.work-item-form');
}

/**
 * Response of the host to `call`, untrusted JSON.
 *
 * @param requestName Name of the request for errors: `unsaved edits`.
 * @throws HostError on failure or timeout.
 */
export function callHost(call: () => unknown, requestName: string, timeoutMs?: number): Promise<unknown> {
  return hostAnswer(invoke(call), requestName, timeoutMs);
}

/**
 * Turns a missing method into a rejection, like a refused call. All methods return promises, even those typed `void`
 * (host reference 6.2).
 */
async function invoke(call: () => unknown): Promise<unknown> {
  return await call();
}
