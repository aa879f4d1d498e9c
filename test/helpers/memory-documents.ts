import type { Documents } from '../../src/azure/host/documents';
import { HostError } from '../../src/base/errors';

/** Documents in memory, shared by the frames of a test. */
export interface MemoryDocuments {
  /** Access of one frame. Values become JSON, as in the host. */
  readonly open: () => Documents;
  /** Current texts by id. */
  readonly texts: ReadonlyMap<string, string>;
  /** Called before each write. May throw. */
  onWrite: (id: string) => void;
  /** Writes a document as another frame, with the same value. */
  readonly touch: (id: string) => void;
}

/** Creates an empty collection. */
export function createMemoryDocuments(): MemoryDocuments {
  const texts = new Map<string, string>();
  const versions = new Map<string, number>();
  const memory: MemoryDocuments = {
    texts,
    onWrite: () => undefined,
    touch: (id) => void versions.set(id, (versions.get(id) ?? 0) + 1),
    open() {
      const known = new Map<string, number | undefined>();
      const read = (id: string): unknown => {
        const text = texts.get(id);
        known.set(id, versions.get(id));
        return text === undefined ? undefined : (JSON.parse(text) as unknown);
      };
      return {
        list: async () => Promise.resolve([...texts.keys()].map(read)),
        read: async (id) => Promise.resolve(read(id)),
        async write(id, value) {
          await Promise.resolve();
          memory.onWrite(id);
          if (known.get(id) !== versions.get(id)) throw new HostError('The document has changed.');
          texts.set(id, JSON.stringify(value));
          const version = (versions.get(id) ?? 0) + 1;
          versions.set(id, version);
          known.set(id, version);
        },
        async remove(id) {
          await Promise.resolve();
          texts.delete(id);
          versions.delete(id);
        },
      };
    },
  };
  return memory;
}
