import pLimit from 'p-limit';
import type { UpdateOutcome } from '../../../azure/rest/many-work-items';
import type { WorkItem } from '../../../azure/work-item';
import { attachmentIdOf, attachmentsOf } from '../../../azure/work-item';
import { sleep } from '../../../base/async';
import { toProblem } from '../../../base/errors';
import { hasTrait, isAmbiguous, isConflict } from '../../../base/problem-traits';
import { nextRetry, retry } from '../../../base/retry';
import { createAttachmentEditor } from '../../../upload/link/edit-attachments';
import { removeRelationsPatch, testRelation, testRevision } from '../../../upload/link/json-patch';
import { indexesOf } from '../../../upload/link/relation-list';
import type { EntryOutcome, IndexedEntry, ItemEntries } from './clean-up-run';
import type { CleanUpServices } from './clean-up-services';
import { isAboutAll } from '../duplicates/is-about-all';

/** Removes the files of a few work items. */
export interface Remover {
  /**
   * Removes the relations of a batch that are still there, in one request if possible, and no other ones.
   *
   * @param items Distinct work items.
   * @param outcomes Receives the outcomes, also before a failure.
   * @throws StaplerError if the server cannot be reached or asks to wait for too long: the rest may be removed, or not.
   */
  readonly removeBatch: (items: readonly ItemEntries[], outcomes: Map<number, EntryOutcome>) => Promise<void>;
}

/** Attempts to send a batch. */
const BATCH_ATTEMPTS = 3;

/** Parallel patches with one request per work item. */
const MAX_PARALLEL_PATCHES = 3;

/**
 * Creates a remover. A batch removes by index, as all patches do, so it is sent only while the server tests the revision
 * and the address of each relation. Otherwise, and after any doubt, each work item gets a patch of its own with the
 * safeguards of `AttachmentEditor`.
 */
export function createRemover(services: CleanUpServices): Remover {
  const { mutex, capabilities, learned } = services;
  const editor = createAttachmentEditor(services);
  /** Batches fail although single patches succeed. */
  let isBatchBarred = false;

  function canBatch(): boolean {
    return !isBatchBarred && capabilities.supportsBatch && capabilities.supportsRelationTest;
  }

  return {
    async removeBatch(items, outcomes) {
      await learned.whenLoaded();
      const batch = new Batch(services, outcomes, items);
      const ids = items.map(({ workItemId }) => workItemId);
      const open = await mutex.lockAll(ids, () => batch.together(items, canBatch));
      const limit = pLimit(MAX_PARALLEL_PATCHES);
      // Those after a failure would fail as well.
      const ending = new AbortController();
      const removeAlone = async (item: ItemEntries): Promise<void> => {
        if (ending.signal.aborted) return;
        await batch.alone(item, editor.remove).catch((error: unknown) => {
          ending.abort();
          throw error;
        });
      };
      const results = await Promise.allSettled(open.map((item) => limit(removeAlone, item)));
      const failed = results.find((result) => result.status === 'rejected');
      if (failed) throw failed.reason;
      if (batch.error === undefined) return;
      const isRemoved = open.every((item) => item.entries.every(({ index }) => isDone(outcomes.get(index))));
      if (!isRemoved) return;
      isBatchBarred = true;
      if (!isAmbiguous(batch.error)) capabilities.supportsBatch = false;
    },
  };
}

/** One call of the remover. */
class Batch {
  /** Why a batch as a whole failed, if it did. */
  error: unknown;
  /** Indexes of entries that may have been removed. */
  readonly #tried: Set<number>;

  constructor(
    private readonly services: CleanUpServices,
    private readonly outcomes: Map<number, EntryOutcome>,
    items: readonly ItemEntries[],
  ) {
    const entries = items.flatMap((item) => item.entries);
    this.#tried = new Set(entries.filter(({ isTried }) => isTried).map(({ index }) => index));
  }

  /** Removes all in one request. Resolves with those in need of a request of their own. */
  async together(items: readonly ItemEntries[], canBatch: () => boolean): Promise<readonly ItemEntries[]> {
    const { runtime } = this.services;
    let found = await this.#readMany(items);
    let open = this.#settle(items, found);
    for (let attempt = 1; open.length > 1 && canBatch(); attempt++) {
      const present = open.filter(({ workItemId }) => found.has(workItemId));
      if (present.length === 0) return open;
      try {
        const answers = await this.#patch(present, found);
        this.error = undefined;
        const shown = answers.flatMap(shownIn);
        // The response to a patch may omit relations, and a refused one says nothing about them; only a read is complete.
        found = shown.length === present.length ? new Map(shown) : await this.#readMany(present);
        const missing = open.filter(({ workItemId }) => !found.has(workItemId));
        return [
          ...missing,
          ...this.#settle(
            open.filter((item) => !missing.includes(item)),
            found,
          ),
        ];
      } catch (error) {
        this.error = error;
        const decision = nextRetry(toProblem(error), attempt, runtime.random);
        if (decision.action === 'stop' || attempt === BATCH_ATTEMPTS) return open;
        await sleep(runtime, decision.delayMs);
        found = await this.#readMany(open);
        open = this.#settle(open, found);
      }
    }
    return open;
  }

  /** Removes the files of one work item in a request of its own. */
  async alone(
    { workItemId, entries }: ItemEntries,
    remove: (
      workItemId: number,
      ids: readonly string[],
    ) => Promise<{
      readonly removed: readonly { readonly reference: { readonly id: string } }[];
    }>,
  ): Promise<void> {
    const ids = entries.map(idOf);
    const attempt = async (): ReturnType<typeof remove> => {
      try {
        return await remove(workItemId, ids);
      } catch (error) {
        if (isAmbiguous(error)) this.#try(entries);
        throw error;
      }
    };
    try {
      const { removed } = await retry(attempt, this.services);
      const own = new Set(removed.map(({ reference }) => reference.id));
      for (const each of entries)
        this.outcomes.set(each.index, own.has(idOf(each)) ? { kind: 'removed' } : this.#missing(each));
    } catch (error) {
      await this.#explain({ workItemId, entries }, error);
    }
  }

  /** Finds the outcomes after a refusal: some may be gone. */
  async #explain({ workItemId, entries }: ItemEntries, error: unknown): Promise<void> {
    const problem = toProblem(error);
    if (isAboutAll(problem)) throw error;
    const workItem = hasTrait(error, 'about-work-item')
      ? undefined
      : await retry(() => this.services.workItems.read(workItemId), this.services);
    const there = workItem && idsOn(workItem);
    for (const each of entries) {
      const isThere = there?.has(idOf(each)) ?? true;
      if (!isThere) this.outcomes.set(each.index, this.#missing(each));
      else this.outcomes.set(each.index, { kind: isConflict(error) ? 'changed' : 'refused', problem });
    }
  }

  async #readMany(items: readonly ItemEntries[]): Promise<ReadonlyMap<number, WorkItem>> {
    const ids = items.map(({ workItemId }) => workItemId);
    return retry(() => this.services.manyWorkItems.readMany(ids), this.services);
  }

  async #patch(
    items: readonly ItemEntries[],
    found: ReadonlyMap<number, WorkItem>,
  ): Promise<readonly UpdateOutcome[]> {
    const updates = items.flatMap(({ workItemId, entries }) => {
      const workItem = found.get(workItemId);
      if (!workItem) return [];
      const indexes = indexesOf(workItem, entries.map(idOf));
      const tests = indexes.flatMap((index) => {
        const relation = workItem.relations[index];
        return relation ? [testRelation(index, relation)] : [];
      });
      const patch = [testRevision(workItem.revision), ...tests, ...removeRelationsPatch(indexes)];
      return [{ id: workItemId, patch }];
    });
    for (const { entries } of items) this.#try(entries);
    return this.services.manyWorkItems.updateMany(updates);
  }

  /** Records the outcomes of entries that are not there or must be kept, and returns the other ones. */
  #settle(items: readonly ItemEntries[], found: ReadonlyMap<number, WorkItem>): readonly ItemEntries[] {
    return items.flatMap(({ workItemId, entries }) => {
      const workItem = found.get(workItemId);
      // A request for the missing work item alone tells the reason.
      if (!workItem) return [{ workItemId, entries }];
      const there = idsOn(workItem);
      const open = entries.filter((each) => {
        const isThere = there.has(idOf(each));
        const hasState = each.entry.state === undefined || each.entry.state === workItem.state;
        if (isThere && hasState) return true;
        this.outcomes.set(each.index, isThere ? { kind: 'changed' } : this.#missing(each));
        return false;
      });
      return open.length > 0 ? [{ workItemId, entries: open }] : [];
    });
  }

  #try(entries: readonly IndexedEntry[]): void {
    for (const { index } of entries) this.#tried.add(index);
  }

  /** Outcome of an entry without a relation. */
  #missing({ index }: IndexedEntry): EntryOutcome {
    return { kind: this.#tried.has(index) ? 'removed' : 'gone' };
  }
}

function idOf({ entry }: IndexedEntry): string {
  return entry.linkable.reference.id;
}

/** GUIDs of the attachments on a work item. */
function idsOn(workItem: WorkItem): ReadonlySet<string | undefined> {
  return new Set(attachmentsOf(workItem).map(({ url }) => attachmentIdOf(url)));
}

function shownIn(answer: UpdateOutcome): readonly (readonly [number, WorkItem])[] {
  const isShown = 'workItem' in answer && answer.workItem.relations.length > 0;
  return isShown ? [[answer.workItem.id, answer.workItem]] : [];
}

function isDone(outcome: EntryOutcome | undefined): boolean {
  return outcome?.kind === 'removed' || outcome?.kind === 'gone';
}
