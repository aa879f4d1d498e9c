import fc from 'fast-check';
import { describeFacts } from '../../../../../../src/gallery/viewers/image/facts/describe-facts';
import { readFacts } from '../../../../../../src/gallery/viewers/image/facts/read-facts';
import {
  exifData,
  heicWith,
  jpegWith,
  pngWith,
  SAMPLE_EXIF,
  webpWith,
  xmpWith,
} from '../../../../../helpers/sample-picture';

const NO_EXIF = Buffer.alloc(0);
const XMP = xmpWith('exif:GPSLatitude="33,30.0S" exif:GPSLongitude="70,45.0W"');

const SAMPLES = [true, false].flatMap((isLittle) => {
  const exif = exifData(SAMPLE_EXIF, isLittle);
  return [
    ...[jpegWith(exif), pngWith(exif, 4, 4), webpWith(exif), heicWith(exif), heicWith(exif, 1), exif],
    ...[jpegWith(NO_EXIF, XMP), pngWith(NO_EXIF, 4, 4, XMP), webpWith(NO_EXIF, XMP)],
  ];
});

const damage = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }),
});

test('readFacts reads any damaged picture, and its facts can be described', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...SAMPLES),
      fc.array(damage, { minLength: 1, maxLength: 10 }),
      fc.double({ min: 0.05, max: 1, noNaN: true }),
      async (sample, damages, kept) => {
        const content = new Uint8Array(sample.subarray(0, Math.ceil(sample.length * kept)));
        for (const { at, bytes } of damages) {
          const offset = Math.floor(at * content.length);
          content.set(bytes.subarray(0, content.length - offset), offset);
        }
        const facts = await readFacts(new Blob([content]));
        for (const { label, value } of describeFacts(facts)) {
          expect(label).not.toBe('');
          expect(value).not.toMatch(/NaN|Infinity|undefined|Invalid/);
        }
        if (facts.position) expect(Math.abs(facts.position.latitude)).toBeLessThanOrEqual(90);
      },
    ),
    { numRuns: 500 },
  );
});

test('readFacts finds nothing in random bytes after the mark of a picture', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...SAMPLES.map((sample) => sample.subarray(0, 12))),
      fc.uint8Array({ maxLength: 300 }),
      async (mark, bytes) => {
        expect(
          (await readFacts(new Blob([new Uint8Array(mark), new Uint8Array(bytes)]))).model,
        ).toBeUndefined();
      },
    ),
  );
});
