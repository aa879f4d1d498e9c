import fc from 'fast-check';
import {
  canvasDensity,
  clampScale,
  MAX_SCALE,
  MIN_SCALE,
  scaleToWidth,
} from '../../../../../src/gallery/viewers/pdf/page-scale';

test('scaleToWidth fits a page into a width with a margin', () => {
  expect(scaleToWidth({ width: 800, height: 1000 }, 824)).toBe(1);
  expect(scaleToWidth({ width: 800, height: 1000 }, 424)).toBe(0.5);
});

test('scaleToWidth and clampScale keep the scale in its limits', () => {
  expect(scaleToWidth({ width: 1, height: 1 }, 5000)).toBe(MAX_SCALE);
  expect(clampScale(0)).toBe(MIN_SCALE);
});

test('canvasDensity is the density of the screen up to the canvas limit', () => {
  const side = fc.integer({ min: 10, max: 20_000 });
  fc.assert(
    fc.property(
      side,
      side,
      fc.double({ min: 0.1, max: 5, noNaN: true }),
      fc.constantFrom(1, 1.5, 3),
      (width, height, scale, screen) => {
        const density = canvasDensity({ width, height }, scale, screen);
        const pixels = width * scale * density * height * scale * density;
        expect(density).toBeLessThanOrEqual(screen);
        expect(pixels).toBeLessThanOrEqual(16_000_001);
        if (density < screen) expect(pixels).toBeGreaterThan(15_999_999);
      },
    ),
  );
});
