import type { Documents } from '../../../azure/host/documents';
import type { PolicyDocument } from './policy-document';
import { nextPolicyDocument, policyDocumentId, readPolicyDocument } from './policy-document';

/** Result of saving a policy. */
export type PolicySave =
  | { readonly kind: 'saved'; readonly document: PolicyDocument }
  /** Another administrator has saved since the last read. Nothing was written; the next save replaces that version. */
  | { readonly kind: 'clash'; readonly theirs: PolicyDocument };

/** Stored policy of a project, for its editor. */
export interface PolicyStore {
  /** Reads the document; `undefined` if there is none. @throws HostError */
  readonly read: () => Promise<PolicyDocument | undefined>;
  /**
   * Writes a text over the version that was read or saved last, which moves to the history.
   *
   * @throws HostError if nothing could be written, or if this is not certain.
   */
  readonly save: (text: string) => Promise<PolicySave>;
}

/** Dependencies of `createPolicyStore`. */
export interface PolicyStoreOptions {
  /** `POLICY_COLLECTION` of the organization. */
  readonly documents: Pick<Documents, 'read' | 'write'>;
  /** GUID of the project. */
  readonly projectId: string;
  /** Name of the author; empty if unknown. */
  readonly readAuthor: () => string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Creates the access to the policy of a project. */
export function createPolicyStore(options: PolicyStoreOptions): PolicyStore {
  const { documents, projectId, readAuthor, now } = options;
  const id = policyDocumentId(projectId);
  let known: PolicyDocument | undefined;

  async function load(): Promise<PolicyDocument | undefined> {
    const value = await documents.read(id);
    return value === undefined || value === null ? undefined : readPolicyDocument(value);
  }

  return {
    async read() {
      return (known = await load());
    },
    async save(text) {
      const next = nextPolicyDocument(known, { text, by: readAuthor(), at: now() });
      try {
        await documents.write(id, next);
      } catch (error) {
        // The host tells no reason to rely on, but the document does.
        const current = await load().catch(() => {
          throw error;
        });
        if (isSame(current, next)) return { kind: 'saved', document: (known = next) };
        if (!current || isSame(current, known)) throw error;
        known = current;
        return { kind: 'clash', theirs: current };
      }
      known = next;
      return { kind: 'saved', document: next };
    },
  };
}

function isSame(one: PolicyDocument | undefined, other: PolicyDocument | undefined): boolean {
  return JSON.stringify(orderOf(one)) === JSON.stringify(orderOf(other));
}

/** In one order of members. */
function orderOf(document: PolicyDocument | undefined): unknown {
  return document && [document, ...document.versions].map(({ text, by, at }) => [text, by, at]);
}
