import fc from 'fast-check';
import { rotatedSize } from '../../../../../src/gallery/viewers/rotation';
import type { Size, Zoom } from '../../../../../src/gallery/viewers/image/zoom';
import {
  centerOf,
  fit,
  MAX_SCALE,
  overflows,
  pan,
  rotate,
  transformOf,
  zoomTo,
} from '../../../../../src/gallery/viewers/image/zoom';

const side = fc.integer({ min: 1, max: 5000 });
const size = fc.record({ width: side, height: side });
const share = fc.double({ min: 0, max: 1, noNaN: true });
const steps = fc.array(
  fc.oneof(
    fc.record({
      factor: fc.double({ min: 0.01, max: 100, noNaN: true }),
      x: share,
      y: share,
    }),
    fc.record({ x: fc.integer({ min: -9000, max: 9000 }), y: fc.integer({ min: -9000, max: 9000 }) }),
  ),
  { maxLength: 8 },
);

/** Applies pans, and zooms around a point of the viewport. */
function after(
  moves: typeof steps extends fc.Arbitrary<infer T> ? T : never,
  picture: Size,
  place: Size,
): Zoom {
  return moves.reduce<Zoom>(
    (zoom, move) =>
      'factor' in move
        ? zoomTo(
            zoom,
            zoom.scale * move.factor,
            { x: move.x * place.width, y: move.y * place.height },
            picture,
            place,
          )
        : pan(zoom, move, picture, place),
    fit(picture, place),
  );
}

test('fit shrinks a large image to the viewport and keeps the size of a small one', () => {
  expect(fit({ width: 1000, height: 500 }, { width: 100, height: 100 })).toEqual({ x: 0, y: 25, scale: 0.1 });
  expect(fit({ width: 10, height: 20 }, { width: 100, height: 100 })).toEqual({ x: 45, y: 40, scale: 1 });
});

test('overflows is false for a fitted image and true for one zoomed beyond the viewport', () => {
  fc.assert(
    fc.property(size, size, (picture, place) => {
      expect(overflows(fit(picture, place), picture, place)).toBe(false);
      const larger = zoomTo(fit(picture, place), MAX_SCALE, centerOf(place), picture, place);
      const isLarger = (length: number, room: number): boolean => length * MAX_SCALE > room + 0.01;
      expect(overflows(larger, picture, place)).toBe(
        isLarger(picture.width, place.width) || isLarger(picture.height, place.height),
      );
    }),
  );
});

test('zoomTo and pan keep the scale in its limits and the image covering or centered in the viewport', () => {
  fc.assert(
    fc.property(size, size, steps, (picture, place, moves) => {
      const zoom = after(moves, picture, place);
      expect(zoom.scale).toBeLessThanOrEqual(MAX_SCALE);
      expect(zoom.scale).toBeGreaterThanOrEqual(fit(picture, place).scale);
      for (const [start, length, room] of [
        [zoom.x, picture.width * zoom.scale, place.width],
        [zoom.y, picture.height * zoom.scale, place.height],
      ] as const) {
        if (length <= room) expect(start).toBeCloseTo((room - length) / 2);
        else {
          expect(start).toBeLessThanOrEqual(0);
          expect(start + length).toBeGreaterThanOrEqual(room - 1e-6);
        }
      }
    }),
  );
});

test('zoomTo keeps the point under the pointer in place', () => {
  fc.assert(
    fc.property(size, size, steps, share, share, (picture, place, moves, x, y) => {
      const before = after(moves, picture, place);
      const at = { x: x * place.width, y: y * place.height };
      const zoomed = zoomTo(before, before.scale * 1.5, at, picture, place);
      for (const axis of ['x', 'y'] as const) {
        const side = axis === 'x' ? 'width' : 'height';
        // A smaller image is centered instead of zoomed around the pointer.
        if (picture[side] * before.scale < place[side]) continue;
        const pointBefore = (at[axis] - before[axis]) / before.scale;
        const pointAfter = (at[axis] - zoomed[axis]) / zoomed.scale;
        expect(pointAfter).toBeCloseTo(pointBefore, 3);
      }
    }),
  );
});

test('rotate keeps the scale as far as it can, and four times lead back', () => {
  fc.assert(
    fc.property(size, size, steps, (picture, place, moves) => {
      const zoom = after(moves, picture, place);
      const rotated = rotate(zoom, picture, place);
      expect(rotated.scale).toBeCloseTo(Math.max(zoom.scale, fit(rotatedSize(picture, 90), place).scale));
      // In a square viewport, the limits are the same for each rotation.
      const square = { width: place.width, height: place.width };
      const start = after(moves, picture, square);
      let [now, image] = [start, picture];
      for (let count = 0; count < 4; count++) {
        now = rotate(now, image, square);
        image = rotatedSize(image, 90);
      }
      expect(now.x).toBeCloseTo(start.x, 3);
      expect(now.y).toBeCloseTo(start.y, 3);
      expect(now.scale).toBeCloseTo(start.scale);
    }),
  );
});

test('rotate rotates the picture around the center of the viewport', () => {
  // The lower right quarter of a picture is in sight, and is the lower left one after it.
  const place = { width: 100, height: 100 };
  expect(rotate({ x: -100, y: -100, scale: 1 }, { width: 200, height: 200 }, place)).toEqual({
    ...{ x: 0, y: -100, scale: 1 },
  });
});

test.each([
  [0, 'translate(10px, 20px)'],
  [90, 'translate(50px, 20px) rotate(90deg)'],
  [180, 'translate(70px, 60px) rotate(180deg)'],
  [270, 'translate(10px, 80px) rotate(270deg)'],
] as const)('transformOf puts the corner of a picture rotated by %i° at its place', (rotation, transform) => {
  expect(transformOf({ x: 10, y: 20, scale: 2 }, { width: 30, height: 20 }, rotation)).toBe(transform);
});
