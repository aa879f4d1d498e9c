import type { LinkableAttachment } from '../../azure/attachment';
import type { StaplerError } from '../../base/errors';
import { isStaplerError, ServerError } from '../../base/errors';
import { hasTrait, isAmbiguous, isConflict } from '../../base/problem-traits';
import type { Relation, WorkItem } from '../../azure/work-item';
import type { PatchOperation } from '../../azure/rest/work-items';
import { conflictBackoff, MAX_CONFLICT_RETRIES } from './conflict';
import type { FrameServices } from '../frame-services';
import { removeRelationsPatch, restoreRelationsPatch, testRelation, testRevision } from './json-patch';
import { isSameList, keyOf, linkableOf, collateralRemovals } from './relation-list';

/** What a patch left behind. */
export interface Patched {
  readonly after: WorkItem;
  /** Why it was not applied, or why nobody knows. */
  readonly error?: StaplerError;
}

/** What a step has come to: its end, or why there has to be another. */
export type Step<T> = { readonly done: T } | Pick<Patched, 'error'>;

/** What a removal has come to so far. */
export interface RemovalTally {
  /** By the keys of their relations. */
  readonly removed: Map<string, LinkableAttachment>;
  readonly restored: Relation[];
  unseen: number;
}

/** Patches of the relations of a work item, which others change as well. */
export interface ListPatches {
  /**
   * Reads the work item and lets `step` patch it until that is done, or others have been quicker too often.
   *
   * @throws StaplerError Why it could not be done.
   */
  readonly updateWithRetry: <T>(
    workItemId: number,
    step: (before: WorkItem) => Promise<Step<T>>,
  ) => Promise<T>;
  /**
   * Patches what stands at `indexes`, and looks at what is true then.
   *
   * @throws StaplerError for a refusal that another try does not mend.
   */
  readonly changeAt: (
    before: WorkItem,
    indexes: readonly number[],
    changes: readonly PatchOperation[],
  ) => Promise<Patched>;
  /** The same for a patch that removes them, and adds others; what went in their place is put back. */
  readonly removeAt: (
    before: WorkItem,
    indexes: readonly number[],
    additions: readonly PatchOperation[],
    tally: RemovalTally,
  ) => Promise<Patched>;
}

/**
 * Patches that hit nothing but what they are meant for.
 *
 * A relation is named by its index, and links come and go without a new revision and shift what stands behind them
 * (REST reference D.4). So the list is read just before each patch; the patch tests the revision and, where the
 * server lets it, the address at each index; and what is there afterwards is compared with what was meant.
 */
export function createListPatches({
  workItems,
  runtime,
  capabilities,
}: Pick<FrameServices, 'workItems' | 'runtime' | 'capabilities'>): ListPatches {
  /** `changes`, for the list that was read and for no other. */
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
    try {
      const answer = await workItems.update(before.id, guarded(before, indexes, changes));
      // The answer to a patch may leave relations out; what counts is what a read shows.
      return { after: answer.relations.length > 0 ? answer : await workItems.read(before.id) };
    } catch (error) {
      if (!isStaplerError(error) || !needsVerification(error)) throw error;
      const after = await workItems.read(before.id);
      if (!isAmbiguous(error) && isSameList(before, after)) {
        // Nobody changed it, so that it is the patch itself which is not liked.
        if (error.kind === 'refused' && !capabilities.supportsRelationTest) throw error;
        if (error.kind === 'refused' || isAboutRelations(error)) capabilities.supportsRelationTest = false;
      }
      return { after, error };
    }
  }

  async function updateWithRetry<T>(
    workItemId: number,
    step: (before: WorkItem) => Promise<Step<T>>,
  ): Promise<T> {
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

  /** Nobody asks a second time for what went by mistake, so that whatever stands in the way is waited out. */
  async function restoreRelations(workItemId: number, relations: readonly Relation[]): Promise<void> {
    let failure: unknown;
    for (let tries = 0; tries <= MAX_CONFLICT_RETRIES; tries++) {
      try {
        const there = new Set((await workItems.read(workItemId)).relations.map(keyOf));
        const missing = relations.filter((relation) => !there.has(keyOf(relation)));
        if (missing.length === 0) return;
        await workItems.update(workItemId, restoreRelationsPatch(missing));
      } catch (error) {
        failure = error;
      }
      await conflictBackoff(runtime, tries);
    }
    throw failure;
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
    // A patch without an answer may have hit others all the same; what they lost is worth more than a doubt.
    const mayHaveStrayed = error && !isTested && isAmbiguous(error) && after.revision === before.revision + 1;
    if (!error || mayHaveStrayed) {
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

/** Whether the test of a relation's address failed, and not that of the revision. */
function isAboutRelations({ facts }: StaplerError): boolean {
  return (facts.serverMessage ?? '').includes('/relations/');
}
