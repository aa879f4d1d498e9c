import type { AttachmentReference } from '../../../azure/work-item';

/** Known hashes of the stored bytes of an attachment. They never change. */
export interface KnownContent {
  /** In bytes. */
  readonly size: number;
  /** Hexadecimal SHA-256 of the beginning: up to the first one of `stopsOf`. */
  readonly head: string;
  /** Hexadecimal SHA-256 of all bytes; not set before they were read. */
  readonly sha256?: string;
}

/** Known contents by attachment GUID. No method rejects: what cannot be stored is read again. */
export interface ContentStore {
  /** Returns the known ones of `ids`. */
  readonly find: (
    ids: readonly AttachmentReference['id'][],
  ) => Promise<ReadonlyMap<AttachmentReference['id'], KnownContent>>;
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
    add(id, content) {
      contents.set(id, content);
      return Promise.resolve();
    },
  };
}
