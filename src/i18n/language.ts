import type { IntlMessageFormat } from 'intl-messageformat';

/** A part of a message as the parser reads it. */
export type MessageElement = ReturnType<IntlMessageFormat['getAst']>[number];

/** A message as it stands in the code or in a language's file, or as the parser reads it. */
export type Message = string | MessageElement[];

/** What a person reads Stapler in. */
export interface Language {
  /** Of the words, as in the `lang` of a page: `de`, `zh-Hans`. */
  readonly tag: string;
  /** Of numbers and dates, which may be more precise: `de-AT`. */
  readonly locale: string;
  /** Of the order in which names stand, which a person expects whatever language Stapler can speak: `sv-SE`. */
  readonly culture: string;
  readonly direction: 'ltr' | 'rtl';
  /** The message in this language; the English one where there is none. */
  readonly find: (english: string) => Message;
}

/**
 * English, which the messages are written in.
 *
 * @param locale `en-GB`, say.
 * @param culture Of a person who would read another language if there were one.
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

/** What Stapler speaks now. */
export function currentLanguage(): Language {
  return current;
}

/** Speaks `language` from now on. What stands on the screen by then is not said again. */
export function setLanguage(language: Language): void {
  current = language;
  for (const listener of listeners) listener();
}

/** Something to be made anew whenever another language is spoken: what `Intl` offers costs milliseconds to make. */
export function perLanguage<T>(make: (locale: string, culture: string) => T): () => T {
  let made: { readonly value: T } | undefined;
  listeners.add(() => (made = undefined));
  return () => (made ??= { value: make(current.locale, current.culture) }).value;
}
