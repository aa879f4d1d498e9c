import type { JournalStore } from '../../src/journal/journal-store';

/** The calls of a store that change something; between any two of them a frame may go. */
const WRITES = [
  'add',
  'save',
  'claim',
  'setAside',
  'keepFile',
  'dropFiles',
  'expire',
  'disown',
  'clear',
  'renewLease',
] as const satisfies readonly (keyof JournalStore)[];

/** The name of a call that changes something. */
export type Write = (typeof WRITES)[number];

/** What a frame that may go has to do with its store. */
export interface Door {
  /** Resolves at once in a frame that is there, later in one that sleeps, and never in one that is gone. */
  readonly awake: () => Promise<void>;
  /** Resolves when it is the turn of a write. */
  readonly turn: () => Promise<void>;
  /** A write is about to happen; the frame may go now. */
  readonly before: (write: Write) => void;
  /** It has happened, and the frame has not heard of it, or never will. */
  readonly after: (write: Write, args: readonly unknown[]) => void;
}

/** A store as one frame reaches it: from a frame that is gone it hears nothing, and tells it nothing. */
export function throughDoor(store: JournalStore, { awake, turn, before, after }: Door): JournalStore {
  const isWrite = (name: string): name is Write => (WRITES as readonly string[]).includes(name);
  const entries = Object.entries(store) as [string, (...args: unknown[]) => Promise<unknown>][];
  const guarded = entries.map(([name, call]) => [
    name,
    async (...args: unknown[]): Promise<unknown> => {
      if (isWrite(name)) {
        await turn();
        await awake();
        before(name);
      }
      await awake();
      const result = await call(...args);
      if (isWrite(name)) after(name, args);
      await awake();
      return result;
    },
  ]);
  return Object.fromEntries(guarded) as JournalStore;
}
