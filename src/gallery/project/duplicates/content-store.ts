import type { AttachmentReference } from '../../../azure/work-item';

/** Known hashes of the stored bytes of an attachment. They never change. */
export interface KnownContent {
  /** In bytes. */
  readonly size: number;
  /** Of the first one of `stopsOf`, and of the next ones as far as they were read. */
  readonly digests: readonly PrefixDigest[];
}

/** Hash of the bytes before a stop. */
export interface PrefixDigest {
  /** In bytes, one of `stopsOf`. */
  readonly end: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** Known contents by attachment GUID. No method rejects: what cannot be stored is read again. */
export interface ContentStore {
  /** Returns the known ones of `ids`. */
  readonly find: (
    ids: readonly AttachmentReference['id'][],
  ) => Promise<ReadonlyMap<AttachmentReference['id'], KnownContent>>;
  /** Returns all known ones. */
  readonly readAll: () => Promise<ReadonlyMap<AttachmentReference['id'], KnownContent>>;
  /** Adds a content, or a hash to it. */
  readonly add: (id: AttachmentReference['id'], content: KnownContent) => Promise<void>;
}

/** Creates a store for the lifetime of the page. */
export function createMemoryContents(): ContentStore {
  const contents = new Map<AttachmentReference['id'], KnownContent>();
  return {
    find: (ids) =>
      Promise.resolve(
        new Map(
          ids.flatMap((id) => {
            const content = contents.get(id);
            return content ? [[id, content]] : [];
          }),
        ),
      ),
    readAll: () => Promise.resolve(new Map(contents)),
    add(id, content) {
      contents.set(id, content);
      return Promise.resolve();
    },
  };
}
