import { parseUrl, pathInOrganization } from '../../azure/organization-urls';
import { attachmentIdOf } from '../../azure/work-item';

/** Place of a file that a text shows or links to. */
export type FilePlace =
  /** An attachment of this organization; `project` is the name or GUID in its address, if any. */
  | { readonly kind: 'attachment'; readonly id: string; readonly project: string | undefined }
  /** An attachment of another organization or collection. */
  | { readonly kind: 'attachment-elsewhere'; readonly id: string; readonly url: URL }
  /** Anything else with an http(s) address. */
  | { readonly kind: 'web'; readonly url: URL }
  /** The bytes are in the text (`data:`). */
  | { readonly kind: 'embedded' }
  /** No address that a browser could load from another page. */
  | { readonly kind: 'unknown' };

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Address of an attachment in Team Foundation Server and in old texts, with the GUID in `FileNameGuid`. */
const OLD_HANDLER = /\/workitemtracking\/v\d+\.\d+\/attachfilehandler\.ashx$/i;

/** A project before the API, in a path below the organization: `Shop/_apis/wit/…`. */
const PROJECT = /^([^/]+)\/(?:_apis|workitemtracking)\//i;

/**
 * Returns the place of a file in a text. Understands the addresses of three generations of Azure DevOps.
 *
 * @param baseUrls Base URLs of the organization or collection, at least one.
 */
export function placeOf(address: string, baseUrls: readonly string[]): FilePlace {
  if (/^\s*data:/i.test(address)) return { kind: 'embedded' };
  // Old editors wrote the path alone.
  const url = parseUrl(address) ?? (address.startsWith('/') ? parseUrl(address, baseUrls[0]) : undefined);
  if (!url || !/^https?:$/.test(url.protocol)) return { kind: 'unknown' };
  const id = attachmentIn(url);
  if (id === undefined) return { kind: 'web', url };
  const path = pathInOrganization(url, baseUrls);
  if (path === undefined) return { kind: 'attachment-elsewhere', id, url };
  const project = PROJECT.exec(path)?.[1];
  return { kind: 'attachment', id, project: project === undefined ? undefined : decode(project) };
}

function attachmentIn(url: URL): string | undefined {
  if (!OLD_HANDLER.test(url.pathname)) return attachmentIdOf(url.href);
  const id = [...url.searchParams].find(([name]) => name.toLowerCase() === 'filenameguid')?.[1];
  return id !== undefined && GUID.test(id) ? id.toLowerCase() : undefined;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
