import { MAX_COMMENT_LENGTH } from '../../azure/attachment';

/**
 * Longest name in UTF-16 units. Azure DevOps documents none; 255 is what file systems and migration tools live with
 * (REST reference B).
 */
export const MAX_NAME_LENGTH = 255;

const MAX_EXTENSION_LENGTH = 20;

/**
 * The name that an attachment gets: as the file's own, in Unicode form NFC, without folders, control characters and
 * lone surrogates (which cannot be percent-encoded), and not longer than 255 characters; a long name loses from its
 * middle, so that the extension stays.
 */
export function attachmentName(fileName: string): string {
  const bare = fileName.split(/[/\\]/).at(-1) ?? '';
  const clean = replaceLoneSurrogates(bare.normalize('NFC')).replace(/[\u0000-\u001f\u007f]/g, '_');
  return /^[\s.]*$/.test(clean) ? 'unnamed' : shortened(clean, '');
}

/** The name of the second, third… of several files that are called the same: `a (2).png`, `README (2)`. */
export function numberedName(name: string, number: number): string {
  return shortened(name, ` (${number})`);
}

/** The folder as a comment, so that files of one name from two folders can be told apart. */
export function folderComment(folder: string): string {
  const clean = replaceLoneSurrogates(folder.normalize('NFC'));
  return clean.length <= MAX_COMMENT_LENGTH
    ? clean
    : `…${dropHalfCharacters(clean.slice(1 - MAX_COMMENT_LENGTH))}`;
}

/** The name with `mark` before its extension; what is too long goes from its middle. */
function shortened(name: string, mark: string): string {
  if (name.length <= MAX_NAME_LENGTH && mark === '') return name;
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 && name.length - dot <= MAX_EXTENSION_LENGTH ? name.slice(dot) : '';
  const stem = name.slice(0, name.length - extension.length);
  const room = MAX_NAME_LENGTH - mark.length - extension.length;
  // A cut may go through a surrogate pair.
  return stem.slice(0, room).replace(/[\ud800-\udbff]$/, '') + mark + extension;
}

/** A cut may have gone through a surrogate pair at either end. */
function dropHalfCharacters(text: string): string {
  return text.replace(/^[\udc00-\udfff]/, '').replace(/[\ud800-\udbff]$/, '');
}

function replaceLoneSurrogates(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}
