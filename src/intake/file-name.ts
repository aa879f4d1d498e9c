import { LONGEST_COMMENT } from '../model/attachment';

/**
 * Longest name in UTF-16 units. Azure DevOps documents none; 255 is what file systems and migration tools live with
 * (REST reference B).
 */
const LONGEST_NAME = 255;

const LONGEST_EXTENSION = 20;

/**
 * The name that an attachment gets: as the file's own, in Unicode form NFC, without folders, control characters and
 * lone surrogates (which cannot be percent-encoded), and not longer than 255 characters; a long name loses from its
 * middle, so that the extension stays.
 */
export function attachmentName(fileName: string): string {
  const bare = fileName.split(/[/\\]/).at(-1) ?? '';

  const clean = replaceLoneSurrogates(bare.normalize('NFC')).replace(/[\u0000-\u001f\u007f]/g, '_');
  if (/^[\s.]*$/.test(clean)) return 'unnamed';
  return shorten(clean);
}

/** The folder as a comment, so that files of one name from two folders can be told apart. */
export function folderComment(folder: string): string {
  const clean = replaceLoneSurrogates(folder.normalize('NFC'));
  return clean.length <= LONGEST_COMMENT ? clean : `…${dropHalfCharacters(clean.slice(1 - LONGEST_COMMENT))}`;
}

/**
 * A name for a screenshot from the clipboard, which arrives as `image.png` whatever it shows:
 * `Bug 7 2026-02-03 14.05.12.png`.
 *
 * @param workItem `Bug 7`, or `New Bug` before the first save.
 * @param at When it was pasted; written in local time.
 */
export function pastedName(workItem: string, at: Date, mimeType: string): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  const time = `${two(at.getHours())}.${two(at.getMinutes())}.${two(at.getSeconds())}`;
  const extension = /^image\/(png|jpeg|gif|webp|bmp)$/.exec(mimeType)?.[1]?.replace('jpeg', 'jpg') ?? 'png';
  return `${workItem} ${date} ${time}.${extension}`;
}

function shorten(name: string): string {
  if (name.length <= LONGEST_NAME) return name;
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 && name.length - dot <= LONGEST_EXTENSION ? name.slice(dot) : '';
  return dropHalfCharacters(name.slice(0, LONGEST_NAME - extension.length)) + extension;
}

/** A cut may have gone through a surrogate pair at either end. */
function dropHalfCharacters(text: string): string {
  return text.replace(/^[\udc00-\udfff]/, '').replace(/[\ud800-\udbff]$/, '');
}

function replaceLoneSurrogates(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}
