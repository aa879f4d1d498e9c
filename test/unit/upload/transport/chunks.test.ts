import fc from 'fast-check';
import type { ByteRange } from '../../../../src/upload/transport/chunks';
import {
  chunkAt,
  contentRange,
  INITIAL_CHUNK_BYTES,
  firstChunkBytes,
  MAX_CHUNK_BYTES,
  lengthOf,
  nextChunkBytes,
  MIN_CHUNK_BYTES,
  smallerChunkBytes,
} from '../../../../src/upload/transport/chunks';

const MIB = 1024 * 1024;

describe('ByteRange', () => {
  test.each([
    [0, 100, 250, { first: 0, last: 99 }],
    [200, 100, 250, { first: 200, last: 249 }],
    [249, 100, 250, { first: 249, last: 249 }],
    [0, 250, 250, { first: 0, last: 249 }],
    [0, 251, 250, { first: 0, last: 249 }],
  ])('starts at %d and holds up to %d of %d bytes', (first, chunkBytes, total, range) => {
    expect(chunkAt(first, chunkBytes, total)).toEqual(range);
  });

  test.each([
    [{ first: 0, last: 0 }, 1],
    [{ first: 0, last: 39_999 }, 40_000],
    [{ first: 40_000, last: 49_999 }, 10_000],
  ])('%j has a length of %d bytes, including the last one', (range, length) => {
    expect(lengthOf(range)).toBe(length);
  });

  test('is formatted like in the specification', () => {
    expect(contentRange({ first: 0, last: 39_999 }, 50_000)).toBe('bytes 0-39999/50000');
    expect(contentRange({ first: 40_000, last: 49_999 }, 50_000)).toBe('bytes 40000-49999/50000');
  });

  test('covers the file without gap or overlap for any sizes', () => {
    const total = fc.integer({ min: 1, max: 3_000_000_000 });
    const sizes = fc.array(fc.integer({ min: 1, max: MAX_CHUNK_BYTES }), { minLength: 1 });
    fc.assert(
      fc.property(total, sizes, (bytes, chunkSizes) => {
        const ranges: ByteRange[] = [];
        for (let first = 0; first < bytes;) {
          const size = chunkSizes[ranges.length % chunkSizes.length]!;
          // Small chunks of a large file would take too long to check.
          const range = chunkAt(first, Math.max(size, Math.ceil(bytes / 200)), bytes);
          ranges.push(range);
          first = range.last + 1;
        }
        expect(ranges[0]!.first).toBe(0);
        expect(ranges.at(-1)!.last).toBe(bytes - 1);
        ranges.forEach((range, at) => {
          expect(lengthOf(range)).toBeGreaterThan(0);
          expect(range.first).toBe(at === 0 ? 0 : ranges[at - 1]!.last + 1);
        });
        expect(ranges.reduce((sum, range) => sum + lengthOf(range), 0)).toBe(bytes);
      }),
    );
  });
});

describe('chunk size', () => {
  test.each([
    ['unknown', undefined, 8],
    ['dead', 0, 1],
    ['very slow', 10_000, 1],
    ['slow', 2 * MIB, 4],
    ['fast', 4 * MIB, 8],
    ['very fast', 1000 * MIB, 8],
  ])('starts with a suitable value on a connection that is %s', (_, bytesPerSecond, mebibytes) => {
    expect(firstChunkBytes(bytesPerSecond)).toBe(mebibytes * MIB);
  });

  test.each([
    ['one second: twice as much takes two', 8, 1000, 16],
    ['no time: twice as much, and no more', 8, 0, 16],
    ['less than no time, when the clock was put back: as it is', 8, -5, 8],
    ['a second and a half', 9, 1500, 12],
    ['two seconds: just right', 8, 2000, 8],
    ['ten seconds: still bearable', 8, 10_000, 8],
    ['twenty seconds: what takes ten', 8, 20_000, 4],
    ['for ever: the least there is', 64, 3_600_000, 1],
    ['one second and is the largest: as it is', 64, 1000, 64],
  ])('adapts after a chunk that took %s', (_, before, elapsedMs, after) => {
    expect(nextChunkBytes(before * MIB, elapsedMs)).toBe(after * MIB);
  });

  test.each([
    [64, 32],
    [7, 3],
    [1.5, 1],
    [1, 1],
  ])('after a failure of %d MiB is %d MiB', (before, after) => {
    expect(smallerChunkBytes(before * MIB)).toBe(after * MIB);
  });

  test('is always whole and between 1 and 64 MiB', () => {
    const chunk = fc.integer({ min: 1, max: MAX_CHUNK_BYTES });
    const speed = fc.option(fc.double({ min: 0, max: 1e12, noNaN: true }), { nil: undefined });
    const elapsed = fc.double({ min: -1e9, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(chunk, speed, elapsed, (before, bytesPerSecond, elapsedMs) => {
        for (const size of [
          firstChunkBytes(bytesPerSecond),
          nextChunkBytes(before, elapsedMs),
          smallerChunkBytes(before),
        ]) {
          expect(size % MIB).toBe(0);
          expect(size).toBeGreaterThanOrEqual(MIN_CHUNK_BYTES);
          expect(size).toBeLessThanOrEqual(MAX_CHUNK_BYTES);
        }
      }),
    );
    expect(INITIAL_CHUNK_BYTES % MIB).toBe(0);
  });
});

describe('chunk size on a simulated connection', () => {
  /** Durations of all chunks of a large file, in milliseconds. */
  function send(chunks: number, timeOf: (chunkBytes: number, at: number) => number, bytesPerSecond?: number) {
    let chunkBytes = firstChunkBytes(bytesPerSecond);
    return Array.from({ length: chunks }, (_, at) => {
      const elapsedMs = timeOf(chunkBytes, at);
      const sent = { chunkBytes, elapsedMs };
      chunkBytes = nextChunkBytes(chunkBytes, elapsedMs);
      return sent;
    });
  }

  /** From 1 Mbit/s to 10 Gbit/s. */
  const line = fc.record({
    bytesPerMs: fc.double({ min: 125, max: 1_250_000, noNaN: true }),
    roundTripMs: fc.double({ min: 0.1, max: 500, noNaN: true }),
    isKnown: fc.boolean(),
  });

  test('settles at about two seconds or at the maximum', () => {
    fc.assert(
      fc.property(line, ({ bytesPerMs, roundTripMs, isKnown }) => {
        const timeOf = (bytes: number): number => roundTripMs + bytes / bytesPerMs;
        const { chunkBytes, elapsedMs } = send(12, timeOf, isKnown ? bytesPerMs * 1000 : undefined).at(-1)!;
        if (chunkBytes > MIN_CHUNK_BYTES) expect(elapsedMs).toBeLessThanOrEqual(10_000);
        if (chunkBytes === MAX_CHUNK_BYTES || elapsedMs >= 1500) return;
        // Chunks grow by whole MiB, so very small ones stay if the next step is too large.
        expect(chunkBytes).toBeLessThan(3 * MIB);
        expect((2000 * chunkBytes) / elapsedMs).toBeLessThan(chunkBytes + MIB);
      }),
    );
  });

  test('allows no second chunk over ten seconds, except at the minimum', () => {
    fc.assert(
      fc.property(line, ({ bytesPerMs, roundTripMs }) => {
        const tooLong = send(12, (bytes) => roundTripMs + bytes / bytesPerMs).filter(isTooLong);
        expect(tooLong.length).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('at most doubles after one fast chunk', () => {
    fc.assert(
      fc.property(line, fc.nat(10), ({ bytesPerMs, roundTripMs }, lucky) => {
        const sent = send(12, (bytes, at) => (at === lucky ? 1 : roundTripMs + bytes / bytesPerMs));
        expect(sent[lucky + 1]!.chunkBytes).toBeLessThanOrEqual(2 * sent[lucky]!.chunkBytes);
      }),
    );
  });

  test('exceeds the limit for one chunk after any slowdown', () => {
    const factor = fc.double({ min: 1, max: 100, noNaN: true });
    fc.assert(
      fc.property(line, factor, ({ bytesPerMs, roundTripMs }, times) => {
        const timeOf = (bytes: number, at: number): number =>
          roundTripMs + (bytes * (at < 10 ? 1 : times)) / bytesPerMs;
        expect(send(16, timeOf).slice(10).filter(isTooLong).length).toBeLessThanOrEqual(1);
      }),
    );
  });

  /** The round trip is on top of the estimate. */
  function isTooLong({ chunkBytes, elapsedMs }: { chunkBytes: number; elapsedMs: number }): boolean {
    return elapsedMs > 10_500 && chunkBytes > MIN_CHUNK_BYTES;
  }
});
