import fc from 'fast-check';
import { contrast, outlineOf, rgbOf } from '../../../../src/gallery/editor/model/colors';
import { mosaicOf } from '../../../../src/gallery/editor/model/mosaic';
import { COLORS } from '../../../../src/gallery/editor/model/shapes';
import { editedName, replacedName } from '../../../../src/gallery/editor/result-name';

const level = fc.integer({ min: 0, max: 255 });

test.each(COLORS)('The outline of %s has a contrast of more than 4.5:1 to it', (color) => {
  expect(contrast(rgbOf(color), outlineOf(rgbOf(color)))).toBeGreaterThan(4.5);
});

test('One of a color and its outline is seen on any image', () => {
  fc.assert(
    fc.property(fc.constantFrom(...COLORS), fc.tuple(level, level, level), (color, below) => {
      const own = rgbOf(color);
      // Between two colors with 4.5:1, the middle has 2.1:1 to both.
      expect(Math.max(contrast(own, below), contrast(outlineOf(own), below))).toBeGreaterThan(2.1);
    }),
  );
});

test('A mosaic covers its area exactly once, with the same blocks for the same seed', () => {
  const extent = fc.integer({ min: 1, max: 200 });
  const place = fc.integer({ min: 0, max: 50 });
  const area = fc.record({ x: place, y: place, width: extent, height: extent });
  fc.assert(
    fc.property(area, fc.integer({ min: 1, max: 20 }), fc.nat(), (of, blockPx, seed) => {
      const blocks = mosaicOf(of, blockPx, seed);
      const covered = blocks.reduce((sum, { width, height }) => sum + width * height, 0);
      expect(covered).toBe(of.width * of.height);
      const corners = new Set(blocks.map(({ x, y }) => `${x} ${y}`));
      expect(corners.size).toBe(blocks.length);
      const isValid = blocks.every(
        ({ x, y, width, height, gray }) =>
          x >= of.x &&
          y >= of.y &&
          x + width <= of.x + of.width &&
          y + height <= of.y + of.height &&
          Number.isInteger(gray) &&
          gray >= 0 &&
          gray <= 255,
      );
      expect(isValid).toBe(true);
      expect(JSON.stringify(mosaicOf(of, blockPx, seed))).toBe(JSON.stringify(blocks));
    }),
  );
});

test('A mosaic of another seed looks different', () => {
  const area = { x: 0, y: 0, width: 80, height: 40 };
  expect(mosaicOf(area, 8, 1)).not.toEqual(mosaicOf(area, 8, 2));
});

test('The edited image is a PNG with the name of the original', () => {
  expect(replacedName('a.PNG')).toBe('a.PNG');
  expect(replacedName('photo.jpeg')).toBe('photo.png');
  expect(replacedName('no extension')).toBe('no extension.png');
  expect(editedName('photo.jpeg')).toBe('photo (edited).png');
});
