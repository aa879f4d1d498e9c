import type { AttachedFile } from './attached-file';
import { downloadAddress, viewAddress } from './download-address';

/** What Markdown would take for its own inside a link's text (CommonMark 0.31, section 2.4). */
const MARKS = /[\\`*_[\]{}<>()#+!|~&]/g;

/**
 * What shows a file in a text of Markdown: the picture itself, or a link that downloads any other file. The server asks
 * whoever reads the text to be signed in; the address tells nothing of who copied it.
 */
export function markdownLink(file: Pick<AttachedFile, 'reference' | 'name' | 'kind'>): string {
  const isImage = file.kind === 'image';
  const text = file.name.replace(/\s+/g, ' ').replace(MARKS, '\\$&');
  const address = isImage ? viewAddress(file) : downloadAddress(file);
  // An address ends at the first bracket that was not opened in it.
  return `${isImage ? '!' : ''}[${text}](${address.replace(/\(/g, '%28').replace(/\)/g, '%29')})`;
}
