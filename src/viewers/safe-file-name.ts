import { attachmentName } from '../model/attachment-name';

/** What no file system has in a name, and what shows another name than there is. */
const UNSAFE = /[<>:"|?*\u0080-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/**
 * The name under which a part of a file is saved: the last segment of its path, so that it is written nowhere else than
 * where the person wants it, and without any character that hides or turns what stands beside it.
 */
export function safeFileName(path: string): string {
  return attachmentName(attachmentName(path).replace(UNSAFE, '_'));
}
