import type { AttachmentReference } from '../../../azure/attachment';
import { createKeyedMutex } from '../../../base/keyed-mutex';
import type { Runtime } from '../../../base/runtime';
import type { BatchId, UploadId } from '../../upload';
import { workItemTarget } from '../../../azure/work-item';
import type { JournalChannel } from './journal';
import type { JournalStore } from './journal-store';
import type { KeptBatch, KeptUpload } from './kept-batch';
import { referenceOf } from './kept-batch';
import type { Leases } from './leases';
import { readBatch } from './read-batch';

/** A link that is to be made. */
export interface LinkToMake {
  readonly reference: AttachmentReference;
  /** Of which upload; the journal may not know of the reference yet. `undefined` where nobody told it. */
  readonly uploadId?: UploadId | undefined;
}

/** References that are to be linked. */
export interface ClaimedLinks {
  /** Ids of those that another frame links, so that nobody else must. */
  readonly elsewhere: ReadonlySet<AttachmentReference['id']>;
  /** To be called once, as soon as it is known which of them are linked, if any. Never rejects. */
  readonly settle: (linked: readonly AttachmentReference['id'][]) => Promise<void>;
}

/**
 * What frames have left in the journal, for whoever finishes their links without a queue of its own. None of the calls
 * rejects: without a journal there is nothing to learn from it.
 */
export interface RecoveryInbox {
  /** Makes the links of these references this frame's business, unless they are another's. */
  readonly claimLinks: (links: readonly LinkToMake[]) => Promise<ClaimedLinks>;
  /**
   * A new work item got its number: what was left for it goes there.
   *
   * @param sent Links that are to be made of its files.
   * @returns Names of its files that were not sent completely; they go on once a form shows the work item.
   */
  readonly draftSaved: (
    draftId: string,
    workItemId: number,
    sent: readonly LinkToMake[],
  ) => Promise<readonly string[]>;
  /**
   * Names of the files that a frame which is gone has not sent completely, by work item.
   *
   * @param sent Links that are to be made of the others.
   */
  readonly unsentByWorkItem: (
    frame: string,
    sent: readonly LinkToMake[],
  ) => Promise<ReadonlyMap<number, readonly string[]>>;
}

/** What it is made of. */
export interface RecoveryInboxOptions {
  /** What no other frame calls itself. */
  readonly owner: string;
  /** Resolves with the journal; rejects where there is none. Asked once. */
  readonly open: () => Promise<{ readonly store: JournalStore; readonly leases: Leases }>;
  readonly runtime: Runtime;
  /** Told when somebody may have what was taken. Default: none. */
  readonly channel?: Pick<JournalChannel, 'notify'> | undefined;
}

/** An owner that is nobody: what it has may be claimed at once. */
const NOBODY = 'nobody';

/** A frame that has said goodbye may hold its batches for a moment longer, in milliseconds. */
const GOODBYE_MS = 3_000;

const NOTHING_TAKEN: ClaimedLinks = { elsewhere: new Set(), settle: () => Promise.resolve() };

/** Opens the journal when it is asked for the first time. */
export function createRecoveryInbox({ owner, open, runtime, channel }: RecoveryInboxOptions): RecoveryInbox {
  const { now, setTimer } = runtime;
  let opened: ReturnType<typeof open> | undefined;
  /** Held by batch from its claim to its release: the journal knows the owner of a batch, but not the call. */
  const mutex = createKeyedMutex<BatchId>();
  const releases = new Map<BatchId, () => void>();

  async function read(matches: (batch: KeptBatch) => boolean): Promise<readonly KeptBatch[]> {
    const { store } = await (opened ??= open());
    const values = [...(await store.readBatches()).values()];
    return values.flatMap((value) => readBatch(value) ?? []).filter(matches);
  }

  /**
   * Those that match and are ours now, to be released, and those that are another's. What another call of ours has is
   * waited for: only the owner of a batch is written, not which call of it.
   */
  async function claim(
    matches: (batch: KeptBatch) => boolean,
  ): Promise<{ readonly ours: readonly KeptBatch[]; readonly theirs: readonly KeptBatch[] }> {
    const { store, leases } = await (opened ??= open());
    const batches = await holdMatching(matches);
    const ids = batches.map(({ id }) => id);
    try {
      const others = new Set(batches.map((batch) => batch.owner));
      const gone = await leases.expiredAmong(others);
      await Promise.all(
        [...others].filter((other) => !gone.has(other)).map((other) => waitFor(other, leases)),
      );
      const claimed = await store.claim(ids, owner, await leases.expiredAmong(others));
      const ours = claimed.flatMap((value) => readBatch(value) ?? []);
      const taken = new Set(ours.map(({ id }) => id));
      ids.filter((id) => !taken.has(id)).forEach(letGo);
      return { ours, theirs: batches.filter(({ id }) => !taken.has(id)) };
    } catch (error) {
      ids.forEach(letGo);
      throw error;
    }
  }

  /** Waits until no other call holds a matching batch, and holds all of them. */
  async function holdMatching(matches: (batch: KeptBatch) => boolean): Promise<readonly KeptBatch[]> {
    for (;;) {
      const ids = (await read(matches)).map(({ id }) => id);
      await Promise.all(ids.map(async (id) => releases.set(id, await mutex.acquire([id]))));
      const batches = await read(matches).catch((error: unknown) => {
        ids.forEach(letGo);
        throw error;
      });
      const found = new Set(batches.map(({ id }) => id));
      const isComplete = batches.every(({ id }) => ids.includes(id));
      ids.filter((id) => !isComplete || !found.has(id)).forEach(letGo);
      if (isComplete) return batches;
    }
  }

  function letGo(id: BatchId): void {
    releases.get(id)?.();
    releases.delete(id);
  }

  function waitFor(other: string, leases: Leases): Promise<void> {
    return new Promise((resolve) => {
      leases.onExpired(other, resolve);
      setTimer(GOODBYE_MS, resolve);
    });
  }

  /** Writes what has become of batches that are ours, and leaves them to whoever comes. */
  async function release(batches: readonly KeptBatch[]): Promise<void> {
    try {
      const { store } = await (opened ??= open());
      const done = batches.filter(({ uploads }) => uploads.length === 0);
      if (done.length > 0) await store.save(done);
      const left = batches.filter((batch) => !done.includes(batch));
      if (left.length > 0)
        await store.add(left.map((batch) => ({ ...batch, owner: NOBODY, changedAt: now() })));
      channel?.notify();
    } finally {
      for (const { id } of batches) letGo(id);
    }
  }

  return {
    async claimLinks(links) {
      const idsIn = ({ uploads }: KeptBatch): string[] =>
        uploads.flatMap((kept) => linkOf(kept, links)?.reference.id ?? []);
      try {
        const { ours, theirs } = await claim((batch) => idsIn(batch).length > 0);
        const isSentAnew = (kept: KeptUpload): boolean => {
          const reference = kept.reference ?? kept.session?.reference;
          return reference !== undefined && reference.id !== linkOf(kept, links)?.reference.id;
        };
        const anew = ours.map((batch) => ({ ...batch, uploads: batch.uploads.filter(isSentAnew) }));
        return {
          elsewhere: new Set([...theirs, ...anew].flatMap(idsIn)),
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
        return NOTHING_TAKEN;
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

/** The link that is to be made of an upload, if it is among these. */
function linkOf(kept: KeptUpload, links: readonly LinkToMake[]): LinkToMake | undefined {
  const reference = referenceOf(kept);
  return links.find((link) => link.uploadId === kept.id || link.reference.id === reference?.id);
}

function namesOfUnsent({ uploads }: KeptBatch, sent: readonly LinkToMake[]): readonly string[] {
  return uploads
    .filter((kept) => kept.stage === 'sending' && referenceOf(kept) === undefined && !linkOf(kept, sent))
    .map(({ name }) => name);
}
