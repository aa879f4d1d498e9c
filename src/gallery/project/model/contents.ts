import { stopsOf } from '../duplicates/content-stops';
import type { KnownContent } from '../duplicates/content-store';

/** Digests of the beginnings of an attachment, as far as they were read. */
export interface ContentDigests {
  /**
   * Digests up to each of `stopsOf`, shortened to `DIGEST_LENGTH`, in one text. Contents of equal size differ if neither
   * text begins with the other.
   */
  readonly chain: string;
  /** Of all bytes; `undefined` while they are not read. */
  readonly sha256: string | undefined;
}

/** Returns the digests of an attachment of this size, in bytes; `undefined` while none is known. */
export type DigestsOf = (attachmentId: string, size: number) => ContentDigests | undefined;

/** Characters of a digest that tell beginnings apart. Equal contents have equal digests in full. */
export const DIGEST_LENGTH = 16;

/** Known contents by attachment GUID, in little memory. */
export interface ContentTable {
  /** Adds contents. @returns Whether one of them was new. */
  readonly add: (contents: Iterable<readonly [attachmentId: string, content: KnownContent]>) => boolean;
  readonly digestsOf: DigestsOf;
}

/** Creates an empty table. */
export function createContentTable(): ContentTable {
  const known = new Map<string, ContentDigests & { readonly size: number }>();

  /** Digests are known one after the other, from the first one on. */
  function addOne(id: string, { size, digests }: KnownContent): boolean {
    const stops = stopsOf(size);
    const read = digests.filter(({ end }, index) => end === stops[index]);
    const chain = read.map(({ sha256 }) => sha256.slice(0, DIGEST_LENGTH)).join('');
    const before = known.get(id);
    if (chain === '' || (before?.size === size && before.chain.length >= chain.length)) return false;
    known.set(id, { size, chain, sha256: read[stops.length - 1]?.sha256 });
    return true;
  }

  return {
    add(contents) {
      let hasChanged = false;
      for (const [id, content] of contents) if (addOne(id, content)) hasChanged = true;
      return hasChanged;
    },
    digestsOf(id, size) {
      const content = known.get(id);
      return content?.size === size ? content : undefined;
    },
  };
}
