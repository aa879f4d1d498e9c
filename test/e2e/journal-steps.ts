import type { Locator } from '@playwright/test';
import type { Board } from './board';
import { expect } from './fixtures';

/** Message about interrupted uploads of the current item. */
export function interruptedLine(board: Board): Locator {
  return board.stapler.getByRole('group', { name: 'Interrupted uploads' });
}

/** Presses "Resume now". On a slow machine, the countdown may have ended before. */
export async function resumeNow(board: Board): Promise<void> {
  const button = interruptedLine(board).getByRole('button', { name: 'Resume now' });
  await button.click({ timeout: 3_000 }).catch(() => undefined);
  await expect(interruptedLine(board)).toHaveCount(0);
}

/** Names of the files to pick again, once there are `count`. */
export async function namesAskedFor(board: Board, count: number): Promise<string[]> {
  const asking = board.stapler.getByRole('listitem').getByText(/^Choose .* again to resume/);
  await expect(asking).toHaveCount(count);
  const texts = await asking.allTextContents();
  return texts.map((text) => /^Choose “\u2068(.*)\u2069” again/.exec(text)?.[1] ?? '');
}

/** Closes the form of Bug 7 with its frames. */
export async function closeForm(board: Board): Promise<void> {
  await board.page.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(board.frame).toHaveCount(0);
}

/** Opens Bug 7 from the list. */
export async function reopen(board: Board): Promise<void> {
  await board.goTo('Bug 7');
  await board.ready();
}
