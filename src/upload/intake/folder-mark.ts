import { MAX_COMMENT_LENGTH } from '../../azure/work-item';

/**
 * Sign before a folder in a comment. Azure DevOps stores only a name and a comment, so the folder is part of the
 * comment: `Nightly run 📁 logs/2026`. The sign needs no language.
 */
const SIGN = '📁 ';

/** Minimum length of a folder shortened for a long comment, in characters. A shorter one is left out. */
const MIN_FOLDER_LENGTH = 20;

/** Comment of an attachment and the folder that its file came from; either may be empty. */
export interface CommentAndFolder {
  readonly comment: string;
  readonly folder: string;
}

/** Returns the comment to store. A folder without room keeps its end, since folders differ there. */
export function writeComment({ comment, folder }: CommentAndFolder): string {
  const clean = writable(folder);
  if (clean === '') return comment;
  const before = comment === '' ? SIGN : `${comment} ${SIGN}`;
  const room = MAX_COMMENT_LENGTH - before.length;
  if (clean.length <= room) return before + clean;
  return room < MIN_FOLDER_LENGTH ? comment : `${before}…${dropHalfCharacters(clean.slice(1 - room))}`;
}

/** Folder as it is stored. */
function writable(folder: string): string {
  return folder
    .normalize('NFC')
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/[\u0000-\u001f\u007f]|📁/gu, '_');
}

/** Splits a stored comment. Without a readable sign, all of it is the comment. */
export function readComment(stored: string): CommentAndFolder {
  const at = stored.lastIndexOf(SIGN);
  const folder = at < 0 ? '' : stored.slice(at + SIGN.length);
  const isMark = folder !== '' && folder === writable(folder) && (at === 0 || stored[at - 1] === ' ');
  if (!isMark) return { comment: stored, folder: '' };
  return { comment: stored.slice(0, Math.max(at - 1, 0)), folder };
}

/** Whether two stored comments may name the same folder: an unknown or shortened one matches any. */
export function mayBeSameFolder(a: string, b: string): boolean {
  const [one = '', other = ''] = [a, b].map((stored) => readComment(stored).folder);
  return one === other || [one, other].some((folder) => folder === '' || folder.startsWith('…'));
}

/** Removes half of a surrogate pair at either end. */
function dropHalfCharacters(text: string): string {
  return text.replace(/^[\udc00-\udfff]/, '').replace(/[\ud800-\udbff]$/, '');
}
