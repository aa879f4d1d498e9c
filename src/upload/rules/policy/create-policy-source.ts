import type { Documents } from '../../../azure/host/documents';
import { loadModule } from '../../../base/load-module';
import type { PolicyStorage } from './policy-storage';
import type { PolicyReading, PolicySource } from './policy-source';

/** Dependencies of `createPolicySource`. */
export interface PolicySourceOptions {
  /** `POLICY_COLLECTION` of the organization. */
  readonly documents: Pick<Documents, 'read'>;
  /** Returns the GUID of the project. May reject. */
  readonly projectId: () => Promise<string>;
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
  const { documents, projectId, storage } = options;
  let reading: Promise<PolicyReading> | undefined;

  async function read(): Promise<PolicyReading> {
    let id: string | undefined;
    try {
      id = (await projectId()).toLowerCase();
      const value = await documents.read(id);
      if (value === undefined || value === null) {
        storage.remove(id);
        return { policy: undefined };
      }
      const { readStoredPolicy } = await loadModule(loadReader);
      const stored = readStoredPolicy(value);
      if (!stored) return await recall(id, 'invalid');
      storage.write(id, stored.text);
      return { policy: stored.policy };
    } catch {
      return await recall(id, 'unavailable');
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
