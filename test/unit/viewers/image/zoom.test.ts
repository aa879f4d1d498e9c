import fc from 'fast-check';
import type { Size, Zoom } from '../../../../src/viewers/image/zoom';
import { fit, isCut, LARGEST_SCALE, middleOf, pan, zoomTo } from '../../../../src/viewers/image/zoom';

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

/** The picture as it is shown after pans, and zooms around a point of the place. */
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

test('a picture that is larger than its place fits into it, and a smaller one keeps its size', () => {
  expect(fit({ width: 1000, height: 500 }, { width: 100, height: 100 })).toEqual({ x: 0, y: 25, scale: 0.1 });
  expect(fit({ width: 10, height: 20 }, { width: 100, height: 100 })).toEqual({ x: 45, y: 40, scale: 1 });
});

test('what fits is not cut, and what is zoomed beyond its place is', () => {
  fc.assert(
    fc.property(size, size, (picture, place) => {
      expect(isCut(fit(picture, place), picture, place)).toBe(false);
      const larger = zoomTo(fit(picture, place), LARGEST_SCALE, middleOf(place), picture, place);
      const isLarger = (length: number, room: number): boolean => length * LARGEST_SCALE > room + 0.01;
      expect(isCut(larger, picture, place)).toBe(
        isLarger(picture.width, place.width) || isLarger(picture.height, place.height),
      );
    }),
  );
});

test('whatever is done, the scale keeps its limits and the picture covers its place or stands in the middle', () => {
  fc.assert(
    fc.property(size, size, steps, (picture, place, moves) => {
      const zoom = after(moves, picture, place);
      expect(zoom.scale).toBeLessThanOrEqual(LARGEST_SCALE);
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

test('the point under the pointer stays there while it is zoomed in', () => {
  fc.assert(
    fc.property(size, size, steps, share, share, (picture, place, moves, x, y) => {
      const before = after(moves, picture, place);
      const at = { x: x * place.width, y: y * place.height };
      const zoomed = zoomTo(before, before.scale * 1.5, at, picture, place);
      for (const axis of ['x', 'y'] as const) {
        const side = axis === 'x' ? 'width' : 'height';
        // What stands in the middle of too large a place is moved there, not zoomed around the pointer.
        if (picture[side] * before.scale < place[side]) continue;
        const pointBefore = (at[axis] - before[axis]) / before.scale;
        const pointAfter = (at[axis] - zoomed[axis]) / zoomed.scale;
        expect(pointAfter).toBeCloseTo(pointBefore, 3);
      }
    }),
  );
});
