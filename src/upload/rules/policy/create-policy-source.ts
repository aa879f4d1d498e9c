import type { Documents } from '../../../azure/host/documents';
import type { HostProject } from '../../../azure/host/host';
import { isStaplerError } from '../../../base/errors';
import { loadModule } from '../../../base/load-module';
import type { PolicyStorage } from './policy-storage';
import type { PolicyReading, PolicySource } from './policy-source';

/** Dependencies of `createPolicySource`. */
export interface PolicySourceOptions {
  /** `POLICY_COLLECTION` of the organization. */
  readonly documents: Pick<Documents, 'read'>;
  /** Returns the project. May reject. */
  readonly project: () => Promise<Pick<HostProject, 'id' | 'name'>>;
  /** Keeps the last text that was understood. */
  readonly storage: PolicyStorage;
}

/** Loads the reader of policies: most projects have none. */
const loadReader = () => import('./read-stored-policy');

/**
 * Creates the source of a page. A policy that cannot be read or understood never blocks the page: the last one that was
 * understood counts, else none.
 */
export function createPolicySource(options: PolicySourceOptions): PolicySource {
  const { documents, project, storage } = options;
  let reading: Promise<PolicyReading> | undefined;

  async function read(): Promise<PolicyReading> {
    let id: string | undefined;
    try {
      const { id: projectId, name } = await project();
      id = projectId.toLowerCase();
      const value = await documents.read(id);
      if (value === undefined || value === null) {
        storage.remove(id);
        return { policy: undefined };
      }
      const { readStoredPolicy } = await loadModule(loadReader);
      const stored = readStoredPolicy(value);
      if (!stored) return await recall(id, 'invalid');
      storage.write(id, stored.text);
      return { policy: stored.policy, project: name };
    } catch (error) {
      const reading = await recall(id, 'unavailable');
      return reading.policy || !isWithoutData(error) ? reading : { policy: undefined };
    }
  }

  /** Returns the remembered policy instead of the current one. */
  async function recall(
    id: string | undefined,
    problem: NonNullable<PolicyReading['problem']>,
  ): Promise<PolicyReading> {
    const text = id === undefined ? undefined : storage.read(id);
    if (text === undefined) return { policy: undefined, problem };
    const reader = await loadModule(loadReader).catch(() => undefined);
    return { policy: reader?.readStoredPolicy({ text })?.policy, problem };
  }

  return { read: () => (reading ??= read()) };
}

/** Whether the host has no place for policies: it lacks the service, or never answers. A refusal has a cause. */
function isWithoutData(error: unknown): boolean {
  return isStaplerError(error) && error.kind === 'host-silent' && error.cause === undefined;
}
