import { messageOf } from '../../base/errors';
import type { Documents } from './documents';
import { dataManager, USER_SCOPE } from './sdk-data';
import { callHost } from './sdk-services';

/**
 * Creates access to a collection of documents, through the official SDK.
 *
 * @param collection Name, unique within the extension.
 */
export function createSdkDocuments(collection: string): Documents {
  /** Versions last read or written by this frame, by id. A document without one is new. */
  const etags = new Map<string, unknown>();

  function remember(answer: unknown): void {
    const { id, __etag: etag } = (answer ?? {}) as { id?: unknown; __etag?: unknown };
    if (typeof id === 'string') etags.set(id, etag);
  }

  async function call(
    name: string,
    act: (data: Awaited<ReturnType<typeof dataManager>>) => unknown,
  ): Promise<unknown> {
    const data = await dataManager();
    return callHost(() => act(data), name);
  }

  return {
    async list() {
      const found = await call('documents', (data) => data.getDocuments(collection, USER_SCOPE)).catch(
        unlessMissing,
      );
      const documents: readonly unknown[] = Array.isArray(found) ? found : [];
      documents.forEach(remember);
      return documents;
    },
    async read(id) {
      const document = await call('a document', (data) => data.getDocument(collection, id, USER_SCOPE)).catch(
        unlessMissing,
      );
      remember(document);
      return document;
    },
    async write(id, value) {
      const etag = etags.get(id);
      const document = { ...value, id, ...(etag !== undefined && { __etag: etag }) };
      remember(await call('a document', (data) => data.setDocument(collection, document, USER_SCOPE)));
    },
    async remove(id) {
      await call('a document', (data) => data.deleteDocument(collection, id, USER_SCOPE)).catch(
        unlessMissing,
      );
      etags.delete(id);
    },
  };
}

/** Returns `undefined` for a missing document or collection; throws all other errors. */
function unlessMissing(error: unknown): undefined {
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  const status = typeof cause === 'object' && cause !== null && 'status' in cause ? cause.status : undefined;
  // The host tells the status, the message, or both (host reference 9).
  if (status === 404 || /DoesNotExist|does not exist|VS40301[0-9]/i.test(messageOf(cause, '')))
    return undefined;
  throw error;
}
