import type { Relation, WorkItem } from '../../azure/work-item';
import { MAX_COMMENT_LENGTH } from '../../azure/work-item';
import { StaplerError } from '../../base/errors';
import { changeRelationComments } from '../link/change-comments';
import type { AttachmentEditorServices } from '../link/edit-attachments';
import { addLinkPatch } from '../link/json-patch';
import type { RemovalTally } from '../link/list-patches';
import { createListPatches } from '../link/list-patches';
import { keyOf } from '../link/relation-list';
import { isSameAddress } from './file-address';

/** Adds hyperlinks to work items, edits their comments, and removes them. All are safe to repeat. */
export interface LinkEditor {
  /**
   * Adds a hyperlink, unless the work item has one with this address.
   *
   * @param comment At most 255 characters; may be empty.
   * @throws StaplerError `comment-too-long`, or the reason of the refusal.
   */
  readonly add: (workItemId: number, url: string, comment: string) => Promise<WorkItem>;
  /**
   * Removes the hyperlink with this address. A missing one is not an error.
   *
   * @throws StaplerError if it cannot be removed, or the outcome is unknown.
   */
  readonly remove: (workItemId: number, url: string) => Promise<WorkItem>;
  /**
   * Changes the comment of the hyperlink with this address.
   *
   * @param comment At most 255 characters; may be empty.
   * @throws StaplerError `comment-too-long`, `not-attached`, or the reason of the refusal.
   */
  readonly changeComment: (workItemId: number, url: string, comment: string) => Promise<WorkItem>;
}

/** Creates an editor. It holds the mutex of a work item during a change; see `createListPatches` for its safety. */
export function createLinkEditor(services: AttachmentEditorServices): LinkEditor {
  const { mutex } = services;
  const { updateWithRetry, changeAt, removeAt } = createListPatches(services);

  function add(workItemId: number, url: string, comment: string): Promise<WorkItem> {
    return updateWithRetry(workItemId, async (before) => {
      if (indexesOf(before, url).length > 0) return { done: before };
      const { after, error } = await changeAt(before, [], [addLinkPatch(url, comment)]);
      if (indexesOf(after, url).length > 0) return { done: after };
      return error ? { error } : {};
    });
  }

  function remove(workItemId: number, url: string): Promise<WorkItem> {
    const tally: RemovalTally = { removed: new Map(), restored: [], unseen: 0 };
    return updateWithRetry(workItemId, async (before) => {
      const indexes = indexesOf(before, url);
      if (indexes.length === 0) return { done: before };
      const { after, error } = await removeAt(before, indexes, [], tally);
      if (indexesOf(after, url).length === 0) return { done: after };
      return error ? { error } : {};
    });
  }

  async function changeComment(workItemId: number, url: string, comment: string): Promise<WorkItem> {
    const { relations } = await services.workItems.read(workItemId);
    const links = relations.filter((relation) => isLinkTo(relation, url));
    const comments = new Map(links.map((relation) => [keyOf(relation), comment]));
    return changeRelationComments(services, workItemId, comments);
  }

  return {
    async add(workItemId, url, comment) {
      checkLength(comment);
      return mutex.lock(workItemId, () => add(workItemId, url, comment));
    },
    async changeComment(workItemId, url, comment) {
      checkLength(comment);
      return changeComment(workItemId, url, comment);
    },
    remove: (workItemId, url) => mutex.lock(workItemId, () => remove(workItemId, url)),
  };
}

function checkLength({ length }: string): void {
  if (length > MAX_COMMENT_LENGTH)
    throw new StaplerError('comment-too-long', `A comment has at most ${MAX_COMMENT_LENGTH} characters.`);
}

/** Indexes of the hyperlinks with an address, 0-based and ascending. */
function indexesOf({ relations }: WorkItem, url: string): readonly number[] {
  return relations.flatMap((relation, index) => (isLinkTo(relation, url) ? [index] : []));
}

function isLinkTo(relation: Relation, url: string): boolean {
  return relation.rel === 'Hyperlink' && isSameAddress(relation.url, url);
}
