import { currentLanguage } from './language';

/**
 * Translates a message without placeholders. Use it instead of `t` in small pages: it does not include the parser.
 */
export function words(message: string): string {
  const found = currentLanguage().find(message);
  return typeof found === 'string' ? found : message;
}
