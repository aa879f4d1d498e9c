import type { TextFormat } from '../../azure/rest/long-texts';
import { escapeHtml, escapeMarkdown } from './escape-text';
import type { TextFile } from './text-file';
import { escapeAddress } from './text-file';
import { filesInText } from './text-files';

/** Width of a picture in a text: at most `SMALL_WIDTH_PX`, or its own. */
export type PictureWidth = 'small' | 'full';

/** A file to be shown or linked in a text. */
export interface Insertion {
  /** An http(s) address, as `URL` serializes it. */
  readonly address: string;
  /** Alternative text of a picture, or words of a link. */
  readonly label: string;
  /** Width of a picture; `undefined` for a link. */
  readonly width: PictureWidth | undefined;
}

/** In CSS pixels. */
export const SMALL_WIDTH_PX = 300;

/** Longer texts are left alone, in UTF-16 units: to parse one takes too long. */
const MAX_TEXT_LENGTH = 5 * 1024 * 1024;

/** Returns the HTML or Markdown for a file, in one line. */
export function writeInsertion({ address, label, width }: Insertion, format: TextFormat): string {
  const words = toOneLine(label);
  const url = withoutParentheses(address);
  return format === 'html' ? htmlOf(url, words, width) : markdownOf(url, words, width);
}

/**
 * Returns a text with a file at its end, in a paragraph of its own. Nothing else of it changes.
 *
 * @returns `undefined` if the end is no place for it: it is inside code or an unfinished tag, or the text is too long.
 */
export function appendInsertion(text: string, format: TextFormat, insertion: Insertion): string | undefined {
  if (text.length > MAX_TEXT_LENGTH) return undefined;
  const written = writeInsertion(insertion, format);
  const result = text + (format === 'html' ? `<div>${written}</div>` : separatorAfter(text) + written);
  const [before, after] = [filesInText(text, format), filesInText(result, format)];
  const added = after.at(-1);
  const isAdded =
    after.length === before.length + 1 && added?.address === withoutParentheses(insertion.address);
  return isAdded && before.every((file, index) => isSame(file, after[index])) ? result : undefined;
}

function htmlOf(url: string, words: string, width: PictureWidth | undefined): string {
  const address = escapeAddress(url, 'attribute');
  if (width === undefined) return `<a href="${address}">${escapeHtml(words)}</a>`;
  const size = width === 'small' ? ` width="${SMALL_WIDTH_PX}"` : '';
  return `<img src="${address}" alt="${escapeHtml(words)}"${size}>`;
}

function markdownOf(url: string, words: string, width: PictureWidth | undefined): string {
  const address = escapeAddress(url, 'destination');
  // The size is an extension of Azure DevOps.
  const size = width === 'small' ? ` =${SMALL_WIDTH_PX}x` : '';
  return `${width === undefined ? '' : '!'}[${escapeMarkdown(words)}](${address}${size})`;
}

/** Ends the last paragraph of a Markdown text. */
function separatorAfter(text: string): string {
  if (text === '' || /\n\r?\n$/.test(text)) return '';
  return text.endsWith('\n') ? '\n' : '\n\n';
}

/** Editors disagree about control characters and spaces at the ends. */
function toOneLine(label: string): string {
  return label.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

/** An unbalanced parenthesis ends a Markdown link, and some readers ignore its backslash. */
function withoutParentheses(address: string): string {
  return address.replace(/\(/g, '%28').replace(/\)/g, '%29');
}

function isSame(one: TextFile, other: TextFile | undefined): boolean {
  return (
    other !== undefined &&
    one.address === other.address &&
    one.isPicture === other.isPicture &&
    one.label === other.label &&
    one.start === other.start &&
    one.end === other.end
  );
}
