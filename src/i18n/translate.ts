import { IntlMessageFormat } from 'intl-messageformat';
import { currentLanguage, perLanguage } from './language';
import { words } from './words';

/** What stands for the placeholders of a message. Text is never read as a message or as markup. */
export type Values = Readonly<Record<string, string | number | Date>>;

/** What stands for the placeholders and for the tags of a message; a tag is given what stands inside it. */
export type RichValues<T> = Readonly<
  Record<string, string | number | Date | T | ((inside: (string | T)[]) => T)>
>;

/** Messages that were read before. */
const formats = perLanguage(() => new Map<string, IntlMessageFormat>());

/**
 * A message in the language of the person, by ICU's rules: `t('{count, plural, one {# file} other {# files}}', { count })`.
 *
 * The English message is the key of its translations, so it is written out in the call (docs/decisions/0013-languages.md).
 * Never called while a module is loaded, when the language is not known yet. Both are watched by
 * `test/unit/i18n/messages.test.ts`.
 */
export function t(message: string, values?: Values): string {
  return values ? String(formatOf(message).format(values)) : words(message);
}

/**
 * A message with more than text in it, as parts in the order in which they are shown:
 * `parts('<pick>Choose</pick> or drop', { pick: (inside) => … })`.
 */
export function parts<T extends object>(message: string, values: RichValues<T>): readonly (string | T)[] {
  const formatted = formatOf(message).format<T>(values);
  return Array.isArray(formatted) ? formatted : [formatted];
}

function formatOf(message: string): IntlMessageFormat {
  const known = formats().get(message);
  if (known) return known;
  const { find, locale } = currentLanguage();
  const format = new IntlMessageFormat(find(message), locale);
  formats().set(message, format);
  return format;
}
