import { createConnection } from '../../azure/rest/connection';
import { extensionDataUrl, readExtensionDocument } from '../../azure/rest/extension-documents';
import { readProjectId } from '../../azure/rest/projects';
import { isCancelled } from '../../base/errors';
import { retry } from '../../base/retry';
import { POLICY_COLLECTION, policyDocumentId } from '../../upload/rules/policy/policy-document';
import type { PolicyReading } from '../../upload/rules/policy/policy-source';
import type { Engine } from '../engine';

/** A firewall may block the host of the data: then a command must not wait for long. In milliseconds. */
const STALL_MS = 10_000;

const MAX_ATTEMPTS = 2;

/** Engine of a policy. */
export type PolicyEngine = Pick<Engine, 'organization' | 'services' | 'stack' | 'getAuthorization'>;

/**
 * Reads the policy of a project from the organization. A document that is not understood counts as none; earlier versions
 * of it do not count.
 *
 * @param project Its name.
 * @throws CancelledError after an abort; no other error.
 */
export async function readProjectPolicy(
  { organization, services, stack, getAuthorization }: PolicyEngine,
  project: string,
): Promise<PolicyReading> {
  const { connection, runtime } = services;
  const data = createConnection({
    stack,
    getToken: getAuthorization,
    authorize: (header) => header,
    getBaseUrl: () => Promise.resolve(extensionDataUrl(organization)),
  });
  const read = async (): Promise<Record<string, unknown> | undefined> => {
    const id = await readProjectId(connection, project);
    const address = { collection: POLICY_COLLECTION, id: policyDocumentId(id) };
    return readExtensionDocument(data, address, { stallMs: STALL_MS });
  };
  let document: Record<string, unknown> | undefined;
  try {
    document = await retry(read, { runtime, maxAttempts: MAX_ATTEMPTS });
  } catch (error) {
    if (isCancelled(error)) throw error;
    return { policy: undefined, problem: 'unavailable' };
  }
  if (!document) return { policy: undefined };
  // Its tables take time to evaluate, and most projects have no policy.
  const { readStoredPolicy } = await import('../../upload/rules/policy/read-stored-policy');
  const stored = readStoredPolicy(document);
  return stored ? { policy: stored.policy } : { policy: undefined, problem: 'invalid' };
}
