import { expect } from '@playwright/test';
import type { Board } from './board';

/**
 * How far the clock jumps at a time, in milliseconds: less than the host may take for an answer, and than may pass
 * without a byte, so that what has begun just before a jump does not run out of time.
 */
const JUMP_MS = 9_000;

/** Presses Retry, and waits until that shows: what passes the waits would take the row as it was for a new failure. */
export async function retry(board: Board, name: string): Promise<void> {
  const button = board.stapler.getByRole('button', { name: `Retry ${name}` });
  await button.click();
  await expect(button).toHaveCount(0);
}

/**
 * Lets an upload come to its end, with the waits between its attempts passing in no time: the page's clock jumps when
 * the row waits, or the server has taken a request that it will not answer. Needs `test.use({ ownsClock: true })`.
 *
 * @param attached How many files are attached when it has arrived.
 */
export async function passTheWaits(
  board: Board,
  name: string,
  attached: number,
): Promise<'attached' | 'failed'> {
  const { emulator, page } = board;
  const isVisible = {
    attached: () => board.finished(new RegExp(`^${attached} files? attached`)).isVisible(),
    failed: () => board.stapler.getByRole('button', { name: `Retry ${name}` }).isVisible(),
    waiting: () =>
      board
        .row(name)
        .getByText(/again (in|now)|asked us to wait/)
        .isVisible(),
  };
  const isStalled = (): boolean =>
    emulator.requests.records.some(({ fault, finished }) => fault === 'stalled' && !finished);

  let end: 'attached' | 'failed' | undefined;
  await expect(async () => {
    if (await isVisible.attached()) end = 'attached';
    else if (await isVisible.failed()) end = 'failed';
    else if ((await isVisible.waiting()) || isStalled()) await page.clock.fastForward(JUMP_MS);
    expect(end).toBeDefined();
  }).toPass({ timeout: 60_000, intervals: [50] });
  return end!;
}
