import fc from 'fast-check';
import { clean } from '../../../../../src/upload/rules/metadata/clean';
import { cleanTiff } from '../../../../../src/upload/rules/metadata/tiff';
import { withoutRanges } from '../../../../../src/upload/rules/metadata/ranges';
import { blobOf, bufferOf, pictureData } from '../../../../helpers/picture-data';
import type { Tags } from '../../../../helpers/sample-picture';
import { exifData, jpegWith, pngWith, webpWith, xmpWith } from '../../../../helpers/sample-picture';

const text = fc.string({ maxLength: 40 }).map((value) => ({ text: value }));
const tags: fc.Arbitrary<Tags> = fc.dictionary(
  fc.constantFrom('269', '270', '271', '272', '305', '315', '33432', '40092'),
  text,
);
const exif = fc
  .record({
    main: tags,
    exif: fc.option(tags, { nil: undefined }),
    gps: fc.option(fc.constant({ 1: { text: 'N' }, 29: { text: '2026:03:14' } }), { nil: undefined }),
    isLittle: fc.boolean(),
  })
  .map(({ main, exif: inner, gps, isLittle }) => ({
    hasPlace: gps !== undefined,
    bytes: exifData({ main, ...(inner && { exif: inner }), ...(gps && { gps }) }, isLittle),
  }));
const xmp = fc.constantFrom(
  ...['', xmpWith('exif:GPSLatitude="48,51N"'), xmpWith('exif:FNumber="28/10"', '<exif:GPSAltitude/>')],
);
const picture = fc
  .tuple(exif, xmp, fc.constantFrom('jpeg', 'png', 'webp'), fc.nat(300))
  .map(([{ hasPlace, bytes }, xmpText, format, trailing]) => {
    const file =
      format === 'jpeg'
        ? jpegWith(bytes, xmpText || '<x/>')
        : format === 'png'
          ? pngWith(bytes, 8, 8, xmpText)
          : webpWith(bytes, xmpText);
    const isChanged = hasPlace || xmpText.includes('GPS') || trailing > 0;
    return { file: Buffer.concat([file, Buffer.alloc(trailing, 7)]), isChanged };
  });
const mode = fc.constantFrom('location' as const, 'everything' as const);

it('A cleaned picture has the same data, no place, and nothing left to remove', async () => {
  await fc.assert(
    fc.asyncProperty(picture, mode, async ({ file, isChanged }, how) => {
      const result = await clean(blobOf(file), how);
      if (how === 'location') expect(result.kind).toBe(isChanged ? 'cleaned' : 'clean');
      const bytes = await bufferOf(result.bytes);
      expect(pictureData(bytes).equals(pictureData(file))).toBe(true);
      expect(bytes.includes('GPS')).toBe(false);
      expect((await clean(result.bytes, how)).kind).toBe('clean');
    }),
    { numRuns: 300 },
  );
});

it('A spoiled picture never throws and never changes without a word', async () => {
  const spoils = fc.array(
    fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      how: fc.constantFrom('cut', 'flip', 'insert', 'zero', 'large'),
    }),
    { minLength: 1, maxLength: 6 },
  );
  await fc.assert(
    fc.asyncProperty(picture, spoils, mode, async ({ file }, list, how) => {
      const spoiled = list.reduce((bytes, { at, how: damage }) => {
        const offset = Math.floor(at * bytes.length);
        const [before, after] = [bytes.subarray(0, offset), bytes.subarray(offset)];
        const more = {
          cut: '',
          flip: '\u00a5',
          insert: 'II*\0Exif',
          zero: '\0\0\0\0',
          large: '\u00ff\u00ff',
        }[damage];
        const skipped = damage === 'insert' ? 0 : damage === 'cut' ? after.length : more.length;
        return Buffer.concat([before, Buffer.from(more, 'latin1'), after.subarray(skipped)]);
      }, file);
      const blob = blobOf(spoiled);
      const result = await clean(blob, how);
      const bytes = await bufferOf(result.bytes);
      if (result.kind !== 'cleaned') expect(bytes.equals(spoiled)).toBe(true);
      else {
        const { location, thumbnail, trailingBytes, other } = result.removed;
        expect(location || thumbnail || other || trailingBytes > 0).toBe(true);
        expect((await clean(result.bytes, how)).kind).toBe('clean');
      }
    }),
    { numRuns: 1_000 },
  );
});

it('Any bytes behind the start of a format never throw', async () => {
  const starts = fc.constantFrom(
    ...['\u00ff\u00d8\u00ff', '\u0089PNG\r\n\u001a\n', 'RIFF\u0040\0\0\0WEBPVP8X\u000a\0\0\0'],
  );
  await fc.assert(
    fc.asyncProperty(starts, fc.uint8Array({ maxLength: 400 }), mode, async (start, rest, how) => {
      const blob = new Blob([Buffer.from(start, 'latin1'), new Uint8Array(rest)]);
      const result = await clean(blob, how);
      if (result.kind !== 'cleaned') expect(result.bytes).toBe(blob);
    }),
    { numRuns: 500 },
  );
});

it('Exif data changes only where a place was', () => {
  fc.assert(
    fc.property(exif, ({ bytes, hasPlace }) => {
      const findings = { location: false, thumbnail: false, other: false };
      const before = Buffer.from(bytes);
      const cleaned = cleanTiff(bytes, findings);
      expect(before.equals(bytes)).toBe(true);
      expect(cleaned !== undefined).toBe(hasPlace);
      expect(findings).toEqual({ location: hasPlace, thumbnail: false, other: false });
    }),
  );
});

it('withoutRanges equals the difference of sets', () => {
  const range = fc.tuple(fc.nat(30), fc.nat(8)).map(([start, length]) => ({ start, end: start + length }));
  const ranges = fc.array(range, { maxLength: 12 });
  const numbers = (list: readonly { start: number; end: number }[]): readonly number[] =>
    list.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, index) => start + index));
  fc.assert(
    fc.property(ranges, ranges, (some, kept) => {
      const expected = new Set(numbers(some).filter((number) => !numbers(kept).includes(number)));
      const left = numbers(withoutRanges(some, kept));
      expect(left).toEqual([...expected].sort((one, other) => one - other));
    }),
    { numRuns: 500 },
  );
});

it('A file made of many parts or open tags takes time in proportion to its size', async () => {
  const parts = Buffer.concat(Array.from({ length: 25_000 }, () => Buffer.from([0xff, 0xe1, 0, 2])));
  const tags = (count: number): Buffer => jpegXmp('<a '.repeat(count));
  const files = [
    Buffer.concat([Buffer.from([0xff, 0xd8]), parts]),
    Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.alloc(3_000_000, 0xff)]),
    tags(20_000),
    jpegXmp('<a>'.repeat(20_000)),
    jpegXmp(`<a ${' '.repeat(60_000)}`),
    jpegXmp(`<a b="${'x'.repeat(60_000)}`),
  ];
  for (const file of files)
    expect(await clean(blobOf(file))).toMatchObject({ kind: 'not-cleaned', reason: 'damaged' });
});

function jpegXmp(xmpText: string): Buffer {
  return jpegWith(exifData({}, true), xmpText.slice(0, 65_000));
}
