import type { AttachmentReference, WorkItem } from '../../azure/work-item';
import { StaplerError } from '../../base/errors';
import { setCommentPatch } from './json-patch';
import { createListPatches } from './list-patches';
import { keyOf, relationComment } from './relation-list';
import type { RenameServices } from './rename-attachments';

/**
 * Gives attachments of one work item their comments, see `changeRelationComments`.
 *
 * @param comments By GUID; each has at most 255 characters.
 */
export function changeComments(
  services: RenameServices,
  workItemId: number,
  comments: ReadonlyMap<AttachmentReference['id'], string>,
): Promise<WorkItem> {
  const byKey = new Map([...comments].map(([id, comment]) => [`AttachedFile ${id}`, comment]));
  return changeRelationComments(services, workItemId, byKey);
}

/**
 * Gives relations of one work item their comments, in one revision. Skips those that are gone. Holds the mutex of the
 * work item.
 *
 * @param comments By key of the relation, see `keyOf`; each has at most 255 characters.
 * @throws StaplerError `not-attached` if all are gone, or the reason of the refusal.
 */
export function changeRelationComments(
  services: RenameServices,
  workItemId: number,
  comments: ReadonlyMap<string, string>,
): Promise<WorkItem> {
  const { updateWithRetry, changeAt } = createListPatches(services);
  const wanted = new Map(comments);
  const own = new Set(wanted.keys());

  return services.mutex.lock(workItemId, () =>
    updateWithRetry(workItemId, async (before) => {
      if (!before.relations.some((relation) => own.has(keyOf(relation))))
        throw new StaplerError('not-attached', `Work item ${workItemId} has none of these relations.`);
      const wrong = findWrong(before, wanted);
      if (wrong.length === 0) return { done: before };
      const changes = wrong.flatMap(({ index, comment, hasComment }) =>
        setCommentPatch(index, comment, hasComment),
      );
      const indexes = wrong.map(({ index }) => index);
      const { after, error } = await changeAt(before, indexes, changes);
      const strays = strayComments(before, after, own);
      for (const [key, comment] of strays) wanted.set(key, comment);
      if (findWrong(after, wanted).length === 0) return { done: after };
      return error && strays.length === 0 ? { error } : {};
    }),
  );
}

/** Comment that differs from the wanted one. */
interface WrongComment {
  readonly index: number;
  readonly comment: string;
  readonly hasComment: boolean;
}

function findWrong({ relations }: WorkItem, wanted: ReadonlyMap<string, string>): readonly WrongComment[] {
  return relations.flatMap((relation, index) => {
    const comment = wanted.get(keyOf(relation));
    return comment === undefined || comment === relationComment(relation)
      ? []
      : [{ index, comment, hasComment: 'comment' in relation.attributes }];
  });
}

/** A link of another user may shift the indexes of a patch. Returns the old comments of the relations hit, by key. */
function strayComments(
  before: WorkItem,
  after: WorkItem,
  own: ReadonlySet<string>,
): readonly (readonly [string, string])[] {
  const comments = new Map(after.relations.map((each) => [keyOf(each), relationComment(each)]));
  return before.relations.flatMap((relation) => {
    const key = keyOf(relation);
    const old = relationComment(relation);
    const isHit = comments.has(key) && comments.get(key) !== old && !own.has(key);
    return isHit ? [[key, old] as const] : [];
  });
}
