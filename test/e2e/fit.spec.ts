import { sampleFiles } from '../helpers/sample-files';
import { BulkPanel } from './bulk-story';
import { makeFile, pickable } from './files';
import { expectUsable } from './fit';
import { expect, test } from './fixtures';
import { GalleryPage } from './gallery-story';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

// A window of 1280 by 1024 pixels at 400 % zoom.
const MAGNIFIED = { width: 320, height: 256 };

test('The form is usable at 400 % zoom @services-only', async ({ board, page, emulator }) => {
  const html = board.stapler.locator('html');
  await board.open(7, { width: '320' });
  emulator.store.requiredFields.add('Custom.Customer');
  await board.pick([pickable(makeFile('failed with a rather long name that does not fit.docx', 2_000))]);
  await board.stapler.getByRole('button', { name: /^Details of/ }).click();
  emulator.store.requiredFields.clear();
  emulator.setNetwork({ bytesPerSecond: 1_000 });
  await board.pick(['slow.bin', 'also slow.bin'].map((name) => pickable(makeFile(name, 40_000))));
  await expect(board.row('also slow.bin')).toBeVisible();
  await page.setViewportSize(MAGNIFIED);
  await board.dropZone.focus();
  await expectUsable(page, html, 'form with uploads');
});

test('The panel is usable at 400 % zoom @services-only', async ({ page, emulator }) => {
  const panel = new BulkPanel(page, emulator);
  const html = panel.content.locator('html');
  await panel.open([7, 8, 21]);
  await panel.pick(['7_a.txt', 'b.bin'].map((name) => pickable(makeFile(name, 4_000))));
  await page.setViewportSize(MAGNIFIED);
  await panel.dropZone.focus();
  await expectUsable(page, html, 'plan');
  await panel.chooseMapping('File or folder name');
  await panel.showByFile();
  await panel.button('Edit b.bin').click();
  await panel.dropZone.focus();
  await expectUsable(page, html, 'plan by name');
  await panel.chooseMapping('CSV list');
  await panel.content.getByRole('radio', { name: 'All files to all work items' }).check();
  emulator.setNetwork({ bytesPerSecond: 500 });
  await panel.attachButton.click();
  await panel.button('Close').click();
  await panel.content.getByRole('heading', { name: /^Attaching/ }).focus();
  await expectUsable(page, html, 'run with a question');
  await panel.button('Keep open').click();
  emulator.setNetwork({ bytesPerSecond: null });
  await panel.expectReport(/attached/);
  await expectUsable(page, html, 'report');
});

test('The gallery is usable at 400 % zoom @services-only', async ({ page, emulator }) => {
  const gallery = new GalleryPage(page, emulator);
  const html = gallery.content.locator('html');
  const { keyboard } = page;
  const files = Object.entries(sampleFiles()).map(([name, content]) => ({ name, content }));
  emulator.store.attach(7, files);
  await gallery.open(7);
  await gallery.expectCount(/files/);
  await page.setViewportSize(MAGNIFIED);
  for (const view of ['List', 'Grid']) {
    await gallery.button(view).click();
    await gallery.search.focus();
    await expectUsable(page, html, view);
  }
  await gallery.card('table.csv').focus();
  await keyboard.press('ControlOrMeta+Space');
  await keyboard.press('Shift+F10');
  const menu = gallery.content.getByRole('menu');
  await expect(menu).toBeInViewport();
  await keyboard.press('End');
  await expect(menu.getByRole('menuitem').last()).toBeInViewport();
  await menu.getByRole('menuitem', { name: 'Edit comment…' }).click();
  await expectUsable(page, html, 'comment');
  await keyboard.press('Escape');
  await keyboard.press('Shift+F10');
  await menu.getByRole('menuitem', { name: 'Copy to another work item…' }).click();
  await gallery.content.getByRole('combobox', { name: 'Work item' }).fill('receipts');
  await expectUsable(page, html, 'choose a work item');
  await keyboard.press('Escape');
  for (const name of ['picture.png', 'three pages.pdf', 'table.csv', 'utf-16.txt', 'mail.eml']) {
    await gallery.card(name).dblclick();
    // The viewer takes the focus once it is loaded, before the first Tab.
    await expect(gallery.preview.locator('.viewer-body [tabindex="0"]:focus')).toBeInViewport();
    await expectUsable(page, html, `preview of ${name}`);
    await keyboard.press('Escape');
    await expect(gallery.preview).toHaveCount(0);
  }
});
