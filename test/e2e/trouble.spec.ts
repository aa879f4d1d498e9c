import { mkdir, rm } from 'node:fs/promises';
import { expectAttached, makeFile, pickable, requestsOf, writeFiles, writeSparseFile } from './files';
import { expect, poll, test } from './fixtures';
import { passTheWaits } from './waits';

/** Takes long, and is within the limit of Azure DevOps Services. */
const LARGE_BYTES = 55_000_000;

test('A canceled upload stops, and the others are attached', async ({ board, emulator }, testInfo) => {
  emulator.setNetwork({ bytesPerSecond: 2_000_000 });
  emulator.store.assumptions.largestFile = 'any';
  await mkdir(testInfo.outputPath(), { recursive: true });
  const large = testInfo.outputPath('large.bin');
  await writeSparseFile(large, LARGE_BYTES);
  const small = makeFile('small.txt', 1_000);
  await board.pick([large, ...(await writeFiles(testInfo.outputPath(), [small]))]);

  const progress = board.stapler.getByRole('progressbar', { name: 'Uploading large.bin' });
  await expect(progress).toHaveAttribute('aria-valuetext', /MB of 55 MB/);
  await board.stapler.getByRole('button', { name: 'Cancel large.bin' }).click();

  await expect(board.row('large.bin')).toContainText('Canceled');
  await expect(board.finished('1 file attached')).toBeVisible();
  await expect(progress).toHaveCount(0);
  // Bytes in transit during the abort reach the server first.
  emulator.setNetwork({ bytesPerSecond: null });
  await poll(() => emulator.requests.records.filter(({ finished }) => !finished)).toEqual([]);
  expectAttached(emulator, 7, [small]);
});

test('An uploaded file can be canceled until it is attached', async ({ board, emulator }, testInfo) => {
  emulator.setNetwork({ bytesPerSecond: 2_000_000 });
  emulator.store.assumptions.largestFile = 'any';
  await mkdir(testInfo.outputPath(), { recursive: true });
  const large = testInfo.outputPath('large.bin');
  await writeSparseFile(large, LARGE_BYTES);
  const [small, other] = [makeFile('small.txt', 1_000), makeFile('other.txt', 1_000)];
  await board.page.getByRole('textbox', { name: 'Description' }).fill('Not saved');
  await board.pick([large, ...(await writeFiles(testInfo.outputPath(), [small, other]))]);

  await expect(board.row('small.txt')).toContainText('Save to attach');
  await expect(board.row('other.txt')).toContainText('Save to attach');
  await board.stapler.getByRole('button', { name: 'Cancel small.txt' }).click();
  await board.stapler.getByRole('button', { name: 'Cancel large.bin' }).click();
  await board.page.getByRole('button', { name: 'Save', exact: true }).click();

  await expect(board.finished('1 file attached')).toBeVisible();
  expectAttached(emulator, 7, [other]);
});

test.describe('with a controlled clock', () => {
  test.use({ ownsClock: true });

  test('A link failing for long is retried without a second upload', async ({ board, emulator }) => {
    const file = makeFile('link me.bin', 300_000);
    emulator.setNetwork({ faults: [{ name: 'link-server-error', remaining: null }] });
    await board.pick(pickable(file));
    expect(await passTheWaits(board, 'link me.bin', 1)).toBe('failed');
    await expect(board.row('link me.bin')).toContainText("Azure DevOps isn't responding");
    emulator.setNetwork({ faults: [] });
    await board.stapler.getByRole('button', { name: 'Retry link me.bin', exact: true }).click();

    await expect(board.finished('1 file attached')).toBeVisible();
    expectAttached(emulator, 7, [file]);
    expect(requestsOf(emulator, 'POST', /attachments/)).toHaveLength(1);
  });
});

test('Stapler names a file deleted after it was picked and attaches the others', async ({
  board,
  emulator,
}, testInfo) => {
  emulator.setNetwork({ latencyMs: 200 });
  const files = Array.from({ length: 7 }, (_, index) => makeFile(`file ${index}.bin`, 50_000));
  await mkdir(testInfo.outputPath(), { recursive: true });
  const paths = await writeFiles(testInfo.outputPath(), files);
  await board.pick(paths);
  await rm(paths[6]!);

  await expect(board.row('file 6.bin')).toContainText('Choose it again');
  await expect(board.finished('6 files attached')).toBeVisible();
  expectAttached(emulator, 7, files.slice(0, 6));
});

test('Stapler names the files beyond 100 attachments before the first byte @services-only', async ({
  board,
  emulator,
}) => {
  await board.open(30);
  const files = Array.from({ length: 65 }, (_, index) => makeFile(`file ${index}.bin`, 100));
  await board.pick(files.map(pickable));
  await board.stapler.getByRole('button', { name: 'Attach what fits' }).click();

  await expect(board.finished('63 files attached')).toBeVisible();
  await expect(board.stapler.getByRole('group', { name: '2 files failed' })).toContainText(
    'This work item is full (100 attachments).',
  );
  await expect(board.row('file 63.bin')).toContainText('Failed');
  await expect(board.row('file 64.bin')).toContainText('Failed');
  await expect(board.count(100)).toBeVisible();
  expect(requestsOf(emulator, 'POST', /attachments/)).toHaveLength(63);
});
