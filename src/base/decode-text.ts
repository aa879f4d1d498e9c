import { currentCulture } from './i18n/culture';

/** Supported character encodings, by their `TextDecoder` labels, with their display names. */
export const ENCODINGS = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
  'windows-1252': 'Windows-1252',
  shift_jis: 'Shift_JIS',
  'euc-jp': 'EUC-JP',
  gb18030: 'GB18030',
  big5: 'Big5',
  'euc-kr': 'EUC-KR',
  'windows-1250': 'Windows-1250',
  'windows-1251': 'Windows-1251',
  'windows-1253': 'Windows-1253',
  'windows-1254': 'Windows-1254',
  'windows-1255': 'Windows-1255',
  'windows-1256': 'Windows-1256',
} as const;

/** A supported character encoding. */
export type Encoding = keyof typeof ENCODINGS;

/** Encodings of programs without Unicode, by language, or by language and script. All others use Windows-1252. */
const LEGACY: Readonly<Partial<Record<string, Encoding>>> = {
  ja: 'shift_jis',
  'zh-Hans': 'gb18030',
  'zh-Hant': 'big5',
  ko: 'euc-kr',
  ...{ cs: 'windows-1250', hu: 'windows-1250', pl: 'windows-1250', ro: 'windows-1250', sk: 'windows-1250' },
  ...{ be: 'windows-1251', bg: 'windows-1251', ru: 'windows-1251', uk: 'windows-1251' },
  ...{ el: 'windows-1253', tr: 'windows-1254', he: 'windows-1255', ar: 'windows-1256' },
};

/** Valid sequences that outweigh one bad byte, as evidence of UTF-8. */
const SEQUENCES_PER_BAD_BYTE = 10;

/** Length of a text without byte order mark to count its zero bytes, in bytes. */
const SAMPLE_BYTES = 4096;

/** Characters that no text of a legacy encoding has: those for private use, and controls. */
const UNLIKELY = /[\u0001-\u0008\u000e-\u001a\u001c-\u001f\ue000-\uf8ff]/;

/**
 * Detects the encoding of a text by evidence: the byte order mark; zero bytes of UTF-16; more valid sequences of UTF-8
 * than bad bytes, 10 to 1; the legacy encoding of the user's language; Windows-1252, which has a character for every
 * byte.
 *
 * @param beginning First bytes of the text.
 * @param isComplete Whether this is the whole text. If not, the last character may be incomplete.
 * @param culture Culture of the user, such as `ja-JP`.
 */
export function detectEncoding(
  beginning: Uint8Array,
  isComplete: boolean,
  culture = currentCulture(),
): Encoding {
  const [first, second] = beginning;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const wide = wideEncoding(beginning, isComplete);
  if (wide) return wide;
  const { sequences, badBytes } = scanUtf8(beginning, true);
  if (badBytes === 0 || sequences >= badBytes * SEQUENCES_PER_BAD_BYTE) return 'utf-8';
  const legacy = legacyEncoding(culture);
  return canDecode(beginning, legacy, isComplete) ? legacy : 'windows-1252';
}

/** Evidence of UTF-8 in bytes. */
export interface Utf8Scan {
  /** Valid sequences of two to four bytes. */
  readonly sequences: number;
  /** Bytes outside valid sequences. A sequence cut off by an end of the part is forgiven. */
  readonly badBytes: number;
}

/**
 * Counts the sequences of UTF-8 and the bytes outside them, by table 3-7 of the Unicode standard.
 *
 * @param bytes A part of a text.
 * @param isStart Whether the part is the beginning of the text.
 */
export function scanUtf8(bytes: Uint8Array, isStart: boolean): Utf8Scan {
  const { length } = bytes;
  let sequences = 0;
  let badBytes = 0;
  let at = 0;
  while (!isStart && at < 3 && isContinuation(bytes[at])) at++;
  while (at < length) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) {
      at++;
      continue;
    }
    const end = at + lengthOfSequence(lead, bytes[at + 1]);
    let next = at + 1;
    while (next < end && isContinuation(bytes[next])) next++;
    if (next === end && end > at + 1) sequences++;
    else if (next < length || end <= length) badBytes += next - at;
    at = next;
  }
  return { sequences, badBytes };
}

/** Number of bytes of a sequence, or 1 for a byte that starts none. A missing second byte is taken for a valid one. */
function lengthOfSequence(lead: number, second: number | undefined): number {
  const isSecondIn = (from: number, to: number): boolean =>
    second === undefined || (second >= from && second <= to);
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead === 0xe0) return isSecondIn(0xa0, 0xbf) ? 3 : 1;
  if (lead === 0xed) return isSecondIn(0x80, 0x9f) ? 3 : 1;
  if (lead >= 0xe1 && lead <= 0xef) return 3;
  if (lead === 0xf0) return isSecondIn(0x90, 0xbf) ? 4 : 1;
  if (lead === 0xf4) return isSecondIn(0x80, 0x8f) ? 4 : 1;
  return lead >= 0xf1 && lead <= 0xf3 ? 4 : 1;
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}

/**
 * Returns UTF-16 in the byte order of the zero bytes: in most scripts, spaces, digits and line ends have one each, always
 * on the same side.
 */
function wideEncoding(beginning: Uint8Array, isComplete: boolean): Encoding | undefined {
  const sample = beginning.subarray(0, SAMPLE_BYTES - (SAMPLE_BYTES % 2));
  const units = Math.floor(sample.length / 2);
  if (units < 2 || (isComplete && beginning.length % 2 > 0)) return undefined;
  const zeros = [0, 0];
  for (let at = 0; at < units * 2; at++) if (sample[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const encoding = even === 0 ? 'utf-16le' : 'utf-16be';
  if (Math.min(even, odd) > 0 || Math.max(even, odd) < units / 10) return undefined;
  return canDecode(sample.subarray(0, units * 2), encoding, false) ? encoding : undefined;
}

function canDecode(bytes: Uint8Array, encoding: Encoding, isComplete: boolean): boolean {
  try {
    const decoded = new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: !isComplete });
    return !UNLIKELY.test(decoded);
  } catch {
    // Bytes without a character, or an encoding that this platform does not have.
    return false;
  }
}

/** Returns the encoding of programs without Unicode in the language of a culture. */
export function legacyEncoding(culture: string): Encoding {
  try {
    const { language, script = '' } = new Intl.Locale(culture).maximize();
    return LEGACY[`${language}-${script}`] ?? LEGACY[language] ?? 'windows-1252';
  } catch {
    return 'windows-1252';
  }
}

/** Windows-1252 from 0x80 to 0x9F, decoded as control characters by Node.js 20. */
const WINDOWS_1252_CONTROLS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** Decodes a whole text, without its byte order mark. Bad bytes become U+FFFD. */
export function decodeText(bytes: Uint8Array, encoding = detectEncoding(bytes, true)): string {
  const text = new TextDecoder(encoding).decode(bytes);
  if (encoding !== 'windows-1252') return text;
  return text.replace(
    /[\u0080-\u009f]/g,
    (character) => WINDOWS_1252_CONTROLS[character.charCodeAt(0) - 0x80] ?? '',
  );
}
