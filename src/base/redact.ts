import { t } from './i18n/translate';

/**
 * Secrets in texts of the server, which may quote its request. Copied messages end up in tickets and chats.
 */
const SECRETS: readonly (readonly [RegExp, () => string])[] = [
  [/\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>]*[^\s"'<>.,;:!?]/gi, () => t('[address]')],
  [/\b(Bearer)\s+[^\s"',;]+/gi, () => `$1 ${t('[removed]')}`],
  [/\b(Basic)\s+(?=[a-z]*[\d+/=])[\w+/=]{8,}/gi, () => `$1 ${t('[removed]')}`],
  // A JSON Web Token, complete or truncated.
  [/\beyJ[\w-]{8,}(?:\.[\w-]*){0,2}/g, () => t('[removed]')],
  // A query string without the rest of its URL.
  [/\?[\w.%-]+=[^\s"'<>]*/g, () => ''],
  [
    /\b((?:access_?|id_?|refresh_?)?token|password|secret|sig|api_?key)(["']?\s*[=:]\s*["']?)[^\s"',;&]+/gi,
    () => `$1$2${t('[removed]')}`,
  ],
  // The length of a personal access token: 52 characters, newer ones 84.
  [/\b(?=\w*\d)(?=\w*[a-z])\w{40,}\b/gi, () => t('[removed]')],
];

/** Removes tokens, passwords and addresses from `text`. */
export function redact(text: string): string {
  return SECRETS.reduce((clean, [secret, instead]) => clean.replace(secret, instead()), text);
}
