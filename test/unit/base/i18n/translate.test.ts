import type { Language } from '../../../../src/base/i18n/language';
import { english, setLanguage, words } from '../../../../src/base/i18n/language';
import { parts, t } from '../../../../src/base/i18n/translate';

/** English with these messages replaced. */
function speak(locale: string, catalog: Readonly<Record<string, string>> = {}): void {
  const find: Language['find'] = (message) => catalog[message] ?? message;
  setLanguage({ ...english(locale), find });
}

const FILES = '{count, plural, one {# file} other {# files}}';

beforeEach(() => speak('en-US'));

test('t formats counts with the plural and the separators of the language', () => {
  expect([0, 1, 2, 1_234].map((count) => t(FILES, { count }))).toEqual([
    '0 files',
    '1 file',
    '2 files',
    '1,234 files',
  ]);
  speak('pl', { [FILES]: '{count, plural, one {# plik} few {# pliki} many {# plików} other {# pliku}}' });
  expect([1, 2, 5, 22].map((count) => t(FILES, { count }))).toEqual([
    '1 plik',
    '2 pliki',
    '5 plików',
    '22 pliki',
  ]);
});

test('t inserts values as text, never as markup', () => {
  for (const name of [
    '<b>bold</b>.txt',
    '{x}.txt',
    "it's '{quoted}'",
    '</i>',
    '{count, plural, other {#}}',
    '[a]',
  ]) {
    expect(t('Details of {name}', { name })).toBe(`Details of ${name}`);
    expect(parts('Details of <i>{name}</i>', { name, i: (inside) => ({ inside }) })).toEqual([
      'Details of ',
      { inside: [name] },
    ]);
  }
});

test('t returns the same text again, also after the language changed', () => {
  const say = (): string => t('Cancel {name}', { name: 'a.txt' });
  expect([say(), say()]).toEqual(['Cancel a.txt', 'Cancel a.txt']);
  speak('de', { 'Cancel {name}': '{name} abbrechen' });
  expect([say(), say()]).toEqual(['a.txt abbrechen', 'a.txt abbrechen']);
});

test('parts returns parts in the order of the language, with the content of tags', () => {
  const message = 'Drop files here, or <pick>choose {what}</pick>';
  const say = () => parts(message, { what: 'some', pick: (inside) => ({ button: inside }) });
  expect(say()).toEqual(['Drop files here, or ', { button: ['choose some'] }]);
  speak('de', { [message]: '<pick>{what} wählen</pick> oder hier ablegen' });
  expect(say()).toEqual([{ button: ['some wählen'] }, ' oder hier ablegen']);
  const element = { element: 'b' };
  expect(parts('{name} is there', { name: element })).toEqual([element, ' is there']);
});

test('t avoids the parser for a message without values, in any language', () => {
  speak('de', { "It's {not} read": 'Das wird {nicht} gelesen' });
  expect([words("It's {not} read"), t("It's {not} read")]).toEqual([
    'Das wird {nicht} gelesen',
    'Das wird {nicht} gelesen',
  ]);
  // No language has this message as plain text, so English is used.
  setLanguage({ ...english('en-US'), find: () => [] });
  expect(words('Cancel')).toBe('Cancel');
});
