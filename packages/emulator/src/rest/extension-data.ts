import { randomUUID } from 'node:crypto';
import type { ExtensionDataScope, ExtensionDocument } from '../contract';
import { ApiError } from './api-error';
import type { ExtensionDataSnapshot } from './snapshot';

type Documents = Map<string, ExtensionDocument>;

/** Etag that matches every version (host reference 9). */
const anyVersion = -1;

/**
 * Documents of the extension's data service, in collections of the organization (`Default`) or the signed-in
 * user (`User`). Errors are those of the service (host reference 9). Assumed: their texts, and collections
 * that exist from their first document on.
 */
export class ExtensionData {
  private readonly collections = new Map<string, Documents>();

  /** All stored documents. */
  snapshot(): ExtensionDataSnapshot {
    return [...this.collections].map(([key, documents]) => [key, [...documents.values()]]);
  }

  /** Stores all of it as it was. */
  restore(snapshot: ExtensionDataSnapshot): void {
    for (const [key, documents] of snapshot)
      this.collections.set(key, new Map(documents.map((document) => [document.id, document])));
  }

  /** All documents of a collection. */
  list(scope: ExtensionDataScope, collection: string): ExtensionDocument[] {
    return [...this.existing(scope, collection).values()];
  }

  read(scope: ExtensionDataScope, collection: string, id: string): ExtensionDocument {
    const document = this.existing(scope, collection).get(id);
    if (document === undefined) throw noSuchDocument(collection, id);
    return document;
  }

  /** Creates a document, with a generated id if it has none. */
  create(scope: ExtensionDataScope, collection: string, content: object): ExtensionDocument {
    const id = idOf(content) ?? randomUUID();
    const documents = this.collectionFor(scope, collection);
    if (documents.has(id)) throw documentExists(collection, id);
    return keep(documents, id, content, 1);
  }

  /** Creates or replaces a document. */
  set(scope: ExtensionDataScope, collection: string, content: object): ExtensionDocument {
    const id = idOf(content) ?? randomUUID();
    const documents = this.collectionFor(scope, collection);
    const present = documents.get(id);
    return present === undefined ? keep(documents, id, content, 1) : replace(documents, present, content);
  }

  /** Replaces an existing document. */
  update(scope: ExtensionDataScope, collection: string, content: object): ExtensionDocument {
    const present = this.read(scope, collection, idOf(content) ?? '');
    return replace(this.existing(scope, collection), present, content);
  }

  delete(scope: ExtensionDataScope, collection: string, id: string): void {
    this.read(scope, collection, id);
    this.existing(scope, collection).delete(id);
  }

  private existing(scope: ExtensionDataScope, collection: string): Documents {
    const documents = this.collections.get(keyOf(scope, collection));
    if (documents === undefined) throw noSuchCollection(collection);
    return documents;
  }

  private collectionFor(scope: ExtensionDataScope, collection: string): Documents {
    const key = keyOf(scope, collection);
    const documents = this.collections.get(key) ?? new Map<string, ExtensionDocument>();
    this.collections.set(key, documents);
    return documents;
  }
}

function keyOf(scope: ExtensionDataScope, collection: string): string {
  return `${scope}/${collection}`;
}

function idOf(content: object): string | undefined {
  return 'id' in content && typeof content.id === 'string' && content.id !== '' ? content.id : undefined;
}

/** Assumed: a document without an etag has no version, so it replaces nothing. */
function replace(documents: Documents, present: ExtensionDocument, content: object): ExtensionDocument {
  const etag = '__etag' in content ? content.__etag : undefined;
  if (etag !== anyVersion && etag !== present.__etag) throw documentChanged(present.id);
  return keep(documents, present.id, content, present.__etag + 1);
}

function keep(documents: Documents, id: string, content: object, etag: number): ExtensionDocument {
  const document = { ...structuredClone(content), id, __etag: etag };
  documents.set(id, document);
  return document;
}

function noSuchCollection(collection: string): ApiError {
  return new ApiError(
    404,
    'DocumentCollectionDoesNotExistException',
    `The collection "${collection}" does not exist.`,
  );
}

function noSuchDocument(collection: string, id: string): ApiError {
  return new ApiError(
    404,
    'DocumentDoesNotExistException',
    `The document "${id}" does not exist in the collection "${collection}".`,
  );
}

function documentExists(collection: string, id: string): ApiError {
  return new ApiError(
    409,
    'DocumentExistsException',
    `The document "${id}" already exists in the collection "${collection}".`,
  );
}

function documentChanged(id: string): ApiError {
  return new ApiError(
    400,
    'InvalidDocumentVersionException',
    `The document "${id}" has been changed since it was read.`,
  );
}
