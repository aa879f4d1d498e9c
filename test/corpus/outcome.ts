import type { Locator } from '@playwright/test';
import type { CorpusFile } from './corpus-file';

/** Time for an outcome, in milliseconds. Workers have 4 seconds. */
const TIMEOUT = { timeout: 15_000 };

/**
 * Waits until a preview has the outcome of its file.
 *
 * @param preview The dialog.
 * @throws Error After 15 seconds.
 */
export async function waitForOutcome(
  preview: Locator,
  { name, shows }: Pick<CorpusFile, 'name' | 'shows'>,
): Promise<void> {
  switch (shows) {
    case 'picture': {
      const picture = preview.getByRole('img', { name, exact: true });
      await picture.waitFor(TIMEOUT);
      await picture.evaluate((image) => (image as HTMLImageElement).decode());
      return;
    }
    case 'page':
      await preview.getByRole('group', { name: 'Page 1', exact: true }).locator('canvas').waitFor(TIMEOUT);
      return;
    case 'player':
      // Its controls have a length once the browser has read the file.
      await preview.locator('audio').evaluate(
        (player) =>
          new Promise<void>((resolve, reject) => {
            if ((player as HTMLAudioElement).readyState > 0) resolve();
            player.addEventListener('loadedmetadata', () => resolve());
            player.addEventListener('error', reject);
          }),
      );
      return;
    default:
      await preview
        .getByText(shows)
        .first()
        .waitFor({ state: 'attached', ...TIMEOUT });
  }
}
