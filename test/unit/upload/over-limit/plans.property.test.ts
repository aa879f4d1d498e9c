import fc from 'fast-check';
import { planVideo } from '../../../../src/upload/over-limit/plan-video';
import { nextPlan, planImage } from '../../../../src/upload/over-limit/shrink-image';
import { smallerName } from '../../../../src/upload/over-limit/smaller-name';

const side = fc.integer({ min: 1, max: 8000 });
const limit = fc.integer({ min: 10_000, max: 100_000_000 });

test('planVideo stays below the limit and 55 MB, with even sides and no more pixels than the video', () => {
  const duration = fc.double({ min: 0.1, max: 100_000, noNaN: true });
  fc.assert(
    fc.property(
      side,
      side,
      duration,
      fc.boolean(),
      limit,
      (width, height, durationSeconds, hasAudio, bytes) => {
        const plan = planVideo({ width, height, durationSeconds, hasAudio }, bytes);
        if (!plan) return;
        expect(plan.bytes).toBeLessThanOrEqual(Math.min(bytes, 55_000_001));
        expect([plan.width % 2, plan.height % 2]).toEqual([0, 0]);
        expect(plan.width).toBeLessThanOrEqual(Math.max(2, width + 1));
        expect(plan.height).toBeLessThanOrEqual(Math.max(2, height + 1));
        expect(plan.minutes).toBeGreaterThanOrEqual(1);
      },
    ),
  );
});

test('planVideo keeps the resolution of a short video, and makes no plan for one that is too long', () => {
  const hd = { width: 1920, height: 1080, hasAudio: true };
  expect(planVideo({ ...hd, durationSeconds: 60 }, 60_000_000)).toMatchObject({ width: 1920, height: 1080 });
  expect(planVideo({ ...hd, durationSeconds: 600 }, 60_000_000)).toMatchObject({ width: 854, height: 480 });
  expect(planVideo({ ...hd, durationSeconds: 100_000 }, 60_000_000)).toBeUndefined();
  expect(planVideo({ ...hd, durationSeconds: NaN }, 60_000_000)).toBeUndefined();
});

test('planImage expects the copy within the limit, and the plans after it become smaller until they end', () => {
  const perPixel = fc.double({ min: 0.001, max: 8, noNaN: true });
  fc.assert(
    fc.property(side, side, perPixel, limit, (width, height, bytesPerPixel, bytes) => {
      const first = planImage({ width, height }, bytesPerPixel, bytes);
      if (!first) return;
      expect(first.bytes).toBeLessThanOrEqual(bytes);
      let count = 0;
      for (let plan = first, next = nextPlan(plan); next; plan = next, next = nextPlan(plan)) {
        const isSmaller = next.quality < plan.quality || next.width * next.height < plan.width * plan.height;
        expect(isSmaller || next.width * next.height === 1).toBe(true);
        if (++count > 100) throw new Error('The plans do not end.');
      }
    }),
  );
});

test('smallerName marks the stem, changes the extension and stays within the length of names', () => {
  expect(smallerName('clip.mov', 'mp4')).toBe('clip (smaller).mp4');
  expect(smallerName('README', 'webp')).toBe('README (smaller).webp');
  const long = smallerName(`${'x'.repeat(300)}.mov`, 'webm');
  expect(long).toHaveLength(255);
  expect(long).toMatch(/x \(smaller\)\.webm$/);
});
