import fc from 'fast-check';
import type { ConcurrencyWindow } from '../../../../src/upload/queue/adaptive-concurrency';
import {
  changeLoad,
  recordDelivery,
  recordFull,
  hasRoom,
  CONCURRENCY_LIMITS,
  NO_LOAD,
  recordOverload,
  resumeWindow,
  initialWindow,
} from '../../../../src/upload/queue/adaptive-concurrency';

const KIB = 1024;
const MIB = 1024 * KIB;

/** One round: the window is full, and `limit` files are delivered, the last one at `now`. */
function round(window: ConcurrencyWindow, now: number): ConcurrencyWindow {
  let next = recordFull(window);
  for (let file = 0; file < window.limit; file++) next = recordDelivery(next, 0, CONCURRENCY_LIMITS, now);
  return next;
}

/** Window with a limit found by probing, without an overload. */
function calmAt(limit: number): ConcurrencyWindow {
  return { ...initialWindow(CONCURRENCY_LIMITS, 0), limit, isProbing: false };
}

describe('ConcurrencyWindow while probing', () => {
  test('starts with the number of connections of a browser to one server', () => {
    expect(initialWindow(CONCURRENCY_LIMITS, 0).limit).toBe(6);
  });

  test('doubles while the throughput doubles', () => {
    let window = initialWindow(CONCURRENCY_LIMITS, 0);
    const limits = [100, 200, 300, 400].map((now) => (window = round(window, now)).limit);
    expect(limits).toEqual([12, 24, 24, 24]);
  });

  test('returns to its earlier limit without a gain in throughput', () => {
    let window = round(initialWindow(CONCURRENCY_LIMITS, 0), 100);
    expect(window.limit).toBe(12);
    window = round(window, 300);
    expect(window.limit).toBe(6);
    // It stays there without an overload.
    for (let now = 10_000; now < 100_000; now += 10_000) window = round(window, now);
    expect(window.limit).toBe(6);
  });

  test.each([
    ['enough', 173, 24],
    ['slightly less', 174, 6],
  ])('requires a sixth more throughput from twice the limit: %s', (_, roundMs, limit) => {
    const window = round(initialWindow(CONCURRENCY_LIMITS, 0), 100);
    expect(round(window, 100 + roundMs).limit).toBe(limit);
  });

  test('ignores a round with free slots', () => {
    let window = initialWindow(CONCURRENCY_LIMITS, 0);
    for (let file = 0; file < 100; file++) window = recordDelivery(window, 0, CONCURRENCY_LIMITS, 10 * file);
    expect(window.limit).toBe(6);
    expect(window.isProbing).toBe(true);
  });
});

describe('ConcurrencyWindow after an overload', () => {
  test.each([
    [24, 12],
    [7, 3],
    [2, 1],
    [1, 1],
  ])('changes its limit from %d to %d', (before, after) => {
    expect(recordOverload(calmAt(before), 0, 10).limit).toBe(after);
  });

  test('counts overloads of parallel requests once', () => {
    let window = calmAt(24);
    for (let at = 0; at < 24; at++) window = recordOverload(window, at, 100 + at);
    expect(window.limit).toBe(12);
  });

  test('counts the overload of a later request again', () => {
    const window = recordOverload(calmAt(24), 0, 100);
    expect(recordOverload(window, 101, 200).limit).toBe(6);
  });

  test('stops probing', () => {
    let window = recordOverload(initialWindow(CONCURRENCY_LIMITS, 0), 0, 10);
    for (let now = 100; now < 5000; now += 100) window = round(window, now);
    expect(window.limit).toBe(3);
  });

  test('grows by one every five seconds without an overload', () => {
    let window = recordOverload(calmAt(6), 0, 1000);
    const limits: number[] = [];
    for (let now = 1000; now <= 26_000; now += 1000) {
      window = recordDelivery(window, 20 * KIB, CONCURRENCY_LIMITS, now);
      limits.push(window.limit);
    }
    expect(limits).toEqual([
      ...[3, 3, 3, 3, 3],
      ...[4, 4, 4, 4, 4],
      ...[5, 5, 5, 5, 5],
      ...[6, 6, 6, 6, 6],
      ...[7, 7, 7, 7, 7],
      8,
    ]);
  });

  test('delays its growth after the late report of an overload', () => {
    const window = recordOverload(recordOverload(calmAt(6), 0, 1000), 500, 4000);
    expect(window.limit).toBe(3);
    expect(recordDelivery(window, 0, CONCURRENCY_LIMITS, 8999).limit).toBe(3);
    expect(recordDelivery(window, 0, CONCURRENCY_LIMITS, 9000).limit).toBe(4);
  });

  test.each([
    ['keeps its limit for a minute', 60_999, 3],
    ['resets its limit after a minute', 61_000, 6],
  ])('%s', (_, now, limit) => {
    const window = recordOverload(initialWindow(CONCURRENCY_LIMITS, 0), 0, 1000);
    expect(resumeWindow(window, CONCURRENCY_LIMITS, now).limit).toBe(limit);
  });
});

test('ConcurrencyWindow starts to probe again after a pause', () => {
  let window = initialWindow(CONCURRENCY_LIMITS, 0);
  for (const now of [100, 200]) window = round(window, now);
  expect(window.limit).toBe(24);
  expect(resumeWindow(window, CONCURRENCY_LIMITS, 300)).toEqual(initialWindow(CONCURRENCY_LIMITS, 300));
});

test('ConcurrencyWindow keeps its limit between 1 and 24 for any deliveries and overloads', () => {
  const event = fc.record({
    what: fc.constantFrom(
      'recordFull',
      'recordDelivery',
      'recordDelivery',
      'recordDelivery',
      'recordOverload',
      'resumed',
    ),
    bytes: fc.nat(10 * MIB),
    afterMs: fc.oneof(fc.nat(10), fc.nat(70_000)),
    agoMs: fc.nat(20_000),
  });
  fc.assert(
    fc.property(fc.array(event, { maxLength: 200 }), (events) => {
      let now = 100_000;
      let window = initialWindow(CONCURRENCY_LIMITS, now);
      for (const { what, bytes, afterMs, agoMs } of events) {
        const before = window.limit;
        now += afterMs;
        if (what === 'recordFull') window = recordFull(window);
        if (what === 'recordDelivery') window = recordDelivery(window, bytes, CONCURRENCY_LIMITS, now);
        if (what === 'recordOverload') window = recordOverload(window, now - agoMs, now);
        if (what === 'resumed') window = resumeWindow(window, CONCURRENCY_LIMITS, now);
        expect(window.limit).toBeGreaterThanOrEqual(1);
        expect(window.limit).toBeLessThanOrEqual(24);
        expect(Number.isInteger(window.limit)).toBe(true);
        if (what === 'recordOverload') expect(window.limit).toBeLessThanOrEqual(before);
        if (what === 'recordDelivery') expect(window.limit).toBeLessThanOrEqual(2 * before);
      }
    }),
  );
});

describe('hasRoom', () => {
  const window = calmAt(6);

  function loadOf(sizes: readonly number[]): typeof NO_LOAD {
    return sizes.reduce((load, size) => changeLoad(load, size, 1, CONCURRENCY_LIMITS), NO_LOAD);
  }

  test.each([
    ['accepts a small file without load', [], KIB, true],
    ['accepts the largest file without load', [], 2000 * MIB, true],
    ['accepts an empty file without load', [], 0, true],
    ['accepts a sixth request', Array(5).fill(KIB), KIB, true],
    ['rejects a seventh request', Array(6).fill(KIB), KIB, false],
    ['rejects an empty file as seventh request', Array(6).fill(KIB), 0, false],
    ['accepts a third large file', [5 * MIB, 5 * MIB], 5 * MIB, true],
    ['rejects a fourth large file', [5 * MIB, 5 * MIB, 5 * MIB], 5 * MIB, false],
    ['accepts 2 MiB next to three large files', [5 * MIB, 5 * MIB, 5 * MIB], 2 * MIB, true],
    ['rejects one byte next to 8 MiB', [2 * MIB, 2 * MIB, 2 * MIB, 2 * MIB], 1, false],
    ['accepts an empty file next to 8 MiB', [2 * MIB, 2 * MIB, 2 * MIB, 2 * MIB], 0, true],
    ['accepts one byte next to one byte less than 8 MiB', [2 * MIB, 2 * MIB, 2 * MIB, 2 * MIB - 1], 1, true],
  ])('%s', (_, sizes: number[], size, expected) => {
    expect(hasRoom(loadOf(sizes), size, window, CONCURRENCY_LIMITS)).toBe(expected);
  });

  test('is unaffected by a load that is added and removed again', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5 * MIB)), fc.nat(5 * MIB), (sizes, size) => {
        const load = loadOf(sizes);
        expect(
          changeLoad(changeLoad(load, size, 1, CONCURRENCY_LIMITS), size, -1, CONCURRENCY_LIMITS),
        ).toEqual(load);
      }),
    );
  });
});
