import type { LongTexts } from '../../azure/rest/long-texts';
import type { AttachmentReference } from '../../azure/work-item';
import { isAmbiguous } from '../../base/problem-traits';

/** Requests of a comment writer. */
export type CommentTexts = Pick<LongTexts, 'readTextFields' | 'readNewestComments' | 'addComment'>;

/** An attachment that a comment shows or links to. */
interface ShownAttachment {
  readonly workItemId: number;
  readonly reference: AttachmentReference;
}

/** Returns a function that adds a comment exactly once, also when it is called again after a lost answer. */
export function createCommentWriter({
  readTextFields,
  readNewestComments,
  addComment,
}: CommentTexts): (shown: ShownAttachment, html: string) => Promise<void> {
  /** Comments with an unknown outcome: the newest comment before each, by its text. */
  const unclear = new Map<string, number>();

  return async ({ workItemId, reference }, html) => {
    const { project } = await readTextFields(workItemId);
    const key = `${workItemId} ${html}`;
    const readNewest = (): ReturnType<LongTexts['readNewestComments']> =>
      readNewestComments(workItemId, project);
    const earlier = unclear.get(key);
    const newest = await readNewest();
    const last = earlier ?? Math.max(0, ...newest.map(({ id }) => id));
    const isIn = (comments: typeof newest): boolean =>
      comments.some(({ id, text }) => id > last && text.toLowerCase().includes(reference.id.toLowerCase()));
    if (earlier === undefined || !isIn(newest))
      try {
        await addComment(workItemId, project, html);
      } catch (error) {
        if (!isAmbiguous(error)) throw error;
        unclear.set(key, last);
        if (!isIn(await readNewest().catch(() => []))) throw error;
      }
    unclear.delete(key);
  };
}
