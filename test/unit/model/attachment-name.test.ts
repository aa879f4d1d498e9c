import fc from 'fast-check';
import { attachmentName, folderComment, numberedName } from '../../../src/model/attachment-name';

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

describe('the name of an attachment', () => {
  test.each([
    ['build.log', 'build.log'],
    ['Bild ü #1 (50%).png', 'Bild ü #1 (50%).png'],
    ['a+b&c;d=e.txt', 'a+b&c;d=e.txt'],
    ['.gitignore', '.gitignore'],
    ['no extension', 'no extension'],
    [' leading and trailing ', ' leading and trailing '],
    ['تقرير الأعطال.pdf', 'تقرير الأعطال.pdf'],
    ['👩‍👩‍👧‍👦🧨.bin', '👩‍👩‍👧‍👦🧨.bin'],
  ])('%s stays', (given, expected) => {
    expect(attachmentName(given)).toBe(expected);
  });

  test.each([
    ['composed', 'u\u0308.png', 'ü.png'],
    ['without its Unix folders', '/home/me/a.txt', 'a.txt'],
    ['without its Windows folders', 'C:\\Users\\me\\a.txt', 'a.txt'],
    ['without mixed folders', 'a/b\\c.txt', 'c.txt'],
    ['without control characters', 'a\u0000b\tc\nd\u001f\u007f.txt', 'a_b_c_d__.txt'],
    ['without a lone high surrogate', 'a\ud83e.txt', 'a\ufffd.txt'],
    ['without a lone low surrogate', '\udde8a.txt', '\ufffda.txt'],
    ['without swapped surrogates', '\udde8\ud83e.txt', '\ufffd\ufffd.txt'],
  ])('is %s', (_, given, expected) => {
    expect(attachmentName(given)).toBe(expected);
  });

  test.each(['', '.', '..', '...', ' . ', '   ', 'folder/', 'a\\..'])('%j has none and gets one', (given) => {
    expect(attachmentName(given)).toBe('unnamed');
  });

  test.each([200, 255])('of %d characters stays', (length) => {
    const name = 'x'.repeat(length - 4) + '.txt';
    expect(attachmentName(name)).toBe(name);
  });

  test.each([256, 1000])('of %d characters keeps its extension', (length) => {
    expect(attachmentName('x'.repeat(length - 4) + '.txt')).toBe('x'.repeat(251) + '.txt');
  });

  test.each([
    ['a short extension', '.tar.gz', '.gz'],
    ['the longest extension', `.${'e'.repeat(19)}`, `.${'e'.repeat(19)}`],
  ])('that is long keeps %s', (_, end, kept) => {
    const name = attachmentName('x'.repeat(300) + end);
    expect(name).toHaveLength(255);
    expect(name.endsWith(kept)).toBe(true);
  });

  test.each([
    ['no extension', 'x'.repeat(300)],
    ['what is no extension', 'x'.repeat(100) + '.' + 'y'.repeat(200)],
    ['a leading dot only', '.' + 'x'.repeat(300)],
  ])('that is long with %s is cut at the end', (_, given) => {
    expect(attachmentName(given)).toBe(given.slice(0, 255));
  });

  test.each([250, 251])('is not cut through an emoji at %d', (before) => {
    const name = attachmentName('x'.repeat(before) + '🧨'.repeat(10) + '.txt');
    expect(name).toMatch(/^x+(🧨)*\.txt$/u);
    expect(name.length).toBeLessThanOrEqual(255);
  });

  // Any UTF-16 units, so that halves of surrogate pairs come alone too.
  const unit = fc.oneof(
    fc.nat(0xffff),
    fc.integer({ min: 0xd800, max: 0xdfff }),
    fc.constantFrom(46, 47, 92, 0),
  );
  const anyText = fc
    .array(unit, { maxLength: 600, size: 'max' })
    .map((units) => String.fromCharCode(...units));

  test('is always fit to be sent', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const name = attachmentName(text);
        expect(name).not.toMatch(/[\u0000-\u001f\u007f/\\]/);
        expect(name).not.toMatch(LONE_SURROGATE);
        expect(name.length).toBeGreaterThan(0);
        expect(name.length).toBeLessThanOrEqual(255);
        expect(name.normalize('NFC')).toBe(name);
      }),
    );
  });

  test('does not change when it is made again', () => {
    fc.assert(
      fc.property(anyText, (text) => expect(attachmentName(attachmentName(text))).toBe(attachmentName(text))),
    );
  });
});

describe('a folder as comment', () => {
  test.each([
    ['', ''],
    ['logs/2026', 'logs/2026'],
    ['Bu\u0308ro', 'Büro'],
    ['a\ud83e/b', 'a\ufffd/b'],
    ['x'.repeat(255), 'x'.repeat(255)],
  ])('%s', (given, expected) => {
    expect(folderComment(given)).toBe(expected);
  });

  test('keeps its end, where folders differ', () => {
    const comment = folderComment('long/'.repeat(100) + 'inner');
    expect(comment).toHaveLength(255);
    expect(comment).toMatch(/^….*\/inner$/);
  });

  test('is not cut through an emoji', () => {
    expect(folderComment('🧨'.repeat(128))).toBe(`…${'🧨'.repeat(127)}`);
    expect(folderComment('x' + '🧨'.repeat(128))).toBe(`…${'🧨'.repeat(127)}`);
    expect(folderComment('🧨'.repeat(127) + 'xy')).toBe(`…${'🧨'.repeat(126)}xy`);
  });
});

const names = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc
    .array(fc.constantFrom('x', '.', '/', '\\', ' ', '\0', '🧨', '\ud83e', 'u\u0308'), { maxLength: 300 })
    .map((all) => all.join('')),
  fc
    .tuple(fc.integer({ min: 230, max: 260 }), fc.string({ maxLength: 25 }))
    .map(([length, end]) => `${'x'.repeat(length)}.${end}`),
);

test('a name that was made stays as it is', () => {
  fc.assert(
    fc.property(names, (name) => {
      expect(attachmentName(attachmentName(name))).toBe(attachmentName(name));
    }),
    { numRuns: 2_000 },
  );
});

test('a number makes another name of it, which is no longer than one may be and keeps the extension', () => {
  fc.assert(
    fc.property(names.map(attachmentName), fc.integer({ min: 2, max: 5_000 }), (name, number) => {
      const numbered = numberedName(name, number);
      expect(numbered).not.toBe(name);
      expect(numbered).not.toBe(numberedName(name, number + 1));
      expect(numbered.length).toBeLessThanOrEqual(255);
      expect(numbered).not.toMatch(/\p{Surrogate}/u);
      expect(attachmentName(numbered)).toBe(numbered);
      const extension = /.\.[^.]{0,19}$/su.exec(name)?.[0].replace(/^./su, '') ?? '';
      expect(numbered.endsWith(` (${number})${extension}`)).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});
