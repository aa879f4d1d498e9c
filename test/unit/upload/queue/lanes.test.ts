import fc from 'fast-check';
import type { Lane, Lanes } from '../../../../src/upload/queue/lanes';
import { createLanes } from '../../../../src/upload/queue/lanes';
import { sendOver } from '../../../helpers/simulated-line';

const KIB = 1024;
const MIB = 1024 * KIB;
const LARGE = 5 * MIB;

function sizesOf(count: number, size: number): number[] {
  return Array.from({ length: count }, () => size);
}

/** How many files of a size find room. */
function enterAll(lanes: Lanes, size: number): Lane[] {
  const taken: Lane[] = [];
  while (lanes.hasRoom(size)) taken.push(lanes.enter(size));
  return taken;
}

function begin() {
  const clock = { now: 0 };
  return { clock, lanes: createLanes(() => clock.now) };
}

describe('lanes', () => {
  test('take six small files to begin with, and are full then', () => {
    const { lanes } = begin();
    expect(enterAll(lanes, KIB)).toHaveLength(6);
    expect([lanes.isFull(0), lanes.hasRoom(0)]).toEqual([true, false]);
  });

  test('take three large files, and a small one beside them', () => {
    const { lanes } = begin();
    expect(enterAll(lanes, LARGE)).toHaveLength(3);
    expect([lanes.isFull(0), lanes.hasRoom(KIB)]).toEqual([false, true]);
  });

  test('take any file where nothing else is under way', () => {
    const { lanes } = begin();
    expect(lanes.hasRoom(2000 * MIB)).toBe(true);
  });

  test('are given back once, however often it is said', () => {
    const { lanes } = begin();
    const [first, second] = enterAll(lanes, LARGE);
    first!.leave();
    first!.leave();
    expect(enterAll(lanes, LARGE)).toHaveLength(1);
    second!.leave();
    expect(enterAll(lanes, LARGE)).toHaveLength(1);
  });

  test('become fewer when all that is under way runs into a server with too much to do', () => {
    const { clock, lanes } = begin();
    const taken = enterAll(lanes, KIB);
    clock.now = 100;
    for (const lane of taken) {
      lane.overloaded();
      lane.leave();
    }
    expect(enterAll(lanes, KIB)).toHaveLength(3);
  });

  test('stay few when work begins again within the minute, and are as many as ever after that', () => {
    const { clock, lanes } = begin();
    const lane = lanes.enter(KIB);
    clock.now = 100;
    lane.overloaded();
    lane.leave();
    clock.now = 60_000;
    const few = enterAll(lanes, KIB);
    expect(few).toHaveLength(3);
    for (const each of few) each.leave();
    clock.now = 61_000;
    expect(enterAll(lanes, KIB)).toHaveLength(6);
  });

  test('can be set to another number', () => {
    const lanes = createLanes(() => 0, { firstRequests: 2, mostRequests: 2 });
    expect(enterAll(lanes, KIB)).toHaveLength(2);
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
        const { clock, lanes } = begin();
        const underWay: { size: number; lane: Lane }[] = [];
        for (const { size, end, which, afterMs } of events) {
          clock.now += afterMs;
          if (lanes.hasRoom(size)) underWay.push({ size, lane: lanes.enter(size) });
          const [ending] = end === 'none' ? [] : underWay.splice(which % Math.max(1, underWay.length), 1);
          if (end === 'delivered') ending?.lane.delivered(ending.size);
          if (end === 'overloaded') ending?.lane.overloaded();
          ending?.lane.leave();

          const sizes = underWay.map((each) => each.size);
          const bytes = sizes.reduce((sum, each) => sum + Math.min(each, 2 * MIB), 0);
          expect(sizes.length).toBeLessThanOrEqual(24);
          expect(sizes.filter((each) => each > 2 * MIB).length).toBeLessThanOrEqual(3);
          if (sizes.length > 1) expect(bytes).toBeLessThanOrEqual(8 * MIB);
          // Nothing under way, or something always goes on: nobody waits for nothing.
          if (sizes.length === 0) expect(lanes.hasRoom(100 * MIB)).toBe(true);
        }
        for (const { lane } of underWay) lane.leave();
        clock.now += 100_000;
        expect(enterAll(lanes, KIB)).toHaveLength(6);
      }),
    );
  });
});

describe('on a simulated line', () => {
  const WAN = { roundTripMs: 40, bytesPerMs: 25_000 };

  test('that carries any number of requests, small files get twenty-four lanes', () => {
    const { widths } = sendOver({ ...WAN, connections: Infinity }, sizesOf(300, 20 * KIB), createLanes);
    expect(Math.max(...widths)).toBe(24);
    expect(widths.at(-1)).toBe(24);
  });

  test('of six connections they come back to six lanes and stay there', () => {
    const { widths } = sendOver({ ...WAN, connections: 6 }, sizesOf(300, 20 * KIB), createLanes);
    expect(widths.indexOf(12)).toBeGreaterThan(0);
    const settled = widths.slice(60);
    expect(Math.max(...settled)).toBe(6);
  });

  test('twenty-four lanes are worth it: far less time than six take', () => {
    const line = { ...WAN, connections: Infinity };
    const sizes = sizesOf(300, 20 * KIB);
    const six = sendOver(line, sizes, (now) => createLanes(now, { firstRequests: 6, mostRequests: 6 }));
    expect(sendOver(line, sizes, createLanes).tookMs).toBeLessThan(six.tookMs / 2);
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
        const six = sendOver(facts, all, (now) => createLanes(now, { firstRequests: 6, mostRequests: 6 }));
        expect(sendOver(facts, all, createLanes).tookMs).toBeLessThanOrEqual(1.1 * six.tookMs);
      }),
      { numRuns: 50 },
    );
  }, 60_000);

  test('small files are not held behind large ones', () => {
    const sizes = [...sizesOf(10, 50 * MIB), ...sizesOf(10, 20 * KIB)];
    const { widths } = sendOver({ ...WAN, connections: Infinity }, sizes, createLanes);
    // Three large ones, and as many small ones beside them as there are lanes.
    expect(widths.slice(0, 6)).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

test('what takes no lane, such as a link, narrows them as well', () => {
  const lanes = createLanes(() => 1000);
  lanes.overloaded(1000);
  for (let lane = 0; lane < 3; lane++) lanes.enter(10);
  expect(lanes.isFull(0)).toBe(true);
});

test('narrow lanes keep one free of large files', () => {
  const lanes = createLanes(() => 1000);
  lanes.overloaded(1000);
  lanes.enter(100 * MIB);
  lanes.enter(100 * MIB);
  expect([lanes.hasRoom(100 * MIB), lanes.hasRoom(10)]).toEqual([false, true]);
});

test('files that wait to be tried again keep their place, but three of them stop nobody', () => {
  const lanes = createLanes(() => 1000);
  expect([lanes.isFull(5), lanes.isFull(6)]).toEqual([false, true]);
  lanes.enter(10);
  expect([lanes.isFull(4), lanes.isFull(5)]).toEqual([false, true]);
  lanes.overloaded(1000);
  lanes.overloaded(2000);
  expect([lanes.isFull(1), lanes.isFull(2)]).toEqual([true, true]);
});
