import type { JournalStore } from '../../src/upload/recovery/journal/journal-store';

/** The calls of a store that change something; between any two of them a frame may go. */
const WRITES = [
  'add',
  'save',
  'claim',
  'setAside',
  'keepFile',
  'dropFiles',
  'expire',
  'releaseOwnership',
  'clear',
  'renewLease',
] as const satisfies readonly (keyof JournalStore)[];

/** The name of a call that changes something. */
export type Write = (typeof WRITES)[number];

/** Writes for which a full disk has no room. */
const NEED_ROOM: ReadonlySet<string> = new Set<Write>([
  'add',
  'save',
  'claim',
  'setAside',
  'keepFile',
  'renewLease',
]);

/** When and how the store of a frame breaks. A call that fails has changed nothing. */
export interface Breakage {
  /** The call at which it breaks, or the first one after it that can break so. 1-based; reads count as well. */
  readonly call: number;
  /** What is `closed` stays so, and says that it is. */
  readonly how: 'no room' | 'aborted' | 'closed';
  /** Whether all calls fail from then on, or that one alone. */
  readonly lasts: boolean;
}

/** What a frame that may go has to do with its store. */
export interface Door {
  /** Resolves at once in a frame that is there, later in one that sleeps, and never in one that is gone. */
  readonly awake: () => Promise<void>;
  /** A write was asked for. Resolves when it is its turn. */
  readonly turn: (write: Write) => Promise<void>;
  /** Why the next call fails, if it does. */
  readonly failure: (call: string) => DOMException | undefined;
  /** A write is about to happen; the frame may go now. */
  readonly before: (write: Write) => void;
  /** It has happened, and the frame has not heard of it, or never will. */
  readonly after: (write: Write, args: readonly unknown[], result: unknown) => void;
}

/** A store as one frame reaches it: from a frame that is gone it hears nothing, and tells it nothing. */
export function throughDoor(
  store: JournalStore,
  { awake, turn, failure, before, after }: Door,
): JournalStore {
  const isWrite = (name: string): name is Write => (WRITES as readonly string[]).includes(name);
  const entries = Object.entries(store) as [string, (...args: unknown[]) => Promise<unknown>][];
  const guarded = entries.map(([name, call]) => [
    name,
    async (...args: unknown[]): Promise<unknown> => {
      if (isWrite(name)) {
        await turn(name);
        await awake();
        before(name);
      }
      await awake();
      const reason = failure(name);
      if (reason) throw reason;
      const result = await call(...args);
      if (isWrite(name)) after(name, args, result);
      await awake();
      return result;
    },
  ]);
  return Object.fromEntries(guarded) as JournalStore;
}

/**
 * Says of one call after the other why it fails, if it does.
 *
 * @param onGone Told as soon as the store is closed.
 */
export function createFailures(breakage: Breakage | undefined, onGone: () => void): Door['failure'] {
  let calls = 0;
  let hasFailed = false;
  return (call) => {
    calls++;
    if (!breakage || calls < breakage.call) return undefined;
    const { how, lasts } = breakage;
    if (hasFailed && !lasts && how !== 'closed') return undefined;
    if (how === 'no room' && !NEED_ROOM.has(call)) return undefined;
    if (how === 'closed' && !hasFailed) onGone();
    hasFailed = true;
    return new DOMException(`The store is broken: ${how}.`, NAMES[how]);
  };
}

const NAMES: Readonly<Record<Breakage['how'], string>> = {
  'no room': 'QuotaExceededError',
  aborted: 'AbortError',
  closed: 'InvalidStateError',
};
