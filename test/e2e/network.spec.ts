import { link, mkdir, rm, writeFile } from 'node:fs/promises';
import { CI_ONLY } from './ci-only';
import type { Board } from './board';
import { attachmentsOf, expectAttached, makeFile, pickable, requestsOf, writeSparseFile } from './files';
import { expect, poll, test } from './fixtures';
import { passTheWaits, retry } from './waits';

/** Large enough for at least three chunks. */
const LARGE_BYTES = 49 * 1024 * 1024;
let large: Buffer;
test.beforeAll(() => void (large = makeFile('', LARGE_BYTES).bytes));

/** Writes the large file to disk under a name. */
async function writeLarge(folder: string, name: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  await writeFile(`${folder}/bytes`, large);
  await link(`${folder}/bytes`, `${folder}/${name}`);
  return `${folder}/${name}`;
}

function progressOf(board: Board, name: string) {
  return board.stapler.getByRole('progressbar', { name: `Uploading ${name}` });
}

test.describe('a repeated chunk', () => {
  test.use({ ownsClock: true });

  for (const at of ['first-chunk', 'middle-chunk', 'last-chunk'] as const) {
    // Reading back crosses origins, and has no origin in the sandbox.
    const tag = at === 'last-chunk' ? '@both' : CI_ONLY;
    test(
      `is sent, read back and compared after a lost answer to a ${at}`,
      { tag },
      async ({ board, emulator }, testInfo) => {
        emulator.store.assumptions.repeatedChunk = 'accept';
        emulator.setNetwork({ faults: [{ name: 'answer-lost', remaining: 1, at }] });
        await board.pick(await writeLarge(testInfo.outputPath(), 'twice.bin'));
        expect(await passTheWaits(board, 'twice.bin', 1)).toBe('attached');

        expectAttached(emulator, 7, [{ name: 'twice.bin', bytes: large }]);
        const attachmentId = attachmentsOf(emulator, 7)[0]?.attachmentId ?? '';
        expect(requestsOf(emulator, 'GET', new RegExp(`attachments/${attachmentId}`))).toHaveLength(1);
        const ranges = emulator.requests.records.flatMap(({ method, requestHeaders }) =>
          method === 'PUT' ? [requestHeaders['content-range']] : [],
        );
        expect(ranges.length - new Set(ranges).size).toBe(1);
      },
    );
  }

  test('is sent again after it arrived damaged', async ({ board, emulator }, testInfo) => {
    emulator.store.assumptions.repeatedChunk = 'accept';
    emulator.setNetwork({
      faults: [
        { name: 'answer-lost', remaining: 1, at: 'middle-chunk' },
        { name: 'chunk-corrupted', remaining: 1, at: 'last-chunk' },
      ],
    });
    await board.pick(await writeLarge(testInfo.outputPath(), 'damaged.bin'));
    expect(await passTheWaits(board, 'damaged.bin', 1)).toBe('attached');
    expect(emulator.network.faults).toEqual([]);
    expectAttached(emulator, 7, [{ name: 'damaged.bin', bytes: large }]);
  });

  test('leaves a file unattached if it is damaged each time @services-only', async ({
    board,
    emulator,
  }, testInfo) => {
    test.setTimeout(120_000);
    emulator.store.assumptions.repeatedChunk = 'accept';
    emulator.setNetwork({
      faults: [
        { name: 'answer-lost', remaining: 1, at: 'middle-chunk' },
        { name: 'chunk-corrupted', remaining: null, at: 'last-chunk' },
      ],
    });
    await board.pick(await writeLarge(testInfo.outputPath(), 'damaged.bin'));
    expect(await passTheWaits(board, 'damaged.bin', 1)).toBe('failed');
    await expect(board.row('damaged.bin')).toContainText('was damaged during upload');
    expectAttached(emulator, 7, []);

    emulator.setNetwork({ faults: [] });
    await retry(board, 'damaged.bin');
    expect(await passTheWaits(board, 'damaged.bin', 1)).toBe('attached');
    expectAttached(emulator, 7, [{ name: 'damaged.bin', bytes: large }]);
  });

  test('restarts the upload with a message if the server refuses it', async ({
    board,
    emulator,
  }, testInfo) => {
    emulator.setNetwork({
      bytesPerSecond: 30_000_000,
      faults: [{ name: 'answer-lost', remaining: 1, at: 'middle-chunk' }],
    });
    await board.pick(await writeLarge(testInfo.outputPath(), 'again.bin'));
    await expect(board.row('again.bin')).toContainText('Restarting the upload…');
    // The first chunk alone was 16 %.
    expect(Number(await progressOf(board, 'again.bin').getAttribute('aria-valuenow'))).toBeGreaterThanOrEqual(
      16,
    );
    emulator.setNetwork({ bytesPerSecond: null });
    await expect(board.finished('1 file attached')).toBeVisible();
    expectAttached(emulator, 7, [{ name: 'again.bin', bytes: large }]);
  });
});

test('An upload waits while offline and resumes at its position online', async ({
  board,
  emulator,
}, testInfo) => {
  emulator.setNetwork({ bytesPerSecond: 12_000_000 });
  const path = await writeLarge(testInfo.outputPath(), 'train.bin');
  const small = makeFile('small.bin', 300_000);
  await board.pick([path]);
  await poll(() => emulator.store.attachments.chunkedUploads[0]?.received ?? 0).toBeGreaterThan(0);

  await board.page.context().setOffline(true);
  // Screen readers hear it as well.
  await expect(board.stapler.getByText(/You're offline/).first()).toBeVisible();
  await board.pick(pickable(small));
  await expect(board.row('small.bin')).toContainText('Waiting');
  await poll(() => emulator.requests.records.filter(({ finished }) => !finished)).toEqual([]);
  expectAttached(emulator, 7, []);

  emulator.setNetwork({ bytesPerSecond: null });
  await board.page.context().setOffline(false);
  await expect(board.stapler.getByText(/You're offline/)).toHaveCount(0);
  await expect(board.finished('2 files attached')).toBeVisible();
  expectAttached(emulator, 7, [{ name: 'train.bin', bytes: large }, small]);
});

test('An upload paused within a chunk resumes there, is read back and compared', async ({
  board,
  emulator,
}, testInfo) => {
  emulator.setNetwork({ bytesPerSecond: 12_000_000 });
  await board.pick(await writeLarge(testInfo.outputPath(), 'paused.bin'));
  const received = (): number => emulator.store.attachments.chunkedUploads[0]?.received ?? 0;
  await poll(received).toBeGreaterThan(0);
  await board.stapler.getByRole('button', { name: 'Pause paused.bin' }).click();
  await poll(() => emulator.requests.records.filter(({ finished }) => !finished)).toEqual([]);
  const before = received();

  emulator.setNetwork({ bytesPerSecond: null });
  await board.stapler.getByRole('button', { name: 'Resume paused.bin' }).click();
  await expect(board.finished('1 file attached')).toBeVisible();
  expectAttached(emulator, 7, [{ name: 'paused.bin', bytes: large }]);
  const attachmentId = attachmentsOf(emulator, 7)[0]?.attachmentId ?? '';
  expect(requestsOf(emulator, 'POST', /uploadType=chunked/)).toHaveLength(1);
  expect(requestsOf(emulator, 'GET', new RegExp(`attachments/${attachmentId}`))).toHaveLength(1);
  const firsts = emulator.requests.records.flatMap(({ method, requestHeaders }) =>
    method === 'PUT' ? [Number(/bytes (\d+)-/.exec(requestHeaders['content-range'] ?? '')?.[1])] : [],
  );
  expect(firsts.filter((first) => first === before)).toHaveLength(2);
});

test('Stapler names a file deleted between two chunks @services-only', async ({
  board,
  emulator,
}, testInfo) => {
  emulator.setNetwork({ bytesPerSecond: 12_000_000 });
  emulator.store.assumptions.largestFile = 'any';
  await mkdir(testInfo.outputPath(), { recursive: true });
  const path = testInfo.outputPath('gone.bin');
  await writeSparseFile(path, 200_000_000);
  await board.pickLarge(path, 'gone.bin');
  await poll(() => emulator.store.attachments.chunkedUploads[0]?.received ?? 0).toBeGreaterThan(0);
  await rm(path);
  emulator.setNetwork({ bytesPerSecond: null });
  await expect(board.row('gone.bin')).toContainText('Choose it again');
  expectAttached(emulator, 7, []);
});

test.describe('a throttling server', () => {
  test.use({ ownsClock: true });

  test('delays the next file by the requested time after a successful answer', async ({
    board,
    emulator,
  }) => {
    emulator.store.assumptions.retryAfterReadable = true;
    emulator.setNetwork({ faults: [{ name: 'asked-to-wait', remaining: 1, at: 'simple' }] });
    const [first, second] = [makeFile('first.bin', 1_000), makeFile('second.bin', 1_000)];
    await board.pick(pickable(first));
    await expect(board.stapler.getByText(/Azure DevOps is busy/).first()).toBeVisible();
    await board.pick(pickable(second));
    await expect(board.row('second.bin')).toContainText('Waiting');
    expect(requestsOf(emulator, 'POST', /attachments/)).toHaveLength(1);

    await board.page.clock.fastForward(2_000);
    await expect(board.finished('2 files attached')).toBeVisible();
    expectAttached(emulator, 7, [first, second]);
  });
});

test.describe('a shared URL for small files', () => {
  const files = Array.from({ length: 12 }, (_, index) => makeFile(`small ${index}.txt`, 500 + index));

  test('costs one preflight and keeps the name of each file @both', async ({ board, emulator, mode }) => {
    // One of several files asks whether the organization keeps the name of a link.
    const first = [makeFile('a.txt', 5), makeFile('b.txt', 6)];
    await board.pick(first.map(pickable));
    await expect(board.finished('2 files attached')).toBeVisible();
    await board.pick(files.map(pickable));
    await expect(board.finished('14 files attached')).toBeVisible();
    expectAttached(emulator, 7, [...first, ...files]);
    expect(new Set(requestsOf(emulator, 'POST', /attachments/).slice(2)).size).toBe(1);
    const preflights = emulator.requests.records.filter(
      ({ method, url, requestHeaders }) =>
        method === 'OPTIONS' &&
        /wit\/attachments/.test(url) &&
        requestHeaders['access-control-request-method'] === 'POST',
    );
    // Concurrent requests cause concurrent preflights. Browsers do not cache the preflights of a sandboxed frame.
    expect(preflights.length).toBeGreaterThan(0);
    expect(preflights.length).toBeLessThanOrEqual(mode === 'server' ? 14 : 2);
  });

  test('is replaced by URLs with names after a refusal, without a lost file', async ({ board, emulator }) => {
    emulator.store.assumptions.unnamedUpload = 'refuse';
    await board.pick(files.map(pickable));
    await expect(board.finished('12 files attached')).toBeVisible();
    expectAttached(emulator, 7, files);

    emulator.requests.clear();
    await board.pick([makeFile('a.txt', 5), makeFile('b.txt', 5)].map(pickable));
    await expect(board.finished('14 files attached')).toBeVisible();
    expect(requestsOf(emulator, 'POST', /attachments\?fileName=/)).toHaveLength(2);
  });

  test('is replaced by URLs with names after the server has dropped a name, which is repaired', async ({
    board,
    emulator,
  }) => {
    emulator.store.assumptions.nameInRelation = 'ignored';
    const before = emulator.store.workItem(7).rev;
    const first = [makeFile('a.txt', 5), makeFile('b.txt', 5)];
    await board.pick(first.map(pickable));
    await expect(board.finished('2 files attached')).toBeVisible();
    expectAttached(emulator, 7, first);
    // The link of both, and the repair.
    expect(emulator.store.workItem(7).rev).toBe(before + 2);
    await board.pick(files.map(pickable));
    await expect(board.finished('14 files attached')).toBeVisible();
    expectAttached(emulator, 7, [...first, ...files]);
    expect(requestsOf(emulator, 'POST', /attachments\?uploadType/)).toHaveLength(1);
  });
});

test('Stapler sends a file in one request where the preflight refuses Content-Range, and remembers it @services-only', async ({
  board,
  emulator,
}, testInfo) => {
  emulator.store.assumptions.contentRangeInPreflight = 'refused';
  const path = await writeLarge(testInfo.outputPath('large'), 'video.mp4');
  await board.pick(path);
  await expect(board.finished('1 file attached')).toBeVisible({ timeout: 30_000 });
  expectAttached(emulator, 7, [{ name: 'video.mp4', bytes: large }]);

  emulator.requests.clear();
  await board.pick(path);
  // It is the same file again.
  await board.stapler.getByRole('button', { name: 'Keep both' }).click();
  await expect(board.finished('2 files attached')).toBeVisible({ timeout: 30_000 });
  expect(requestsOf(emulator, 'POST', /uploadType=chunked/)).toHaveLength(0);
});

test('Stapler sends an upload refused without a project again with project and area path, and remembers it @services-only', async ({
  board,
  emulator,
}) => {
  emulator.store.assumptions.uploadWithoutProject = 'refused';
  const uploads = (): (number | null)[] =>
    emulator.requests.records
      .filter(({ method, url }) => method === 'POST' && url.includes('/attachments'))
      .map(({ status }) => status);
  const file = makeFile('a.txt', 5_000);
  await board.pick(pickable(file));
  await expect(board.finished('1 file attached')).toBeVisible();
  expect(uploads()).toEqual([403, 201]);

  emulator.requests.clear();
  const next = makeFile('b.txt', 5_000);
  await board.pick(pickable(next));
  await expect(board.finished('2 files attached')).toBeVisible();
  expect(uploads()).toEqual([201]);
  expectAttached(emulator, 7, [file, next]);
});
