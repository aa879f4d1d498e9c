import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { readMessages } from './read-messages';

const folder = resolve(__dirname, '../../../../src/base/i18n/languages');
const messages = [...new Set(readMessages().said.map(({ message }) => message))].filter((message) =>
  message.includes(', plural,'),
);
const english = Object.fromEntries(messages.map((message) => [message, message]));
const catalogs = readdirSync(folder).map(
  (file) =>
    [
      file.replace('.json', ''),
      JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, string>,
    ] as const,
);

/** Placeholders of a message, each with whether its plural shows the number. */
function placeholdersOf(message: string): ReadonlyMap<string, { readonly isShown: boolean }> {
  const found = new Map<string, { readonly isShown: boolean }>();
  const visit = (elements: readonly object[]): void => {
    for (const element of elements as readonly Record<string, unknown>[]) {
      const { type, value, options } = element;
      if (type !== 0 && typeof value === 'string') {
        const other = (options as { other?: { value: { type: number }[] } } | undefined)?.other?.value;
        // Type 7 is `#`.
        found.set(value, { isShown: other?.some((part) => part.type === 7) === true });
      }
      if (options)
        for (const option of Object.values(options as Record<string, { value: object[] }>))
          visit(option.value);
      if (element['children']) visit(element['children'] as object[]);
    }
  };
  visit(new IntlMessageFormat(message, 'en').getAst());
  return found;
}

describe.each([['en', english] as const, ...catalogs])('plural messages in %s', (tag, catalog) => {
  test.each([0, 1, 2, 5, 21])('are complete for %s', (count) => {
    // "The first row" needs no number, and in French also stands for 0.
    const isOne = new Intl.PluralRules(tag).select(count) === 'one';
    const shown = new Intl.NumberFormat(tag).format(count);
    const wrong = messages.flatMap((message) => {
      const placeholders = placeholdersOf(message);
      const values = Object.fromEntries(
        [...placeholders].map(([name]) => [name, name.startsWith('<') ? String : count]),
      );
      const text = String(new IntlMessageFormat(catalog[message] ?? message, tag).format(values));
      const numbers = [...placeholders.values()].filter(({ isShown }) => isShown).length;
      const isComplete =
        text.trim() !== '' && !/[{}#]/.test(text) && text.split(shown).length - 1 >= (isOne ? 0 : numbers);
      return isComplete ? [] : [`${message} → ${text}`];
    });
    expect(wrong).toEqual([]);
  });
});
