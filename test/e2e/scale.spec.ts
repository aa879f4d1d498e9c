import { mkdir } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { isFullRun } from '../../tools/full-run.cjs';
import { makeFile, pickable, writeSparseFile } from './files';
import { expect, test } from './fixtures';
import { heapOf } from './heap';

const MEBIBYTE = 1024 ** 2;

/** Size of the large file in MiB; the page may use 32 MiB for it. */
const LARGE_MIB = isFullRun ? 1024 : 256;

test(`A file of ${LARGE_MIB} MiB is uploaded without filling the memory of the page @services-only`, async ({
  board,
  emulator,
}, testInfo) => {
  test.setTimeout(180_000);
  emulator.store.assumptions.largestFile = 'any';
  await mkdir(testInfo.outputPath(), { recursive: true });
  const path = testInfo.outputPath('disk image.iso');
  await writeSparseFile(path, LARGE_MIB * MEBIBYTE);
  const usedHeap = await heapOf(board.frame);
  const before = await usedHeap();
  let largest = before;

  await board.pickLarge(path, 'disk image.iso');
  await expect(async () => {
    largest = Math.max(largest, await usedHeap());
    await expect(board.finished('1 file attached')).toBeVisible({ timeout: 50 });
  }).toPass({ timeout: 150_000, intervals: [50] });

  const [stored] = emulator.store.attachments.all.filter(({ fileName }) => fileName === 'disk image.iso');
  expect(stored?.bytes).toBe(LARGE_MIB * MEBIBYTE);
  expect(stored?.sha256).toBe(hashOfZeros(LARGE_MIB));
  expect(largest - before).toBeLessThan(32 * MEBIBYTE);
});

/** Hexadecimal SHA-256 of a file of zero bytes. */
function hashOfZeros(mebibytes: number): string {
  const hash = createHash('sha256');
  const zeros = Buffer.alloc(MEBIBYTE);
  for (let count = 0; count < mebibytes; count++) hash.update(zeros);
  return hash.digest('hex');
}

test('The form renders the visible ones of 500 rows and scrolls to the last @services-only', async ({
  board,
  emulator,
}) => {
  // Refused files are not retried automatically, and so their rows stay.
  emulator.setNetwork({ faults: [{ name: 'status-403', remaining: null, at: 'simple' }] });
  for (let pick = 0; pick < 5; pick++) {
    const names = Array.from(
      { length: 100 },
      (_, index) => `file ${String(100 * pick + index).padStart(3, '0')}.bin`,
    );
    await board.pick(names.map((name) => pickable(makeFile(name, 10))));
    await expect(
      board.stapler.getByText(`${100 * (pick + 1)} files`, { exact: false }).first(),
    ).toBeAttached();
  }
  const rows = board.stapler.getByRole('listitem');
  await expect(rows.first()).toHaveAttribute('aria-setsize', '500');
  expect(await rows.count()).toBeLessThan(40);
  const list = board.stapler.getByRole('list', { name: 'Uploads' });
  await expect(async () => {
    await list.evaluate((element) => {
      const scroller = element.parentElement;
      if (scroller) scroller.scrollTop = scroller.scrollHeight;
    });
    await expect(board.row('file 499.bin')).toBeVisible({ timeout: 500 });
  }).toPass();
});
