import { messageOf } from '../../base/errors';
import type { Documents } from './documents';
import type { DataScope } from './sdk-data';
import { dataManager, USER_SCOPE } from './sdk-data';
import { callHost } from './sdk-services';

/**
 * Creates access to a collection of documents, through the official SDK.
 *
 * @param collection Name, unique within the extension and the scope.
 * @param scope Default: the signed-in person, whom the documents follow.
 */
export function createSdkDocuments(collection: string, scope: DataScope = USER_SCOPE): Documents {
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
      const found = await call('documents', (data) => data.getDocuments(collection, scope)).catch(
        unlessMissing,
      );
      const documents: readonly unknown[] = Array.isArray(found) ? found : [];
      documents.forEach(remember);
      return documents;
    },
    async read(id) {
      const document = await call('a document', (data) => data.getDocument(collection, id, scope)).catch(
        unlessMissing,
      );
      if (document === undefined) etags.delete(id);
      remember(document);
      return document;
    },
    async write(id, value) {
      const etag = etags.get(id);
      const answer = await call('a document', (data) =>
        // Never replaces a document that this frame has not read.
        etag === undefined
          ? data.createDocument(collection, { ...value, id }, scope)
          : data.setDocument(collection, { ...value, id, __etag: etag }, scope),
      );
      remember(answer);
    },
    async remove(id) {
      await call('a document', (data) => data.deleteDocument(collection, id, scope)).catch(unlessMissing);
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
