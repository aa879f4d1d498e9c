import { expect } from './expect';
import type { Board } from './board';

/**
 * Size of one jump of the clock, in milliseconds: below the timeouts for an answer of the host and for a stalled
 * request, so that nothing started just before a jump times out.
 */
const JUMP_MS = 9_000;

/** Presses Retry and waits until the button disappears: `passTheWaits` would mistake the old row for a new failure. */
export async function retry(board: Board, name: string): Promise<void> {
  const button = board.stapler.getByRole('button', { name: `Retry ${name}`, exact: true });
  await button.click();
  await expect(button).toHaveCount(0);
}

/**
 * Waits until an upload ends, skipping the waits between attempts: the page's clock jumps while the row waits, or while
 * a request stalls. Needs `test.use({ ownsClock: true })`.
 *
 * @param attached Number of attached files after success.
 */
export async function passTheWaits(
  board: Board,
  name: string,
  attached: number,
): Promise<'attached' | 'failed'> {
  const { emulator, page } = board;
  const isVisible = {
    attached: () => board.finished(new RegExp(`^${attached} files? attached`)).isVisible(),
    failed: () => board.stapler.getByRole('button', { name: `Retry ${name}`, exact: true }).isVisible(),
    waiting: () =>
      board
        .row(name)
        .getByText(/Retrying (in|now)/)
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
