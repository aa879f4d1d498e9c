import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { clean } from '../../../../../src/upload/rules/metadata/clean';
import type { MetadataMode } from '../../../../../src/upload/rules/metadata/cleaned';
import { findExiftool } from '../../../../../tools/exiftool.mjs';
import { isFullRun } from '../../../../../tools/full-run.cjs';
import { blobOf, bufferOf, pictureData } from '../../../../helpers/picture-data';
import { createTemporaryFolder } from '../../../../helpers/temporary-folder';

const exiftool = findExiftool();
const COUNT = 200;
const FORMATS = ['jpg', 'png', 'webp'] as const;

/** Tags by group and name, as ExifTool prints them. */
type TagList = Readonly<Record<string, unknown>>;

/** Tags for a place, by group and name. */
const LOCATION =
  /^GPS:|:(?:GPS\w+|City|State|Country|CountryCode|Location|LocationCreated\w*|LocationShown\w*|ShotLocation|Sub-location|Province-State|Country-Primary\w+|ContentLocation\w+)$/i;
const THUMBNAIL = /^IFD1:|Thumbnail/;
/** Facts of the file and of ExifTool, not tags. `CurrentIPTCDigest` is computed. */
const NO_TAGS = /^(?:SourceFile$|System:|File:|Composite:|ExifTool:|RIFF:WebP_Flags|.*:CurrentIPTCDigest$)/;
/** Structure and colors of a picture. */
const STRUCTURE = /^(?:IFD0:Orientation$|JFIF:|ICC[-_]|ICC_Profile|PNG:|PNG-|RIFF:|Adobe:)/;
const PNG_TEXT = /^PNG:(?:Title|Comment|Author)|^PNG-pHYs/;

if (!exiftool && !isFullRun) console.log('Not run: ExifTool is not installed.');

(exiftool || isFullRun ? describe : describe.skip)('200 pictures tagged by ExifTool', () => {
  const folder = createTemporaryFolder();
  let before: ReadonlyMap<string, TagList>;
  let withoutLocation: ReadonlyMap<string, TagList>;
  let withoutAll: ReadonlyMap<string, TagList>;

  beforeAll(async () => {
    if (!exiftool) throw new Error('ExifTool is not installed. Install libimage-exiftool-perl.');
    for (const name of ['tagged', 'location', 'everything']) mkdirSync(join(folder, name));
    await writeTagged();
    for (const mode of ['location', 'everything'] as const) await cleanAll(mode);
    const all = read();
    const inFolder = (name: string): ReadonlyMap<string, TagList> =>
      new Map(all.filter(([path]) => path.startsWith(name)).map(([path, tags]) => [nameOf(path), tags]));
    before = inFolder('tagged');
    withoutLocation = inFolder('location');
    withoutAll = inFolder('everything');
  });

  async function writeTagged(): Promise<void> {
    const thumbnail = await pixels(16, 9, 3).jpeg().toBuffer();
    const list = [];
    for (let index = 0; index < COUNT; index++) {
      const name = `${String(index).padStart(3, '0')}.${FORMATS[index % 3]!}`;
      writeFileSync(join(folder, 'tagged', name), await picture(index));
      list.push({ SourceFile: `tagged/${name}`, ...tagsOf(index, thumbnail) });
    }
    writeFileSync(join(folder, 'tags.json'), JSON.stringify(list));
    writeFileSync(join(folder, 'thumbnail.jpg'), thumbnail);
    const quiet = ['-q', '-q', '-m', '-overwrite_original'];
    const withThumbnail = ['-ext', 'jpg', '-Photoshop:PhotoshopThumbnail<=thumbnail.jpg', 'tagged'];
    run(...quiet, '-n', '-json=tags.json', 'tagged', '-execute', ...quiet, ...withThumbnail);
    for (const name of readdirSync(join(folder, 'tagged'))) {
      const path = join(folder, 'tagged', name);
      if (trailingOf(name) > 0)
        writeFileSync(path, Buffer.concat([readFileSync(path), Buffer.alloc(trailingOf(name), 'secret')]));
    }
  }

  async function cleanAll(mode: MetadataMode): Promise<void> {
    for (const name of readdirSync(join(folder, 'tagged'))) {
      const file = readFileSync(join(folder, 'tagged', name));
      const result = await clean(blobOf(file), mode);
      expect([name, result]).toEqual([
        name,
        expect.objectContaining({
          kind: 'cleaned',
          removed: expect.objectContaining({ location: true, trailingBytes: trailingOf(name) }) as unknown,
        }),
      ]);
      writeFileSync(join(folder, mode, name), await bufferOf(result.bytes));
    }
  }

  function read(): readonly (readonly [string, TagList])[] {
    const output = run('-q', '-j', '-n', '-G1', '-a', '-r', 'tagged', 'location', 'everything');
    return (JSON.parse(output) as readonly TagList[]).map((tags) => [String(tags['SourceFile']), tags]);
  }

  function run(...args: readonly string[]): string {
    return execFileSync(exiftool!, args, { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 28 });
  }

  it('The pictures have tags of every kind', () => {
    const counts = ['GPS:GPSLatitude', 'IFD1:ThumbnailImage', 'Photoshop:PhotoshopThumbnail', 'IPTC:City']
      .concat(['XMP-photoshop:City', 'XMP-iptcExt:LocationShownCity', 'IFD0:Orientation', 'ExifIFD:FNumber'])
      .map((tag) => [tag, [...before.values()].filter((tags) => tag in tags).length] as const);
    expect(counts.filter(([, count]) => count < 20)).toEqual([]);
  });

  it('The default mode removes places and thumbnails, and no other tag', () => {
    expect(withoutLocation.size).toBe(COUNT);
    for (const [name, tags] of before) {
      const left = withoutLocation.get(name)!;
      expect(tagsIn(tags).filter((tag) => LOCATION.test(tag)).length).toBeGreaterThan(2);
      expect([name, pick(left, (tag) => !NO_TAGS.test(tag))]).toEqual([
        name,
        pick(tags, (tag) => !NO_TAGS.test(tag) && !LOCATION.test(tag) && !THUMBNAIL.test(tag)),
      ]);
      expect([name, left['ExifTool:Warning'], left['ExifTool:Error']]).toEqual([name, undefined, undefined]);
    }
  });

  it('The mode “everything” leaves orientation and color profile', () => {
    expect(withoutAll.size).toBe(COUNT);
    for (const [name, tags] of before) {
      const left = withoutAll.get(name)!;
      const others = tagsIn(left).filter(
        (tag) => !NO_TAGS.test(tag) && (!STRUCTURE.test(tag) || PNG_TEXT.test(tag)),
      );
      expect([name, others]).toEqual([name, []]);
      const isKept = (tag: string): boolean => /^IFD0:Orientation$|^ICC/.test(tag);
      expect([name, pick(left, isKept)]).toEqual([name, pick(tags, isKept)]);
      expect([name, left['ExifTool:Warning'], left['ExifTool:Error']]).toEqual([name, undefined, undefined]);
    }
  });

  it('No byte of the picture data changes, and nothing follows it', async () => {
    for (const name of before.keys()) {
      const file = readFileSync(join(folder, 'tagged', name));
      for (const mode of ['location', 'everything']) {
        const cleaned = readFileSync(join(folder, mode, name));
        expect(pictureData(cleaned).equals(pictureData(file))).toBe(true);
        expect(cleaned.includes('secretsecret')).toBe(false);
        const again = await clean(blobOf(cleaned), mode as MetadataMode);
        expect([name, again.kind]).toEqual([name, 'clean']);
      }
    }
  });
});

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function tagsIn(tags: TagList): readonly string[] {
  return Object.keys(tags);
}

function pick(tags: TagList, isPicked: (tag: string) => boolean): TagList {
  return Object.fromEntries(Object.entries(tags).filter(([tag]) => isPicked(tag)));
}

/** Number of bytes behind the picture: for two of three files of each format. */
function trailingOf(name: string): number {
  const index = parseInt(name, 10);
  return index % 5 < 2 ? 0 : 100 + index;
}

function pixels(width: number, height: number, seed: number): Sharp {
  const data = Buffer.alloc(width * height * 3);
  for (let at = 0; at < data.length; at++) data[at] = (at * at * 31 + at * seed * 17) & 0xff;
  return sharp(data, { raw: { width, height, channels: 3 } });
}

async function picture(index: number): Promise<Buffer> {
  const size = [24 + (index % 7) * 8, 16 + (index % 5) * 8] as const;
  const plain = pixels(...size, index);
  const colored = index % 2 === 0 ? plain.withIccProfile(index % 4 === 0 ? 'p3' : 'srgb') : plain;
  switch (FORMATS[index % 3]!) {
    case 'jpg':
      return colored.jpeg({ progressive: index % 4 < 2, quality: 60 + (index % 40) }).toBuffer();
    case 'png':
      return colored.png({ palette: index % 4 === 1 }).toBuffer();
    case 'webp':
      return colored.webp({ lossless: index % 4 < 2 }).toBuffer();
  }
}

/** Tags of a picture: each group is in some of them only. */
function tagsOf(index: number, thumbnail: Buffer): TagList {
  const has = (every: number): boolean => index % every !== 0;
  const binary = `base64:${thumbnail.toString('base64')}`;
  const [latitude, longitude] = [(index * 7.13) % 90, (index * 13.7) % 180];
  return {
    'GPS:GPSLatitude': latitude,
    'GPS:GPSLatitudeRef': 'N',
    'GPS:GPSLongitude': longitude,
    'GPS:GPSLongitudeRef': 'W',
    ...(has(2) && {
      'GPS:GPSAltitude': index,
      'GPS:GPSDateStamp': '2026:03:14',
      'GPS:GPSMapDatum': 'WGS-84',
    }),
    ...(has(3) && { 'IFD0:Orientation': 1 + (index % 8) }),
    ...(has(4) && { 'IFD0:Make': 'Sample', 'IFD0:Model': `Sample ${index}`, 'IFD0:Artist': 'Ada' }),
    ...(has(5) && {
      'ExifIFD:DateTimeOriginal': '2026:03:14 15:09:26',
      'ExifIFD:FNumber': 2.8,
      'ExifIFD:ExposureTime': 0.004,
      'ExifIFD:UserComment': 'x'.repeat(index),
      'ExifIFD:LensModel': 'Wide 26 mm',
      'InteropIFD:InteropIndex': 'R98',
    }),
    ...(has(6) && {
      'XMP-exif:GPSLatitude': latitude,
      'XMP-exif:GPSLongitude': longitude,
      'XMP-photoshop:City': 'Paris & Nürnberg',
      'XMP-photoshop:Country': 'France',
      'XMP-iptcCore:Location': 'Tower <1>',
      'XMP-iptcCore:CountryCode': 'FR',
    }),
    ...(has(7) && {
      'XMP-iptcExt:LocationShownCity': ['Paris', 'Lyon'],
      'XMP-iptcExt:LocationCreatedCountryName': 'France',
      'XMP-xmpDM:ShotLocation': 'Roof',
    }),
    ...(has(8) && {
      'XMP-dc:Title': `Picture ${index} with “quotes” & <tags>`,
      'XMP-dc:Subject': ['one', 'two', 'três'],
      'XMP-xmp:Rating': index % 6,
      'XMP-photoshop:Headline': 'City in the headline',
      'XMP-iptcCore:CreatorCity': 'Berlin',
    }),
    ...(index % 3 === 0 && {
      ...(has(2) && { 'IFD1:ThumbnailImage': binary }),
      ...(has(4) && {
        'IPTC:City': 'Paris',
        'IPTC:Sub-location': 'Tower',
        'IPTC:Country-PrimaryLocationName': 'France',
        'IPTC:ContentLocationName': ['A', 'B'],
      }),
      ...(has(7) && {
        'IPTC:Keywords': ['one', 'two'],
        'IPTC:Headline': 'Headline',
        'Photoshop:URL': 'http://x',
      }),
      ...(has(11) && { 'File:Comment': `Comment ${index}` }),
    }),
    ...(index % 3 === 1 && { 'PNG:Title': 'Title', 'PNG:Comment': `Comment ${index}` }),
  };
}
