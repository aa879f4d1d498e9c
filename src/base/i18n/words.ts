import { currentLanguage } from './language';

/**
 * Translates a message without placeholders. Use it instead of `t` in pages that must stay small: it excludes the
 * parser.
 */
export function words(message: string): string {
  const found = currentLanguage().find(message);
  return typeof found === 'string' ? found : message;
}
