import type { LinkableAttachment } from '../../azure/work-item';
import type { Duplicate, FileFacts } from '../upload';
import { mayBeSameFolder, writeComment } from './folder-mark';

/** Attachments that may be the same file, in their order. */
export interface DuplicateCandidates {
  readonly likeness: Exclude<Duplicate['likeness'], 'content'>;
  readonly attachments: readonly LinkableAttachment[];
}

/** Attached bytes read to compare one file with its candidates. */
export const MAX_COMPARED_BYTES = 20 * 1024 * 1024;

/**
 * Returns the attachments with the name of a file, else those of its size; `undefined` if there are none. A name in
 * another folder is another file.
 */
export function findDuplicates(
  { name, size, folder }: FileFacts,
  attachments: readonly LinkableAttachment[],
): DuplicateCandidates | undefined {
  const own = writeComment({ comment: '', folder });
  const named = attachments.filter((each) => each.name === name && mayBeSameFolder(each.comment, own));
  if (named.length > 0) return { likeness: 'name', attachments: named };
  // All empty files are the same, and an unknown size is 0.
  const sized = size > 0 ? attachments.filter((each) => each.size === size) : [];
  return sized.length > 0 ? { likeness: 'size', attachments: sized } : undefined;
}

/** Whether the contents are compared before the user is asked: the names differ, and there is not much to read. */
export function isToBeCompared({ likeness, attachments }: DuplicateCandidates): boolean {
  const bytes = attachments.reduce((sum, { size }) => sum + size, 0);
  return likeness === 'size' && bytes <= MAX_COMPARED_BYTES;
}
