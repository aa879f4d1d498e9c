import fc from 'fast-check';
import type { Insertion } from '../../../../src/upload/texts/insertion';
import { appendInsertion } from '../../../../src/upload/texts/insertion';
import { filesInText } from '../../../../src/upload/texts/text-files';
import { addresses, longTexts } from '../../../helpers/long-texts';

/** Names and alternative texts as people give them, and any others. */
const labels = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.stringMatching(/^[<>!\[\]()&;="'`#x0a-f \\/*_~|$@:.-]*$/),
  fc.constantFrom(
    '![a](b)',
    '</a><b>',
    'https://example.com/x.png',
    'www.example.com',
    '[x]: y',
    '&amp;',
    '- a',
  ),
);

const insertions: fc.Arbitrary<Insertion> = fc.record({
  address: addresses.filter((address) => address.startsWith('http')),
  label: labels,
  width: fc.constantFrom('small', 'full', undefined),
});

/** As a browser reads it: in one line, without control characters. */
function readable(label: string): string {
  return label.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

test('A file in each of 1,000 texts is the only new one, and all before it is unchanged', () => {
  fc.assert(
    fc.property(longTexts, insertions, ({ text, format }, insertion) => {
      const result = appendInsertion(text, format, insertion);
      expect(result?.startsWith(text)).toBe(true);
      const files = filesInText(result ?? '', format);
      expect(files.slice(0, -1)).toEqual(filesInText(text, format));
      expect(files.at(-1)).toMatchObject({
        address: insertion.address.replaceAll('(', '%28').replaceAll(')', '%29'),
        label: readable(insertion.label),
        isPicture: insertion.width !== undefined,
      });
    }),
    { numRuns: 1_000 },
  );
});

test('A file at the end of any text is found there, or the text is refused', () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[<>!\[\]()&="'`~# \n\\a/-]*$/),
      fc.constantFrom('html' as const, 'markdown' as const),
      insertions,
      (text, format, insertion) => {
        const result = appendInsertion(text, format, insertion);
        if (result === undefined) return;
        expect(result.startsWith(text)).toBe(true);
        expect(filesInText(result, format).slice(0, -1)).toEqual(filesInText(text, format));
      },
    ),
    { numRuns: 1_000 },
  );
});
