import fc from 'fast-check';
import { predictZip, MAX_SAMPLED_BYTES, sampleRanges } from '../../../../src/upload/over-limit/predict-zip';
import { zipFiles } from '../../../../src/upload/over-limit/zip-file';
import { corpus } from './corpus';

const MIB = 2 ** 20;

/** A file of any size, without its bytes: reads are recorded. */
function imaginary(size: number, readBytes: (start: number, end: number) => Promise<ArrayBuffer>) {
  const reads: number[] = [];
  const source = {
    size,
    slice: (start: number, end: number) => ({
      arrayBuffer: () => {
        reads.push(end - start);
        return readBytes(start, end);
      },
    }),
  } as unknown as Blob;
  return { source, reads };
}

test.each([...corpus(6 * MIB)])('predictZip is at most 10 %% wrong about %s', async (name, content) => {
  const source = new Blob([new Uint8Array(content())]);
  const [prediction, made] = await Promise.all([predictZip({ name, source }), zipFiles([{ name, source }])]);
  if (prediction.kind !== 'predicted' || made.kind !== 'made') throw new Error('There is no zip.');
  const error = Math.abs(prediction.bytes - made.zip.size) / made.zip.size;
  expect(error).toBeLessThan(0.1);
});

test('predictZip predicts the zip of a small file and of an empty one from all bytes', async () => {
  for (const text of ['', 'a', 'Wörter '.repeat(9000)]) {
    const file = { name: 'é.txt', source: new Blob([text]) };
    const [prediction, made] = await Promise.all([predictZip(file), zipFiles([file])]);
    if (prediction.kind !== 'predicted' || made.kind !== 'made') throw new Error('There is no zip.');
    expect(Math.abs(prediction.bytes - made.zip.size)).toBeLessThan(100);
  }
});

test('predictZip reads at most 2 MiB inside of the file, and never throws', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.nat(4 * MIB), fc.nat({ max: 2 ** 40 })),
      fc.constantFrom('bytes', 'fail', 'short', 'throw'),
      fc.nat(31),
      async (size, behavior, failAt) => {
        let count = 0;
        const { source, reads } = imaginary(size, (start, end) => {
          if (count++ < failAt || behavior === 'bytes')
            return Promise.resolve(new ArrayBuffer(Math.min(end - start, 64)));
          if (behavior === 'short') return Promise.resolve(new ArrayBuffer(0));
          const error = new DOMException('gone', 'NotReadableError');
          if (behavior === 'throw') throw error;
          return Promise.reject(error);
        });
        const prediction = await predictZip({ name: 'a', source });
        expect(reads.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(MAX_SAMPLED_BYTES);
        if (prediction.kind === 'predicted') expect(Number.isSafeInteger(prediction.bytes)).toBe(true);
        else expect(prediction.reason).toBe('unreadable');
      },
    ),
    { numRuns: 60 },
  );
});

test('The samples are inside of the file and do not overlap', () => {
  fc.assert(
    fc.property(fc.oneof(fc.nat(4 * MIB), fc.nat({ max: 2 ** 45 })), (size) => {
      let last = 0;
      for (const { start, end } of sampleRanges(size)) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(end).toBeGreaterThan(start);
        last = end;
      }
      expect(last).toBeLessThanOrEqual(size);
    }),
  );
});

test('predictZip rejects after an abort', async () => {
  const controller = new AbortController();
  controller.abort();
  const file = { name: 'a', source: new Blob(['text']) };
  await expect(predictZip(file, controller.signal)).rejects.toThrow(/abort/i);
});

test.each([
  ['a missing one', undefined],
  [
    'one without this format',
    function Deflater(): never {
      throw new TypeError('Unsupported format');
    },
  ],
])('predictZip and zipFiles need compression by the browser, and report %s', async (_, Deflater) => {
  const before = globalThis.CompressionStream;
  Object.assign(globalThis, { CompressionStream: Deflater });
  try {
    const file = { name: 'a', source: new Blob(['text']) };
    const unavailable = { kind: 'unavailable', reason: 'no-compression' };
    expect(await predictZip(file)).toEqual(unavailable);
    expect(await zipFiles([file])).toEqual(unavailable);
  } finally {
    globalThis.CompressionStream = before;
  }
});
