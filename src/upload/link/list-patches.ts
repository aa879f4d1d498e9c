import type { LinkableAttachment, Relation, WorkItem } from '../../azure/work-item';
import { canBeSame } from '../../azure/work-item';
import type { StaplerError } from '../../base/errors';
import { isStaplerError, ServerError } from '../../base/errors';
import { hasTrait, isAmbiguous, isConflict } from '../../base/problem-traits';
import type { PatchOperation } from '../../azure/rest/work-items';
import { conflictBackoff, MAX_CONFLICT_RETRIES } from './link-attachments';
import type { FrameServices } from '../frame-services';
import { removeRelationsPatch, restoreRelationsPatch, testRelation, testRevision } from './json-patch';
import { isSameList, keyOf, linkableOf, collateralRemovals } from './relation-list';

/** Result of a patch. */
export interface Patched {
  readonly after: WorkItem;
  /** Reason of a refusal, or of an unknown outcome. */
  readonly error?: StaplerError;
}

/** Result of a step: its value, or the reason for another attempt. */
export type Step<T> = { readonly done: T } | Pick<Patched, 'error'>;

/** Intermediate result of a removal. */
export interface RemovalTally {
  /** By key of the relation. */
  readonly removed: Map<string, LinkableAttachment>;
  readonly restored: Relation[];
  unseen: number;
}

/** Patches of the relations of a work item, safe against concurrent changes. */
export interface ListPatches {
  /**
   * Reads the work item and patches it with `step`, again after conflicts, up to the maximum number of retries.
   *
   * @throws StaplerError of the last attempt.
   */
  readonly updateWithRetry: <T>(
    workItemId: number,
    step: (before: WorkItem) => Promise<Step<T>>,
  ) => Promise<T>;
  /**
   * Patches the relations at `indexes` and verifies the result.
   *
   * @throws StaplerError for a permanent refusal.
   */
  readonly changeAt: (
    before: WorkItem,
    indexes: readonly number[],
    changes: readonly PatchOperation[],
  ) => Promise<Patched>;
  /** Removes the relations at `indexes`, applies `additions`, and restores relations removed by mistake. */
  readonly removeAt: (
    before: WorkItem,
    indexes: readonly number[],
    additions: readonly PatchOperation[],
    tally: RemovalTally,
  ) => Promise<Patched>;
}

/**
 * Creates patches with a guard against wrong indexes.
 *
 * A patch addresses a relation by its index, but links come and go without a new revision and shift the later ones
 * (REST reference D.4). Therefore the list is read just before each patch; the patch tests the revision and, if the
 * server allows it, the URL at each index; and the result is compared with the intention.
 */
export function createListPatches({
  workItems,
  runtime,
  capabilities,
  learned,
  getPerson,
}: Pick<FrameServices, 'workItems' | 'runtime' | 'capabilities' | 'learned' | 'getPerson'>): ListPatches {
  /** Adds tests to `changes`, so they apply only to the list in `before`. */
  function guarded(
    before: WorkItem,
    indexes: readonly number[],
    changes: readonly PatchOperation[],
  ): PatchOperation[] {
    const addresses = indexes.flatMap((index) => {
      const relation = before.relations[index];
      return relation && capabilities.supportsRelationTest ? [testRelation(index, relation)] : [];
    });
    return [testRevision(before.revision), ...addresses, ...changes];
  }

  async function changeAt(
    before: WorkItem,
    indexes: readonly number[],
    changes: readonly PatchOperation[],
  ): Promise<Patched> {
    // A patch of another work item may learn meanwhile that the server refuses the test.
    const isTested = capabilities.supportsRelationTest;
    try {
      const answer = await workItems.update(before.id, guarded(before, indexes, changes));
      // The response to a patch may omit relations; only a read is complete.
      return { after: answer.relations.length > 0 ? answer : await workItems.read(before.id) };
    } catch (error) {
      if (!isStaplerError(error) || !needsVerification(error)) throw error;
      const after = await workItems.read(before.id);
      if (!isAmbiguous(error) && isSameList(before, after)) {
        // Without a concurrent change, the refusal concerns the patch itself.
        if (error.kind === 'refused' && !isTested) throw error;
        if (error.kind === 'refused' || isAboutRelations(error)) capabilities.supportsRelationTest = false;
      }
      return { after, error };
    }
  }

  async function updateWithRetry<T>(
    workItemId: number,
    step: (before: WorkItem) => Promise<Step<T>>,
  ): Promise<T> {
    await learned.whenLoaded();
    for (let retries = 0; ; retries++) {
      const result = await step(await workItems.read(workItemId));
      if ('done' in result) return result.done;
      const { error } = result;
      if (error && isAmbiguous(error) && !(hasTrait(error, 'no-answer') && retries === 0)) throw error;
      if (retries === MAX_CONFLICT_RETRIES) {
        throw error ?? new ServerError('conflict', `Work item ${workItemId} changed again and again.`);
      }
      await conflictBackoff(runtime, retries);
    }
  }

  /** Retries after any error: a user cannot retry it, and does not even know about it. */
  async function restoreRelations(workItemId: number, relations: readonly Relation[]): Promise<void> {
    for (let tries = 0; ; tries++) {
      try {
        const there = new Set((await workItems.read(workItemId)).relations.map(keyOf));
        const missing = relations.filter((relation) => !there.has(keyOf(relation)));
        if (missing.length > 0) await workItems.update(workItemId, restoreRelationsPatch(missing));
        return;
      } catch (error) {
        if (tries === MAX_CONFLICT_RETRIES) throw error;
      }
      await conflictBackoff(runtime, tries);
    }
  }

  async function removeAt(
    before: WorkItem,
    indexes: readonly number[],
    additions: readonly PatchOperation[],
    tally: RemovalTally,
  ): Promise<Patched> {
    const meant = indexes.flatMap((index) => before.relations[index] ?? []);
    const isTested = capabilities.supportsRelationTest;
    const changes = [...removeRelationsPatch(indexes), ...additions];
    const { after, error } = await changeAt(before, indexes, changes);
    const there = new Set(after.relations.map(keyOf));
    for (const relation of meant)
      if (!there.has(keyOf(relation))) tally.removed.set(keyOf(relation), linkableOf(relation));
    // A patch with an unknown outcome may have removed other relations, if this user made the revision after it.
    const mayHaveRemovedOthers =
      error &&
      !isTested &&
      isAmbiguous(error) &&
      after.revision === before.revision + 1 &&
      canBeSame(after.changedBy, getPerson());
    if (!error || mayHaveRemovedOthers) {
      const strays = collateralRemovals(before, after, meant);
      tally.unseen += strays.unseen;
      tally.restored.push(...strays.relations);
      if (strays.relations.length > 0) await restoreRelations(before.id, strays.relations);
    }
    return error ? { after, error } : { after };
  }

  return { updateWithRetry, changeAt, removeAt };
}

function needsVerification(error: StaplerError): boolean {
  return isAmbiguous(error) || isConflict(error) || error.kind === 'refused';
}

/** Whether the test of a relation's URL failed, rather than the one of the revision. */
function isAboutRelations({ facts }: StaplerError): boolean {
  return (facts.serverMessage ?? '').includes('/relations/');
}
