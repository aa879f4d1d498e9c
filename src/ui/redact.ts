import { t } from '../i18n/translate';

/**
 * What must not leave the page in words that others wrote. A server quotes what it was sent at times, and a message
 * that a person copies ends in a ticket or a chat.
 */
const SECRETS: readonly (readonly [RegExp, () => string])[] = [
  [/\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>]+/gi, () => t('[address]')],
  [/\b(Bearer)\s+[^\s"',;]+/gi, () => `$1 ${t('[removed]')}`],
  [/\b(Basic)\s+(?=[a-z]*[\d+/=])[\w+/=]{8,}/gi, () => `$1 ${t('[removed]')}`],
  // A JSON Web Token, also one whose end was cut off.
  [/\beyJ[\w-]{8,}(?:\.[\w-]*){0,2}/g, () => t('[removed]')],
  // The query of an address without its beginning.
  [/\?[\w.%-]+=[^\s"'<>]*/g, () => ''],
  [
    /\b((?:access_?|id_?|refresh_?)?token|password|secret|sig|api_?key)(["']?\s*[=:]\s*["']?)[^\s"',;&]+/gi,
    () => `$1$2${t('[removed]')}`,
  ],
  // As long as a personal access token and without a sense: 52 characters, the newer ones 84.
  [/\b(?=\w*\d)(?=\w*[a-z])\w{40,}\b/gi, () => t('[removed]')],
];

/** The text without anything that looks like a token, a password or an address. */
export function redact(text: string): string {
  return SECRETS.reduce((clean, [secret, instead]) => clean.replace(secret, instead()), text);
}
