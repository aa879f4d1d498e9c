import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';

/** Folder of the project, as an absolute path. */
export const projectFolder = join(__dirname, '../..');

/** Contribution in the packaged manifest. */
export interface PackagedContribution {
  readonly id: string;
  readonly type: string;
  readonly description?: string;
  readonly targets: readonly string[];
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Members of `extension.vsomanifest` used by the tests. */
export interface PackagedManifest {
  readonly baseUri?: string;
  readonly scopes: readonly string[];
  readonly contributions: readonly PackagedContribution[];
}

/** Opened package. */
export interface Vsix {
  /** Size of the whole package. */
  readonly sizeBytes: number;
  /** Paths of the packaged files, without folders. */
  readonly paths: readonly string[];
  /** Paths served by Azure DevOps to a browser. */
  readonly addressable: ReadonlySet<string>;
  readonly manifest: PackagedManifest;
  /** Attributes of all elements with this name in `extension.vsixmanifest`. */
  elements(name: string): Readonly<Record<string, string>>[];
  /** Text of the first such element. */
  elementText(name: string): string;
  /** Bytes of a file. */
  bytes(path: string): Buffer;
  /** Text of a file. */
  text(path: string): string;
}

/** Opens a package in `out`. Throws an error with instructions if it is not built. */
export function openVsix(name = 'stapler'): Vsix {
  const file = join(projectFolder, `out/${name}.vsix`);
  if (!existsSync(file)) throw new Error(`There is no out/${name}.vsix: run "npm run package" first.`);
  return openVsixFile(file);
}

/** Opens a package elsewhere. */
export function openVsixFile(file: string): Vsix {
  const packed = readFileSync(file);
  const entries = new Map(Object.entries(unzipSync(packed)).filter(([path]) => !path.endsWith('/')));

  function bytes(path: string): Buffer {
    const content = entries.get(path);
    if (content === undefined) throw new Error(`The package holds no ${path}.`);
    return Buffer.from(content);
  }
  const text = (path: string): string => bytes(path).toString('utf8');
  const xml = text('extension.vsixmanifest');
  const elements = (name: string) =>
    [...xml.matchAll(new RegExp(`<${name}(\\s[^>]*)?>`, 'g'))].map(([, source]) =>
      attributesIn(source ?? ''),
    );

  return {
    sizeBytes: packed.length,
    paths: [...entries.keys()],
    addressable: new Set(
      elements('Asset').flatMap(({ Path, Addressable }) =>
        Path !== undefined && Addressable === 'true' ? [Path] : [],
      ),
    ),
    manifest: JSON.parse(text('extension.vsomanifest')) as PackagedManifest,
    elements,
    elementText: (name) =>
      decodeXml(new RegExp(`<${name}(?:\\s[^>]*)?>([^<]*)</${name}>`).exec(xml)?.[1] ?? ''),
    bytes,
    text,
  };
}

/** Page that opens as a window, without a contribution. */
export const WINDOW_PAGE = 'dist/capture.html';

/** Path of the page of a contribution, or `undefined` without a page. */
export function pageOf({ properties }: PackagedContribution): string | undefined {
  return typeof properties['uri'] === 'string' ? properties['uri'] : undefined;
}

/** URLs loaded by a page, as written, with their tags. */
export function loadedBy(html: string): { readonly url: string; readonly tag: string }[] {
  const tags = html.matchAll(/<(script|link|img|iframe|base|source|object|embed)\b([^>]*)>/gi);
  return [...tags].flatMap(([, tag = '', source = '']) => {
    const attributes = attributesIn(source);
    const url = attributes['src'] ?? attributes['href'] ?? attributes['data'];
    return url === undefined ? [] : [{ url, tag: tag.toLowerCase() }];
  });
}

/** Resolves a URL relative to the page: `form-group.js` on `dist/form-group.html` is `dist/form-group.js`. */
export function besidePage(page: string, url: string): string {
  return new URL(url, `https://package.invalid/${page}`).pathname.slice(1);
}

/** Attributes of a tag; the minifier omits quotation marks. */
function attributesIn(source: string): Record<string, string> {
  const pairs = source.matchAll(/([\w:.-]+)=(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g);
  return Object.fromEntries(
    [...pairs].map(([, name = '', double, single, bare]) => [
      name,
      decodeXml(double ?? single ?? bare ?? ''),
    ]),
  );
}

function decodeXml(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}
