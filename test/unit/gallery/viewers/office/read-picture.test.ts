import sharp from 'sharp';
import type { PictureContent } from '../../../../../src/gallery/viewers/office/read-picture';
import { readPicture } from '../../../../../src/gallery/viewers/office/read-picture';
import { officeZipOf } from '../../../../helpers/sample-office';
import { samplePng } from '../../../../helpers/sample-png';

const context = { signal: new AbortController().signal, isInWorker: true };
const source = sharp({ create: { width: 8, height: 4, channels: 3, background: '#48a' } });

function read(content: Uint8Array | string, path = 'word/media/image1.bin'): Promise<PictureContent> {
  const zip = officeZipOf({ 'word/Media/Image1.BIN': content });
  return readPicture({ bytes: new Blob([Uint8Array.from(zip)]), path }, context);
}

test.each([
  ['image/png', () => source.clone().png().toBuffer()],
  ['image/jpeg', () => source.clone().jpeg().toBuffer()],
  ['image/gif', () => source.clone().gif().toBuffer()],
  ['image/webp', () => source.clone().webp().toBuffer()],
])('readPicture recognizes %s by content', async (type, encode) => {
  expect(await read(Uint8Array.from(await encode()))).toMatchObject({ type, width: 8, height: 4 });
});

test('readPicture refuses pictures with scripts, drawings of Windows, and pictures with too many pixels', async () => {
  const huge = samplePng(1, 1);
  huge.writeUInt32BE(60_000, 16);
  huge.writeUInt32BE(60_000, 20);
  for (const content of ['<svg xmlns="http://www.w3.org/2000/svg"/>', '\u0001\u0000\u0000\u0000', huge])
    await expect(read(content)).rejects.toMatchObject({ kind: 'no-image' });
});

test('readPicture refuses a missing part, and one that is too large', async () => {
  await expect(read('x', 'word/other.png')).rejects.toMatchObject({ kind: 'entry-damaged' });
  await expect(read(new Uint8Array(33 * 1024 * 1024))).rejects.toMatchObject({ kind: 'entry-too-large' });
});
