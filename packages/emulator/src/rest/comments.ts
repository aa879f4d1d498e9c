import type { Author } from './new-work-item';
import type { Store } from './store';
import { readFormat } from './text-formats';
import type { TextFormat, WorkItem } from './work-item';

/** Field with the text of the comment that a revision came with. */
export const historyField = 'System.History';

/** Text of a new comment. */
export interface NewComment {
  readonly text: string;
  readonly format: TextFormat;
}

/** Returns the work item with one more comment, to be saved as a new revision (`commentVersionRef` of the description). */
export function withComment(store: Store, item: WorkItem, comment: NewComment, author: Author): WorkItem {
  const added = { ...comment, ...author, id: store.nextCommentId(), rev: item.rev + 1 };
  const comments = [...item.comments, added];
  const fields = {
    ...item.fields,
    [historyField]: comment.text,
    'System.CommentCount': comments.length,
  };
  return { ...item, fields, comments };
}

/** Reads the value of `System.History` in a patch: a text, or `{ format, text }` as in an official example. */
export function readComment(store: Store, value: unknown): NewComment | undefined {
  if (typeof value === 'string' && value !== '') return { text: value, format: 'html' };
  const { text, format } = (value ?? {}) as { text?: unknown; format?: unknown };
  if (typeof text !== 'string' || text === '') return undefined;
  return { text, format: formatIn(store, format) };
}

/** Format of a new comment. Without one, and on a server, it is HTML. */
export function formatIn(store: Store, format: unknown): TextFormat {
  return format === undefined || store.mode === 'server' ? 'html' : readFormat(format);
}
