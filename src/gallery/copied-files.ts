import { isRecord } from '../azure/rest/server-errors';
import type { RichText } from '../ui/copy-text';
import { escapeHtml } from '../upload/texts/escape-text';
import type { AttachedFile } from './model/attached-file';
import { partsOf } from './model/attached-file';
import { downloadUrl } from './model/file-links';

/** Attachments on the clipboard: where they are, without names and bytes, which the reader gets from the server. */
export interface CopiedFiles {
  /** Base URL of the organization or collection. */
  readonly organization: string;
  readonly files: readonly CopiedFile[];
}

/** One attachment on the clipboard. */
export interface CopiedFile {
  readonly workItemId: number;
  /** GUID of the attachment. */
  readonly id: string;
}

/** Most files to copy at once, and a bound for a foreign marker. */
const MAX_COPIED_FILES = 1000;

/** Longest HTML to look into, in characters. */
const MAX_HTML_LENGTH = 1_000_000;

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Returns files for the clipboard: names and links to paste anywhere, and a marker in the HTML for Stapler. */
export function writeCopiedFiles(organization: string, chosen: readonly AttachedFile[]): RichText {
  const files = chosen.flatMap(partsOf);
  const copied: CopiedFiles = {
    organization,
    // The reader finds files on the list of attachments only.
    files: files
      .filter(({ inText }) => !inText)
      .slice(0, MAX_COPIED_FILES)
      .map(({ workItemId, reference: { id } }) => ({ workItemId, id })),
  };
  const links = files.map(
    (file) => `<li><a href="${escapeHtml(downloadUrl(file))}">${escapeHtml(file.name)}</a></li>`,
  );
  return {
    text: files.map((file) => `${file.name}\n${downloadUrl(file)}`).join('\n'),
    // Percent-encoded, since browsers rewrite HTML on the clipboard.
    html: `<ul data-stapler-files="${encodeURIComponent(JSON.stringify(copied))}">${links.join('')}</ul>`,
  };
}

/**
 * Reads the marker of `writeCopiedFiles`. Any page can write one, so that it is no proof of anything.
 *
 * @returns `undefined` without a valid marker.
 */
export function readCopiedFiles(html: string): CopiedFiles | undefined {
  if (html.length > MAX_HTML_LENGTH) return undefined;
  const [, marker] = /\sdata-stapler-files="([^"\s<>]+)"/.exec(html) ?? [];
  if (marker === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(decodeURIComponent(marker));
    return isCopiedFiles(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isCopiedFiles(value: unknown): value is CopiedFiles {
  if (!isRecord(value) || typeof value['organization'] !== 'string') return false;
  const { files } = value;
  return Array.isArray(files) && files.length <= MAX_COPIED_FILES && files.every(isCopiedFile);
}

function isCopiedFile(value: unknown): value is CopiedFile {
  if (!isRecord(value)) return false;
  const { workItemId, id } = value;
  return (
    Number.isSafeInteger(workItemId) && Number(workItemId) > 0 && typeof id === 'string' && GUID.test(id)
  );
}
