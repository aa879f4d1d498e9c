import { IntlMessageFormat } from 'intl-messageformat';
import { showReordering } from '../visible-text';
import { setCulture } from './culture';

/** An element of a parsed message. */
export type MessageElement = ReturnType<IntlMessageFormat['getAst']>[number];

/** A message as source text or in parsed form. */
export type Message = string | MessageElement[];

/** Language and formats of the user interface. */
export interface Language {
  /** Language of the texts, as in the `lang` attribute: `de`, `zh-Hans`. */
  readonly tag: string;
  /** Locale of numbers and dates, possibly more specific: `de-AT`. */
  readonly locale: string;
  /** Locale of sort order, the user's own even without a translation: `sv-SE`. */
  readonly culture: string;
  readonly direction: 'ltr' | 'rtl';
  /** Returns the message in this language, or in English if there is no translation. */
  readonly find: (english: string) => Message;
}

/**
 * English, the language of the source.
 *
 * @param locale Such as `en-GB`.
 * @param culture The user's own locale, if there is no translation for it.
 */
export const english = (locale: string, culture = locale): Language => ({
  tag: 'en',
  locale,
  culture,
  direction: 'ltr',
  find: (message) => message,
});

let current = english('en-US');
const listeners = new Set<() => void>();

/** The current language. */
export function currentLanguage(): Language {
  return current;
}

/** Sets the current language. Texts already on the screen are not updated. */
export function setLanguage(language: Language): void {
  current = language;
  setCulture(language.culture);
  for (const listener of listeners) listener();
}

/**
 * Translates a message without placeholders. Use it instead of `t` in small pages: it does not include the parser.
 */
export function words(message: string): string {
  const found = current.find(message);
  return typeof found === 'string' ? found : message;
}

/** Caches a value until the language changes: `Intl` objects take milliseconds to create. */
export function perLanguage<T>(make: (locale: string, culture: string) => T): () => T {
  let made: { readonly value: T } | undefined;
  listeners.add(() => (made = undefined));
  return () => (made ??= { value: make(current.locale, current.culture) }).value;
}

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
