import fc from 'fast-check';
import type { Slot, ConcurrencyLimiter } from '../../../../src/upload/queue/adaptive-concurrency';
import { createConcurrencyLimiter } from '../../../../src/upload/queue/adaptive-concurrency';
import { sendOver } from '../../../helpers/simulated-line';

const KIB = 1024;
const MIB = 1024 * KIB;
const LARGE = 5 * MIB;

function sizesOf(count: number, size: number): number[] {
  return Array.from({ length: count }, () => size);
}

/** How many files of a size find room. */
function enterAll(limiter: ConcurrencyLimiter, size: number): Slot[] {
  const taken: Slot[] = [];
  while (limiter.hasRoom(size)) taken.push(limiter.acquire(size));
  return taken;
}

function begin() {
  const clock = { now: 0 };
  return { clock, limiter: createConcurrencyLimiter(() => clock.now) };
}

describe('lanes', () => {
  test('take six small files to begin with, and are full then', () => {
    const { limiter } = begin();
    expect(enterAll(limiter, KIB)).toHaveLength(6);
    expect([limiter.isFull(0), limiter.hasRoom(0)]).toEqual([true, false]);
  });

  test('take three large files, and a small one beside them', () => {
    const { limiter } = begin();
    expect(enterAll(limiter, LARGE)).toHaveLength(3);
    expect([limiter.isFull(0), limiter.hasRoom(KIB)]).toEqual([false, true]);
  });

  test('take any file where nothing else is under way', () => {
    const { limiter } = begin();
    expect(limiter.hasRoom(2000 * MIB)).toBe(true);
  });

  test('are given back once, however often it is said', () => {
    const { limiter } = begin();
    const [first, second] = enterAll(limiter, LARGE);
    first!.release();
    first!.release();
    expect(enterAll(limiter, LARGE)).toHaveLength(1);
    second!.release();
    expect(enterAll(limiter, LARGE)).toHaveLength(1);
  });

  test('become fewer when all that is under way runs into a server with too much to do', () => {
    const { clock, limiter } = begin();
    const taken = enterAll(limiter, KIB);
    clock.now = 100;
    for (const slot of taken) {
      slot.recordOverload();
      slot.release();
    }
    expect(enterAll(limiter, KIB)).toHaveLength(3);
  });

  test('stay few when work begins again within the minute, and are as many as ever after that', () => {
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

  test('can be set to another number', () => {
    const limiter = createConcurrencyLimiter(() => 0, { initialRequests: 2, maxRequests: 2 });
    expect(enterAll(limiter, KIB)).toHaveLength(2);
  });

  test('whatever comes and goes, bound requests, bytes and large files, and are all free in the end', () => {
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
          // Nothing under way, or something always goes on: nobody waits for nothing.
          if (sizes.length === 0) expect(limiter.hasRoom(100 * MIB)).toBe(true);
        }
        for (const { slot } of underWay) slot.release();
        clock.now += 100_000;
        expect(enterAll(limiter, KIB)).toHaveLength(6);
      }),
    );
  });
});

describe('on a simulated line', () => {
  const WAN = { roundTripMs: 40, bytesPerMs: 25_000 };

  test('that carries any number of requests, small files get twenty-four lanes', () => {
    const { widths } = sendOver(
      { ...WAN, connections: Infinity },
      sizesOf(300, 20 * KIB),
      createConcurrencyLimiter,
    );
    expect(Math.max(...widths)).toBe(24);
    expect(widths.at(-1)).toBe(24);
  });

  test('of six connections they come back to six limiter and stay there', () => {
    const { widths } = sendOver({ ...WAN, connections: 6 }, sizesOf(300, 20 * KIB), createConcurrencyLimiter);
    expect(widths.indexOf(12)).toBeGreaterThan(0);
    const settled = widths.slice(60);
    expect(Math.max(...settled)).toBe(6);
  });

  test('twenty-four limiter are worth it: far less time than six take', () => {
    const line = { ...WAN, connections: Infinity };
    const sizes = sizesOf(300, 20 * KIB);
    const six = sendOver(line, sizes, (now) =>
      createConcurrencyLimiter(now, { initialRequests: 6, maxRequests: 6 }),
    );
    expect(sendOver(line, sizes, createConcurrencyLimiter).tookMs).toBeLessThan(six.tookMs / 2);
  });

  test('whatever it carries, they are never slower by more than a tenth than six would be', () => {
    const line = fc.record({
      connections: fc.constantFrom(6, 100),
      roundTripMs: fc.integer({ min: 1, max: 300 }),
      bytesPerMs: fc.integer({ min: 100, max: 100_000 }),
    });
    const sizes = fc.array(fc.integer({ min: 1, max: 300 * KIB }), { minLength: 50, maxLength: 150 });
    fc.assert(
      fc.property(line, sizes, (facts, all) => {
        const six = sendOver(facts, all, (now) =>
          createConcurrencyLimiter(now, { initialRequests: 6, maxRequests: 6 }),
        );
        expect(sendOver(facts, all, createConcurrencyLimiter).tookMs).toBeLessThanOrEqual(1.1 * six.tookMs);
      }),
      { numRuns: 50 },
    );
  }, 60_000);

  test('small files are not held behind large ones', () => {
    const sizes = [...sizesOf(10, 50 * MIB), ...sizesOf(10, 20 * KIB)];
    const { widths } = sendOver({ ...WAN, connections: Infinity }, sizes, createConcurrencyLimiter);
    // Three large ones, and as many small ones beside them as there are limiter.
    expect(widths.slice(0, 6)).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

test('what takes no slot, such as a link, narrows them as well', () => {
  const limiter = createConcurrencyLimiter(() => 1000);
  limiter.recordOverload(1000);
  for (let slot = 0; slot < 3; slot++) limiter.acquire(10);
  expect(limiter.isFull(0)).toBe(true);
});

test('narrow limiter keep one free of large files', () => {
  const limiter = createConcurrencyLimiter(() => 1000);
  limiter.recordOverload(1000);
  limiter.acquire(100 * MIB);
  limiter.acquire(100 * MIB);
  expect([limiter.hasRoom(100 * MIB), limiter.hasRoom(10)]).toEqual([false, true]);
});

test('files that wait to be tried again keep their place, but three of them stop nobody', () => {
  const limiter = createConcurrencyLimiter(() => 1000);
  expect([limiter.isFull(5), limiter.isFull(6)]).toEqual([false, true]);
  limiter.acquire(10);
  expect([limiter.isFull(4), limiter.isFull(5)]).toEqual([false, true]);
  limiter.recordOverload(1000);
  limiter.recordOverload(2000);
  expect([limiter.isFull(1), limiter.isFull(2)]).toEqual([true, true]);
});
