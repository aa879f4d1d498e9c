import fc from 'fast-check';
import { attachmentName, numberedName } from '../../../../src/upload/intake/attachment-name';
import { codePointText } from '../../../helpers/code-point-text';

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

describe('attachmentName', () => {
  test.each([
    ['build.log', 'build.log'],
    ['Bild ü #1 (50%).png', 'Bild ü #1 (50%).png'],
    ['a+b&c;d=e.txt', 'a+b&c;d=e.txt'],
    ['.gitignore', '.gitignore'],
    ['no extension', 'no extension'],
    [' leading and trailing ', ' leading and trailing '],
    ['تقرير الأعطال.pdf', 'تقرير الأعطال.pdf'],
    ['👩‍👩‍👧‍👦🧨.bin', '👩‍👩‍👧‍👦🧨.bin'],
  ])('keeps %s', (given, expected) => {
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
  ])('returns a name %s', (_, given, expected) => {
    expect(attachmentName(given)).toBe(expected);
  });

  test.each(['', '.', '..', '...', ' . ', '   ', 'folder/', 'a\\..'])(
    'replaces the invalid name %j',
    (given) => {
      expect(attachmentName(given)).toBe('unnamed');
    },
  );

  test.each([200, 255])('keeps a name of %d characters', (length) => {
    const name = 'x'.repeat(length - 4) + '.txt';
    expect(attachmentName(name)).toBe(name);
  });

  test.each([256, 1000])('shortens a name of %d characters and keeps its extension', (length) => {
    expect(attachmentName('x'.repeat(length - 4) + '.txt')).toBe('x'.repeat(251) + '.txt');
  });

  test.each([
    ['a short extension', '.tar.gz', '.gz'],
    ['the longest extension', `.${'e'.repeat(19)}`, `.${'e'.repeat(19)}`],
  ])('shortens a long name and keeps %s', (_, end, kept) => {
    const name = attachmentName('x'.repeat(300) + end);
    expect(name).toHaveLength(255);
    expect(name.endsWith(kept)).toBe(true);
  });

  test.each([
    ['no extension', 'x'.repeat(300)],
    ['what is no extension', 'x'.repeat(100) + '.' + 'y'.repeat(200)],
    ['a leading dot only', '.' + 'x'.repeat(300)],
  ])('cuts off the end of a long name with %s', (_, given) => {
    expect(attachmentName(given)).toBe(given.slice(0, 255));
  });

  test.each([250, 251])('does not split an emoji at %d', (before) => {
    const name = attachmentName('x'.repeat(before) + '🧨'.repeat(10) + '.txt');
    expect(name).toMatch(/^x+(🧨)*\.txt$/u);
    expect(name.length).toBeLessThanOrEqual(255);
  });

  // Any UTF-16 units, including lone surrogates.
  const unit = fc.oneof(
    fc.nat(0xffff),
    fc.integer({ min: 0xd800, max: 0xdfff }),
    fc.constantFrom(46, 47, 92, 0),
  );
  const anyText = fc
    .array(unit, { maxLength: 600, size: 'max' })
    .map((units) => String.fromCharCode(...units));

  test('always returns a valid name', () => {
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

  test('is idempotent', () => {
    fc.assert(
      fc.property(anyText, (text) => expect(attachmentName(attachmentName(text))).toBe(attachmentName(text))),
    );
  });
});

const names = fc.oneof(
  codePointText({ maxLength: 300 }),
  fc
    .array(fc.constantFrom('x', '.', '/', '\\', ' ', '\0', '🧨', '\ud83e', 'u\u0308'), { maxLength: 300 })
    .map((all) => all.join('')),
  fc
    .tuple(fc.integer({ min: 230, max: 260 }), fc.string({ maxLength: 25 }))
    .map(([length, end]) => `${'x'.repeat(length)}.${end}`),
);

test('attachmentName is idempotent for long and unusual names', () => {
  fc.assert(
    fc.property(names, (name) => {
      expect(attachmentName(attachmentName(name))).toBe(attachmentName(name));
    }),
    { numRuns: 2_000 },
  );
});

test('numberedName returns another valid name within the limit and keeps the extension', () => {
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
