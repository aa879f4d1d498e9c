import { readFacts } from '../../../../../../src/gallery/viewers/image/facts/read-facts';
import {
  exifData,
  heicWith,
  jpegWith,
  pngWith,
  SAMPLE_EXIF,
  webpWith,
  xmpWith,
  type ExifTags,
} from '../../../../../helpers/sample-picture';

function factsOf(content: Buffer) {
  return readFacts(new Blob([new Uint8Array(content)]));
}

const EXPECTED = {
  make: 'Sample',
  model: 'Sample One',
  lens: 'Wide 26 mm',
  takenAt: '2026:03:14 15:09:26',
  utcOffset: '+01:00',
  exposureTime: 1 / 250,
  fNumber: 2.8,
  iso: 100,
  focalLength: 4.3,
  focalLength35: 26,
  orientation: 6,
  software: 'Editor 2.0',
  description: 'The tower \u202egnp',
  author: 'Ada',
  copyright: '© Ada',
};

describe.each([
  ['little-endian', true],
  ['big-endian', false],
])('readFacts reads %s Exif data', (_order, isLittle) => {
  const exif = exifData(SAMPLE_EXIF, isLittle);
  test.each<[string, Buffer]>([
    ['a JPEG', jpegWith(exif)],
    ['a PNG', pngWith(exif)],
    ['a PNG with a mark that belongs to a JPEG', pngWith(Buffer.concat([Buffer.from('Exif\0\0'), exif]))],
    ['a WebP', webpWith(exif)],
    ['a HEIC', heicWith(exif)],
    ['a HEIC with its data in the description', heicWith(exif, 1)],
    ['a TIFF', exif],
  ])('in %s', async (_format, content) => {
    const { position, ...facts } = await factsOf(content);
    expect(facts).toEqual(EXPECTED);
    expect(position?.latitude).toBeCloseTo(48.85837, 5);
    expect(position?.longitude).toBeCloseTo(2.29448, 5);
  });
});

function positionIn(gps: ExifTags['gps']) {
  return factsOf(jpegWith(exifData({ ...(gps && { gps }) }, true))).then(({ position }) => position);
}

test('readFacts reads a position south and west of zero, in degrees and minutes', async () => {
  const degrees = (value: number, minutes: number) =>
    ({
      fractions: [
        [value, 1],
        [minutes, 1],
        [0, 0],
      ],
    }) as const;
  expect(
    await positionIn({ 1: { text: 'S' }, 2: degrees(33, 30), 3: { text: 'W' }, 4: degrees(70, 45) }),
  ).toEqual({ latitude: -33.5, longitude: -70.75 });
});

test.each<[string, ExifTags['gps']]>([
  ['an empty directory', {}],
  ['a fraction without a value', { 2: { fractions: [[0, 0]] }, 4: { fractions: [[0, 0]] } }],
  ['a latitude alone', { 2: { fractions: [[48, 1]] } }],
  ['a place beyond the poles', { 2: { fractions: [[91, 1]] }, 4: { fractions: [[2, 1]] } }],
  ['a text', { 2: { text: '48.8 degrees' }, 4: { text: '2.3 degrees' } }],
])('readFacts takes %s for no position', async (_what, gps) => {
  expect(await positionIn(gps)).toBeUndefined();
});

describe('readFacts reads a position in XMP data', () => {
  const NO_EXIF = Buffer.alloc(0);
  const xmp = xmpWith('exif:GPSLatitude="33,30.0S" exif:GPSLongitude="70,45,0W"');
  const expected = { latitude: -33.5, longitude: -70.75 };

  test.each<[string, Buffer]>([
    ['a JPEG', jpegWith(NO_EXIF, xmp)],
    ['a PNG', pngWith(NO_EXIF, 4, 4, xmp)],
    ['a WebP', webpWith(NO_EXIF, xmp)],
  ])('of %s', async (_format, content) => {
    expect(await factsOf(content)).toEqual({ position: expected });
  });

  test('beside the other facts of Exif, whose own position counts more', async () => {
    const { gps, ...others } = SAMPLE_EXIF;
    const facts = await factsOf(jpegWith(exifData(others, true), xmp));
    expect(facts).toMatchObject({ make: 'Sample', position: expected });
    const both = await factsOf(jpegWith(exifData({ ...others, gps: gps! }, true), xmp));
    expect(both.position?.latitude).toBeCloseTo(48.85837, 5);
  });

  test.each([
    ['', '<exif:GPSLatitude>33,30.0S</exif:GPSLatitude><exif:GPSLongitude>70,45.0W</exif:GPSLongitude>'],
    ["exif:GPSLatitude = '33,30S'", '<exif:GPSLongitude >\n70,45W\n</exif:GPSLongitude>'],
    ['exif:GPSLatitude="-33.5" exif:GPSLongitude="-70.75"', ''],
  ])('as %j and %j', async (attributes, elements) => {
    const content = jpegWith(NO_EXIF, xmpWith(attributes, elements));
    expect((await factsOf(content)).position).toEqual(expected);
  });

  test.each([
    'exif:GPSLatitude="33,30.0S"',
    'exif:GPSLatitude="91,0N" exif:GPSLongitude="70,45.0W"',
    'exif:GPSLatitude="north" exif:GPSLongitude="west"',
    'exif:GPSLatitude="" exif:GPSLongitude=""',
    'exif:GPSLatitudeRef="33,30.0S" exif:GPSLongitudeRef="70,45.0W"',
    `exif:GPSLatitude="${'3'.repeat(50_000)}" exif:GPSLongitude="70,45.0W"`,
    'exif:GPSLatitude '.repeat(3_000),
  ])('but none in %j', async (attributes) => {
    expect(await factsOf(jpegWith(NO_EXIF, xmpWith(attributes)))).toEqual({});
  });

  test('within the first 256 KB of it', async () => {
    const padding = ' '.repeat(300_000);
    expect(await factsOf(webpWith(NO_EXIF, padding + xmp))).toEqual({});
    expect(await factsOf(webpWith(NO_EXIF, xmp + padding))).toEqual({ position: expected });
  });
});

test('readFacts returns the other facts if the directory of the camera is damaged', async () => {
  const main = { 0x010f: { text: 'Sample' }, 0x8769: { longs: [4_000_000] } };
  expect(await factsOf(jpegWith(exifData({ main, gps: SAMPLE_EXIF.gps! }, false)))).toMatchObject({
    make: 'Sample',
    position: expect.anything() as object,
  });
});

test('readFacts reads a directory that contains itself once', async () => {
  const main = { 0x010f: { text: 'Sample' }, 0x8769: { longs: [8] }, 0x8825: { longs: [8] } };
  expect(await factsOf(exifData({ main }, true))).toMatchObject({ make: 'Sample' });
});

test('readFacts cuts off a text of megabytes', async () => {
  const content = exifData({ main: { 0x010e: { text: 'x'.repeat(2_000_000) } } }, true);
  expect((await factsOf(content)).description).toHaveLength(8 * 1024);
});

test('readFacts reads no more than the headers of a large file', async () => {
  const picture = new Blob([
    new Uint8Array(pngWith(exifData(SAMPLE_EXIF, true))),
    new Uint8Array(10_000_000),
  ]);
  const slice = jest.spyOn(picture, 'slice');
  await readFacts(picture);
  const bytes = slice.mock.calls.reduce((sum, [start = 0, end = 0]) => sum + end - start, 0);
  expect(bytes).toBeLessThan(200_000);
});

test('readFacts ends in a file of endless parts', async () => {
  const header = new Uint8Array(pngWith(Buffer.alloc(0)).subarray(0, 33));
  // Chunks of 100,000 bytes, each beyond the bytes that were read for the last one.
  const chunk = new Uint8Array(100_012);
  chunk.set([0, 1, 0x86, 0xa0, 0x49, 0x44, 0x41, 0x54]);
  const part = new Blob([chunk]);
  const picture = new Blob([header, ...Array.from({ length: 3_000 }, () => part)]);
  const slice = jest.spyOn(picture, 'slice');
  expect(await readFacts(picture)).toEqual({});
  // One walk for Exif data, and one for XMP data.
  expect(slice.mock.calls.length).toBeLessThanOrEqual(2 * 2_000);
});

test.each(['', 'no picture', 'GIF89a and more bytes', 'II*\0', '<svg xmlns="http://www.w3.org/2000/svg"/>'])(
  'readFacts finds nothing in "%s"',
  async (content) => {
    expect(await factsOf(Buffer.from(content))).toEqual({});
  },
);
