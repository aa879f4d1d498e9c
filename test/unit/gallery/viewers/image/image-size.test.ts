import sharp from 'sharp';
import { readImageSize } from '../../../../../src/gallery/viewers/image/image-size';

const source = sharp({ create: { width: 70, height: 30, channels: 3, background: '#48a' } });

describe('readImageSize', () => {
  test.each([
    ['PNG', source.clone().png()],
    ['JPEG', source.clone().jpeg()],
    ['progressive JPEG with a profile', source.clone().withMetadata().jpeg({ progressive: true })],
    ['GIF', source.clone().gif()],
    ['WebP', source.clone().webp()],
    ['lossless WebP', source.clone().webp({ lossless: true })],
    ['WebP with metadata', source.clone().withMetadata().webp()],
    ['AVIF', source.clone().avif()],
  ])('reads the size of a %s', async (_, picture) => {
    const bytes = await picture.toBuffer();
    expect(await readImageSize(new Blob([new Uint8Array(bytes)]))).toEqual({ width: 70, height: 30 });
  });

  test('reads the size of a BMP whose rows run downwards', async () => {
    const bytes = Buffer.alloc(30);
    bytes.write('BM', 0, 'latin1');
    bytes.writeInt32LE(70, 18);
    bytes.writeInt32LE(-30, 22);
    expect(await readImageSize(new Blob([new Uint8Array(bytes)]))).toEqual({ width: 70, height: 30 });
  });

  test.each([
    ['a text', Buffer.from('no picture at all')],
    ['an empty file', Buffer.alloc(0)],
    ['a PNG that ends within its header', Buffer.from('89504e470d0a1a0a', 'hex')],
    ['a JPEG without a frame', Buffer.from('ffd8ffe00002ffe10002', 'hex')],
  ])('returns nothing for %s', async (_, bytes) => {
    expect(await readImageSize(new Blob([new Uint8Array(bytes)]))).toBeUndefined();
  });
});
