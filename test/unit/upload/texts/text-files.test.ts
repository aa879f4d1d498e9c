import fc from 'fast-check';
import type { TextFormat } from '../../../../src/azure/rest/long-texts';
import type { TextFile } from '../../../../src/upload/texts/text-file';
import { filesInText, replaceAddresses } from '../../../../src/upload/texts/text-files';
import { addresses, longTexts } from '../../../helpers/long-texts';

const FORMATS: readonly TextFormat[] = ['html', 'markdown'];

function isOnServer(address: string): boolean {
  return address.startsWith('http');
}

function usesOf(files: readonly TextFile[]) {
  return files.map(({ address, isPicture }) => ({ address, isPicture }));
}

test('Each picture and link of 1,000 texts is found, and nothing else', () => {
  fc.assert(
    fc.property(longTexts, ({ text, format, files }) => {
      expect(usesOf(filesInText(text, format))).toEqual(files);
    }),
    { numRuns: 1_000 },
  );
});

test('A replaced address leaves every other character of 1,000 texts unchanged', () => {
  fc.assert(
    fc.property(longTexts, fc.nat(), addresses.filter(isOnServer), ({ text, format }, choice, address) => {
      const files = filesInText(text, format);
      const file = files[choice % files.length];
      if (!file) return;
      const after = replaceAddresses(text, format, ({ start }) =>
        start === file.start ? address : undefined,
      );
      expect(after.slice(0, file.start)).toBe(text.slice(0, file.start));
      expect(after.endsWith(text.slice(file.end))).toBe(true);
      const expected = files.map((each) => (each === file ? { ...each, address } : each));
      const read = filesInText(after, format);
      expect(usesOf(read)).toEqual(usesOf(expected));
      // HTML stays HTML, and Markdown stays Markdown.
      expect(read.map(({ syntax }) => syntax)).toEqual(files.map(({ syntax }) => syntax));
      if (format === 'html') expect(read.every(({ syntax }) => syntax === 'attribute')).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});

test('Any text is read, and unchanged without a replaced address', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.stringMatching(/^[<>!\[\]()&;="'`#x0a-f \n\\/img srcahe:-]*$/),
      ),
      fc.constantFrom(...FORMATS),
      (text, format) => {
        let end = 0;
        for (const file of filesInText(text, format)) {
          expect(file.start).toBeGreaterThanOrEqual(end);
          expect(file.end).toBeGreaterThanOrEqual(file.start);
          end = file.end;
        }
        expect(end).toBeLessThanOrEqual(text.length);
        expect(replaceAddresses(text, format, () => undefined)).toBe(text);
      },
    ),
    { numRuns: 1_000 },
  );
});

test.each<[string, TextFormat, string, readonly (readonly [address: string, label: string])[]]>([
  ['the words of a link', 'html', '<a href="x">a <b>b</b> &amp; c</a> d', [['x', 'a b & c']]],
  ['the alternative text', 'html', '<img src="x" alt="A &quot;B&quot;">', [['x', 'A "B"']]],
  ['Markdown in an HTML field', 'html', '![a](b.png)', []],
  ['an unclosed tag', 'html', 'a <img src="x"', []],
  ['a byte order mark', 'markdown', '\uFEFF![a](b.png)', [['b.png', 'a']]],
  [
    'tabs and both line ends',
    'markdown',
    '\t\n\r\n*\t![a](b.png)\r\n\t![c](d.png)',
    [
      ['b.png', 'a'],
      ['d.png', 'c'],
    ],
  ],
  ['escaped parentheses', 'markdown', '![a](b\\(1\\).png)', [['b(1).png', 'a']]],
  ['a size without height', 'markdown', '![a](b.png =300x)', [['b.png', 'a']]],
  ['one definition for two places', 'markdown', '![a][r] [b][r]\n\n[r]: x.png', [['x.png', 'a']]],
  ['the first of two definitions', 'markdown', '![r]\n\n[r]: x.png\n[r]: y.png', [['x.png', 'r']]],
  ['a comment with a malformed end', 'html', '<!-- <img src="x"> --!><img src="y">', [['y', '']]],
  [
    'a list of addresses',
    'html',
    `<img alt="a" srcset=", data:image/png,x 1x,b&amp;c.png,\td,,, e 2x" src='f'>`,
    [
      ['data:image/png,x', 'a'],
      ['b&c.png', 'a'],
      ['d', 'a'],
      ['e', 'a'],
      ['f', 'a'],
    ],
  ],
  ['an element named like a method', 'html', '<constructor src="x"><toString href="y">', []],
  ['the poster of a video', 'html', '<video poster="x"></video>', [['x', '']]],
  ['HTML over lines of a quote', 'markdown', '> <img\n> src="x"\n> alt="a">', [['x', 'a']]],
  ['an HTML block in a quote', 'markdown', '> <div>\n> <img\n> src="x">\n> </div>', [['x', '']]],
  ['HTML in Markdown', 'markdown', 'a <img src="b.png" alt="c"> d', [['b.png', 'c']]],
])('filesInText reads %s', (_title, format, text, expected) => {
  const files = filesInText(text, format);
  expect(files.map(({ address, label }) => [address, label])).toEqual(expected);
  for (const { start, end, address, syntax } of files)
    if (syntax === 'attribute') expect(text.slice(start, end)).toContain(address);
});

test('A comma at the end of an address stays part of it in a list', () => {
  const text = '<img srcset="a 1x, b">';
  const after = replaceAddresses(text, 'html', ({ address }) =>
    address === 'b' ? 'https://example.com/?x,' : undefined,
  );
  expect(after).toBe('<img srcset="a 1x, https://example.com/?x%2C">');
});

test('A long malformed list of addresses is read in time', () => {
  const commas = ','.repeat(1_000_000);
  expect(filesInText(`<img srcset="${commas}a${commas}">`, 'html')).toHaveLength(1);
});
