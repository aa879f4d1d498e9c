import type { AttachmentReference } from '../model/attachment';
import type { Surroundings } from '../model/surroundings';
import { workItemTarget } from '../model/work-item';
import type { JournalChannel } from './journal';
import type { JournalStore } from './journal-store';
import type { KeptBatch } from './kept-batch';
import { referenceOf } from './kept-batch';
import type { Owners } from './owners';
import { readBatch } from './read-batch';

/** References that are to be linked. */
export interface TakenLinks {
  /** Ids of those that another frame links, so that nobody else must. */
  readonly elsewhere: ReadonlySet<AttachmentReference['id']>;
  /** To be called once it is known which of them are linked. Never rejects. */
  readonly settle: (linked: readonly AttachmentReference['id'][]) => Promise<void>;
}

/**
 * What frames have left in the journal, for whoever finishes their links without a queue of its own. None of the calls
 * rejects: without a journal there is nothing to learn from it.
 */
export interface Leftovers {
  /** Makes the links of these references this frame's business, unless they are another's. */
  readonly takeLinks: (ids: readonly AttachmentReference['id'][]) => Promise<TakenLinks>;
  /**
   * A new work item got its number: what was left for it goes there.
   *
   * @returns Names of its files that were not sent completely; they go on once a form shows the work item.
   */
  readonly draftSaved: (draftId: string, workItemId: number) => Promise<readonly string[]>;
  /** Names of the files that a frame which is gone has not sent completely, by work item. */
  readonly unsentOf: (frame: string) => Promise<ReadonlyMap<number, readonly string[]>>;
}

/** What it is made of. */
export interface LeftoversOptions {
  /** What no other frame calls itself. */
  readonly owner: string;
  /** Resolves with the journal; rejects where there is none. Asked once. */
  readonly open: () => Promise<{ readonly store: JournalStore; readonly owners: Owners }>;
  readonly surroundings: Pick<Surroundings, 'now' | 'later'>;
  /** Told when somebody may have what was taken. Default: none. */
  readonly channel?: Pick<JournalChannel, 'tell'> | undefined;
}

/** An owner that is nobody: what it has may be claimed at once. */
const NOBODY = 'nobody';

/** A frame that has said goodbye may hold its batches for a moment longer, in milliseconds. */
const GOODBYE_MS = 3_000;

const NOTHING_TAKEN: TakenLinks = { elsewhere: new Set(), settle: () => Promise.resolve() };

/** Opens the journal when it is asked for the first time. */
export function createLeftovers({ owner, open, surroundings, channel }: LeftoversOptions): Leftovers {
  const { now, later } = surroundings;
  let opened: ReturnType<typeof open> | undefined;

  async function read(matches: (batch: KeptBatch) => boolean): Promise<readonly KeptBatch[]> {
    const { store } = await (opened ??= open());
    const values = [...(await store.readBatches()).values()];
    return values.flatMap((value) => readBatch(value) ?? []).filter(matches);
  }

  /** Those that match and are ours now, and those that are another's. */
  async function claim(
    matches: (batch: KeptBatch) => boolean,
  ): Promise<{ readonly ours: readonly KeptBatch[]; readonly theirs: readonly KeptBatch[] }> {
    const { store, owners } = await (opened ??= open());
    const batches = await read(matches);
    const others = new Set(batches.map((batch) => batch.owner));
    const gone = await owners.goneAmong(others);
    await Promise.all([...others].filter((other) => !gone.has(other)).map((other) => waitFor(other, owners)));
    const ids = batches.map(({ id }) => id);
    const claimed = await store.claim(ids, owner, await owners.goneAmong(others));
    const ours = claimed.flatMap((value) => readBatch(value) ?? []);
    const taken = new Set(ours.map(({ id }) => id));
    return { ours, theirs: batches.filter(({ id }) => !taken.has(id)) };
  }

  function waitFor(other: string, owners: Owners): Promise<void> {
    return new Promise((resolve) => {
      owners.onceGone(other, resolve);
      later(GOODBYE_MS, resolve);
    });
  }

  /** Writes what has become of batches that are ours, and leaves them to whoever comes. */
  async function release(batches: readonly KeptBatch[]): Promise<void> {
    const { store } = await (opened ??= open());
    const done = batches.filter(({ uploads }) => uploads.length === 0);
    if (done.length > 0) await store.save(done);
    const left = batches.filter((batch) => !done.includes(batch));
    if (left.length > 0)
      await store.add(left.map((batch) => ({ ...batch, owner: NOBODY, changedAt: now() })));
    channel?.tell();
  }

  return {
    async takeLinks(ids) {
      const wanted = new Set(ids);
      const isWanted = (id: string | undefined): boolean => id !== undefined && wanted.has(id);
      const idsIn = ({ uploads }: KeptBatch): string[] =>
        uploads.flatMap((kept) => referenceOf(kept)?.id ?? []).filter(isWanted);
      try {
        const { ours, theirs } = await claim((batch) => idsIn(batch).length > 0);
        return {
          elsewhere: new Set(theirs.flatMap(idsIn)),
          async settle(linked) {
            const isLinked = new Set(linked);
            const left = ours.map((batch) => ({
              ...batch,
              uploads: batch.uploads.filter((kept) => !isLinked.has(referenceOf(kept)?.id ?? '')),
            }));
            await release(left).catch(() => undefined);
          },
        };
      } catch {
        return NOTHING_TAKEN;
      }
    },

    async draftSaved(draftId, workItemId) {
      try {
        const { ours } = await claim(({ target }) => target.kind === 'draft' && target.draftId === draftId);
        await release(ours.map((batch) => ({ ...batch, target: workItemTarget(workItemId) })));
        return ours.flatMap(namesOfUnsent);
      } catch {
        return [];
      }
    },

    async unsentOf(frame) {
      const names = new Map<number, readonly string[]>();
      const batches = await read((batch) => batch.owner === frame).catch(() => []);
      for (const batch of batches) {
        const { target } = batch;
        const unsent = namesOfUnsent(batch);
        if (target.kind !== 'work-item' || unsent.length === 0) continue;
        names.set(target.id, [...(names.get(target.id) ?? []), ...unsent]);
      }
      return names;
    },
  };
}

function namesOfUnsent({ uploads }: KeptBatch): readonly string[] {
  return uploads
    .filter((kept) => kept.stage === 'sending' && referenceOf(kept) === undefined)
    .map(({ name }) => name);
}
