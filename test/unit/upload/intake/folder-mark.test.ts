import fc from 'fast-check';
import { mayBeSameFolder, readComment, writeComment } from '../../../../src/upload/intake/folder-mark';
import { codePointText } from '../../../helpers/code-point-text';

const write = (folder: string, comment = ''): string => writeComment({ comment, folder });

describe('writeComment', () => {
  test.each([
    ['', '', ''],
    ['', 'Nightly run', 'Nightly run'],
    ['logs/2026', '', '📁 logs/2026'],
    ['logs/2026', 'Nightly run', 'Nightly run 📁 logs/2026'],
    ['Bu\u0308ro', '', '📁 Büro'],
    ['a\ud83e/b', '', '📁 a\ufffd/b'],
    ['a📁/b\n', '', '📁 a_/b_'],
    ['x'.repeat(252), '', `📁 ${'x'.repeat(252)}`],
  ])('of the folder %j with %j is %j', (folder, comment, expected) => {
    expect(write(folder, comment)).toBe(expected);
  });

  test('keeps the end of a long folder, since folders differ there', () => {
    const stored = write('long/'.repeat(100) + 'inner');
    expect(stored).toHaveLength(255);
    expect(stored).toMatch(/^📁 ….*\/inner$/u);
  });

  test('shortens the folder before a long comment, or leaves it out, and keeps the comment', () => {
    const folder = 'logs/'.repeat(10) + 'inner';
    expect(write(folder, 'c'.repeat(230))).toBe(`${'c'.repeat(230)} 📁 …logs/logs/logs/inner`);
    expect(write(folder, 'c'.repeat(235))).toBe('c'.repeat(235));
  });

  test('does not split an emoji', () => {
    expect(write('🧨'.repeat(127))).toBe(`📁 …${'🧨'.repeat(125)}`);
    expect(write('🧨'.repeat(126) + 'xy')).toBe(`📁 …${'🧨'.repeat(124)}xy`);
  });
});

describe('readComment', () => {
  test.each([
    ['', '', ''],
    ['logs/2026', 'logs/2026', ''],
    ['Put it into 📁', 'Put it into 📁', ''],
    ['a📁 b', 'a📁 b', ''],
    ['📁 a\nb', '📁 a\nb', ''],
    ['📁 📁', '📁 📁', ''],
    ['📁 a\tb', '📁 a\tb', ''],
    ['📁 e\u0301', '📁 e\u0301', ''],
    ['see 📁 a 📁 b/c', 'see 📁 a', 'b/c'],
  ])('of %j returns the comment %j and the folder %j', (stored, comment, folder) => {
    expect(readComment(stored)).toEqual({ comment, folder });
  });

  const texts = fc
    .array(
      fc.oneof(codePointText({ maxLength: 30 }), fc.constantFrom('📁', '📁 ', ' ', '/', 'x'.repeat(90))),
      {
        maxLength: 6,
      },
    )
    .map((parts) => parts.join(''));

  test('returns any comment as written, with its folder as far as there was room', () => {
    fc.assert(
      fc.property(texts, texts, (comment, folder) => {
        fc.pre(comment.length <= 255 && readComment(comment).folder === '' && folder !== '');
        const stored = write(folder, comment);
        expect(stored.length).toBeLessThanOrEqual(255);
        const read = readComment(stored);
        expect(read.comment).toBe(comment);
        const end = read.folder.replace(/^…/, '');
        expect(write(folder, '').endsWith(end)).toBe(true);
      }),
    );
  });

  test('loses nothing of a stored comment that is written again', () => {
    fc.assert(
      fc.property(texts, texts, (comment, folder) => {
        const stored = write(folder, comment.slice(0, 255));
        const again = writeComment(readComment(stored));
        expect(readComment(again)).toEqual(readComment(stored));
      }),
    );
  });
});

test('mayBeSameFolder tells only known folders apart', () => {
  expect(mayBeSameFolder('📁 a', 'text 📁 b')).toBe(false);
  expect(mayBeSameFolder('📁 a', 'text 📁 a')).toBe(true);
  expect(mayBeSameFolder('📁 a', 'text')).toBe(true);
  expect(mayBeSameFolder('📁 …/a', '📁 b')).toBe(true);
});
