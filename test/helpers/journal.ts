import type { Journal, JournalOptions } from '../../src/upload/recovery/journal/journal';
import { createJournal } from '../../src/upload/recovery/journal/journal';
import { createMemoryStore } from '../../src/upload/recovery/journal/memory-store';
import type { Leases } from '../../src/upload/recovery/journal/leases';

/** Frames of one browser, opened and killed by a test. */
export interface TestFrames {
  /** Leases as seen by the owner with this name. */
  readonly leasesFor: (me: string) => Leases;
  readonly kill: (owner: string) => void;
}

/** Creates a browser without frames. */
export function createTestFrames(): TestFrames {
  const alive = new Set<string>();
  const expired = new Set<string>();
  const waiting: { readonly owner: string; readonly callback: () => void }[] = [];
  return {
    leasesFor: (me) => ({
      acquire() {
        alive.add(me);
        return Promise.resolve();
      },
      expiredAmong: (owners) =>
        Promise.resolve(new Set([...owners].filter((owner) => owner !== me && !alive.has(owner)))),
      onExpired: (owner, callback) => waiting.push({ owner, callback }),
      mayHaveExpired: () => expired.has(me),
    }),
    kill(owner) {
      alive.delete(owner);
      expired.add(owner);
      for (const each of waiting.splice(0)) {
        if (each.owner === owner) each.callback();
        else waiting.push(each);
      }
    },
  };
}

/** Reads whole files; those of tests are small. */
async function fingerprintInFull(file: Blob): Promise<{ size: number; hashes: readonly string[] }> {
  return { size: file.size, hashes: [Buffer.from(await file.arrayBuffer()).toString('latin1')] };
}

/** Creates a journal with a memory store of its own by default. */
export function createTestJournal(
  options: Pick<JournalOptions, 'runtime'> & Partial<JournalOptions>,
): Journal {
  const { owner = 'me' } = options;
  const store = createMemoryStore();
  const frames = createTestFrames();
  return createJournal({
    owner,
    openStore: () => Promise.resolve(store),
    createLeases: () => frames.leasesFor(owner),
    readBudget: () => Promise.resolve(1_000_000),
    fingerprintOf: fingerprintInFull,
    onLost: () => undefined,
    ...options,
  });
}
