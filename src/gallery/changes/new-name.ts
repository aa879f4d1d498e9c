import { attachmentName, MAX_NAME_LENGTH } from '../../upload/intake/attachment-name';

/** Reason why a typed name cannot be used. */
export type NameProblem = 'empty' | 'folder' | 'too-long';

/** Length of a name without its extension: the part to select for a rename. */
export function stemLength(name: string): number {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? dot : name.length;
}

/**
 * Returns the attachment name for a typed text. A name without an extension keeps the old one, which tells viewers and
 * the server what the file is.
 */
export function newName(
  typed: string,
  oldName: string,
): { readonly name: string } | { readonly problem: NameProblem } {
  // Windows drops dots and spaces at the end.
  const bare = typed.trim().replace(/[\s.]+$/, '');
  if (bare === '') return { problem: 'empty' };
  if (/[/\\]/.test(bare)) return { problem: 'folder' };
  const extension = oldName.slice(stemLength(oldName));
  const whole = stemLength(bare) < bare.length ? bare : `${bare}${extension}`;
  return whole.length > MAX_NAME_LENGTH ? { problem: 'too-long' } : { name: attachmentName(whole) };
}
