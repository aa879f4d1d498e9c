import type { WorkItem } from '../../azure/work-item';
import { MAX_COMMENT_LENGTH } from '../../azure/work-item';
import { StaplerError } from '../../base/errors';
import type { AttachmentEditorServices } from '../link/edit-attachments';
import { addLinkPatch } from '../link/json-patch';
import type { RemovalTally } from '../link/list-patches';
import { createListPatches } from '../link/list-patches';
import { isSameAddress } from './file-address';

/** Adds hyperlinks to work items, and removes them. Both are safe to repeat. */
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

  return {
    add(workItemId, url, comment) {
      if (comment.length > MAX_COMMENT_LENGTH) {
        const message = `A comment has at most ${MAX_COMMENT_LENGTH} characters.`;
        return Promise.reject(new StaplerError('comment-too-long', message));
      }
      return mutex.lock(workItemId, () => add(workItemId, url, comment));
    },
    remove: (workItemId, url) => mutex.lock(workItemId, () => remove(workItemId, url)),
  };
}

/** Indexes of the hyperlinks with an address, 0-based and ascending. */
function indexesOf({ relations }: WorkItem, url: string): readonly number[] {
  return relations.flatMap((relation, index) =>
    relation.rel === 'Hyperlink' && isSameAddress(relation.url, url) ? [index] : [],
  );
}
