import type { BrowserContext, Page } from '@playwright/test';
import { violations } from './axe';
import type { Board } from './board';
import { attachmentsOf } from './files';
import { expect, poll, test } from './fixtures';
import { GalleryPage } from './gallery-story';

// Room for the dialog of the check.
test.use({ viewport: { width: 1280, height: 1200 } });

/** Replaces the screen by a drawn one for all windows opened later. `?refused` in an address refuses it. */
async function fakeScreen(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    if (!('mediaDevices' in navigator)) return;
    navigator.mediaDevices.getDisplayMedia = () => {
      if (location.search === '?refused')
        return Promise.reject(new DOMException('Permission denied', 'NotAllowedError'));
      const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 360 });
      const context = canvas.getContext('2d')!;
      let frame = 0;
      setInterval(() => {
        context.fillStyle = `hsl(${frame++ * 7} 80% 45%)`;
        context.fillRect(0, 0, 640, 360);
      }, 40);
      return Promise.resolve(canvas.captureStream(25));
    };
  });
}

/** Stores the answers of a check in the frame, and opens the work item again. */
async function learn(board: Board): Promise<void> {
  const { stapler, more } = board;
  await more.click();
  await stapler.getByRole('menuitem', { name: 'Check this organization…' }).click();
  const dialog = stapler.getByRole('dialog', { name: 'Check this organization' });
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await dialog.getByRole('checkbox', { name: /^Also open an Azure DevOps message and panel/ }).check();
  await dialog.getByRole('button', { name: 'Start' }).click();
  const { page } = board;
  const message = page.getByRole('dialog', { name: 'Check this organization' });
  await message.getByRole('button', { name: 'OK' }).click();
  const panel = page.getByRole('dialog', { name: 'Attach files' });
  await panel.getByRole('button', { name: 'Close', exact: true }).first().click();
  const row = dialog.getByRole('row', { name: 'Can a window of Stapler send files to the form?' });
  await expect(row).toContainText('Yes');
  await dialog.getByRole('button', { name: 'Close' }).click();
  // The window of the check has closed.
  await poll(() => page.context().pages().length).toBe(1);
}

/** Chooses Capture… in the menu of the form; returns its window. */
async function capture(board: Board): Promise<Page> {
  await board.more.click();
  const opening = board.page.context().waitForEvent('page');
  await board.stapler.getByRole('menuitem', { name: 'Capture…' }).click();
  return opening;
}

test('A person checks the organization, then captures the screen for work items @services-only', async ({
  board,
  page,
  context,
  emulator,
}) => {
  await fakeScreen(context);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const namesOf = (id: number): readonly string[] => attachmentsOf(emulator, id).map(({ name }) => name);
  const [of7, of8] = [namesOf(7), namesOf(8)];
  await board.open(7);

  await test.step('Capture… appears after the check', async () => {
    await board.more.click();
    await expect(board.stapler.getByRole('menuitem', { name: 'Keyboard shortcuts' })).toBeVisible();
    await expect(board.stapler.getByRole('menuitem', { name: 'Capture…' })).toHaveCount(0);
    await board.stapler.getByRole('menu').press('Escape');
    await learn(board);
  });

  await test.step('an image goes to the work item that was in the form', async () => {
    const popup = await capture(board);
    await expect(popup.getByRole('heading', { name: 'Capture the screen for Bug 7' })).toBeVisible();
    await board.goTo('Bug 8');
    await popup.getByRole('button', { name: 'Take a screenshot' }).click();
    await expect(popup.getByRole('img', { name: 'Captured image' })).toBeVisible();
    await popup.getByRole('button', { name: 'Attach' }).click();
    await poll(() => popup.isClosed()).toBe(true);
    await poll(() => namesOf(7).length).toBe(of7.length + 1);
    expect(namesOf(7).at(-1)).toMatch(/^Screenshot \d{4}-\d\d-\d\d at \d\d\.\d\d\.\d\d\.png$/);
  });

  await test.step('a recording goes to the next one', async () => {
    await expect(board.count(of8.length)).toBeVisible();
    const popup = await capture(board);
    await popup.getByRole('button', { name: 'Record' }).click();
    await expect(popup.getByRole('timer')).toHaveText('0:01');
    await popup.getByRole('button', { name: 'Stop' }).click();
    await popup.getByRole('button', { name: 'Attach' }).click();
    await poll(() => namesOf(8).length).toBe(of8.length + 1);
    expect(namesOf(8).at(-1)).toMatch(/^Recording .+\.webm$/);
    expect(attachmentsOf(emulator, 8).at(-1)!.size).toBeGreaterThan(1_000);
  });

  await test.step('the Files tab offers it as well', async () => {
    const gallery = new GalleryPage(page, emulator);
    await gallery.open(8);
    const menu = gallery.content.getByRole('button', { name: 'More actions', exact: true });
    const entry = gallery.content.getByRole('menuitem', { name: 'Capture…' });
    // The menu has the item once its part is loaded.
    await expect(async () => {
      await menu.click();
      await expect(entry).toBeVisible({ timeout: 500 });
    }).toPass();
    const opening = context.waitForEvent('page');
    await entry.click();
    const popup = await opening;
    await popup.getByRole('button', { name: 'Take a screenshot' }).click();
    await popup.getByRole('button', { name: 'Attach' }).click();
    await poll(() => namesOf(8).length).toBe(of8.length + 2);
  });

  await test.step('a window that is cut off copies its image', async () => {
    await board.open(7, { windowsOfFrames: 'severed' });
    const popup = await capture(board);
    await popup.getByRole('button', { name: 'Take a screenshot' }).click();
    await expect(popup.getByRole('alert')).toContainText('press Ctrl+V in the Attachments group');
    await expect(popup.getByRole('button', { name: 'Attach' })).toHaveCount(0);
    await popup.getByRole('button', { name: 'Copy' }).click();
    await expect(popup.getByRole('button', { name: 'Copied' })).toBeVisible();
    await popup.close();
    await page.bringToFront();
    await board.dropZone.press('ControlOrMeta+v');
    await poll(() => namesOf(7).length).toBe(of7.length + 2);
  });
});

test('axe finds no problem on the capture page, in any look @services-only', async ({
  page,
  emulator,
}, testInfo) => {
  await fakeScreen(page.context());
  await page.goto(emulator.hostUrl);
  const address = await page.evaluate(async () => {
    const { assetsBaseUrl } = (await (await fetch('/control/config')).json()) as { assetsBaseUrl: string };
    return `${assetsBaseUrl}dist/capture.html`;
  });
  const expectNoViolations = async (state: string): Promise<void> => {
    for (const look of [
      { colorScheme: 'light' },
      { colorScheme: 'dark' },
      { forcedColors: 'active' },
    ] as const) {
      await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none', ...look });
      const theme = 'colorScheme' in look ? look.colorScheme : 'light';
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
      expect(await violations(page, 'page'), `${state}, ${JSON.stringify(look)}`).toEqual([]);
      await page.screenshot({ path: testInfo.outputPath(`${state} ${Object.values(look)[0]}.png`) });
    }
    const overflow = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    });
    expect(overflow).toBe(0);
  };

  for (const width of [320, 960]) {
    await page.setViewportSize({ width, height: 720 });
    await page.goto(`${address}?refused`);
    await page.getByRole('button', { name: 'Take a screenshot' }).click();
    await expect(page.getByRole('alert')).toHaveText(/^The screen wasn't shared/);
    await expectNoViolations(`${width} refused`);
    await page.goto(address);
    await page.getByRole('button', { name: 'Record' }).click();
    await expect(page.getByRole('timer')).toBeVisible();
    await expectNoViolations(`${width} recording`);
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('button', { name: 'Again' }).click();
    await page.getByRole('button', { name: 'Take a screenshot' }).click();
    await expect(page.getByRole('img', { name: 'Captured image' })).toBeVisible();
    await expectNoViolations(`${width} image`);
  }
});
