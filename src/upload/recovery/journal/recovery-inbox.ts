import type { AttachmentReference } from '../../../azure/work-item';
import { workItemTarget } from '../../../azure/work-item';
import type { Runtime } from '../../../base/runtime';
import type { UploadId } from '../../upload';
import { claimBatches, createHolds, ownersOf } from './claims';
import type { JournalChannel, JournalStore } from './journal-store';
import type { KeptBatch, KeptUpload } from './kept-batch';
import { referenceOf } from './kept-batch';
import type { Leases } from './leases';
import { readBatches } from './read-batch';

/** Link to make. */
export interface LinkToMake {
  readonly reference: AttachmentReference;
  /** Identifies the upload if the journal does not know the reference yet. `undefined` if unknown. */
  readonly uploadId?: UploadId | undefined;
}

/** Result of claiming links. */
export interface ClaimedLinks {
  /** Ids of references left to another frame. */
  readonly elsewhere: ReadonlySet<AttachmentReference['id']>;
  /** Releases the claim. To be called once, with the linked references. Never rejects. */
  readonly settle: (linked: readonly AttachmentReference['id'][]) => Promise<void>;
}

/**
 * Batches left by expired frames, for a frame without a queue of its own. No call rejects: without a journal, the
 * inbox is empty.
 */
export interface RecoveryInbox {
  /** Claims the batches of these references, unless another frame has them. */
  readonly claimLinks: (links: readonly LinkToMake[]) => Promise<ClaimedLinks>;
  /**
   * Assigns the batches of a draft to its new work item.
   *
   * @param sent Links to make of its files.
   * @returns Names of its incomplete files. They resume once a form shows the work item.
   */
  readonly draftSaved: (
    draftId: string,
    workItemId: number,
    sent: readonly LinkToMake[],
  ) => Promise<readonly string[]>;
  /**
   * Returns the names of a frame's incomplete files, by work item.
   *
   * @param sent Links to make of its other files.
   */
  readonly unsentByWorkItem: (
    frame: string,
    sent: readonly LinkToMake[],
  ) => Promise<ReadonlyMap<number, readonly string[]>>;
}

/** Dependencies of `createRecoveryInbox`. */
export interface RecoveryInboxOptions {
  /** Unique name of this frame. */
  readonly owner: string;
  /** Opens the journal; rejects if there is none. Called once. */
  readonly open: () => Promise<{ readonly store: JournalStore; readonly leases: Leases }>;
  readonly runtime: Runtime;
  /** Notified of released batches. Default: none. */
  readonly channel?: Pick<JournalChannel, 'notify'> | undefined;
}

/** Stored owner of released batches. It has no lease, so that any frame may claim them. */
const UNOWNED = 'nobody';

/** Time for a frame to close after it announced so, in milliseconds. Its lease lasts until then. */
const CLOSING_MS = 3_000;

const NOTHING_CLAIMED: ClaimedLinks = { elsewhere: new Set(), settle: () => Promise.resolve() };

/** Creates an inbox. It opens the journal on first use. */
export function createRecoveryInbox({ owner, open, runtime, channel }: RecoveryInboxOptions): RecoveryInbox {
  const { now, setTimer } = runtime;
  let opened: ReturnType<typeof open> | undefined;
  const holds = createHolds();

  async function read(matches: (batch: KeptBatch) => boolean): Promise<readonly KeptBatch[]> {
    const { store } = await (opened ??= open());
    return readBatches((await store.readBatches()).values()).filter(matches);
  }

  /** Claims matching batches. `ours` are to be released; `theirs` belong to other frames. */
  async function claim(
    matches: (batch: KeptBatch) => boolean,
  ): Promise<{ readonly ours: readonly KeptBatch[]; readonly theirs: readonly KeptBatch[] }> {
    const { store, leases } = await (opened ??= open());
    const batches = await holdMatching(matches);
    const ids = batches.map(({ id }) => id);
    try {
      const others = ownersOf(batches);
      const expired = await leases.expiredAmong(others);
      const alive = [...others].filter((other) => !expired.has(other));
      await Promise.all(alive.map((other) => waitFor(other, leases)));
      const ours = await claimBatches(store, ids, owner, await leases.expiredAmong(others));
      const claimed = new Set(ours.map(({ id }) => id));
      ids.filter((id) => !claimed.has(id)).forEach(holds.release);
      return { ours, theirs: batches.filter(({ id }) => !claimed.has(id)) };
    } catch (error) {
      ids.forEach(holds.release);
      throw error;
    }
  }

  /** Waits until no other call holds a matching batch, and holds all of them. */
  async function holdMatching(matches: (batch: KeptBatch) => boolean): Promise<readonly KeptBatch[]> {
    for (;;) {
      const ids = (await read(matches)).map(({ id }) => id);
      await holds.acquire(ids);
      const batches = await read(matches).catch((error: unknown) => {
        ids.forEach(holds.release);
        throw error;
      });
      const found = new Set(batches.map(({ id }) => id));
      const isComplete = batches.every(({ id }) => ids.includes(id));
      ids.filter((id) => !isComplete || !found.has(id)).forEach(holds.release);
      if (isComplete) return batches;
    }
  }

  function waitFor(other: string, leases: Leases): Promise<void> {
    return new Promise((resolve) => {
      leases.onExpired(other, resolve);
      setTimer(CLOSING_MS, resolve);
    });
  }

  /** Saves claimed batches and leaves them to the next frame. */
  async function release(batches: readonly KeptBatch[]): Promise<void> {
    try {
      const { store } = await (opened ??= open());
      const done = batches.filter(({ uploads }) => uploads.length === 0);
      if (done.length > 0) await store.save(done);
      const left = batches.filter((batch) => !done.includes(batch));
      if (left.length > 0)
        await store.add(left.map((batch) => ({ ...batch, owner: UNOWNED, changedAt: now() })));
      channel?.notify();
    } finally {
      for (const { id } of batches) holds.release(id);
    }
  }

  return {
    async claimLinks(links) {
      const idsIn = ({ uploads }: KeptBatch): string[] =>
        uploads.flatMap((kept) => linkOf(kept, links)?.reference.id ?? []);
      try {
        const { ours, theirs } = await claim((batch) => idsIn(batch).length > 0);
        const isSentAgain = (kept: KeptUpload): boolean => {
          const reference = kept.reference ?? kept.session?.reference;
          return reference !== undefined && reference.id !== linkOf(kept, links)?.reference.id;
        };
        const again = ours.map((batch) => ({ ...batch, uploads: batch.uploads.filter(isSentAgain) }));
        return {
          elsewhere: new Set([...theirs, ...again].flatMap(idsIn)),
          async settle(linked) {
            const isLinked = new Set(linked);
            const left = ours.map((batch) => ({
              ...batch,
              uploads: batch.uploads.filter((kept) => !isLinked.has(linkOf(kept, links)?.reference.id ?? '')),
            }));
            await release(left).catch(() => undefined);
          },
        };
      } catch {
        return NOTHING_CLAIMED;
      }
    },

    async draftSaved(draftId, workItemId, sent) {
      try {
        const { ours } = await claim(({ target }) => target.kind === 'draft' && target.draftId === draftId);
        await release(ours.map((batch) => ({ ...batch, target: workItemTarget(workItemId) })));
        return ours.flatMap((batch) => namesOfUnsent(batch, sent));
      } catch {
        return [];
      }
    },

    async unsentByWorkItem(frame, sent) {
      const names = new Map<number, readonly string[]>();
      const batches = await read((batch) => batch.owner === frame).catch(() => []);
      for (const batch of batches) {
        const { target } = batch;
        const unsent = namesOfUnsent(batch, sent);
        if (target.kind !== 'work-item' || unsent.length === 0) continue;
        names.set(target.id, [...(names.get(target.id) ?? []), ...unsent]);
      }
      return names;
    },
  };
}

/** Link of an upload, if it is among `links`. */
function linkOf(kept: KeptUpload, links: readonly LinkToMake[]): LinkToMake | undefined {
  const reference = referenceOf(kept);
  return links.find((link) => link.uploadId === kept.id || link.reference.id === reference?.id);
}

function namesOfUnsent({ uploads }: KeptBatch, sent: readonly LinkToMake[]): readonly string[] {
  return uploads
    .filter((kept) => kept.stage === 'sending' && referenceOf(kept) === undefined && !linkOf(kept, sent))
    .map(({ name }) => name);
}
