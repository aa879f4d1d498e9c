import { attachmentName } from '../../upload/intake/attachment-name';

/** Characters forbidden in file names, and characters that disguise a name. */
const UNSAFE = /[<>:"|?*\u0080-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/**
 * Returns the name for saving a part of a file: the last segment of its path, to stay in the chosen folder, without
 * invisible or reordering characters.
 */
export function safeFileName(path: string): string {
  return attachmentName(attachmentName(path).replace(UNSAFE, '_'));
}
