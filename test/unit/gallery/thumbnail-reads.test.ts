import { CancelledError, NetworkError } from '../../../src/base/errors';
import { createThumbnailReads } from '../../../src/gallery/thumbnail-reads';
import type { AttachedFile } from '../../../src/gallery/model/attached-file';
import { attachedFile } from './model/files';

const LIMITS = { maxBytes: 400, headBytes: 50 };

type Answer = 'part' | 'whole' | 'refused';

/** A reader of a server that answers `Range` in one way, in steps of 20 bytes. */
function reader(answer: Answer) {
  const reads: string[] = [];
  let received = 0;
  const read = createThumbnailReads(({ name, size = 0 }, signal, onProgress, headBytes) => {
    reads.push(`${name} ${headBytes ?? 'all'}`);
    if (headBytes !== undefined && answer === 'refused') return Promise.reject(new NetworkError('preflight'));
    const end = headBytes !== undefined && answer === 'part' ? Math.min(size, headBytes) : size;
    for (received = 0; received < end && !signal.aborted;) {
      received = Math.min(end, received + 20);
      onProgress?.(received);
    }
    return signal.aborted
      ? Promise.reject(new CancelledError())
      : Promise.resolve(new Blob(['x'.repeat(end)]));
  });
  const sizeOf = (file: AttachedFile): Promise<number | string> =>
    read(file, LIMITS, new AbortController().signal, () => undefined).then(
      ({ size }) => size,
      (error: unknown) => (error as Error).name,
    );
  return { reads, sizeOf, read, received: () => received };
}

const SMALL = attachedFile('small.txt', { size: 40 });
const MEDIUM = attachedFile('medium.txt', { size: 300 });
const LARGE = attachedFile('large.txt', { size: 4_000 });

describe('createThumbnailReads', () => {
  test('reads the beginning where the server sends parts', async () => {
    const { reads, sizeOf } = reader('part');
    expect([await sizeOf(SMALL), await sizeOf(MEDIUM), await sizeOf(LARGE)]).toEqual([40, 50, 50]);
    expect(reads).toEqual(['small.txt all', 'medium.txt 50', 'large.txt 50']);
  });

  test('reads the whole where the server sends no parts, and does not ask again', async () => {
    const { reads, sizeOf } = reader('whole');
    expect([await sizeOf(MEDIUM), await sizeOf(MEDIUM), await sizeOf(LARGE)]).toEqual([
      ...[300, 300, 'CancelledError'],
    ]);
    expect(reads).toEqual(['medium.txt 50', 'medium.txt all']);
  });

  test('cancels a large file at its limit when it is sent as a whole', async () => {
    const { reads, sizeOf, received } = reader('whole');
    expect([await sizeOf(LARGE), received()]).toEqual(['CancelledError', 60]);
    await sizeOf(LARGE);
    expect(reads).toEqual(['large.txt 50']);
  });

  test('reads the whole after a refused preflight, and does not ask again', async () => {
    const { reads, sizeOf } = reader('refused');
    expect([await sizeOf(MEDIUM), await sizeOf(MEDIUM), await sizeOf(LARGE)]).toEqual([
      ...[300, 300, 'CancelledError'],
    ]);
    expect(reads).toEqual(['medium.txt 50', 'medium.txt all', 'medium.txt all']);
  });

  test('cancels a file of unknown size at its limit', async () => {
    const { sizeOf } = reader('whole');
    const readBytes = jest.fn(() => Promise.resolve(new Blob(['x'.repeat(401)])));
    const read = createThumbnailReads(readBytes);
    const file = attachedFile('a.png', { size: undefined });
    const { signal } = new AbortController();
    await expect(read(file, { maxBytes: 400 }, signal, () => undefined)).rejects.toThrow(CancelledError);
    expect(await sizeOf(SMALL)).toBe(40);
  });

  test('passes on an abort', async () => {
    const { read } = reader('part');
    const aborter = new AbortController();
    aborter.abort();
    await expect(read(SMALL, LIMITS, aborter.signal, () => undefined)).rejects.toThrow(CancelledError);
  });
});
