import { currentLanguage, t } from '../../base/i18n/translate';

/** Text of a file, or a sentence about the failure. */
export type TextResult =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly message: string };

/** Above the size of a table with 100,000 rows; keeps a video picked by mistake out of memory. In bytes. */
const MAX_BYTES = 32 * 1024 * 1024;

/** First bytes of binary spreadsheets: zip (xlsx, ods) and old Office documents (xls). */
const SPREADSHEET_SIGNATURES = ['PK\u0003\u0004', '\u00d0\u00cf\u0011\u00e0'];

/** Windows-1252 from 0x80 to 0x9F, decoded as control characters by Node.js 20. */
const WINDOWS_1252_CONTROLS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** Encodings of Excel's CSV by language, if not Windows-1252. */
const LEGACY_ENCODINGS: Readonly<Record<string, string>> = {
  ja: 'shift_jis',
  ko: 'euc-kr',
  zh: 'gb18030',
  'zh-Hant': 'big5',
};

/** Reads a text file: Unicode by its byte order mark, else UTF-8, else in the encoding of Excel's CSV. */
export async function readText(file: Blob): Promise<TextResult> {
  if (file.size > MAX_BYTES)
    return { ok: false, message: t('The list is too large to be a table of files. Save it as CSV.') };
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    return { ok: false, message: t('The list cannot be read: it was moved, deleted or changed.') };
  }
  const firstBytes = String.fromCharCode(...bytes.subarray(0, 4));
  if (SPREADSHEET_SIGNATURES.some((signature) => firstBytes.startsWith(signature)))
    return { ok: false, message: t('The list is a spreadsheet. Save it as CSV, then choose that file.') };
  const text = decode(bytes, firstBytes);
  if (text.includes('\0'))
    return { ok: false, message: t('The list is not a text file. Save the table as CSV.') };
  return { ok: true, text };
}

function decode(bytes: Uint8Array, firstBytes: string): string {
  if (firstBytes.startsWith('\u00ff\u00fe')) return new TextDecoder('utf-16le').decode(bytes);
  if (firstBytes.startsWith('\u00fe\u00ff')) return new TextDecoder('utf-16be').decode(bytes);
  return (
    decodeStrictly(bytes, 'utf-8') ?? decodeStrictly(bytes, legacyEncoding()) ?? decodeWindows1252(bytes)
  );
}

/** Encoding of Excel's CSV in the user's language; `undefined` for Windows-1252. */
function legacyEncoding(): string | undefined {
  const { language, script = '' } = new Intl.Locale(currentLanguage().culture).maximize();
  return LEGACY_ENCODINGS[`${language}-${script}`] ?? LEGACY_ENCODINGS[language];
}

/** @returns `undefined` if the bytes are no text in this encoding. */
function decodeStrictly(bytes: Uint8Array, encoding: string | undefined): string | undefined {
  if (encoding === undefined) return undefined;
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function decodeWindows1252(bytes: Uint8Array): string {
  const text = new TextDecoder('windows-1252').decode(bytes);
  return text.replace(
    /[\u0080-\u009f]/g,
    (character) => WINDOWS_1252_CONTROLS[character.charCodeAt(0) - 0x80] ?? '',
  );
}
