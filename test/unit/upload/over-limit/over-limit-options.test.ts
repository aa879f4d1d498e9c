import type { OverLimitLoaders } from '../../../../src/upload/over-limit/over-limit-options';
import { listOverLimitOptions } from '../../../../src/upload/over-limit/over-limit-options';

const MIB = 2 ** 20;

function fileNamed(name: string, freeSlots = 100) {
  return { name, source: { size: 120 * MIB } as Blob, limitBytes: 60 * MIB, freeSlots };
}

const video = {
  name: 'a (smaller).mp4',
  format: 'mp4',
  width: 1280,
  height: 720,
  bytes: 5,
  minutes: 2,
} as const;
const image = { name: 'a (smaller).webp', width: 10, height: 10, bytes: 5 };

/** Loaders with a zip of this size. */
function loaders(zipBytes: number, others: Partial<OverLimitLoaders> = {}): OverLimitLoaders {
  return {
    loadZip: () => Promise.resolve(() => Promise.resolve({ kind: 'predicted', bytes: zipBytes })),
    loadImage: () => Promise.resolve(() => Promise.resolve({ kind: 'predicted', prediction: image })),
    loadVideo: () => Promise.resolve(() => Promise.resolve({ kind: 'predicted', prediction: video })),
    ...others,
  };
}

const split = { kind: 'split', prediction: { count: 3, volumeBytes: 57 * MIB } };

test('listOverLimitOptions puts a smaller video before a split, and a zip that does not fit last', async () => {
  expect(await listOverLimitOptions(fileNamed('a.mov'), loaders(119 * MIB))).toEqual([
    { kind: 'shrink-video', prediction: video },
    split,
    { kind: 'zip', unavailable: 'too-large', bytes: 119 * MIB },
  ]);
});

test('listOverLimitOptions puts a zip before a split, and shrinks only images and videos', async () => {
  const zip = { kind: 'zip', prediction: { bytes: 5 * MIB } };
  expect(await listOverLimitOptions(fileNamed('a.log'), loaders(5 * MIB))).toEqual([zip, split]);
  expect(await listOverLimitOptions(fileNamed('a.png'), loaders(5 * MIB))).toEqual([
    { kind: 'shrink-image', prediction: image },
    zip,
    split,
  ]);
});

test('listOverLimitOptions gives the reasons of the ways that are not possible', async () => {
  const options = await listOverLimitOptions(
    fileNamed('a.mp4', 2),
    loaders(0, {
      loadZip: () => Promise.reject(new Error('offline')),
      loadVideo: () => Promise.resolve(() => Promise.resolve({ kind: 'unavailable', reason: 'insecure' })),
    }),
  );
  expect(options).toEqual([
    { kind: 'shrink-video', unavailable: 'insecure' },
    { kind: 'zip', unavailable: 'not-loaded' },
    { ...split, unavailable: 'no-room' },
  ]);
});

test('listOverLimitOptions rejects after an abort', async () => {
  const signal = AbortSignal.abort();
  await expect(listOverLimitOptions(fileNamed('a.log'), loaders(1), signal)).rejects.toThrow(/abort/i);
});
