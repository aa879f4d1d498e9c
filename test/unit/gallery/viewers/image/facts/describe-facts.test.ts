import { describeFacts } from '../../../../../../src/gallery/viewers/image/facts/describe-facts';
import type { PictureFacts } from '../../../../../../src/gallery/viewers/image/facts/read-facts';

function rowsOf(facts: PictureFacts): Record<string, string> {
  return Object.fromEntries(describeFacts(facts).map(({ label, value }) => [label, value]));
}

test('describeFacts lists the facts that there are', () => {
  expect(describeFacts({})).toEqual([]);
  expect(
    rowsOf({
      make: 'Sample',
      model: 'Sample One',
      exposureTime: 0.004,
      fNumber: 2.8,
      iso: 100,
      focalLength: 4.25,
      focalLength35: 26,
      position: { latitude: -33.5, longitude: 2.294481 },
    }),
  ).toEqual({
    Camera: 'Sample One',
    Exposure: '1/250 s · f/2.8 · ISO 100',
    'Focal length': '4.3 mm (26 mm on 35 mm film)',
    Location: '-33.50000, 2.29448',
  });
  expect(rowsOf({ make: 'Sample', model: 'One', exposureTime: 2.5 })).toEqual({
    Camera: 'Sample One',
    Exposure: '2.5 s',
  });
});

test('describeFacts shows the time on the clock of the camera', () => {
  const takenAt = '2026:03:14 15:09:26';
  expect(rowsOf({ takenAt })['Date taken']).toMatch(/Mar.*2026.*3:09/);
  expect(rowsOf({ takenAt, utcOffset: '+01:00' })['Date taken']).toMatch(/\(UTC\+01:00\)$/);
  expect(rowsOf({ takenAt, utcOffset: 'soon' })['Date taken']).not.toContain('soon');
  expect(rowsOf({ takenAt: '14 March 2026' })['Date taken']).toBe('14 March 2026');
  expect(rowsOf({ takenAt: '0000:00:00 00:00:00' })).toEqual({});
});

test.each([
  [1, undefined],
  [2, 'Mirrored'],
  [3, 'Rotated by 180°'],
  [5, 'Mirrored and rotated by 270°'],
  [6, 'Rotated by 90°'],
  [99, undefined],
])('describeFacts describes the orientation %i as %s', (orientation, words) => {
  expect(rowsOf({ orientation })['Orientation']).toBe(words);
});
