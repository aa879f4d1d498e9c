import type { BrowserContext } from '@playwright/test';
import { attachmentsOf } from './files';
import { expect, poll, test } from './fixtures';

// Room for the dialog of the check.
test.use({ viewport: { width: 1280, height: 1200 } });

/** Replaces the screen by a drawn one, as wide as 640 pixels, for all windows opened later. */
async function fakeScreen(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    if (!('mediaDevices' in navigator)) return;
    navigator.mediaDevices.getDisplayMedia = () => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 360 });
      const context = canvas.getContext('2d')!;
      let frame = 0;
      const timer = setInterval(() => {
        context.fillStyle = `hsl(${frame++ * 7} 80% 45%)`;
        context.fillRect(0, 0, 640, 360);
      }, 40);
      const stream = canvas.captureStream(25);
      const [track] = stream.getVideoTracks();
      const stop = track!.stop.bind(track);
      track!.stop = () => {
        clearInterval(timer);
        document.documentElement.dataset['sharing'] = 'ended';
        stop();
      };
      return Promise.resolve(stream);
    };
  });
}

test('A person checks the organization, then captures the screen for a bug @services-only', async ({
  board,
  page,
  context,
  emulator,
}) => {
  await fakeScreen(context);
  const { stapler, more } = board;
  const entry = stapler.getByRole('menuitem', { name: 'Capture…' });
  const before = attachmentsOf(emulator, 7).length;
  await board.open(7);

  await more.click();
  await expect(stapler.getByRole('menuitem', { name: 'Keyboard shortcuts' })).toBeVisible();
  await expect(entry).toHaveCount(0);
  await stapler.getByRole('menuitem', { name: 'Check this organization…' }).click();
  const dialog = stapler.getByRole('dialog', { name: 'Check this organization' });
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await dialog.getByRole('checkbox', { name: /^Also open an Azure DevOps message and panel/ }).check();
  await dialog.getByRole('button', { name: 'Start' }).click();
  await page
    .getByRole('dialog', { name: 'Check this organization' })
    .getByRole('button', { name: 'OK' })
    .click();
  await page
    .getByRole('dialog', { name: 'Attach files' })
    .getByRole('button', { name: 'Close', exact: true })
    .first()
    .click();
  await expect(dialog.getByText('All test files were removed from the work item.')).toBeVisible();
  await expect(
    dialog.getByRole('row', { name: 'Can this window send files back to the form?' }),
  ).toContainText('Yes');
  await dialog.getByRole('button', { name: 'Close' }).click();
  expect(context.pages()).toHaveLength(1);

  await board.open(7);
  await more.click();
  const opening = context.waitForEvent('page');
  await entry.click();
  const popup = await opening;
  await expect(popup.getByRole('heading', { name: 'Capture the screen for Bug 7' })).toBeVisible();
  await board.goTo('Bug 8');
  await popup.getByRole('button', { name: 'Take a screenshot' }).click();
  await expect(popup.getByRole('img', { name: 'Captured image' })).toBeVisible();
  await popup.screenshot({ path: '/tmp/h/shots/done.png' });
  await popup.getByRole('button', { name: 'Attach' }).click();
  await poll(() => popup.isClosed()).toBe(true);
  await poll(() => attachmentsOf(emulator, 7).length).toBe(before + 1);
  expect(attachmentsOf(emulator, 7).at(-1)!.name).toMatch(
    /^Screenshot \d{4}-\d\d-\d\d at \d\d\.\d\d\.\d\d\.png$/,
  );
});
