import type { Runtime } from '../../../base/runtime';
import { withTimeout } from '../../../base/async';
import type { BatchId, UploadId } from '../../upload';
import { creatorOf } from './claims';
import type { JournalStore, SaveResult } from './journal-store';
import type { KeptBatch } from './kept-batch';
import type { Leases } from './leases';
import { createMemoryStore } from './memory-store';

/** Backend of a journal. `memory`: nothing outlives the page. */
export type StoreKind = 'opening' | 'browser' | 'memory';

/** Dependencies of `createResilientStore`. */
export interface ResilientStoreOptions {
  /** Unique name of this frame. */
  readonly owner: string;
  /** @throws DOMException if the browser stores nothing for this frame. */
  readonly openStore: (partition: string, onGone: () => void) => Promise<JournalStore>;
  readonly createLeases: (store: JournalStore) => Leases;
  readonly runtime: Runtime;
  /** Batches of this frame. */
  readonly ownIds: () => readonly BatchId[];
  /** Batches of this frame that are written, or being written. */
  readonly writtenIds: () => readonly BatchId[];
  /** Called after each change of the backend. */
  readonly onKindChange: (kind: 'browser' | 'memory') => void;
}

/** Browser storage with an irrevocable fallback to memory. No call rejects, unless stated. */
export interface ResilientStore {
  readonly getKind: () => StoreKind;
  /** Leases of the browser storage; before it is opened, no owner counts as expired. */
  readonly getLeases: () => Leases;
  /**
   * Opens the browser storage and removes expired batches, or falls back to memory.
   *
   * @param partition See `Journal.open`.
   * @returns Whether it was opened.
   */
  readonly open: (partition: string | undefined) => Promise<boolean>;
  /** Runs `task` within the timeout; falls back to memory and returns `otherwise` after a failure. */
  readonly attempt: <T>(task: (store: JournalStore) => Promise<T>, otherwise: T) => Promise<T>;
  /** Writes new and changed batches, as soon as the storage is opened. */
  readonly write: (added: readonly KeptBatch[], changed: readonly KeptBatch[]) => Promise<SaveResult>;
  /** Stores a file, if there is room. Returns whether it is stored. */
  readonly keepFile: (batchId: BatchId, id: UploadId, file: Blob) => Promise<boolean>;
  readonly dropFiles: (batchId: BatchId, ids: readonly UploadId[]) => void;
  /** Settles as `task` does, or rejects after the timeout of the storage. */
  readonly withinTimeout: <T>(task: Promise<T>) => Promise<T>;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** The server removes attachments without a work item after about 30 days (REST reference F.4). */
const MAX_AGE_MS = 7 * DAY_MS;

/** Timeout of the browser storage. */
const TIMEOUT_MS = 5_000;

const NO_LEASES: Leases = {
  acquire: () => Promise.resolve(),
  expiredAmong: () => Promise.resolve(new Set()),
  onExpired: () => undefined,
  mayHaveExpired: () => false,
};

/** Creates a store that is kept in memory until it is opened. */
export function createResilientStore(options: ResilientStoreOptions): ResilientStore {
  const { owner, openStore, createLeases, runtime, ownIds, writtenIds, onKindChange } = options;
  let kind: StoreKind = 'opening';
  let partition = '';
  let store: JournalStore = createMemoryStore();
  let leases = NO_LEASES;
  let setOpened: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (setOpened = resolve));
  /** Batches with a failed first write: no other frame can have seen them. */
  const rejected = new Set<BatchId>();
  /** Resolves after a fallback, with the batches that may still be in the abandoned storage. */
  let fallbackDone: Promise<ReadonlySet<BatchId>> = Promise.resolve(new Set());

  function withinTimeout<T>(task: Promise<T>): Promise<T> {
    return withTimeout(task, TIMEOUT_MS, runtime, () => new Error('The journal does not answer.'));
  }

  async function attempt<T>(task: (store: JournalStore) => Promise<T>, otherwise: T): Promise<T> {
    const current = store;
    try {
      const result = await withinTimeout(task(current));
      // Results of an abandoned storage are undone there and do not count here.
      return store === current ? result : otherwise;
    } catch {
      if (store === current) fallBack();
      return otherwise;
    }
  }

  function fallBack(): void {
    if (kind === 'memory') return;
    fallbackDone = releaseOwnership(store);
    store = createMemoryStore();
    kind = 'memory';
    onKindChange(kind);
  }

  /**
   * Removes this frame's batches from an abandoned storage. They are outdated from now on, and another frame would
   * attach their files again. Batches claimed too late stay for another frame. Never rejects.
   *
   * @returns Unconfirmed batches: another frame can claim them as soon as this frame's lease seems expired.
   */
  async function releaseOwnership(from: JournalStore): Promise<ReadonlySet<BatchId>> {
    const written = kind === 'opening' ? [] : writtenIds();
    const own = await withinTimeout(from.releaseOwnership(owner, ownIds())).catch(() => undefined);
    // Missing batches were discarded, unless the lease may have expired before.
    if (own && !leases.mayHaveExpired()) return new Set();
    return new Set(written.filter((id) => !own?.includes(id) && !rejected.has(id)));
  }

  /** Returns the batches without a live frame. */
  async function findGone(ids: ReadonlySet<BatchId>): Promise<readonly BatchId[]> {
    const expired = await leases.expiredAmong(new Set([...ids].map(creatorOf)));
    return [...ids].filter((id) => expired.has(creatorOf(id)));
  }

  async function add(to: JournalStore, batches: readonly KeptBatch[]): Promise<void> {
    try {
      await to.add(batches);
    } catch (error) {
      for (const { id } of batches) rejected.add(id);
      throw error;
    }
  }

  return {
    getKind: () => kind,
    getLeases: () => leases,
    attempt,
    withinTimeout,

    async open(ofPartition) {
      try {
        if (ofPartition === undefined) throw new Error('The owner of the journal is unknown.');
        partition = ofPartition;
        const found = await withinTimeout(openStore(partition, fallBack));
        leases = createLeases(found);
        await withinTimeout(leases.acquire());
        if (kind === 'memory') throw new Error('The journal closed while it was opened.');
        store = found;
        kind = 'browser';
        onKindChange(kind);
        setOpened();
      } catch {
        fallBack();
        setOpened();
        return false;
      }
      await attempt((current) => current.expire(runtime.now() - MAX_AGE_MS), undefined);
      // Without a timeout, like `dropFiles`.
      store.sweepFiles(findGone).catch(() => undefined);
      return true;
    },

    async write(added, changed) {
      await opened;
      const own = (batch: KeptBatch): KeptBatch => ({ ...batch, partition });
      const nothing: SaveResult = { lost: [], discarded: [] };
      const { lost, discarded } = await attempt(async (current) => {
        if (added.length > 0) await add(current, added.map(own));
        return changed.length > 0 ? current.save(changed.map(own)) : nothing;
      }, nothing);
      // While an abandoned storage has outdated batches, no step may build on this write.
      const unconfirmed = await fallbackDone;
      if (!leases.mayHaveExpired()) return { lost, discarded };
      // Another frame may have finished unconfirmed batches. At most once: better late than attached twice.
      const taken = [...added, ...changed].map(({ id }) => id).filter((id) => unconfirmed.has(id));
      return { lost: [...new Set([...lost, ...discarded, ...taken])], discarded: [] };
    },

    async keepFile(batchId, id, file) {
      await opened;
      if (kind !== 'browser') return false;
      return store.keepFile(batchId, id, file).then(
        () => true,
        () => false,
      );
    },

    dropFiles(batchId, ids) {
      // Without a timeout: it may have to wait until a large file is stored.
      store.dropFiles(batchId, ids).catch(() => undefined);
    },
  };
}
