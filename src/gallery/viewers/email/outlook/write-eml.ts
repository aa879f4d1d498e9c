import type { EmailHeader, ParsedEmail } from '../parsed-email';
import { charactersOf } from './byte-characters';

/** Characters in a line of base64 (RFC 2045, 6.8). */
const LINE_LENGTH = 76;

/** Bytes in an encoded word of a header (RFC 2047, 2), a multiple of 3. */
const WORD_BYTES = 39;

/**
 * Writes a mail as a file of its own (RFC 5322): a mail inside of one by Outlook is no file.
 *
 * @param boundary Text that is in no other mail of the file.
 */
export async function writeEml(email: ParsedEmail, boundary: string): Promise<Blob> {
  const { from, to, cc, bcc, date, subject } = email;
  const headers: readonly EmailHeader[] = [
    ['From', from],
    ['To', to],
    ['Cc', cc],
    ['Bcc', bcc],
    ['Date', date],
    ['Subject', subject],
  ];
  const lines = headers
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${encode(value)}`);
  lines.push('MIME-Version: 1.0', `Content-Type: multipart/mixed; boundary="${boundary}"`, '');
  const part = async (headers: readonly string[], bytes: Blob): Promise<void> => {
    const content = new Uint8Array(await bytes.arrayBuffer());
    lines.push(`--${boundary}`, ...headers, 'Content-Transfer-Encoding: base64', '', ...inLines(content));
  };
  await part(['Content-Type: text/plain; charset=utf-8'], new Blob([email.text]));
  for (const { name, bytes } of email.attachments) {
    const value = encode(name.replace(/["\\]/g, '_'));
    await part(
      ['Content-Type: application/octet-stream', `Content-Disposition: attachment; filename="${value}"`],
      bytes,
    );
  }
  lines.push(`--${boundary}--`, '');
  return new Blob([lines.join('\r\n')], { type: 'application/octet-stream' });
}

/** Encodes the value of a header, if it needs it. */
function encode(value: string): string {
  if (/^[\x20-\x7e]*$/.test(value) && !value.includes('=?')) return value;
  const words: string[] = [];
  let word = '';
  for (const character of value) {
    if (new TextEncoder().encode(word + character).length > WORD_BYTES) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  return [...words, word]
    .map((part) => `=?utf-8?B?${toBase64(new TextEncoder().encode(part))}?=`)
    .join('\r\n ');
}

function inLines(bytes: Uint8Array): readonly string[] {
  return toBase64(bytes).match(new RegExp(`.{1,${LINE_LENGTH}}`, 'g')) ?? [];
}

function toBase64(bytes: Uint8Array): string {
  return btoa(charactersOf(bytes));
}
