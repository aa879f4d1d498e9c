import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { pngChunk } from 'azure-devops-emulator/png';
import { openDiskFile } from '../../../../../src/upload/intake/disk-file';
import { clean } from '../../../../../src/upload/rules/metadata/clean';
import type { MetadataMode } from '../../../../../src/upload/rules/metadata/cleaned';
import { blobOf, bufferOf, pictureData } from '../../../../helpers/picture-data';
import {
  SAMPLE_EXIF,
  exifData,
  heicWith,
  jpegWith,
  pngWith,
  webpWith,
  xmpWith,
} from '../../../../helpers/sample-picture';
import { createTemporaryFolder } from '../../../../helpers/temporary-folder';

const EXIF = exifData(SAMPLE_EXIF, true);
const SILENT = exifData({ main: { 0x010f: { text: 'Sample' } } }, true);
const folder = createTemporaryFolder();
const XMP_START = 'http://ns.adobe.com/xap/1.0/\0';
const PLACE = 'exif:GPSLatitude="48,51.5N"';

async function cleaned(file: Buffer, mode?: MetadataMode): Promise<Buffer> {
  const result = await clean(blobOf(file), mode);
  expect(result.kind).toBe('cleaned');
  return bufferOf(result.bytes);
}

async function removedFrom(file: Buffer, mode?: MetadataMode): Promise<unknown> {
  const result = await clean(blobOf(file), mode);
  return result.kind === 'cleaned' ? result.removed : result.kind;
}

async function expectDamaged(file: Buffer): Promise<void> {
  for (const mode of ['location', 'everything'] as const) {
    const blob = blobOf(file);
    const result = await clean(blob, mode);
    expect(result).toMatchObject({ kind: 'not-cleaned', reason: 'damaged' });
    expect(result.bytes).toBe(blob);
  }
}

function segment(marker: number, ...contents: readonly (Buffer | string)[]): Buffer {
  const content = Buffer.concat(
    contents.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)),
  );
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
}

/** A JPEG with these segments and two scans with stuffed bytes and restarts. */
function jpegOf(...segments: readonly Buffer[]): Buffer {
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    ...segments,
    segment(0xdb, Buffer.alloc(65)),
    segment(0xda, 'scan'),
    Buffer.from([1, 0xff, 0, 2, 0xff, 0xd0, 3, 0xff, 0xff]),
    segment(0xda, 'scan').subarray(1),
    Buffer.from([9, 0xff, 0, 0xff, 0xd9]),
  ]);
}

/** A PNG with a chunk before its end. */
function pngOf(type: string, content: Buffer | string): Buffer {
  const end = pngChunk('IEND');
  const file = pngWith(SILENT);
  return Buffer.concat([
    file.subarray(0, file.length - end.length),
    pngChunk(type, Buffer.from(content)),
    end,
  ]);
}

const FILES = {
  JPEG: jpegWith(EXIF, xmpWith(PLACE)),
  PNG: pngWith(EXIF, 8, 8, xmpWith(PLACE)),
  WebP: webpWith(EXIF, xmpWith(PLACE)),
};

describe.each(Object.entries(FILES))('A %s with a position', (_, file) => {
  it('loses it, and keeps the other tags and the picture', async () => {
    const result = await cleaned(file);
    expect(pictureData(result).equals(pictureData(file))).toBe(true);
    expect(result.includes('48,51')).toBe(false);
    expect(result.includes('GPSLatitude')).toBe(false);
    expect(result.includes('Wide 26 mm')).toBe(true);
    expect(await removedFrom(file)).toEqual({
      ...{ location: true, thumbnail: false, trailingBytes: 0, other: false },
    });
    expect(await removedFrom(result)).toBe('clean');
  });

  it('keeps nothing but its orientation in the mode “everything”', async () => {
    const result = await cleaned(file, 'everything');
    expect(pictureData(result).equals(pictureData(file))).toBe(true);
    for (const text of ['Sample', 'Ada', 'xmpmeta', '2026']) expect(result.includes(text)).toBe(false);
    expect(result.includes(exifData({ main: { 0x0112: { shorts: [6] } } }, true))).toBe(true);
    expect(await removedFrom(file, 'everything')).toMatchObject({ location: true, other: true });
    expect(await removedFrom(result, 'everything')).toBe('clean');
  });

  it('loses the bytes after its end, and the result has their number', async () => {
    expect(await removedFrom(Buffer.concat([file, Buffer.from('secret')]))).toMatchObject({
      trailingBytes: 6,
    });
    const clear = await cleaned(file);
    const again = await cleaned(Buffer.concat([clear, Buffer.alloc(70_000, 'x')]));
    expect(again.equals(clear)).toBe(true);
  });

  it('is cleaned on a disk as in memory', async () => {
    const path = join(folder, 'picture');
    for (const size of [0, 13, 200_000]) {
      writeFileSync(path, Buffer.concat([file, Buffer.alloc(size)]));
      const result = await clean(await openDiskFile(path));
      expect((await bufferOf(result.bytes)).equals(await cleaned(file))).toBe(true);
    }
  });

  it('is returned unchanged if it is cut', async () => {
    for (const at of [file.length - 1, file.length - 9, 200]) {
      const cut = blobOf(file.subarray(0, at));
      const result = await clean(cut);
      expect(result).toMatchObject({ kind: 'not-cleaned', reason: 'damaged' });
      expect(result.bytes).toBe(cut);
    }
  });
});

describe('A JPEG', () => {
  it('loses thumbnails of JFIF, JFXX, Photoshop and cameras, and smaller pictures behind its end', async () => {
    const head = 'JFIF\0\u0001\u0001\0\0\u0001\0\u0001';
    const preview = '\u00ff\u00d8\u00ff\u00dbpreview';
    const resource = (id: string, content: string): string =>
      `8BIM${id}\0\0\0\0\0${String.fromCharCode(content.length)}${content}`;
    const file = Buffer.concat([
      jpegOf(
        segment(0xe0, head, '\u0001\u0001', 'RGB'),
        segment(0xe0, 'JFXX\0\u0010thumbnail'),
        segment(0xe2, 'MPF\0thumbnail'),
        segment(0xe2, 'ICC_PROFILE\0\u0001\u0001profile'),
        segment(0xe3, preview),
        segment(0xe3, 'rest of the preview'),
        segment(
          0xed,
          'Photoshop 3.0\0',
          resource('\u0004\u000c', 'thumbnail!'),
          resource('\u0004\u000b', 'url!'),
        ),
        segment(0xfe, 'a comment'),
      ),
      Buffer.from(preview, 'latin1'),
    ]);
    const result = await cleaned(file);
    expect(
      result.equals(
        jpegOf(
          segment(0xe0, head, '\0\0'),
          segment(0xe2, 'ICC_PROFILE\0\u0001\u0001profile'),
          segment(0xed, 'Photoshop 3.0\0', resource('\u0004\u000b', 'url!')),
          segment(0xfe, 'a comment'),
        ),
      ),
    ).toBe(true);
    expect(await removedFrom(file)).toEqual({
      ...{ location: false, thumbnail: true, trailingBytes: preview.length, other: false },
    });
    const bare = jpegOf(segment(0xe0, head, '\0\0'), segment(0xe2, 'ICC_PROFILE\0\u0001\u0001profile'));
    expect((await cleaned(file, 'everything')).equals(bare)).toBe(true);
  });

  it('loses content credentials, since they have a thumbnail and a place', async () => {
    const file = jpegOf(segment(0xeb, 'JP\0\u0001\0\0\0\u0001\0\0\0\u0020jumbc2pa'));
    expect((await cleaned(file)).equals(jpegOf())).toBe(true);
    expect(await removedFrom(file)).toMatchObject({ other: true });
  });

  it('keeps the notes of a camera at their place', async () => {
    // The notes are text behind the position; offsets in them count from the start.
    const exif = { 0x9003: { text: '2026:03:14 15:09:26' }, 0x927c: { text: 'notes of the maker' } };
    const whole = exifData({ ...SAMPLE_EXIF, exif }, false);
    const result = await cleaned(jpegWith(whole));
    const start = (file: Buffer): number => file.indexOf('MM\0*');
    const original = jpegWith(whole);
    expect(result.indexOf('notes of') - start(result)).toBe(original.indexOf('notes of') - start(original));
    expect(result.length).toBeLessThan(original.length);
  });

  it('loses a position in long XMP data of several segments', async () => {
    const xmp = xmpWith(`xmp:Note="${'x'.repeat(150)}" ${PLACE}`);
    const part = (at: number, end: number): Buffer => {
      const numbers = Buffer.alloc(8);
      numbers.writeUInt32BE(xmp.length, 0);
      numbers.writeUInt32BE(at, 4);
      return segment(
        0xe1,
        'http://ns.adobe.com/xmp/extension/\0',
        'A'.repeat(32),
        numbers,
        xmp.slice(at, end),
      );
    };
    // The cut is in the middle of the position.
    const cut = xmp.indexOf('51.5');
    expect(cut).toBeGreaterThan(0);
    const file = jpegOf(part(cut, xmp.length), part(0, cut));
    const result = await cleaned(file);
    expect(result.length).toBe(file.length);
    expect(result.includes('51.5')).toBe(false);
    expect(result.includes('xxx')).toBe(true);
    await expectDamaged(jpegOf(part(0, cut)));
  });

  it('is returned unchanged if a part does not parse', async () => {
    const bad = Buffer.from(EXIF);
    bad.writeUInt32LE(0xfffffff0, 4);
    await expectDamaged(jpegWith(bad));
    const loop = exifData({ main: { 0x8769: { longs: [8] } } }, true);
    await expectDamaged(jpegWith(loop));
    await expectDamaged(jpegOf(segment(0xe1, XMP_START, '<a><b></a></b>')));
    await expectDamaged(jpegOf(segment(0xe1, XMP_START, '<!DOCTYPE a [<!ENTITY b "c">]><a/>')));
    await expectDamaged(jpegOf(segment(0xe1, XMP_START, Buffer.from('<a/>', 'utf16le'))));
    await expectDamaged(jpegOf(segment(0xed, 'Photoshop 3.0\0', '8BIM\u0004\u0004\0\0\0\0\0\u0009short')));
    await expectDamaged(jpegOf(segment(0xfe, 'comment'), Buffer.from('no segment')));
    await expectDamaged(Buffer.from([0xff, 0xd8, 0xff, 0xff, 0xff]));
  });
});

describe('XMP data', () => {
  const clear = async (attributes: string, elements = ''): Promise<string> => {
    const file = pngWith(SILENT, 8, 8, xmpWith(attributes, elements));
    const result = await clean(blobOf(file));
    return (await bufferOf(result.bytes)).toString();
  };

  it('loses elements with all inside, in any prefix', async () => {
    const names = 'xmlns:p="http://ns.adobe.com/photoshop/1.0/" xmlns:o="urn:other"';
    const text = await clear(
      `${names} p:City='Paris' o:City="kept"`,
      '<p:State><rdf:Bag><p:State>inner</p:State></rdf:Bag></p:State><o:State>stays</o:State><p:Country/>',
    );
    for (const gone of ['Paris', 'inner', 'p:Country']) expect(text).not.toContain(gone);
    for (const kept of ['o:City="kept"', '<o:State>stays</o:State>']) expect(text).toContain(kept);
  });

  it('loses coordinates of drones and keeps texts like them', async () => {
    const text = await clear(
      'xmlns:d="urn:drone" d:GpsLongtitude="2.29" d:AbsoluteAltitude="+35" d:Note="GPSLatitude"',
      '<!-- <d:GpsLatitude> --><d:Text><![CDATA[<exif:GPSLatitude>]]></d:Text>',
    );
    for (const gone of ['2.29', '+35']) expect(text).not.toContain(gone);
    for (const kept of ['d:Note="GPSLatitude"', '<![CDATA[<exif:GPSLatitude>]]>'])
      expect(text).toContain(kept);
  });
});

describe('A PNG', () => {
  const xmp = xmpWith(PLACE);
  const profile = (name: string, content: Buffer): string =>
    `\n${name}\n${String(content.length).padStart(8)}\n${content.toString('hex')}\n`;
  const raw = profile('exif', Buffer.concat([Buffer.from('Exif\0\0'), EXIF]));

  it.each([
    [
      'compressed XMP data',
      pngOf('iTXt', Buffer.concat([Buffer.from('XML:com.adobe.xmp\0\u0001\0\0\0'), deflateSync(xmp)])),
    ],
    ['a profile of ImageMagick', pngOf('tEXt', `Raw profile type exif\0${raw}`)],
    [
      'a compressed profile',
      pngOf('zTXt', Buffer.concat([Buffer.from('Raw profile type APP1\0\0'), deflateSync(raw)])),
    ],
    ['a text with a coordinate', pngOf('tEXt', 'exif:GPSLatitude\x0048/1, 51/1')],
    ['a text with a place', pngOf('iTXt', 'Location\0\0\0\0\0Paris')],
  ])('loses the position in %s', async (_, file) => {
    const result = await cleaned(file);
    expect(await removedFrom(file)).toMatchObject({ location: true, other: false });
    expect(pictureData(result).equals(pictureData(file))).toBe(true);
    expect(await removedFrom(result)).toBe('clean');
    expect(result.length).toBeGreaterThan(pngWith(SILENT).length - 20);
  });

  it('keeps other texts, also compressed ones', async () => {
    for (const file of [
      pngOf('tEXt', 'Comment\0Location: Paris'),
      pngOf('zTXt', Buffer.concat([Buffer.from('Raw profile type icc\0\0'), deflateSync(raw)])),
      pngOf('tIME', 'abcdefg'),
    ])
      expect(await removedFrom(file)).toBe('clean');
  });

  it('is returned unchanged if a text inflates to more than 32 MiB, or not at all', async () => {
    const bomb = deflateSync(Buffer.alloc(40 * 1024 * 1024, ' '));
    const head = Buffer.from('XML:com.adobe.xmp\0\u0001\0\0\0');
    await expectDamaged(pngOf('iTXt', Buffer.concat([head, bomb])));
    await expectDamaged(pngOf('iTXt', Buffer.concat([head, Buffer.from('no zlib')])));
    await expectDamaged(pngOf('tEXt', 'Raw profile type exif\0\nexif\n 9\n00zz\n'));
  });

  it('is returned unchanged where the browser cannot inflate', async () => {
    const file = pngOf(
      'iTXt',
      Buffer.concat([Buffer.from('XML:com.adobe.xmp\0\u0001\0\0\0'), deflateSync(xmp)]),
    );
    const names = globalThis as { DecompressionStream?: unknown };
    const original = names.DecompressionStream;
    delete names.DecompressionStream;
    try {
      await expectDamaged(file);
    } finally {
      names.DecompressionStream = original;
    }
  });
});

it('A file of another format is named and returned unchanged', async () => {
  const files: readonly (readonly [string, Buffer | string])[] = [
    ['heic', heicWith(EXIF)],
    ['tiff', EXIF],
    ['gif', 'GIF89a'],
    ['avif', '\0\0\0\u0018ftypavif'],
    ['video', '\0\0\0\u0018ftypisom'],
    ['video', Buffer.from([0x1a, 0x45, 0xdf, 0xa3])],
    ['pdf', '%PDF-1.7'],
    ['office', `PK\u0003\u0004${'\0'.repeat(26)}[Content_Types].xml`],
  ];
  for (const [format, content] of files) {
    const blob = blobOf(Buffer.from(content));
    const result = await clean(blob);
    expect(result).toMatchObject({ kind: 'not-cleaned', format, reason: 'format' });
    expect(result.bytes).toBe(blob);
  }
  for (const content of ['', 'text', 'PK\u0003\u0004'])
    expect((await clean(new Blob([content]))).kind).toBe('unknown');
});

it('The type of the file stays', async () => {
  const result = await clean(new Blob([new Uint8Array(FILES.JPEG)], { type: 'image/jpeg' }));
  expect(result.bytes.type).toBe('image/jpeg');
});

it('An error of the file rejects', async () => {
  const path = join(folder, 'gone');
  writeFileSync(path, FILES.JPEG);
  const file = await openDiskFile(path);
  writeFileSync(path, 'x');
  await expect(clean(file)).rejects.toThrow();
});
