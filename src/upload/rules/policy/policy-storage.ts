/** The last understood texts of policies, by project. Never throws: without storage, it keeps nothing. */
export interface PolicyStorage {
  readonly read: (projectId: string) => string | undefined;
  readonly write: (projectId: string, text: string) => void;
  readonly remove: (projectId: string) => void;
}

/**
 * Creates the storage in the browser.
 *
 * @param getOrganization Id of the organization or collection; empty if unknown, and then nothing is kept.
 */
export function createBrowserPolicyStorage(getOrganization: () => string): PolicyStorage {
  /** Sandboxed frames have no storage, and a full one refuses to write. */
  function guarded<T>(projectId: string, act: (storage: Storage, key: string) => T): T | undefined {
    try {
      const organization = getOrganization();
      if (organization === '') return undefined;
      // eslint-disable-next-line no-restricted-globals -- rules of the project, no data of the person
      return act(localStorage, `stapler-policy ${JSON.stringify([organization, projectId])}`);
    } catch {
      return undefined;
    }
  }

  return {
    read: (projectId) => guarded(projectId, (storage, key) => storage.getItem(key)) ?? undefined,
    write: (projectId, text) => guarded(projectId, (storage, key) => storage.setItem(key, text)),
    remove: (projectId) => guarded(projectId, (storage, key) => storage.removeItem(key)),
  };
}
