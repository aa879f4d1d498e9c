import { unzipSync } from 'fflate';
import fc from 'fast-check';
import { zipFiles, zipName } from '../../../../src/upload/over-limit/zip-file';
import { log, noise } from './corpus';

/** Contents of a zip, by name. */
async function contentsOf(zip: Blob): Promise<Readonly<Record<string, string>>> {
  const entries = unzipSync(new Uint8Array(await zip.arrayBuffer()));
  return Object.fromEntries(
    Object.entries(entries).map(([name, bytes]) => [name, Buffer.from(bytes).toString('latin1')]),
  );
}

test('zipName adds its ending and stays within the length of names', () => {
  expect(zipName('build.log')).toBe('build.log.zip');
  expect(zipName('README')).toBe('README.zip');
  const long = zipName(`${'x'.repeat(300)}.log`);
  expect(long).toHaveLength(255);
  expect(long).toMatch(/x\.log\.zip$/);
});

test('zipFiles compresses files, numbers equal names and reports its progress', async () => {
  const content = log(1_000_000);
  const files = ['a.log', 'A.log', 'folder/b.txt'].map((name) => ({
    name,
    source: new Blob([new Uint8Array(content)]),
  }));
  const progress: number[] = [];
  const made = await zipFiles(files, { onProgress: (bytes) => progress.push(bytes) });
  if (made.kind !== 'made') throw new Error(made.reason);
  const contents = await contentsOf(made.zip);
  expect(Object.keys(contents)).toEqual(['a.log', 'A (2).log', 'b.txt']);
  for (const each of Object.values(contents)) expect(each === content.toString('latin1')).toBe(true);
  expect(made.zip.size).toBeLessThan(content.length);
  expect(progress.at(-1)).toBe(3 * content.length);
  expect(progress).toEqual([...progress].sort((a, b) => a - b));
});

test('zipFiles gives the same bytes for the same file', async () => {
  const files = [{ name: 'a.log', source: new File(['text'], 'a.log', { lastModified: 1_790_000_000_000 }) }];
  const [first, second] = await Promise.all([zipFiles(files), zipFiles(files)]);
  if (first.kind !== 'made' || second.kind !== 'made') throw new Error('There is no zip.');
  expect(Buffer.from(await first.zip.arrayBuffer()).equals(Buffer.from(await second.zip.arrayBuffer()))).toBe(
    true,
  );
});

test('zipFiles gives up early once the zip is over the limit', async () => {
  // The stream of a blob in Node keeps its parts.
  const part = new Uint8Array(noise(60_000));
  const source = new Blob(Array.from({ length: 200 }, () => part));
  let read = 0;
  const made = await zipFiles([{ name: 'a.mp4', source }], {
    limitBytes: 1_000_000,
    onProgress: (bytes) => (read = bytes),
  });
  expect(made).toEqual({ kind: 'unavailable', reason: 'too-large' });
  expect(read).toBeLessThan(6_000_000);
});

test('zipFiles never returns a zip over the limit', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(3000), fc.nat(2000), async (limitBytes, length) => {
      const made = await zipFiles([{ name: 'a', source: new Blob([new Uint8Array(noise(length))]) }], {
        limitBytes,
      });
      if (made.kind === 'made') expect(made.zip.size).toBeLessThanOrEqual(limitBytes);
      else expect(made.reason).toBe('too-large');
    }),
    { numRuns: 60 },
  );
});

test('zipFiles reports a file that cannot be read', async () => {
  const source = {
    size: 10,
    stream: () =>
      new ReadableStream({
        pull: (controller) => controller.error(new DOMException('gone', 'NotReadableError')),
      }),
  } as unknown as Blob;
  expect(await zipFiles([{ name: 'a', source }])).toEqual({ kind: 'unavailable', reason: 'unreadable' });
});

test('zipFiles rejects after an abort, also in the middle of a file', async () => {
  const source = new Blob([new Uint8Array(noise(4_000_000))]);
  const controller = new AbortController();
  const zipping = zipFiles([{ name: 'a', source }], {
    signal: controller.signal,
    onProgress: () => controller.abort(),
  });
  await expect(zipping).rejects.toThrow(/abort/i);
});
