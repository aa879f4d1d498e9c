import { setLanguage, words } from '../../../../src/base/i18n/language';
import { parts, t } from '../../../../src/base/i18n/translate';
import { pseudoLanguage } from '../../../../src/base/i18n/pseudo';
import { argumentsOf, readMessages } from './read-messages';

const language = pseudoLanguage('ltr');

beforeEach(() => setLanguage(language));

test('pseudoLanguage returns plain messages as text: accented, longer, in brackets', () => {
  expect(language.find('Cancel')).toBe('[Çáñçél ~]');
  expect(words('Attach files')).toBe('[Áttáçh fílés ~ ~]');
});

test('pseudoLanguage leaves values unchanged', () => {
  expect(t('Details of {name}', { name: 'aeiou.txt' })).toBe('[Détáíls öf aeiou.txt ~ ~]');
});

test('pseudoLanguage accents text inside plurals and tags', () => {
  expect(t('{count, plural, one {# file} other {# files}}', { count: 2 })).toMatch(/^\[2 fílés( ~)+\]$/);
  const [, tag] = parts('Drop or <i>pick a {name}</i>', { name: 'file', i: (inside) => ({ inside }) });
  expect(tag).toEqual({ inside: ['píçk á file'] });
});

test('pseudoLanguage keeps all placeholders and adds at least a third to every message', () => {
  for (const { message } of readMessages().said) {
    const found = language.find(message);
    if (typeof found === 'string') {
      expect(found).toMatch(/^\[[^]*\]$/);
      expect(found.length).toBeGreaterThan(message.length * 1.3);
      expect(argumentsOf(message)).toEqual([]);
    } else {
      expect(found[0]).toMatchObject({ value: '[' });
      expect(found.at(-1)).toMatchObject({ value: expect.stringMatching(/~\]$|^\]$/) as string });
      expect(argumentsOf(found)).toEqual(argumentsOf(message));
    }
  }
});

test('pseudoLanguage uses the requested direction', () => {
  expect(
    [pseudoLanguage('ltr'), pseudoLanguage('rtl')].map(({ tag, direction }) => [tag, direction]),
  ).toEqual([
    ['qps-ploc', 'ltr'],
    ['qps-plocm', 'rtl'],
  ]);
});
