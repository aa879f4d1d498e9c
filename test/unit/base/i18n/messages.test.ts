import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { argumentsOf, readMessages } from './read-messages';

const folder = resolve(__dirname, '../../../../src/base/i18n/languages');
const languages = readdirSync(folder).map((file) => file.replace('.json', ''));
const catalogOf = (tag: string): Record<string, string> =>
  JSON.parse(readFileSync(join(folder, `${tag}.json`), 'utf8')) as Record<string, string>;

const { said, unread, bare } = readMessages();
const messages = [...new Set(said.map(({ message }) => message))];

describe('source code', () => {
  test('translates all texts', () => {
    expect(bare).toEqual([]);
  });

  test('passes literal messages', () => {
    expect(unread).toEqual([]);
  });

  test('translates nothing before the language is loaded', () => {
    expect(said.filter(({ isAtOnce }) => isAtOnce)).toEqual([]);
  });

  test('passes the values of each message', () => {
    const wrong = said.filter(({ message, values }) => {
      const needed = argumentsOf(message).map((name) => name.replace(/[<>]/g, ''));
      return values && String([...new Set(needed)].sort()) !== String(values);
    });
    expect(wrong).toEqual([]);
  });

  test('avoids the parser for messages without values', () => {
    const plain = said.filter(({ by, values }) => by === 'words' || (by === 't' && values?.length === 0));
    for (const { message } of plain) expect(new IntlMessageFormat(message, 'en').format({})).toBe(message);
  });

  test('is scanned for bare texts, calls without a message and calls at module load', () => {
    const sample = `
      const early = t('Early');
      const late = () => t(early);
      const view = () => <p title="Bare" aria-label={x ? 'Bare' : t('Said')}>Bare {'Bare'} {t('Said')} {1} –</p>;
    `;
    const found = readMessages([['src/sample.tsx', sample]]);
    expect(found.said.map(({ message, isAtOnce }) => [message, isAtOnce])).toEqual([
      ['Early', true],
      ['Said', false],
      ['Said', false],
    ]);
    expect(found.unread).toHaveLength(1);
    expect(found.bare).toHaveLength(4);
  });
});

describe.each(languages)('translation %s', (tag) => {
  const catalog = catalogOf(tag);

  test('has exactly the messages of the source code', () => {
    expect(messages.filter((message) => !catalog[message])).toEqual([]);
    expect(Object.keys(catalog).filter((message) => !messages.includes(message))).toEqual([]);
  });

  test('has the same values and tags in each message', () => {
    const wrong = Object.entries(catalog).filter(
      ([message, translated]) => String(argumentsOf(message)) !== String(argumentsOf(translated)),
    );
    expect(wrong).toEqual([]);
  });

  test('has all plural forms of the language', () => {
    // Some forms are for fractions or millions only, such as "many" in Czech and French.
    const rules = new Intl.PluralRules(tag);
    const needed = new Set(['other', ...Array.from({ length: 200 }, (_, count) => rules.select(count))]);
    for (const [message, translated] of Object.entries(catalog)) {
      if (!/, plural,/.test(message)) continue;
      for (const form of needed) expect(translated).toMatch(new RegExp(`\\b${form} \\{`));
    }
  });
});
