/** @jest-environment jsdom */
import sharp from 'sharp';
import { EditorProblem } from '../../../../src/gallery/editor/editor-problem';
import { isAnimated } from '../../../../src/gallery/editor/is-animated';
import { openPicture } from '../../../../src/gallery/editor/open-picture';

const FRAMES = [0, 128].map((level) => Buffer.alloc(8 * 8 * 3, level));

async function encoded(format: 'gif' | 'webp', frames: number): Promise<Uint8Array> {
  const raw = { width: 8, height: 8 * frames, channels: 3 as const, pageHeight: 8 };
  const picture = sharp(Buffer.concat(FRAMES.slice(0, frames)), { raw });
  return new Uint8Array(await picture.toFormat(format, { loop: 0 }).toBuffer());
}

async function png(): Promise<Buffer> {
  const raw = { width: 8, height: 8, channels: 3 as const };
  return sharp(FRAMES[0], { raw }).png().toBuffer();
}

/** The same PNG as the first frame of an animation. */
async function animatedPng(): Promise<Buffer> {
  const still = await png();
  const chunk = Buffer.concat([Buffer.from([0, 0, 0, 8]), Buffer.from('acTL'), Buffer.alloc(12)]);
  return Buffer.concat([still.subarray(0, 33), chunk, still.subarray(33)]);
}

test('isAnimated finds several frames in GIF, WebP, PNG and AVIF, and none in still images', async () => {
  expect(isAnimated(await encoded('gif', 1))).toBe(false);
  expect(isAnimated(await encoded('gif', 2))).toBe(true);
  expect(isAnimated(await encoded('webp', 1))).toBe(false);
  expect(isAnimated(await encoded('webp', 2))).toBe(true);
  expect(isAnimated(await png())).toBe(false);
  expect(isAnimated(await animatedPng())).toBe(true);
  expect(isAnimated(Buffer.from('\0\0\0\u0018ftypavis', 'latin1'))).toBe(true);
  expect(isAnimated(Buffer.from('\0\0\0\u0018ftypavif', 'latin1'))).toBe(false);
});

test('isAnimated takes a file that ends early as still', async () => {
  for (const whole of [await encoded('gif', 2), await encoded('webp', 2), await animatedPng()])
    for (let length = 0; length < 20; length++) expect(isAnimated(whole.subarray(0, length))).toBe(false);
});

describe('openPicture', () => {
  const blobOf = (bytes: Uint8Array): Blob =>
    Object.assign(new Blob([]), {
      arrayBuffer: () => Promise.resolve(Uint8Array.from(bytes).buffer),
      slice: () => blobOf(bytes),
    });

  const kindOf = (bytes: Uint8Array, name: string): Promise<unknown> =>
    openPicture(blobOf(bytes), name).then(
      () => 'opened',
      (error: unknown) => (error instanceof EditorProblem ? error.kind : error),
    );

  it('names the reason for each image that cannot be edited', async () => {
    expect(await kindOf(Buffer.from('<svg/>'), 'a.svg')).toBe('vector');
    expect(await kindOf(Buffer.from('II*\0________________'), 'a.tiff')).toBe('undecodable');
    expect(await kindOf(Buffer.from('no image'), 'a.png')).toBe('undecodable');
    expect(await kindOf(await encoded('gif', 2), 'a.gif')).toBe('animated');
    const huge = await png();
    huge.writeUInt32BE(12_000, 16);
    huge.writeUInt32BE(8_000, 20);
    expect(await kindOf(huge, 'a.png')).toBe('too-many-pixels');
  });

  it('refuses images where the browser has no canvas, or changes its pixels', async () => {
    const getContext = jest.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);
    expect(await kindOf(await png(), 'a.png')).toBe('pixels-changed');
    const white = new Uint8ClampedArray(16 * 16 * 4).fill(255);
    const context = { fillRect: jest.fn(), getImageData: () => ({ data: white }) };
    getContext.mockReturnValue(context as unknown as CanvasRenderingContext2D);
    expect(await kindOf(await png(), 'a.png')).toBe('pixels-changed');
    getContext.mockRestore();
  });
});
