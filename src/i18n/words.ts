import { currentLanguage } from './language';

/**
 * A message without placeholders in the language of the person: `t` for pages that must stay small, since it does not
 * bring the parser.
 */
export function words(message: string): string {
  const found = currentLanguage().find(message);
  return typeof found === 'string' ? found : message;
}
