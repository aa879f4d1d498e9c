import type { FileKind } from '../../base/file-kind';
import { extensionOf } from '../../base/file-kind';
import { attachmentIdOf } from '../../azure/work-item';
import { escapeHtml, escapeMarkdown } from '../../upload/texts/escape-text';
import type { AttachedFile } from './attached-file';

type NamedFile = Pick<AttachedFile, 'reference' | 'name'>;

/** Returns the URL that downloads a file under its name, for signed-in users (REST reference C). */
export function downloadUrl(file: NamedFile): string {
  return urlWith(file, { download: 'true' });
}

/** Returns the URL of an image to display. The server derives the content type from the name. */
export function imageUrl(file: NamedFile): string {
  return urlWith(file, {});
}

/**
 * Returns Markdown for a file: an image, or a download link for any other kind. The server asks readers to sign in, and
 * the URL does not identify the person who copied it.
 */
export function markdownLink(file: Pick<AttachedFile, 'reference' | 'name' | 'kind'>): string {
  const isImage = file.kind === 'image';
  const text = escapeMarkdown(file.name);
  const url = isImage ? imageUrl(file) : downloadUrl(file);
  // An unbalanced parenthesis ends the URL.
  return `${isImage ? '!' : ''}[${text}](${url.replace(/\(/g, '%28').replace(/\)/g, '%29')})`;
}

/** Kinds with a viewer in every browser. */
const SHOWN_KINDS: ReadonlySet<FileKind> = new Set(['image', 'video', 'audio', 'pdf']);

/**
 * Returns the URL that shows a file in a tab of its own; `undefined` if the browser would download it, or run it: an SVG
 * file is a document with scripts. No address has the whole of a split file.
 */
export function viewUrl({
  kind,
  volumes,
  ...file
}: NamedFile & Pick<AttachedFile, 'kind' | 'volumes'>): string | undefined {
  return !volumes && SHOWN_KINDS.has(kind) && extensionOf(file.name) !== 'svg' ? imageUrl(file) : undefined;
}

/** Returns HTML for an image, to paste it into a text: its URL, with the name as alternative text. */
export function imageHtml(file: NamedFile): string {
  return `<img src="${escapeHtml(imageUrl(file))}" alt="${escapeHtml(file.name)}">`;
}

function urlWith({ reference, name }: NamedFile, query: Readonly<Record<string, string>>): string {
  // A file in a text may be anywhere.
  if (attachmentIdOf(reference.url) === undefined) return reference.url;
  const url = new URL(reference.url);
  url.search = new URLSearchParams({ fileName: name, ...query }).toString();
  return url.href;
}
