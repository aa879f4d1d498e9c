import { byteText } from '../pieces';
import { decodeXml } from './office-authors';

/** Author of a PDF. `unknown`: it is encrypted, or its facts are packed. */
export type PdfAuthor =
  { readonly kind: 'read'; readonly names: readonly string[] } | { readonly kind: 'unknown' };

/** Longest dictionary and metadata to look at, in bytes. */
const MAX_FACTS = 64 * 1024;

/**
 * Reads the author of a PDF from its facts and its metadata, as far as they are neither packed nor encrypted. The program
 * that made it (`Creator`) is no author.
 *
 * @throws The error of the file if it cannot be read.
 */
export async function readPdfAuthor(file: Blob): Promise<PdfAuthor> {
  const text = byteText(new Uint8Array(await file.arrayBuffer()));
  if (/\/Encrypt\s+\d+\s+\d+\s+R/.test(text)) return { kind: 'unknown' };
  const info = infoOf(text);
  const names = [authorIn(info ?? ''), ...metadataAuthors(text)]
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0 && info === undefined) return { kind: 'unknown' };
  return { kind: 'read', names: [...new Set(names)] };
}

/** Returns the dictionary with the facts: empty without one, `undefined` if it is packed. */
function infoOf(text: string): string | undefined {
  // The last version of a PDF that was saved in steps is at its end.
  const [, number, generation] =
    /^\/Info\s+(\d+)\s+(\d+)\s+R/.exec(text.slice(text.lastIndexOf('/Info'))) ?? [];
  if (number === undefined || generation === undefined) return '';
  const at = objectAt(text, `${number} ${generation} obj`);
  return at < 0 ? undefined : text.slice(at, at + MAX_FACTS).split('endobj', 1)[0];
}

/** Place of the last object with this mark; -1 without one. A number before it makes another object. */
function objectAt(text: string, mark: string): number {
  let at = text.lastIndexOf(mark);
  while (at > 0 && /\d/.test(text.charAt(at - 1))) at = text.lastIndexOf(mark, at - 1);
  return at;
}

function authorIn(info: string): string {
  const at = /\/Author\s*([(<])/.exec(info);
  if (!at) return '';
  const rest = info.slice(at.index + at[0].length);
  return at[1] === '(' ? textOf(literalIn(rest)) : textOf(hexIn(rest));
}

/** Returns the bytes of a string in parentheses, without the first one. */
function literalIn(rest: string): string {
  const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
  let depth = 1;
  let bytes = '';
  for (const [token] of rest.matchAll(/\\(?:[0-7]{1,3}|\r\n|[^])|[^]/g)) {
    if (token === '(') depth++;
    if (token === ')' && --depth === 0) return bytes;
    if (token.length === 1) bytes += token;
    else if (/^\\[0-7]/.test(token)) bytes += String.fromCharCode(parseInt(token.slice(1), 8) & 0xff);
    else if (!/^\\[\r\n]/.test(token)) bytes += ESCAPES[token.slice(1)] ?? token.slice(1);
  }
  return '';
}

function hexIn(rest: string): string {
  const digits = (rest.split('>', 1)[0] ?? '').replace(/\s/g, '');
  if (!/^[\da-f]*$/i.test(digits)) return '';
  return digits.replace(/..?/g, (pair) => String.fromCharCode(parseInt(pair.padEnd(2, '0'), 16)));
}

/** Text of a PDF is UTF-16 or UTF-8 with a mark, else of single bytes. */
function textOf(bytes: string): string {
  const decode = (encoding: string, skip: number): string =>
    new TextDecoder(encoding).decode(Uint8Array.from(bytes.slice(skip), (byte) => byte.charCodeAt(0)));
  if (bytes.startsWith('\xfe\xff')) return decode('utf-16be', 2);
  return bytes.startsWith('\xef\xbb\xbf') ? decode('utf-8', 3) : bytes;
}

/** Authors in XMP, which is rarely packed. */
function metadataAuthors(text: string): readonly string[] {
  const start = text.lastIndexOf('<dc:creator');
  if (start < 0) return [];
  const part = text.slice(start, start + MAX_FACTS).split('</dc:creator', 1)[0] ?? '';
  return [...part.matchAll(/<rdf:li[^>]*>([^<]*)</g)].map(([, name = '']) =>
    decodeXml(textOf(`\xef\xbb\xbf${name}`)),
  );
}
