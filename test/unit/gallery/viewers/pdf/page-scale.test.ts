import fc from 'fast-check';
import {
  canvasDensity,
  clampScale,
  MAX_SCALE,
  maxScaleOf,
  MIN_SCALE,
  scaleToWidth,
} from '../../../../../src/gallery/viewers/pdf/page-scale';

test('scaleToWidth fits a page into a width with a margin', () => {
  expect(scaleToWidth({ width: 800, height: 1000 }, 824, MAX_SCALE)).toBe(1);
  expect(scaleToWidth({ width: 800, height: 1000 }, 424, MAX_SCALE)).toBe(0.5);
});

test('scaleToWidth and clampScale keep the scale in its limits', () => {
  expect(scaleToWidth({ width: 1, height: 1 }, 5000, MAX_SCALE)).toBe(MAX_SCALE);
  expect(clampScale(0, MAX_SCALE)).toBe(MIN_SCALE);
});

test('maxScaleOf keeps the last page of a long document within reach of all browsers', () => {
  const a4 = { width: 794, height: 1123 };
  expect(maxScaleOf(a4, 300)).toBe(MAX_SCALE);
  const scale = maxScaleOf(a4, 10_000);
  expect(scale).toBeGreaterThan(1);
  // With a space below each page.
  expect((a4.height * scale + 12) * 10_000).toBeLessThan(17_800_000);
  expect(scaleToWidth(a4, 5000, scale)).toBe(scale);
  expect(clampScale(2, scale)).toBe(scale);
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
