import type { Runtime } from '../../../base/runtime';
import type { StateStore } from '../../../base/store';
import type { BatchId } from '../../upload';
import { claimBatches, ownersOf } from './claims';
import type { JournalStore } from './journal-store';
import type { KeptBatch } from './kept-batch';
import { readBatches } from './read-batch';
import type { ResilientStore, StoreKind } from './resilient-store';

/** State of the journal. */
export interface JournalState {
  readonly kind: StoreKind;
  /** Batches of expired owners, for one work item each. */
  readonly interrupted: readonly KeptBatch[];
  /** The same for many work items. */
  readonly interruptedPlans: readonly KeptBatch[];
  /** Number of unreadable entries. */
  readonly setAside: number;
}

/** Inventory without batches. */
export const EMPTY_INVENTORY: Omit<JournalState, 'kind'> = {
  interrupted: [],
  interruptedPlans: [],
  setAside: 0,
};

/** Dependencies of `createInventory`. */
export interface InventoryOptions {
  readonly owner: string;
  readonly runtime: Runtime;
  readonly backend: Pick<ResilientStore, 'attempt' | 'getKind' | 'getLeases'>;
  readonly state: StateStore<JournalState>;
}

/** Batches left by earlier frames. */
export interface Inventory {
  /** Reads them into the state. Never rejects. */
  readonly read: () => Promise<void>;
  /** Reads them again, if there is browser storage. */
  readonly refresh: () => void;
  /** Known batches with these ids. */
  readonly find: (ids: readonly BatchId[]) => readonly KeptBatch[];
  /** Removes batches from the state, unless they have another owner by now. */
  readonly remove: (batches: readonly KeptBatch[]) => void;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Linked uploads are shown until they are seen, for at most a day. */
const MAX_LINKED_AGE_MS = DAY_MS;

/** Uploads to an unsaved draft. A save assigns them to the new work item at once. */
const MAX_DRAFT_AGE_MS = 60 * 60 * 1000;

/** Creates an empty inventory. It reads again after an owner's lease has expired. */
export function createInventory({ owner, runtime, backend, state }: InventoryOptions): Inventory {
  const { now } = runtime;
  const watched = new Set<string>();

  async function readFrom(store: JournalStore): Promise<void> {
    const raw = await store.readBatches();
    const batches = readBatches(raw.values());
    const readable = new Set(batches.map(({ id }) => id));
    const damaged = [...raw.keys()].filter((id) => !readable.has(id));
    if (damaged.length > 0) await store.setAside(damaged, now());
    const others = batches.filter((batch) => batch.owner !== owner);
    const expired = await backend.getLeases().expiredAmong(ownersOf(others));
    for (const batch of others) if (!expired.has(batch.owner)) watch(batch.owner);
    const left = others.filter((batch) => expired.has(batch.owner));
    await removeFrom(store, left.filter(isStale), expired);
    const fresh = left.filter((batch) => !isStale(batch));
    const of = (kind: KeptBatch['target']['kind']): KeptBatch[] =>
      fresh.filter(({ target }) => target.kind === kind);
    const setAside = await store.countSetAside();
    const found = { interrupted: of('work-item'), interruptedPlans: of('plan'), setAside };
    state.setState((before) => ({ ...before, ...found }));
  }

  function isStale({ target, uploads, changedAt }: KeptBatch): boolean {
    const age = now() - changedAt;
    if (target.kind === 'draft') return age > MAX_DRAFT_AGE_MS;
    return age > MAX_LINKED_AGE_MS && uploads.every(({ stage }) => stage === 'linked');
  }

  async function removeFrom(
    store: JournalStore,
    batches: readonly KeptBatch[],
    expired: ReadonlySet<string>,
  ): Promise<void> {
    if (batches.length === 0) return;
    const ids = batches.map(({ id }) => id);
    const claimed = await claimBatches(store, ids, owner, expired);
    await store.save(claimed.map((batch) => ({ ...batch, uploads: [] })));
  }

  function watch(other: string): void {
    if (watched.has(other)) return;
    watched.add(other);
    backend.getLeases().onExpired(other, () => {
      watched.delete(other);
      refresh();
    });
  }

  const read = (): Promise<void> => backend.attempt(readFrom, undefined);

  function refresh(): void {
    if (backend.getKind() === 'browser') void read();
  }

  return {
    read,
    refresh,

    find(ids) {
      const { interrupted, interruptedPlans } = state.getSnapshot();
      return [...interrupted, ...interruptedPlans].filter(({ id }) => ids.includes(id));
    },

    remove(batches) {
      // A batch with another owner was read since, and can be claimed again.
      const isRemoved = (batch: KeptBatch): boolean =>
        batches.some(({ id, owner: last }) => id === batch.id && last === batch.owner);
      state.setState((before) => ({
        ...before,
        interrupted: before.interrupted.filter((batch) => !isRemoved(batch)),
        interruptedPlans: before.interruptedPlans.filter((batch) => !isRemoved(batch)),
      }));
    },
  };
}
