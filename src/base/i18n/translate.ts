import { IntlMessageFormat } from 'intl-messageformat';
import { showReordering } from '../visible-text';
import { currentLanguage, perLanguage, words } from './language';

/** Values of placeholders. Text is never parsed as a message or as markup; its bidirectional controls become visible. */
export type Values = Readonly<Record<string, string | number | Date>>;

/** Values of placeholders and tags; a tag receives its content. */
export type RichValues<T> = Readonly<
  Record<string, string | number | Date | T | ((inside: (string | T)[]) => T)>
>;

/** Cache of parsed messages. */
const formats = perLanguage(() => new Map<string, IntlMessageFormat>());

/**
 * Translates an ICU message: `t('{count, plural, one {# file} other {# files}}', { count })`.
 *
 * The English message is the key of its translations, so pass a literal (docs/decisions/0013-languages.md). Do not
 * call it at module load, before the language is known. `test/unit/i18n/messages.test.ts` checks both.
 */
export function t(message: string, values?: Values): string {
  return values ? String(formatOf(message).format(shown(values))) : words(message);
}

/** Values with visible bidirectional controls: most of them are names from elsewhere. */
function shown<V>(values: Readonly<Record<string, V>>): Record<string, V | string> {
  const entries = Object.entries(values).map(
    ([key, value]) => [key, typeof value === 'string' ? showReordering(value) : value] as const,
  );
  return Object.fromEntries(entries);
}

/**
 * Translates a message with markup into parts, in display order: `parts('<pick>Choose</pick> or drop', { pick:
 * (inside) => … })`.
 */
export function parts<T extends object>(message: string, values: RichValues<T>): readonly (string | T)[] {
  const formatted = formatOf(message).format<T>(shown(values));
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
