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

/** One round: the lane is full, and as many files as fit into it come through, the last one at `now`. */
function round(window: ConcurrencyWindow, now: number): ConcurrencyWindow {
  let next = recordFull(window);
  for (let file = 0; file < window.limit; file++) next = recordDelivery(next, 0, CONCURRENCY_LIMITS, now);
  return next;
}

/** So many requests at once, found out without trouble. */
function calmAt(limit: number): ConcurrencyWindow {
  return { ...initialWindow(CONCURRENCY_LIMITS, 0), limit, isProbing: false };
}

describe('the beginning', () => {
  test('is what browsers open to one server', () => {
    expect(initialWindow(CONCURRENCY_LIMITS, 0).limit).toBe(6);
  });

  test('doubles while twice as much comes through in the same time', () => {
    let window = initialWindow(CONCURRENCY_LIMITS, 0);
    const limits = [100, 200, 300, 400].map((now) => (window = round(window, now)).limit);
    expect(limits).toEqual([12, 24, 24, 24]);
  });

  test('goes back to where it was when twice the width carries no more', () => {
    let window = round(initialWindow(CONCURRENCY_LIMITS, 0), 100);
    expect(window.limit).toBe(12);
    window = round(window, 300);
    expect(window.limit).toBe(6);
    // And stays there, however calm it is.
    for (let now = 10_000; now < 100_000; now += 10_000) window = round(window, now);
    expect(window.limit).toBe(6);
  });

  test.each([
    ['that much', 173, 24],
    ['hardly less', 174, 6],
  ])('asks of twice the width that it carries a sixth more: %s', (_, roundMs, limit) => {
    const window = round(initialWindow(CONCURRENCY_LIMITS, 0), 100);
    expect(round(window, 100 + roundMs).limit).toBe(limit);
  });

  test('learns nothing from a round in which the lane had room', () => {
    let window = initialWindow(CONCURRENCY_LIMITS, 0);
    for (let file = 0; file < 100; file++) window = recordDelivery(window, 0, CONCURRENCY_LIMITS, 10 * file);
    expect(window.limit).toBe(6);
    expect(window.isProbing).toBe(true);
  });
});

describe('trouble', () => {
  test.each([
    [24, 12],
    [7, 3],
    [2, 1],
    [1, 1],
  ])('makes %d at once %d', (before, after) => {
    expect(recordOverload(calmAt(before), 0, 10).limit).toBe(after);
  });

  test('of requests that ran side by side counts once', () => {
    let window = calmAt(24);
    for (let at = 0; at < 24; at++) window = recordOverload(window, at, 100 + at);
    expect(window.limit).toBe(12);
  });

  test('of requests that began afterwards counts again', () => {
    const window = recordOverload(calmAt(24), 0, 100);
    expect(recordOverload(window, 101, 200).limit).toBe(6);
  });

  test('ends the doubling', () => {
    let window = recordOverload(initialWindow(CONCURRENCY_LIMITS, 0), 0, 10);
    for (let now = 100; now < 5000; now += 100) window = round(window, now);
    expect(window.limit).toBe(3);
  });

  test('is followed by one more each five seconds of calm', () => {
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

  test('that is told late puts off the next one more', () => {
    const window = recordOverload(recordOverload(calmAt(6), 0, 1000), 500, 4000);
    expect(window.limit).toBe(3);
    expect(recordDelivery(window, 0, CONCURRENCY_LIMITS, 8999).limit).toBe(3);
    expect(recordDelivery(window, 0, CONCURRENCY_LIMITS, 9000).limit).toBe(4);
  });

  test.each([
    ['is remembered for a minute, whatever happens meanwhile', 60_999, 3],
    ['is forgotten after that', 61_000, 6],
  ])('%s', (_, now, limit) => {
    const window = recordOverload(initialWindow(CONCURRENCY_LIMITS, 0), 0, 1000);
    expect(resumeWindow(window, CONCURRENCY_LIMITS, now).limit).toBe(limit);
  });
});

test('work that begins after a rest finds out anew what the line carries', () => {
  let window = initialWindow(CONCURRENCY_LIMITS, 0);
  for (const now of [100, 200]) window = round(window, now);
  expect(window.limit).toBe(24);
  expect(resumeWindow(window, CONCURRENCY_LIMITS, 300)).toEqual(initialWindow(CONCURRENCY_LIMITS, 300));
});

test('whatever comes through, and however often there is trouble, from 1 to 24 are dared', () => {
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

describe('beside what is under way', () => {
  const window = calmAt(6);

  function loadOf(sizes: readonly number[]): typeof NO_LOAD {
    return sizes.reduce((load, size) => changeLoad(load, size, 1, CONCURRENCY_LIMITS), NO_LOAD);
  }

  test.each([
    ['nothing, a small file', [], KIB, true],
    ['nothing, the largest file there is', [], 2000 * MIB, true],
    ['nothing, an empty file', [], 0, true],
    ['five, a sixth', Array(5).fill(KIB), KIB, true],
    ['six, a seventh', Array(6).fill(KIB), KIB, false],
    ['six, an empty one', Array(6).fill(KIB), 0, false],
    ['two large ones, a third', [5 * MIB, 5 * MIB], 5 * MIB, true],
    ['three large ones, a fourth', [5 * MIB, 5 * MIB, 5 * MIB], 5 * MIB, false],
    ['three large ones, two mebibytes', [5 * MIB, 5 * MIB, 5 * MIB], 2 * MIB, true],
    ['eight mebibytes, a byte', [2 * MIB, 2 * MIB, 2 * MIB, 2 * MIB], 1, false],
    ['eight mebibytes, an empty file', [2 * MIB, 2 * MIB, 2 * MIB, 2 * MIB], 0, true],
    ['a byte less, a byte', [2 * MIB, 2 * MIB, 2 * MIB, 2 * MIB - 1], 1, true],
  ])('%s has room: %#', (_, sizes: number[], size, expected) => {
    expect(hasRoom(loadOf(sizes), size, window, CONCURRENCY_LIMITS)).toBe(expected);
  });

  test('adding and taking away again leaves what was there', () => {
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
