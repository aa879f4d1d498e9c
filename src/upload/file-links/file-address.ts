import { extensionOf } from '../../base/file-kind';

/** Place of a linked file, as far as its address tells. */
export type LinkPlace = 'sharepoint' | 'onedrive' | 'blob' | 'repos' | 'artifacts' | 'other';

/** Address of a file outside of the attachments. */
export interface FileAddress {
  /** As it was given, with its whole query: a change would break a signature. */
  readonly url: string;
  readonly host: string;
  readonly place: LinkPlace;
  /** Name of the file; empty if the address doesn't contain one. */
  readonly name: string;
  /** Whether the address seems to lead to a file rather than to a web page. */
  readonly isFile: boolean;
  /** Whether the address itself grants access, for example by a signature. */
  readonly hasSecret: boolean;
}

/** Longer texts are not addresses, in UTF-16 units. */
const MAX_ADDRESS_LENGTH = 8_192;

/** Parts of a query that grant access, in lower case. */
const SECRETS: ReadonlySet<string> = new Set([
  ...['sig', 'signature', 'x-amz-signature', 'x-goog-signature', 'token', 'access_token', 'sas'],
  ...['tempauth', 'authkey', 'auth', 'apikey', 'api_key', 'key', 'password', 'pwd', 'secret'],
]);

/** Parts of a query with the name or path of a file, in lower case. The best one comes first. */
const NAMES = ['file', 'filename', 'path', 'itempath', 'scopepath', 'id'] as const;

/** Extensions of web pages, which are no files to attach. */
const PAGES: ReadonlySet<string> = new Set(
  'html htm xhtml shtml aspx asp php jsp jsf do action cgi cfm'.split(' '),
);

/** Sharing links have the kind of the file instead of its name: word, excel, powerpoint, pdf, image, video, other. */
const SHARED_FILE = /^\/:[wxpbivtu]:\//;
const SHORT_SHARED_FILE = /^\/[wxpbivtu]\//;

/**
 * Reads one address of `http` or `https`; `undefined` for any other text. Never throws.
 *
 * @param text May have white space around the address.
 */
export function readFileAddress(text: string): FileAddress | undefined {
  const url = text.trim();
  if (url.length > MAX_ADDRESS_LENGTH || !/^https?:\/\/[^\s]+$/i.test(url)) return undefined;
  const parsed = parse(url);
  if (!parsed) return undefined;
  const place = placeOf(parsed);
  const name = nameIn(parsed);
  return {
    ...{ url, host: parsed.host, place, name },
    isFile: isFileName(name) || isShared(parsed, place) || isBlob(parsed, place),
    hasSecret: parsed.password !== '' || [...parsed.searchParams.keys()].some(isSecret),
  };
}

/**
 * Reads the address in dragged or pasted data: the first one of a list (RFC 2483), or a text that is nothing but an
 * address.
 */
export function readTransferred(transfer: Pick<DataTransfer, 'getData'>): FileAddress | undefined {
  const listed = transfer.getData('text/uri-list').split(/\r?\n/);
  const first = listed.find((line) => line !== '' && !line.startsWith('#'));
  return readFileAddress(first ?? transfer.getData('text/plain'));
}

/** Whether two addresses are the same after their normalization by a server. */
export function isSameAddress(a: string, b: string): boolean {
  return a === b || (parse(a)?.href ?? a) === (parse(b)?.href ?? b);
}

/** Not by `URL.parse` or `URL.canParse`, which are missing in older browsers. */
function parse(url: string): URL | undefined {
  try {
    return new URL(url);
  } catch {
    return undefined;
  }
}

function isSecret(key: string): boolean {
  return SECRETS.has(key.toLowerCase());
}

function placeOf({ hostname, pathname }: URL): LinkPlace {
  const isOf = (...domains: readonly string[]): boolean =>
    domains.some((domain) => hostname === domain || hostname.endsWith(`.${domain}`));
  if (isOf('1drv.ms', 'onedrive.live.com')) return 'onedrive';
  if (isOf('sharepoint.com', 'sharepoint.us', 'sharepoint.cn'))
    return hostname.split('.')[0]?.endsWith('-my') ? 'onedrive' : 'sharepoint';
  if (isOf('blob.core.windows.net', 'blob.core.usgovcloudapi.net', 'blob.core.chinacloudapi.cn'))
    return 'blob';
  if (/\/_(git|apis\/git|versionControl)\//i.test(pathname)) return 'repos';
  if (isOf('pkgs.dev.azure.com', 'artifacts.dev.azure.com') || /\/_(packaging|artifacts)\//i.test(pathname))
    return 'artifacts';
  return 'other';
}

function nameIn({ pathname, searchParams }: URL): string {
  const inPath = lastSegment(decode(pathname));
  if (isFileName(inPath)) return inPath;
  const values = new Map([...searchParams].map(([key, value]) => [key.toLowerCase(), value]));
  const inQuery = NAMES.map((key) => lastSegment(values.get(key) ?? ''));
  return inQuery.find(isFileName) ?? '';
}

/** Path in the address of a blob without an extension, or of a shared file. */
function isShared({ hostname, pathname }: URL, place: LinkPlace): boolean {
  if (hostname === '1drv.ms') return SHORT_SHARED_FILE.test(pathname);
  return (place === 'sharepoint' || place === 'onedrive') && SHARED_FILE.test(pathname);
}

/** Container and name. */
function isBlob({ pathname }: URL, place: LinkPlace): boolean {
  return place === 'blob' && /^\/[^/]+\/.*[^/]$/.test(pathname);
}

function lastSegment(path: string): string {
  return path.split(/[\\/]/).pop()?.trim() ?? '';
}

/** Whether a name has the extension of a file, or the number of a volume. */
function isFileName(name: string): boolean {
  if (!/[^.].*\.[^.]+$/.test(name)) return false;
  const extension = extensionOf(name);
  return !PAGES.has(extension) && /^(\d{3}|(?=.*[a-z])[a-z0-9]{1,8})$/.test(extension);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
