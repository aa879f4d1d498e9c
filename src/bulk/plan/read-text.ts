import { decodeText } from '../../base/decode-text';
import { t } from '../../base/i18n/translate';

/** Text of a file, or a sentence about the failure. */
export type TextResult =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly message: string };

/** Above the size of a table with 100,000 rows; keeps a video picked by mistake out of memory. In bytes. */
const MAX_BYTES = 32 * 1024 * 1024;

/** First bytes of binary spreadsheets: zip (xlsx, ods) and old Office documents (xls). */
const SPREADSHEET_SIGNATURES = ['PK\u0003\u0004', '\u00d0\u00cf\u0011\u00e0'];

/** Reads a text file, in the encoding that Excel or another program gave it. */
export async function readText(file: Blob): Promise<TextResult> {
  if (file.size > MAX_BYTES)
    return { ok: false, message: t('This file is too large. Choose a smaller CSV file.') };
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    return {
      ok: false,
      message: t("Can't read the CSV file. It was moved, deleted, or changed. Choose it again."),
    };
  }
  const firstBytes = String.fromCharCode(...bytes.subarray(0, 4));
  if (SPREADSHEET_SIGNATURES.some((signature) => firstBytes.startsWith(signature)))
    return { ok: false, message: t('This file is a spreadsheet. Save it as CSV, then choose the CSV file.') };
  const text = decodeText(bytes);
  if (text.includes('\0'))
    return {
      ok: false,
      message: t("This isn't a text file. Save the table as CSV, then choose the CSV file."),
    };
  return { ok: true, text };
}
