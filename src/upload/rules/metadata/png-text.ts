import { joinBytes } from '../../../base/bytes';
import type { CleanPart, Findings } from './cleaned';
import { DamagedError } from './cleaned';
import type { PartChange } from './exif-part';
import { cleanExif, isExif } from './exif-part';
import { cleanIptc, cleanResources } from './iptc';
import { byteText } from '../pieces';
import { asciiBytes, hasText } from './part-reader';
import { inflate, pngChunk } from './png-chunks';
import { cleanTiff } from './tiff';
import { cleanXmp, isCoordinate } from './xmp';

const XMP_KEYWORD = 'XML:com.adobe.xmp';
const XMP_START = 'http://ns.adobe.com/xap/1.0/\0';

/** Metadata in hexadecimal digits, as ImageMagick writes it. */
const PROFILE_KEYWORD = /^Raw profile type (\S+)$/i;

/** Keywords of places in words. */
const PLACES: ReadonlySet<string> = new Set(['location', 'city', 'state', 'country', 'gpsinfo']);

const MAX_KEYWORD_LENGTH = 79;
const DIGITS_PER_LINE = 72;

/** Content of a chunk with text. */
interface TextChunk {
  readonly keyword: string;
  /** Keyword and, in `iTXt`, language, up to the text. */
  readonly head: Uint8Array;
  readonly isCompressed: boolean;
  readonly text: Uint8Array;
}

/**
 * Cleans a chunk with text: `tEXt`, `zTXt` or `iTXt`. A changed text is no longer compressed.
 *
 * @throws DamagedError
 */
export async function cleanText(
  type: 'tEXt' | 'zTXt' | 'iTXt',
  content: Uint8Array,
  findings: Findings,
): Promise<PartChange> {
  const chunk = type === 'iTXt' ? readInternational(content) : readText(content, type === 'zTXt');
  if (isPlace(chunk.keyword)) {
    findings.location = true;
    return 'remove';
  }
  const clean = cleanerOf(chunk.keyword);
  if (!clean) return 'keep';
  const cleaned = clean(chunk.isCompressed ? await inflate(chunk.text) : chunk.text, findings);
  if (!cleaned) return 'keep';
  const { head } = chunk;
  return { bytes: pngChunk(type === 'iTXt' ? type : 'tEXt', joinBytes([head, cleaned])) };
}

function readText(content: Uint8Array, isCompressed: boolean): TextChunk {
  const end = keywordEnd(content);
  const head = content.slice(0, end + 1);
  // Compression method 0 is the only one.
  if (isCompressed && content[end + 1] !== 0) throw new DamagedError();
  const text = content.subarray(end + (isCompressed ? 2 : 1));
  return { keyword: byteText(content.subarray(0, end)), head, isCompressed, text };
}

/** Keyword, compression flag and method, language, translated keyword, text. */
function readInternational(content: Uint8Array): TextChunk {
  const end = keywordEnd(content);
  const [flag, method] = [content[end + 1], content[end + 2]];
  const languageEnd = content.indexOf(0, end + 3);
  const translatedEnd = content.indexOf(0, languageEnd + 1);
  if (languageEnd === -1 || translatedEnd === -1 || method !== 0 || (flag !== 0 && flag !== 1))
    throw new DamagedError();
  const head = content.slice(0, translatedEnd + 1);
  head[end + 1] = 0;
  return {
    keyword: byteText(content.subarray(0, end)),
    head,
    isCompressed: flag === 1,
    text: content.subarray(translatedEnd + 1),
  };
}

function keywordEnd(content: Uint8Array): number {
  const end = content.subarray(0, MAX_KEYWORD_LENGTH + 1).indexOf(0);
  if (end <= 0) throw new DamagedError();
  return end;
}

/** ImageMagick writes tags of a camera as texts: `exif:GPSLatitude`. */
function isPlace(keyword: string): boolean {
  const name = keyword.slice(keyword.lastIndexOf(':') + 1);
  return isCoordinate(name) || PLACES.has(name.toLowerCase());
}

function cleanerOf(keyword: string): CleanPart | undefined {
  if (keyword === XMP_KEYWORD) return cleanXmp;
  const clean = PROFILE_CLEANERS.get(PROFILE_KEYWORD.exec(keyword)?.[1]?.toLowerCase() ?? '');
  return clean && ((bytes, findings) => cleanProfile(bytes, findings, clean));
}

const cleanApp1: CleanPart = (bytes, findings) => {
  if (hasText(bytes, XMP_START)) {
    const xmp = cleanXmp(bytes.subarray(XMP_START.length), findings);
    return xmp && joinBytes([asciiBytes(XMP_START), xmp]);
  }
  const change = cleanExif(bytes, 'location', findings);
  return typeof change === 'object' ? change.bytes : undefined;
};

const PROFILE_CLEANERS: ReadonlyMap<string, CleanPart> = new Map([
  ['exif', cleanApp1],
  ['app1', cleanApp1],
  ['xmp', (bytes, findings) => (isExif(bytes) ? cleanApp1 : cleanXmp)(bytes, findings)],
  ['8bim', (bytes, findings) => cleanResources(bytes, findings, cleanTiff)],
  [
    'iptc',
    (bytes, findings) =>
      hasText(bytes, '8BIM') ? cleanResources(bytes, findings, cleanTiff) : cleanIptc(bytes, findings),
  ],
] satisfies [string, CleanPart][]);

/** Cleans a profile: a line break, its name, its length and lines of digits. */
function cleanProfile(bytes: Uint8Array, findings: Findings, clean: CleanPart): Uint8Array | undefined {
  const text = byteText(bytes);
  const head = /^\s*([\x21-\x7e]{1,79})\s+(\d{1,9})\s/.exec(text);
  if (!head) throw new DamagedError();
  const [start, name = '', length] = head;
  const content = bytesOfDigits(text.slice(start.length).replace(/\s+/g, ''));
  if (content.length !== Number(length)) throw new DamagedError();
  const cleaned = clean(content, findings);
  return cleaned && asciiBytes(`\n${name}\n${String(cleaned.length).padStart(8)}\n${digitLines(cleaned)}\n`);
}

function bytesOfDigits(digits: string): Uint8Array {
  if (digits.length % 2 === 1 || /[^\da-f]/i.test(digits)) throw new DamagedError();
  return Uint8Array.from({ length: digits.length / 2 }, (_, index) =>
    parseInt(digits.slice(index * 2, index * 2 + 2), 16),
  );
}

function digitLines(bytes: Uint8Array): string {
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const lines: string[] = [];
  for (let at = 0; at < digits.length; at += DIGITS_PER_LINE)
    lines.push(digits.slice(at, at + DIGITS_PER_LINE));
  return lines.join('\n');
}
