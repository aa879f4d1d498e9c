import fc from 'fast-check';
import { haveSameBytes } from '../../../../src/upload/transport/chunked-transfer';
import { rejectionOf } from '../../../helpers/deferred';

const SLICE = 4 * 1024 * 1024;
const signal = new AbortController().signal;

/** Each differs from its neighbors. */
const CONTENT = new Uint8Array(2 * SLICE + 3).map((_, at) => (at * 31 + (at >> 8)) % 251);

/** Bytes with a different one at `changed`. */
function bytes(size: number, changed?: number): Blob {
  const content = CONTENT.slice(0, size);
  if (changed !== undefined) content[changed]! ^= 1;
  return new Blob([content]);
}

/** Around the boundaries of 32-bit words and of slices. */
const SIZES = [0, 1, 2, 3, 4, 5, 7, 8, 9, SLICE - 1, SLICE, SLICE + 1, SLICE + 5, 2 * SLICE + 3];

test.each(SIZES)('haveSameBytes returns true for a copy of %d bytes', async (size) => {
  expect(await haveSameBytes(bytes(size), bytes(size), signal)).toBe(true);
});

test.each(SIZES.filter((size) => size > 0))(
  'haveSameBytes detects one different byte among %d, at any place',
  async (size) => {
    const places = [0, 1, 3, 4, size - 4, size - 1, SLICE - 1, SLICE, SLICE + 1, 2 * SLICE];
    const file = bytes(size);
    for (const place of new Set(places.filter((at) => at >= 0 && at < size))) {
      expect(await haveSameBytes(file, bytes(size, place), signal)).toBe(false);
    }
  },
);

test.each([0, 1, 4, SLICE - 1, SLICE])('haveSameBytes distinguishes %d bytes from one more', async (size) => {
  expect(await haveSameBytes(bytes(size), bytes(size + 1), signal)).toBe(false);
  expect(await haveSameBytes(bytes(size + 1), bytes(size), signal)).toBe(false);
});

test('haveSameBytes returns true only if all bytes are equal', async () => {
  const content = fc.uint8Array({ maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(content, content, async (a, b) => {
      const expected = Buffer.compare(a, b) === 0;
      expect(await haveSameBytes(new Blob([a]), new Blob([b]), signal)).toBe(expected);
      expect(await haveSameBytes(new Blob([a]), new Blob([Uint8Array.from(a)]), signal)).toBe(true);
    }),
  );
});

test('haveSameBytes does not read blobs of different sizes', async () => {
  const [a, b] = [bytes(5), bytes(6)];
  const reads = [a, b].map((blob) => jest.spyOn(blob, 'slice'));
  await haveSameBytes(a, b, signal);
  for (const read of reads) expect(read).not.toHaveBeenCalled();
});

test('haveSameBytes stops at the first difference', async () => {
  const file = bytes(2 * SLICE);
  const read = jest.spyOn(file, 'slice');
  await haveSameBytes(file, bytes(2 * SLICE, 1), signal);
  expect(read.mock.calls).toEqual([[0, SLICE]]);
});

test('haveSameBytes reads one slice of each blob at a time', async () => {
  const file = bytes(2 * SLICE + 3);
  const read = jest.spyOn(file, 'slice');
  await haveSameBytes(file, bytes(2 * SLICE + 3), signal);
  expect(read.mock.calls).toEqual([
    [0, SLICE],
    [SLICE, 2 * SLICE],
    [2 * SLICE, 3 * SLICE],
  ]);
});

test('haveSameBytes stops after an abort', async () => {
  const controller = new AbortController();
  const result = rejectionOf(haveSameBytes(bytes(5), bytes(5), controller.signal));
  controller.abort();
  expect(await result).toMatchObject({ name: 'AbortError' });
});

test('haveSameBytes rejects when a file has been deleted', async () => {
  const gone = new DOMException('Gone.', 'NotFoundError');
  const file = bytes(5);
  jest.spyOn(file, 'slice').mockReturnValue({ arrayBuffer: () => Promise.reject(gone) } as unknown as Blob);
  expect(await rejectionOf(haveSameBytes(file, bytes(5), signal))).toBe(gone);
});

test('haveSameBytes returns false for a short slice', async () => {
  const file = bytes(5);
  jest.spyOn(file, 'slice').mockReturnValue(bytes(4));
  expect(await haveSameBytes(file, bytes(5), signal)).toBe(false);
});
