import type { ZipDirectory, ZipEntry } from './zip-directory';
import { readZipDirectory, readZipEntry, replaceZipEntries } from './zip-directory';

/** Authors of a document in the formats of Office. */
export interface OfficeAuthors {
  /** Each name once; none if all fields are empty. */
  readonly names: readonly string[];
  /** Whether a signature would break with a change. */
  readonly isSigned: boolean;
}

/** Elements with names, by the path of their part in lower case. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  'docprops/core.xml': ['creator', 'lastModifiedBy'],
  'docprops/app.xml': ['Manager', 'Company'],
};

const SIGNATURES = '_xmlsignatures/';

/** Parts with elements of names, as text. */
interface OfficeParts {
  readonly directory: ZipDirectory;
  readonly parts: ReadonlyMap<ZipEntry, string>;
}

/** Reads both parts; `undefined` unless all that are there can be read. */
async function readParts(file: Blob): Promise<OfficeParts | undefined> {
  const directory = await readZipDirectory(file);
  if (!directory) return undefined;
  const parts = new Map<ZipEntry, string>();
  for (const path of Object.keys(FIELDS)) {
    const found = directory.entries.filter(({ name }) => name.toLowerCase() === path);
    const [entry] = found;
    if (!entry) continue;
    const text = found.length === 1 ? xmlIn(await readZipEntry(file, entry)) : undefined;
    if (text === undefined) return undefined;
    parts.set(entry, text);
  }
  return { directory, parts };
}

/** Returns XML in UTF-8; `undefined` for others, and for XML that hides elements from a search. */
function xmlIn(bytes: Uint8Array | undefined): string | undefined {
  try {
    // The mark at the start stays, as all other bytes.
    const text = bytes && new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return text === undefined || /<!|encoding=["'](?!utf-8["'])/i.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

function fieldsOf({ name }: ZipEntry): RegExp {
  const names = FIELDS[name.toLowerCase()]?.join('|') ?? '';
  return new RegExp(`(<((?:[\\w.-]+:)?(?:${names}))(?:\\s[^<>]*)?>)([^<]*)(</\\2\\s*>)`, 'g');
}

/**
 * Reads the authors of a document; `undefined` if it cannot be read as one.
 *
 * @throws The error of the file if it cannot be read.
 */
export async function readOfficeAuthors(file: Blob): Promise<OfficeAuthors | undefined> {
  const office = await readParts(file);
  if (!office) return undefined;
  const names = [...office.parts].flatMap(([entry, text]) =>
    [...text.matchAll(fieldsOf(entry))].map(([, , , name = '']) => decodeXml(name).trim()),
  );
  return {
    names: [...new Set(names)].filter((name) => name !== ''),
    isSigned: office.directory.entries.some(({ name }) => name.toLowerCase().startsWith(SIGNATURES)),
  };
}

/**
 * Empties the fields with authors. All other entries keep their bytes. Returns the file itself if it cannot be read as a
 * document, is signed, or has no such fields.
 *
 * @throws The error of the file if it cannot be read.
 */
export async function removeOfficeAuthors(file: Blob): Promise<Blob> {
  const authors = await readOfficeAuthors(file);
  const office = authors && !authors.isSigned ? await readParts(file) : undefined;
  if (!office) return file;
  const contents = new Map<ZipEntry, Uint8Array>();
  for (const [entry, text] of office.parts) {
    const emptied = text.replace(fieldsOf(entry), '$1$4');
    if (emptied !== text) contents.set(entry, new TextEncoder().encode(emptied));
  }
  return contents.size === 0 ? file : replaceZipEntries(file, office.directory, contents);
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Replaces the entities of XML. */
export function decodeXml(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi, (whole, decimal, hex, name) => {
    if (typeof name === 'string') return ENTITIES[name] ?? whole;
    const code = typeof hex === 'string' ? parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
