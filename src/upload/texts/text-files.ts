import { filesInHtml } from './html-files';
import { filesInMarkdown } from './markdown-files';
import type { TextFormat } from '../../azure/rest/long-texts';
import type { TextFile } from './text-file';
import { escapeAddress } from './text-file';

/** Returns the files that a text shows or links to, in its order. Every text is valid. */
export function filesInText(text: string, format: TextFormat): readonly TextFile[] {
  return format === 'html' ? filesInHtml(text) : filesInMarkdown(text);
}

/**
 * Returns a text with other addresses. Nothing else of it changes.
 *
 * @param newAddress Returns an http(s) address for a file, as `URL` serializes it; `undefined` to keep the old one.
 */
export function replaceAddresses(
  text: string,
  format: TextFormat,
  newAddress: (file: TextFile) => string | undefined,
): string {
  let end = 0;
  let result = '';
  for (const file of filesInText(text, format)) {
    const address = newAddress(file);
    if (address === undefined) continue;
    result += text.slice(end, file.start) + escapeAddress(address, file.syntax);
    end = file.end;
  }
  return result + text.slice(end);
}
