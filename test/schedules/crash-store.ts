import type { JournalStore } from '../../src/upload/recovery/journal/journal-store';

/** Changing calls of a store; a frame may crash between any two of them. */
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

/** Name of a changing call. */
export type Write = (typeof WRITES)[number];

/** Writes refused by a full disk. */
const NEED_ROOM: ReadonlySet<string> = new Set<Write>([
  'add',
  'save',
  'claim',
  'setAside',
  'keepFile',
  'renewLease',
]);

/** Fault of the store of a frame. A failed call changes nothing. */
export interface Breakage {
  /** Number of the first failing call, 1-based and including reads; calls unable to fail in this way are skipped. */
  readonly call: number;
  /** A `closed` store stays closed and reports it. */
  readonly how: 'no room' | 'aborted' | 'closed';
  /** Whether all later calls fail, or a single one. */
  readonly lasts: boolean;
}

/** Hooks of a frame around its store calls. */
export interface Door {
  /** Resolves when the frame is awake, and never after a crash. */
  readonly awake: () => Promise<void>;
  /** Queues a write. Resolves when it may run. */
  readonly enqueue: (write: Write) => Promise<void>;
  /** Error of the next call, if it fails. */
  readonly failure: (call: string) => DOMException | undefined;
  /** Called before a write; the frame may crash now. */
  readonly before: (write: Write) => void;
  /** Called after a write, before the frame gets the result. */
  readonly after: (write: Write, args: readonly unknown[], result: unknown) => void;
}

/** Wraps a store for one frame. After its crash, no call reaches the store, and no result the frame. */
export function throughDoor(
  store: JournalStore,
  { awake, enqueue, failure, before, after }: Door,
): JournalStore {
  const isWrite = (name: string): name is Write => (WRITES as readonly string[]).includes(name);
  const entries = Object.entries(store) as [string, (...args: unknown[]) => Promise<unknown>][];
  const guarded = entries.map(([name, call]) => [
    name,
    async (...args: unknown[]): Promise<unknown> => {
      if (isWrite(name)) {
        await enqueue(name);
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
 * Returns the error of each call in order, if it fails.
 *
 * @param onGone Called as soon as the store is closed.
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
