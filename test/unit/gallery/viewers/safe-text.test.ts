import fc from 'fast-check';
import { safeFileName } from '../../../../src/gallery/viewers/safe-text';
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
