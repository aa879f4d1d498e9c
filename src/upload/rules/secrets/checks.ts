import { decodeBase64 } from '../../../base/bytes';
import { crc32 } from '../crc32';

/** Returns the entropy of a text in bits per character. Random text in base64 has about 5, words have about 3. */
function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/** Whether a text looks random: at least `bits` of entropy per character. */
export function isRandom(bits: number): (secret: string) => boolean {
  return (secret) => entropyOf(secret) >= bits;
}

/** Whether a text looks random, and has capital and small letters and digits. */
export function isMixed(secret: string): boolean {
  return /[A-Z]/.test(secret) && /[a-z]/.test(secret) && /\d/.test(secret) && entropyOf(secret) >= 3.7;
}

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Whether the last six characters of a token are the checksum of those behind its prefix. */
export function hasChecksum(token: string): boolean {
  const body = token.slice(token.indexOf('_') + 1, -6);
  let rest = crc32(new TextEncoder().encode(body));
  let digits = '';
  for (let index = 0; index < 6; index++) {
    digits = `${BASE62[rest % 62] ?? ''}${digits}`;
    rest = Math.floor(rest / 62);
  }
  return token.endsWith(digits);
}

/** Whether a base64 text has this number of bytes, not all alike. */
export function hasBytes(count: number): (secret: string) => boolean {
  return (secret) => decodeBase64(secret)?.length === count && entropyOf(secret) >= 3.5;
}

/** Whether the first part of a JSON Web Token names its algorithm. */
export function isJwt(token: string): boolean {
  const head = token.slice(0, token.indexOf('.')).replace(/-/g, '+').replace(/_/g, '/');
  const bytes = decodeBase64(head);
  return bytes !== undefined && new TextDecoder().decode(bytes).includes('"alg"');
}

/** Whether credentials of Basic authentication have a user and a password. */
export function isBasic(credentials: string): boolean {
  const bytes = decodeBase64(credentials);
  return bytes !== undefined && /^[\x20-\x7e]*:[\x20-\x7e]{3,}$/.test(new TextDecoder().decode(bytes));
}

/** Passwords in examples and templates: `***`, `<password>`, `${PASSWORD}`, `%PASSWORD%`, `$(password)`, `{0}`. */
const PLACEHOLDER =
  /^(?:[*x.•?]+$|[<{[%]|\$[({\w]|@|(?:your|my|the)?[-_]?(?:pass(?:word|wd)?|pwd|secret|token|changeme|null|undefined|none|redacted|removed|hidden|masked|example)\b)/i;

/** Whether a password is none of an example. */
export function isNoPlaceholder(password: string): boolean {
  return !PLACEHOLDER.test(password) && new Set(password).size > 2;
}

/** Lengths of card numbers by their first digits: Visa, Mastercard, American Express, Discover, JCB, Diners Club. */
const ISSUERS: readonly (readonly [RegExp, readonly number[]])[] = [
  [/^4/, [16]],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^(?:6011|64[4-9]|65)/, [16]],
  [/^35(?:2[89]|[3-8])/, [16]],
  [/^3(?:0[0-5]|[68])/, [14]],
];

/** Whether digits, perhaps in groups, are a card number with a right check digit. Numbers of tests have few digits. */
export function isCard(text: string): boolean {
  const digits = text.replace(/\D/g, '');
  const isIssued = ISSUERS.some(([start, lengths]) => start.test(digits) && lengths.includes(digits.length));
  if (!isIssued || new Set(digits).size <= 3) return false;
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = digit * 2;
    sum += index % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** Lengths of IBANs by country. Those in the first group have digits only behind the country. */
const IBAN_DIGITS =
  'AE23 AT20 BA20 BE16 CR22 CZ24 DE22 DK18 EE20 ES24 FI18 FO18 GL18 HR21 HU28 IL23 IS26 LT20 ME22 NO15 PL28 PT25 RS22 SE24 SI19 SK24 TN24 XK20';
const IBAN_MIXED =
  'AD24 AL28 AZ28 BG22 BH22 BR29 CH21 CY28 DO28 FR27 GB22 GE22 GI23 GR27 GT28 IE22 IT27 JO30 KW30 KZ20 LB28 LI21 LU20 LV21 MC27 MD24 MK19 MR27 MT31 NL18 PK24 PS29 QA29 RO24 SA24 SM27 TR26 UA29 VG24';

/**
 * Whether a text, perhaps in groups of four and with words behind, is an IBAN with the length of its country and right
 * check digits.
 */
export function isIban(text: string): boolean {
  const country = text.slice(0, 2);
  const known = new RegExp(`${country}(\\d\\d)`);
  const digits = known.exec(IBAN_DIGITS)?.[1];
  const length = Number(digits ?? known.exec(IBAN_MIXED)?.[1] ?? NaN);
  const whole = text.replace(/ /g, '');
  const iban = whole.slice(0, length);
  const isLong = whole.length > length && !text.includes(' ');
  if (iban.length !== length || isLong || (digits && /\D/.test(iban.slice(2)))) return false;
  let rest = 0;
  for (const char of iban.slice(4) + iban.slice(0, 4)) {
    const value = parseInt(char, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}
