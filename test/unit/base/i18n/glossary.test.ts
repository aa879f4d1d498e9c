import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { wordsOf } from './read-messages';

const folder = resolve(__dirname, '../../../../src/base/i18n');
const read = <T>(path: string): Record<string, T> =>
  JSON.parse(readFileSync(join(folder, path), 'utf8')) as Record<string, T>;

const english = read<readonly string[]>('glossary/en.json');
const languages = readdirSync(join(folder, 'languages')).map((file) => file.replace('.json', ''));

describe.each(languages)('glossary %s', (tag) => {
  const glossary = read<readonly string[]>(`glossary/${tag}.json`);

  test('has the terms of the English one', () => {
    expect(Object.keys(glossary)).toEqual(Object.keys(english));
  });

  test.each(Object.keys(english))('is followed for “%s”', (term) => {
    const inEnglish = new RegExp(`\\b(?:${english[term]!.join('|')})\\b`, 'i');
    const forms = glossary[term]!.map((form) => form.toLocaleLowerCase(tag));
    const wrong = Object.entries(read<string>(`languages/${tag}.json`)).filter(([message, translation]) => {
      if (!inEnglish.test(wordsOf(message))) return false;
      const said = translation.toLocaleLowerCase(tag);
      return !forms.some((form) => said.includes(form));
    });
    expect(wrong).toEqual([]);
  });
});
