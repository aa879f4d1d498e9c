import type { AttachmentReference, LinkableAttachment } from '../model/attachment';
import { LONGEST_COMMENT } from '../model/attachment';
import { isAmbiguous, isStaplerError, ServerError, StaplerError } from '../model/errors';
import type { Surroundings } from '../model/surroundings';
import type { Relation, WorkItem } from '../model/work-item';
import type { PatchOperation, WorkItems } from '../rest/work-items';
import {
  removeRelationsPatch,
  restoreRelationsPatch,
  setCommentPatch,
  testRelation,
  testRevision,
} from './json-patch';
import { isConflict, isLost, MOST_REBUILDS, waitToRebuild } from './rebuild';
import { commentOf, indexesOf, isSameList, keyOf, linkableOf, straysOf } from './relation-list';
import type { InTurn } from './turns';

type AttachmentId = AttachmentReference['id'];

/** Changes attachments that are on a work item, each named by the GUID of its bytes. */
export interface AttachmentEditor {
  /**
   * Removes attachments in one patch; those that are gone already are no error.
   *
   * @throws StaplerError when it cannot be done or cannot be told whether it was.
   */
  readonly remove: (workItemId: number, ids: readonly AttachmentId[]) => Promise<Removal>;
  /**
   * Gives an attachment another comment.
   *
   * @param comment At most 255 characters; may be empty.
   * @throws StaplerError `comment-too-long`, `not-attached`, or why the change was refused.
   */
  changeComment(workItemId: number, id: AttachmentId, comment: string): Promise<WorkItem>;
}

/** What came of removing attachments. */
export interface Removal {
  readonly workItem: WorkItem;
  /** What was removed: linking it again undoes the removal, since the bytes stay on the server. */
  readonly removed: readonly LinkableAttachment[];
  /** Relations that went in place of those named, since somebody changed the list meanwhile; they were put back. */
  readonly restored: readonly Relation[];
  /** How many such relations could not be put back, because they came after the list was read. */
  readonly unseen: number;
}

/** What a patch left behind. */
interface Patched {
  readonly after: WorkItem;
  /** Why it was not applied, or why nobody knows. */
  readonly error?: StaplerError;
}

/**
 * An editor that leaves a work item to one patch at a time.
 *
 * A relation is named by its index, and links come and go without a new revision and shift what stands behind them
 * (REST reference D.4). So the list is read just before each patch; the patch tests the revision and, where the
 * server lets it, the address at each index; and what is there afterwards is compared with what was meant.
 *
 * @param inTurn Shared with whoever else changes work items.
 */
export function createAttachmentEditor(
  workItems: WorkItems,
  inTurn: InTurn,
  surroundings: Pick<Surroundings, 'later' | 'random'>,
): AttachmentEditor {
  /** No source says whether the service lets the address of a relation be tested; trying tells. */
  let canTestRelations = true;

  /** `changes`, for the list that was read and for no other. */
  function guarded(
    before: WorkItem,
    indexes: readonly number[],
    changes: readonly PatchOperation[],
  ): PatchOperation[] {
    const addresses = indexes.flatMap((index) => {
      const relation = before.relations[index];
      return relation && canTestRelations ? [testRelation(index, relation)] : [];
    });
    return [testRevision(before.revision), ...addresses, ...changes];
  }

  /** Patches, and looks at what is true then. @throws StaplerError for a refusal that another try does not mend */
  async function patch(before: WorkItem, operations: readonly PatchOperation[]): Promise<Patched> {
    try {
      const answer = await workItems.update(before.id, operations);
      // The answer to a patch may leave relations out; what counts is what a read shows.
      return { after: answer.relations.length > 0 ? answer : await workItems.read(before.id) };
    } catch (error) {
      if (!isStaplerError(error) || !isWorthALook(error)) throw error;
      const after = await workItems.read(before.id);
      if (!isAmbiguous(error) && isSameList(before, after)) {
        // Nobody changed it, so that it is the patch itself which is not liked.
        if (error.kind === 'refused' && !canTestRelations) throw error;
        if (error.kind === 'refused' || isAboutRelations(error)) canTestRelations = false;
      }
      return { after, error };
    }
  }

  /** Reads and patches until that is done, or others have been quicker too often. */
  async function persist<T>(
    workItemId: number,
    step: (before: WorkItem) => Promise<{ done: T } | Pick<Patched, 'error'>>,
  ): Promise<T> {
    for (let rebuilds = 0; ; rebuilds++) {
      const result = await step(await workItems.read(workItemId));
      if ('done' in result) return result.done;
      const { error } = result;
      if (error && isAmbiguous(error) && !(isLost(error) && rebuilds === 0)) throw error;
      if (rebuilds === MOST_REBUILDS) {
        throw error ?? new ServerError('conflict', `Work item ${workItemId} changed again and again.`);
      }
      await waitToRebuild(surroundings, rebuilds);
    }
  }

  /** Nobody asks a second time for what went by mistake, so that whatever stands in the way is waited out. */
  async function putBack(workItemId: number, relations: readonly Relation[]): Promise<void> {
    let failure: unknown;
    for (let tries = 0; tries <= MOST_REBUILDS; tries++) {
      try {
        const there = new Set((await workItems.read(workItemId)).relations.map(keyOf));
        const missing = relations.filter((relation) => !there.has(keyOf(relation)));
        if (missing.length === 0) return;
        await workItems.update(workItemId, restoreRelationsPatch(missing));
      } catch (error) {
        failure = error;
      }
      await waitToRebuild(surroundings, tries);
    }
    throw failure;
  }

  async function remove(workItemId: number, ids: readonly AttachmentId[]): Promise<Removal> {
    const removed = new Map<string, LinkableAttachment>();
    const restored: Relation[] = [];
    let unseen = 0;
    const workItem = await persist(workItemId, async (before) => {
      const indexes = indexesOf(before, ids);
      if (indexes.length === 0) return { done: before };
      const meant = indexes.flatMap((index) => before.relations[index] ?? []);
      const isTested = canTestRelations;
      const { after, error } = await patch(before, guarded(before, indexes, removeRelationsPatch(indexes)));
      const there = new Set(after.relations.map(keyOf));
      for (const relation of meant)
        if (!there.has(keyOf(relation))) removed.set(keyOf(relation), linkableOf(relation));
      // A patch without an answer may have hit others all the same; what they lost is worth more than a doubt.
      const mayHaveStrayed =
        error && !isTested && isAmbiguous(error) && after.revision === before.revision + 1;
      if (!error || mayHaveStrayed) {
        const strays = straysOf(before, after, meant);
        unseen += strays.unseen;
        restored.push(...strays.relations);
        if (strays.relations.length > 0) await putBack(workItemId, strays.relations);
      }
      if (indexesOf(after, ids).length === 0) return { done: after };
      return error ? { error } : {};
    });
    return { workItem, removed: [...removed.values()], restored, unseen };
  }

  /** Gives the relation that `keyOf` names so a comment, and those back theirs that got it in its place. */
  function setComment(workItemId: number, key: string, comment: string): Promise<WorkItem> {
    return persist(workItemId, async (before) => {
      const index = before.relations.findIndex((relation) => keyOf(relation) === key);
      const relation = before.relations[index];
      if (!relation) {
        throw new StaplerError(
          'not-attached',
          `Work item ${workItemId} does not have that attachment any more.`,
        );
      }
      if (commentOf(relation) === comment) return { done: before };
      const change = setCommentPatch(index, comment, 'comment' in relation.attributes);
      const { after, error } = await patch(before, guarded(before, [index], change));
      const comments = new Map(before.relations.map((each) => [keyOf(each), commentOf(each)]));
      for (const each of after.relations) {
        const old = comments.get(keyOf(each));
        const isStray = keyOf(each) !== key && commentOf(each) === comment && old !== comment;
        if (isStray && old !== undefined) await setComment(workItemId, keyOf(each), old);
      }
      const now = after.relations.find((each) => keyOf(each) === key);
      if (now && commentOf(now) === comment) return { done: after };
      return error ? { error } : {};
    });
  }

  return {
    remove: (workItemId, ids) => inTurn(workItemId, () => remove(workItemId, ids)),
    changeComment(workItemId, id, comment) {
      if (comment.length > LONGEST_COMMENT) {
        const message = `A comment has at most ${LONGEST_COMMENT} characters.`;
        return Promise.reject(new StaplerError('comment-too-long', message));
      }
      return inTurn(workItemId, () => setComment(workItemId, `AttachedFile ${id}`, comment));
    },
  };
}

function isWorthALook(error: StaplerError): boolean {
  return isAmbiguous(error) || isConflict(error) || error.kind === 'refused';
}

/** Whether the test of a relation's address failed, and not that of the revision. */
function isAboutRelations({ facts }: StaplerError): boolean {
  return (facts.serverMessage ?? '').includes('/relations/');
}
