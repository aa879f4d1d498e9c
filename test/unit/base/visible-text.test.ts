import { english, setLanguage } from '../../../src/base/i18n/language';
import { parts, t } from '../../../src/base/i18n/translate';
import { makeVisible, showReordering } from '../../../src/base/visible-text';

test('makeVisible replaces invisible characters and keeps all others', () => {
  expect(makeVisible('a\tb é 😀 \u200d')).toBe('a\tb é 😀 \u200d');
  expect(makeVisible('a\u0000\u001b[31m\u007f')).toBe('a␀␛[31m␡');
  expect(makeVisible('a\u202eb\ufeff\u0085')).toBe('a⟨U+202E⟩b⟨U+FEFF⟩⟨U+0085⟩');
  expect(makeVisible('\u061c\u200e\u200f\u00ad')).toBe('⟨U+061C⟩⟨U+200E⟩⟨U+200F⟩⟨U+00AD⟩');
  expect(makeVisible('a\r\nb')).toBe('a␍␊b');
});

test('makeVisible keeps line ends and soft hyphens of prose', () => {
  expect(makeVisible('soft\u00adhyphen\r\n\u202e', 'prose')).toBe('soft\u00adhyphen\r\n⟨U+202E⟩');
});

test('showReordering replaces bidirectional controls, but for the marks of a quoted name', () => {
  expect(showReordering('\u2068\u202egnp.exe\u2069\n\u2067')).toBe('\u2068⟨U+202E⟩gnp.exe\u2069\n⟨U+2067⟩');
});

test('messages show the bidirectional controls of their values', () => {
  setLanguage(english('en-US'));
  expect(t('Edit {name}', { name: '\u202egnp.exe' })).toBe('Edit ⟨U+202E⟩gnp.exe');
  expect(parts('Edit {name}', { name: '\u202egnp.exe' })).toEqual(['Edit ⟨U+202E⟩gnp.exe']);
});
