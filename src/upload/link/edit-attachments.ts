import type { AttachmentReference, LinkableAttachment, Relation, WorkItem } from '../../azure/work-item';
import { MAX_COMMENT_LENGTH } from '../../azure/work-item';
import { StaplerError } from '../../base/errors';
import type { FrameServices } from '../frame-services';
import { addAttachmentsPatch, setCommentPatch } from './json-patch';
import type { RemovalTally } from './list-patches';
import { createListPatches } from './list-patches';
import { relationComment, indexesOf, keyOf } from './relation-list';

type AttachmentId = AttachmentReference['id'];

/** New attachment in place of another one. It gets its comment. */
export type Successor = Omit<LinkableAttachment, 'comment'>;

/** Dependencies of `createAttachmentEditor`. */
export type AttachmentEditorServices = Pick<
  FrameServices,
  'workItems' | 'mutex' | 'runtime' | 'capabilities' | 'learned' | 'getPerson'
>;

/** Changes attachments of a work item. Each is identified by its GUID. */
export interface AttachmentEditor {
  /**
   * Removes attachments in one patch. Missing ones are not an error.
   *
   * @throws StaplerError if they cannot be removed, or the outcome is unknown.
   */
  readonly remove: (workItemId: number, ids: readonly AttachmentId[]) => Promise<Removal>;
  /**
   * Removes an attachment and links another one in the same patch, so both or neither happens. Keeps the comment.
   *
   * @throws StaplerError `not-attached` if the old one is gone, or the reason of the refusal.
   */
  readonly replace: (workItemId: number, id: AttachmentId, successor: Successor) => Promise<Replacement>;
  /**
   * Replaces several attachments in one patch. Leaves out those that are gone; see `Replacements`.
   *
   * @throws StaplerError `not-attached` if all of them are gone, or the reason of the refusal.
   */
  readonly replaceAll: (
    workItemId: number,
    replacements: readonly { readonly id: AttachmentId; readonly successor: Successor }[],
  ) => Promise<Replacements>;
  /**
   * Changes the comment of an attachment.
   *
   * @param comment At most 255 characters; may be empty.
   * @throws StaplerError `comment-too-long`, `not-attached`, or the reason of the refusal.
   */
  readonly changeComment: (workItemId: number, id: AttachmentId, comment: string) => Promise<WorkItem>;
}

/** Result of removing attachments. */
export interface Removal {
  readonly workItem: WorkItem;
  /** Removed attachments. Linking them again undoes the removal, since the bytes stay on the server. */
  readonly removed: readonly LinkableAttachment[];
  /** Other relations, removed by mistake after a concurrent change of the list, and restored. */
  readonly restored: readonly Relation[];
  /** Number of such relations added after the list was read, and therefore not restored. */
  readonly unseen: number;
}

/** Result of replacing an attachment. */
export interface Replacement extends Removal {
  /** Whether the new one is linked. If not, another client removed the old one first. */
  readonly isLinked: boolean;
}

/** Result of replacing several attachments. */
export interface Replacements extends Replacement {
  /** New ones without a link. */
  readonly unlinked: ReadonlySet<AttachmentId>;
}

/** Creates an editor. It holds the mutex of a work item during a change; see `createListPatches` for its safety. */
export function createAttachmentEditor(services: AttachmentEditorServices): AttachmentEditor {
  const { mutex } = services;
  const { updateWithRetry, removeAt, changeAt } = createListPatches(services);

  async function remove(workItemId: number, ids: readonly AttachmentId[]): Promise<Removal> {
    const tally: RemovalTally = { removed: new Map(), restored: [], unseen: 0 };
    const workItem = await updateWithRetry(workItemId, async (before) => {
      const indexes = indexesOf(before, ids);
      if (indexes.length === 0) return { done: before };
      const { after, error } = await removeAt(before, indexes, [], tally);
      if (indexesOf(after, ids).length === 0) return { done: after };
      return error ? { error } : {};
    });
    return { ...tally, workItem, removed: [...tally.removed.values()] };
  }

  async function replaceAll(
    workItemId: number,
    replacements: Parameters<AttachmentEditor['replaceAll']>[1],
  ): Promise<Replacements> {
    const tally: RemovalTally = { removed: new Map(), restored: [], unseen: 0 };
    const isLinked = (item: WorkItem, { reference }: Successor): boolean =>
      indexesOf(item, [reference.id]).length > 0;
    const workItem = await updateWithRetry(workItemId, async (before) => {
      const old = replacements.flatMap(({ id, successor }) => {
        const [index = -1] = indexesOf(before, [id]);
        const relation = before.relations[index];
        return relation ? [{ id, index, successor, comment: relationComment(relation) }] : [];
      });
      if (old.length === 0 && !replacements.some(({ successor }) => isLinked(before, successor)))
        throw notAttached(workItemId);
      if (old.length === 0) return { done: before };
      const additions = addAttachmentsPatch(
        old.flatMap(({ successor, comment }) =>
          isLinked(before, successor) ? [] : [{ ...successor, comment }],
        ),
      );
      const indexes = [...new Set(old.map(({ index }) => index))];
      const { after, error } = await removeAt(before, indexes, additions, tally);
      const ids = old.map(({ id }) => id);
      if (indexesOf(after, ids).length === 0) return { done: after };
      return error ? { error } : {};
    });
    const unlinked = replacements.filter(({ successor }) => !isLinked(workItem, successor));
    return {
      ...tally,
      workItem,
      removed: [...tally.removed.values()],
      isLinked: unlinked.length === 0,
      unlinked: new Set(unlinked.map(({ successor }) => successor.reference.id)),
    };
  }

  /**
   * Sets the comment of the relation with `key`, and restores the comments of relations changed by mistake after a
   * concurrent change of the list.
   */
  function setComment(workItemId: number, key: string, comment: string): Promise<WorkItem> {
    return updateWithRetry(workItemId, async (before) => {
      const index = before.relations.findIndex((relation) => keyOf(relation) === key);
      const relation = before.relations[index];
      if (!relation) throw notAttached(workItemId);
      if (relationComment(relation) === comment) return { done: before };
      const change = setCommentPatch(index, comment, 'comment' in relation.attributes);
      const { after, error } = await changeAt(before, [index], change);
      const comments = new Map(before.relations.map((each) => [keyOf(each), relationComment(each)]));
      for (const each of after.relations) {
        const old = comments.get(keyOf(each));
        const isCollateral = keyOf(each) !== key && relationComment(each) === comment && old !== comment;
        if (isCollateral && old !== undefined) await setComment(workItemId, keyOf(each), old);
      }
      const now = after.relations.find((each) => keyOf(each) === key);
      if (now && relationComment(now) === comment) return { done: after };
      return error ? { error } : {};
    });
  }

  return {
    remove: (workItemId, ids) => mutex.lock(workItemId, () => remove(workItemId, ids)),
    replace: (workItemId, id, successor) =>
      mutex.lock(workItemId, () => replaceAll(workItemId, [{ id, successor }])),
    replaceAll: (workItemId, replacements) =>
      mutex.lock(workItemId, () => replaceAll(workItemId, replacements)),
    changeComment(workItemId, id, comment) {
      if (comment.length > MAX_COMMENT_LENGTH) {
        const message = `A comment has at most ${MAX_COMMENT_LENGTH} characters.`;
        return Promise.reject(new StaplerError('comment-too-long', message));
      }
      return mutex.lock(workItemId, () => setComment(workItemId, `AttachedFile ${id}`, comment));
    },
  };
}

function notAttached(workItemId: number): StaplerError {
  return new StaplerError('not-attached', `Work item ${workItemId} does not have that attachment any more.`);
}
