import type { IntlMessageFormat } from 'intl-messageformat';
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
