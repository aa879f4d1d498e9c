import fc from 'fast-check';
import {
  canvasDensity,
  LARGEST_SCALE,
  limitScale,
  scaleToWidth,
  SMALLEST_SCALE,
} from '../../../../src/viewers/pdf/page-scale';

test('a page is as wide as its place, with some space beside it', () => {
  expect(scaleToWidth({ width: 800, height: 1000 }, 824)).toBe(1);
  expect(scaleToWidth({ width: 800, height: 1000 }, 424)).toBe(0.5);
});

test('no scale is beyond the limits', () => {
  expect(scaleToWidth({ width: 1, height: 1 }, 5000)).toBe(LARGEST_SCALE);
  expect(limitScale(0)).toBe(SMALLEST_SCALE);
});

test('a canvas is as dense as the screen, as long as a browser can draw it', () => {
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
