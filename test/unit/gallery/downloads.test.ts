import { createDownloads } from '../../../src/gallery/downloads';
import type { AttachedFile } from '../../../src/gallery/model/attached-file';
import { attachedFilesOf } from '../../../src/gallery/model/attached-file';
import { NetworkError } from '../../../src/base/errors';
import { createDeferred, flush } from '../../helpers/deferred';
import { createFakeRuntime } from '../../helpers/fake-runtime';
import { workItemWith } from '../../helpers/uploads';

const FILE = attachedFilesOf(workItemWith([1]))[0]!;

/** Downloads from a server that answers when the test says so. */
function begin() {
  const runtime = createFakeRuntime();
  const answer = createDeferred<undefined>();
  const download = jest.fn(
    (_: AttachedFile, signal: AbortSignal, onProgress: (bytesRead: number) => void): Promise<void> => {
      signal.addEventListener('abort', () => answer.reject(signal.reason as Error));
      onProgress(10);
      return answer.promise;
    },
  );
  const downloads = createDownloads(download, runtime);
  const shown = () => [...downloads.getSnapshot().values()].filter(({ isLong }) => isLong);
  return { runtime, answer, download, downloads, shown };
}

describe('Downloads', () => {
  test('starts a file once, whatever the number of clicks', async () => {
    const { downloads, download, answer } = begin();
    const all = [downloads.start(FILE), downloads.start(FILE), downloads.start(FILE)];
    expect(download).toHaveBeenCalledTimes(1);
    answer.resolve(undefined);
    await Promise.all(all);
    expect(downloads.getSnapshot().size).toBe(0);
    void downloads.start(FILE);
    expect(download).toHaveBeenCalledTimes(2);
  });

  test('shows the progress of a download that takes a moment', async () => {
    const { downloads, runtime, shown, answer } = begin();
    void downloads.start(FILE);
    expect(shown()).toEqual([]);
    await runtime.pass(400);
    expect(shown()).toMatchObject([{ file: FILE, bytesRead: 10 }]);
    answer.resolve(undefined);
    await flush();
    expect(shown()).toEqual([]);
  });

  test('ends a canceled download without an error', async () => {
    const { downloads } = begin();
    const done = downloads.start(FILE);
    downloads.cancel(FILE);
    await expect(done).resolves.toBeUndefined();
    expect(downloads.getSnapshot().size).toBe(0);
  });

  test('rejects when the file cannot be read', async () => {
    const { downloads, answer } = begin();
    const done = downloads.start(FILE);
    answer.reject(new NetworkError('down'));
    await expect(done).rejects.toThrow('down');
    expect(downloads.getSnapshot().size).toBe(0);
  });
});
