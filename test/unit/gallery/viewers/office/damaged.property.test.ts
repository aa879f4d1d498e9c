import fc from 'fast-check';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { readSlides } from '../../../../../src/gallery/viewers/slides/read-slides';
import { ViewerProblem } from '../../../../../src/gallery/viewers/viewer-problem';
import { readWord } from '../../../../../src/gallery/viewers/word/read-word';
import { samplePresentation } from '../../../../helpers/sample-presentation';
import { sampleWord } from '../../../../helpers/sample-word';

const context = { signal: new AbortController().signal, isInWorker: true };

/** Elements in places where readers do not expect them. */
const TOKENS = [
  ...['<w:p>', '</w:p>', '<w:tbl>', '</w:tbl>', '<w:tr>', '<w:tc>', '</w:tc>', '<w:r>', '<w:t>', '<w:sdt>'],
  ...['<w:ins>', '<w:del w:author="">', '<w:drawing>', '<a:blip r:embed="picture"/>', '<w:txbxContent>'],
  ...[
    '<w:gridSpan w:val="-9"/>',
    '<w:numId w:val="1e9"/>',
    '<w:ilvl w:val="-5"/>',
    '<w:fldChar/>',
    '<w:sym/>',
  ],
  ...[
    '<p:sp>',
    '<a:p>',
    '<a:tc rowSpan="999999999">',
    '<mc:AlternateContent>',
    '<m:oMath>',
    '<c:chart r:id="x"/>',
  ],
  ...['<!--', ']]>', '&', '\0', '<!DOCTYPE a>', '"', '<Relationship Id="main"/>', 'w:val="\u202e"'],
] as const;

const damage = fc.record({
  part: fc.nat(),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  tokens: fc.array(fc.constantFrom(...TOKENS), { minLength: 1, maxLength: 5 }),
});

test.each([
  ['readWord', sampleWord(), readWord],
  ['readSlides', samplePresentation(), readSlides],
])('%s reads a file with elements in wrong places, or refuses it', async (_, sample, read) => {
  const good = unzipSync(sample);
  const paths = Object.keys(good).filter((path) => /\.(?:xml|rels)$/.test(path));
  await fc.assert(
    fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 4 }), async (damages) => {
      const parts = { ...good };
      for (const { part, at, tokens } of damages) {
        const path = paths[part % paths.length]!;
        const text = strFromU8(parts[path]!);
        const offset = Math.floor(at * text.length);
        parts[path] = strToU8(text.slice(0, offset) + tokens.join('') + text.slice(offset));
      }
      const bytes = new Blob([zipSync(parts)]);
      try {
        await read(bytes, context);
      } catch (error) {
        expect(error).toBeInstanceOf(ViewerProblem);
      }
    }),
    { numRuns: 60 },
  );
});
