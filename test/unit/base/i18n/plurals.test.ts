import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { partsOf, readMessages } from './read-messages';

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

/** Names of the placeholders of a message. */
const placeholdersOf = (message: string): readonly string[] =>
  partsOf(message).flatMap(({ type, value }) => (type === 0 || value === undefined ? [] : [value]));

/** Number of plurals of a message that show their number. */
const countShown = (message: string): number =>
  partsOf(message).filter(({ options }) => options?.['other']?.value.some(({ type }) => type === 7)).length;

describe.each([['en', english] as const, ...catalogs])('plural messages in %s', (tag, catalog) => {
  test.each([0, 1, 2, 5, 21])('are complete for %s', (count) => {
    // "The first row" needs no number, and in French also stands for 0. In Russian, "one" stands for 21, too.
    const rules = new Intl.PluralRules(tag);
    const isOne = rules.select(count) === 'one' && rules.select(21) !== 'one';
    const shown = new Intl.NumberFormat(tag).format(count);
    const wrong = messages.flatMap((message) => {
      const values = Object.fromEntries(placeholdersOf(message).map((name) => [name, count]));
      const text = String(new IntlMessageFormat(catalog[message] ?? message, tag).format(values));
      const numbers = countShown(message);
      const isComplete =
        text.trim() !== '' && !/[{}#]/.test(text) && text.split(shown).length - 1 >= (isOne ? 0 : numbers);
      return isComplete ? [] : [`${message} → ${text}`];
    });
    expect(wrong).toEqual([]);
  });
});
