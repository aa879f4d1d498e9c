/** Content of a changed file. */
export interface HeldFile {
  readonly file: Blob;
  /** Bytes that it holds in memory. */
  readonly heldBytes: number;
}

/** Contents of the changed files that were read last. */
export interface HeldFiles {
  /**
   * Returns the content of a file, created again if it was dropped.
   *
   * @throws The error of `create`. The next call creates it again.
   */
  readonly find: (key: object, create: () => Promise<HeldFile>) => Promise<Blob>;
}

/** Maximum of the held bytes. A larger file is held alone. */
const MAX_HELD_BYTES = 96 * 1024 * 1024;

/** Most files held. */
const MAX_HELD_FILES = 256;

/** Creates an empty list of contents. The least recently read ones are dropped first. */
export function createHeldFiles(maxBytes = MAX_HELD_BYTES, maxFiles = MAX_HELD_FILES): HeldFiles {
  /** Least recently read first. */
  const held = new Map<object, { readonly content: Promise<HeldFile>; bytes: number }>();

  function drop(): void {
    let bytes = [...held.values()].reduce((sum, each) => sum + each.bytes, 0);
    for (const [key, each] of held) {
      if (held.size === 1 || (bytes <= maxBytes && held.size <= maxFiles)) return;
      held.delete(key);
      bytes -= each.bytes;
    }
  }

  return {
    async find(key, create) {
      const known = held.get(key);
      const entry = known ?? { content: create(), bytes: 0 };
      held.delete(key);
      held.set(key, entry);
      if (!known) {
        try {
          entry.bytes = (await entry.content).heldBytes;
        } catch (error) {
          held.delete(key);
          throw error;
        }
        drop();
      }
      return (await entry.content).file;
    },
  };
}
