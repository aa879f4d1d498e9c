import fc from 'fast-check';
import type { Slot, ConcurrencyLimiter } from '../../../../src/upload/queue/adaptive-concurrency';
import { createConcurrencyLimiter } from '../../../../src/upload/queue/adaptive-concurrency';
import { sendOver } from '../../../helpers/simulated-connection';

const KIB = 1024;
const MIB = 1024 * KIB;
const LARGE = 5 * MIB;

function sizesOf(count: number, size: number): number[] {
  return Array.from({ length: count }, () => size);
}

/** Acquires slots for files of this size until there is no room. */
function enterAll(limiter: ConcurrencyLimiter, size: number): Slot[] {
  const taken: Slot[] = [];
  while (limiter.hasRoom(size)) taken.push(limiter.acquire(size));
  return taken;
}

function begin() {
  const clock = { now: 0 };
  return { clock, limiter: createConcurrencyLimiter(() => clock.now) };
}

describe('ConcurrencyLimiter', () => {
  test('accepts six small files at first', () => {
    const { limiter } = begin();
    expect(enterAll(limiter, KIB)).toHaveLength(6);
    expect([limiter.isFull(0), limiter.hasRoom(0)]).toEqual([true, false]);
  });

  test('accepts three large files and a small one', () => {
    const { limiter } = begin();
    expect(enterAll(limiter, LARGE)).toHaveLength(3);
    expect([limiter.isFull(0), limiter.hasRoom(KIB)]).toEqual([false, true]);
  });

  test('accepts a file of any size when idle', () => {
    const { limiter } = begin();
    expect(limiter.hasRoom(2000 * MIB)).toBe(true);
  });

  test('frees a slot once, even if it is released twice', () => {
    const { limiter } = begin();
    const [first, second] = enterAll(limiter, LARGE);
    first!.release();
    first!.release();
    expect(enterAll(limiter, LARGE)).toHaveLength(1);
    second!.release();
    expect(enterAll(limiter, LARGE)).toHaveLength(1);
  });

  test('has fewer slots after an overload of all requests', () => {
    const { clock, limiter } = begin();
    const taken = enterAll(limiter, KIB);
    clock.now = 100;
    for (const slot of taken) {
      slot.recordOverload();
      slot.release();
    }
    expect(enterAll(limiter, KIB)).toHaveLength(3);
  });

  test('keeps its lower limit for a minute of idle time and resets it afterwards', () => {
    const { clock, limiter } = begin();
    const slot = limiter.acquire(KIB);
    clock.now = 100;
    slot.recordOverload();
    slot.release();
    clock.now = 60_000;
    const few = enterAll(limiter, KIB);
    expect(few).toHaveLength(3);
    for (const each of few) each.release();
    clock.now = 61_000;
    expect(enterAll(limiter, KIB)).toHaveLength(6);
  });

  test('accepts other limits', () => {
    const limiter = createConcurrencyLimiter(() => 0, { initialRequests: 2, maxRequests: 2 });
    expect(enterAll(limiter, KIB)).toHaveLength(2);
  });

  test('limits requests, bytes and large files for any load, and frees all slots in the end', () => {
    const event = fc.record({
      size: fc.oneof(fc.constant(0), fc.nat(100 * KIB), fc.nat(3 * MIB), fc.constant(100 * MIB)),
      end: fc.constantFrom('none', 'delivered', 'overloaded', 'cancelled'),
      which: fc.nat(30),
      afterMs: fc.nat(2000),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 100 }), (events) => {
        const { clock, limiter } = begin();
        const underWay: { size: number; slot: Slot }[] = [];
        for (const { size, end, which, afterMs } of events) {
          clock.now += afterMs;
          if (limiter.hasRoom(size)) underWay.push({ size, slot: limiter.acquire(size) });
          const [ending] = end === 'none' ? [] : underWay.splice(which % Math.max(1, underWay.length), 1);
          if (end === 'delivered') ending?.slot.recordDelivery(ending.size);
          if (end === 'overloaded') ending?.slot.recordOverload();
          ending?.slot.release();

          const sizes = underWay.map((each) => each.size);
          const bytes = sizes.reduce((sum, each) => sum + Math.min(each, 2 * MIB), 0);
          expect(sizes.length).toBeLessThanOrEqual(24);
          expect(sizes.filter((each) => each > 2 * MIB).length).toBeLessThanOrEqual(3);
          if (sizes.length > 1) expect(bytes).toBeLessThanOrEqual(8 * MIB);
          // An idle limiter accepts any file, so the queue never stalls.
          if (sizes.length === 0) expect(limiter.hasRoom(100 * MIB)).toBe(true);
        }
        for (const { slot } of underWay) slot.release();
        clock.now += 100_000;
        expect(enterAll(limiter, KIB)).toHaveLength(6);
      }),
    );
  });
});

describe('ConcurrencyLimiter on a simulated connection', () => {
  const WAN = { roundTripMs: 40, bytesPerMs: 25_000 };

  test('sends 24 small files in parallel if their number is unlimited', () => {
    const { widths } = sendOver(
      { ...WAN, connections: Infinity },
      sizesOf(300, 20 * KIB),
      createConcurrencyLimiter,
    );
    expect(Math.max(...widths)).toBe(24);
    expect(widths.at(-1)).toBe(24);
  });

  test('returns to six requests if the browser has six connections', () => {
    const { widths } = sendOver({ ...WAN, connections: 6 }, sizesOf(300, 20 * KIB), createConcurrencyLimiter);
    expect(widths.indexOf(12)).toBeGreaterThan(0);
    const settled = widths.slice(60);
    expect(Math.max(...settled)).toBe(6);
  });

  test('needs less than half the time of six parallel requests', () => {
    const connection = { ...WAN, connections: Infinity };
    const sizes = sizesOf(300, 20 * KIB);
    const six = sendOver(connection, sizes, (now) =>
      createConcurrencyLimiter(now, { initialRequests: 6, maxRequests: 6 }),
    );
    expect(sendOver(connection, sizes, createConcurrencyLimiter).tookMs).toBeLessThan(six.tookMs / 2);
  });

  test('is at most a tenth slower than six parallel requests on any connection', () => {
    const connection = fc.record({
      connections: fc.constantFrom(6, 100),
      roundTripMs: fc.integer({ min: 1, max: 300 }),
      bytesPerMs: fc.integer({ min: 100, max: 100_000 }),
    });
    const sizes = fc.array(fc.integer({ min: 1, max: 300 * KIB }), { minLength: 50, maxLength: 150 });
    fc.assert(
      fc.property(connection, sizes, (facts, all) => {
        const six = sendOver(facts, all, (now) =>
          createConcurrencyLimiter(now, { initialRequests: 6, maxRequests: 6 }),
        );
        expect(sendOver(facts, all, createConcurrencyLimiter).tookMs).toBeLessThanOrEqual(1.1 * six.tookMs);
      }),
      { numRuns: 50 },
    );
  }, 60_000);

  test('sends small files next to large ones', () => {
    const sizes = [...sizesOf(10, 50 * MIB), ...sizesOf(10, 20 * KIB)];
    const { widths } = sendOver({ ...WAN, connections: Infinity }, sizes, createConcurrencyLimiter);
    // Three large files, and small ones in all other slots.
    expect(widths.slice(0, 6)).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

test('ConcurrencyLimiter lowers its limit after an overload reported without a slot, as by a link', () => {
  const limiter = createConcurrencyLimiter(() => 1000);
  limiter.recordOverload(1000);
  for (let slot = 0; slot < 3; slot++) limiter.acquire(10);
  expect(limiter.isFull(0)).toBe(true);
});

test('ConcurrencyLimiter reserves a slot for small files under a low limit', () => {
  const limiter = createConcurrencyLimiter(() => 1000);
  limiter.recordOverload(1000);
  limiter.acquire(100 * MIB);
  limiter.acquire(100 * MIB);
  expect([limiter.hasRoom(100 * MIB), limiter.hasRoom(10)]).toEqual([false, true]);
});

test('ConcurrencyLimiter counts files waiting for a retry, but up to three of them block no other file', () => {
  const limiter = createConcurrencyLimiter(() => 1000);
  expect([limiter.isFull(5), limiter.isFull(6)]).toEqual([false, true]);
  limiter.acquire(10);
  expect([limiter.isFull(4), limiter.isFull(5)]).toEqual([false, true]);
  limiter.recordOverload(1000);
  limiter.recordOverload(2000);
  expect([limiter.isFull(1), limiter.isFull(2)]).toEqual([true, true]);
});
