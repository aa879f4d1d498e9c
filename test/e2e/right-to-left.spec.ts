import { mkdir } from 'node:fs/promises';
import type { Locator } from '@playwright/test';
import { sampleFiles } from '../helpers/sample-files';
import { story as panelStory } from './bulk-story';
import { expectAttached, makeFile, pickable, writeFiles } from './files';
import { expect, poll, test } from './fixtures';
import { story as galleryStory } from './gallery-story';
import { pseudo, horizontalOverflow } from './texts';

const CULTURE = { culture: 'qps-plocm' };

/** Edges of an element in CSS pixels of the host page. */
async function boxOf(
  locator: Locator,
): Promise<{ left: number; right: number; top: number; bottom: number }> {
  const box = await locator.boundingBox();
  if (!box) throw new Error(`${String(locator)} is not on the screen.`);
  return { left: box.x, right: box.x + box.width, top: box.y, bottom: box.y + box.height };
}

test('The form mirrors its rows from right to left and accepts drops @services-only', async ({
  board,
  emulator,
}, testInfo) => {
  const { stapler } = board;
  await board.open(7, { ...CULTURE, width: '320' });
  await expect(stapler.locator('html')).toHaveAttribute('dir', 'rtl');
  const folder = testInfo.outputPath('files');
  await mkdir(folder, { recursive: true });
  const name = 'a recording with a rather long name that does not fit into a row.webm';
  const files = [makeFile(name, 600_000), makeFile('short.txt', 100_000)];
  emulator.setNetwork({ bytesPerSecond: 100_000 });
  await board.drop(await writeFiles(folder, files), stapler.locator('.drop-zone'));
  const row = stapler.getByRole('listitem').filter({ has: board.page.getByTitle(name) });
  const text = await boxOf(row.locator('.file-name'));
  const button = await boxOf(row.getByRole('button').first());
  expect(button.right).toBeLessThanOrEqual(text.left);
  const bar = row.getByRole('progressbar');
  const fill = async (): Promise<{ left: number; right: number }> => boxOf(bar.locator('.progress-fill'));
  await expect(bar).not.toHaveAttribute('aria-valuenow', '0');
  const track = await boxOf(bar);
  expect((await fill()).right).toBeCloseTo(track.right, 0);
  expect(await horizontalOverflow(stapler)).toBe(0);
  emulator.setNetwork({ bytesPerSecond: null });
  await expect(stapler.locator('.just-attached', { hasText: 'áttáçhéd ~' })).toBeVisible();
  await board.open(7, { ...CULTURE, width: '640' });
  expect(await horizontalOverflow(stapler)).toBe(0);
  expectAttached(emulator, 7, files);
});

panelStory(
  'The panel has no horizontal overflow from right to left @services-only',
  async ({ panel, page }) => {
    const { content } = panel;
    await panel.pages.open('Queries', CULTURE);
    for (const id of [7, 12]) await panel.pages.row(id).click({ modifiers: ['Control'] });
    await page.getByRole('button', { name: 'Attach files', exact: true }).click();
    const chooser = page.waitForEvent('filechooser');
    await content.locator('.drop-zone').click();
    await (await chooser).setFiles(['12_a.txt', '99_b.png'].map((name) => pickable(makeFile(name, 200))));
    await content.getByRole('radio', { name: pseudo('File or folder name') }).check();
    await content.locator('.tabs button').last().click();
    const row = content.getByRole('listitem').filter({ has: page.getByTitle('12_a.txt') });
    for (const width of [340, 640, 1280]) {
      await page.setViewportSize({ width, height: 1000 });
      await poll(() => horizontalOverflow(content)).toBe(0);
      const text = await boxOf(row.locator('.file-name'));
      const button = await boxOf(row.getByRole('button', { name: pseudo('Edit {name}') }));
      const icon = await boxOf(row.locator('.glyph').first());
      expect(button.right).toBeLessThanOrEqual(text.left);
      expect(icon.left - text.right).toBeLessThan(16);
    }
  },
);

galleryStory(
  'The gallery mirrors menus, arrow keys and the preview from right to left @services-only',
  async ({ gallery, page, emulator }) => {
    const { content } = gallery;
    const { keyboard } = page;
    emulator.store.attach(
      7,
      Object.entries(sampleFiles())
        .filter(([name]) => /^(notes|utf-16)\.txt$|^picture\.png$/.test(name))
        .map(([name, bytes]) => ({ name, content: bytes })),
    );
    await gallery.open(7, CULTURE);
    const menu = content.getByRole('menu');
    const file = (name: string): Locator =>
      content.locator('[data-key]').filter({ has: page.getByTitle(name, { exact: true }) });
    const button = (message: string): Locator => content.getByRole('button', { name: pseudo(message) });
    const size = file('picture.png').locator('.gallery-size');
    const { left } = await boxOf(size);
    await size.click({ button: 'right', position: { x: 2, y: 2 } });
    expect((await boxOf(menu)).right).toBeCloseTo(left + 2, -1);
    await keyboard.press('ArrowDown');
    await expect(menu.getByRole('menuitem', { name: pseudo('Download') })).toBeFocused();
    await keyboard.press('Escape');

    for (const width of [1280, 640, 320]) {
      await page.setViewportSize({ width, height: 1500 });
      await poll(() => horizontalOverflow(content)).toBe(0);
      await file('picture.png')
        .getByRole('button', { name: pseudo('More actions for {name}') })
        .click();
      const [frame, box] = [await boxOf(gallery.frame), await boxOf(menu)];
      expect(box.left).toBeGreaterThanOrEqual(frame.left);
      expect(box.right).toBeLessThanOrEqual(frame.right);
      await keyboard.press('Escape');
    }

    await page.setViewportSize({ width: 1280, height: 1000 });
    await button('Grid').click();
    await file('picture.png').focus();
    await keyboard.press('ArrowLeft');
    await expect(file('notes.txt')).toBeFocused();
    await keyboard.press('Enter');
    const preview = content.getByRole('dialog');
    const [next, previous] = [button('Next file'), button('Previous file')];
    expect((await boxOf(next)).right).toBeLessThanOrEqual((await boxOf(previous)).left);
    await keyboard.press('ArrowLeft');
    await expect(preview).toHaveAccessibleName(pseudo('Preview of {name}', { name: 'utf-16.txt' }));
    await keyboard.press('ArrowRight');
    await expect(preview).toHaveAccessibleName(pseudo('Preview of {name}', { name: 'notes.txt' }));
  },
);
