import fc from 'fast-check';
import { makeVisible, safeFileName } from '../../../../src/gallery/viewers/safe-text';
import { codePointText } from '../../../helpers/code-point-text';

test.each([
  ['docs/readme.md', 'readme.md'],
  ['../../etc/passwd', 'passwd'],
  ['/absolute.txt', 'absolute.txt'],
  ['C:\\Windows\\evil.dll', 'evil.dll'],
  ['C:evil.dll', 'C_evil.dll'],
  ['photo\u202egnp.exe', 'photo_gnp.exe'],
  ['a\u0000b\n.txt', 'a_b_.txt'],
  ['<img src=x onerror=alert(1)>.txt', '_img src=x onerror=alert(1)_.txt'],
  ['..', 'unnamed'],
  ['folder/', 'unnamed'],
  ['', 'unnamed'],
])('safeFileName turns %j into %j', (path, name) => {
  expect(safeFileName(path)).toBe(name);
});

test('safeFileName returns no path and no disguised name for arbitrary paths', () => {
  fc.assert(
    fc.property(codePointText(), (path) => {
      const name = safeFileName(path);
      expect(name).not.toMatch(/[/\\:*?"<>|\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      expect(name).not.toMatch(/^\.*$/);
    }),
  );
});

test('makeVisible replaces invisible characters and keeps all others', () => {
  expect(makeVisible('a\tb é 😀 \u200d')).toBe('a\tb é 😀 \u200d');
  expect(makeVisible('a\u0000\u001b[31m\u007f')).toBe('a␀␛[31m␡');
  expect(makeVisible('a\u202eb\ufeff\u0085')).toBe('a⟨U+202E⟩b⟨U+FEFF⟩⟨U+0085⟩');
  expect(makeVisible('a\r\nb')).toBe('a␍␊b');
  expect(makeVisible('a\r\nb', 'lines')).toBe('a\r\nb');
});
