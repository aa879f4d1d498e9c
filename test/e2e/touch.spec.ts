import type { Locator } from '@playwright/test';
import { sampleFiles } from '../helpers/sample-files';
import { BulkPanel } from './bulk-story';
import { attachmentsOf, makeFile, pickable } from './files';
import { expect, poll, test } from './fixtures';
import { GalleryPage } from './gallery-story';
import type { Offset } from './touch';
import { expectTouchable, Fingers } from './touch';

test.use({ hasTouch: true, isMobile: false, viewport: { width: 768, height: 1024 } });

const ITEM = 7;

/** A picture larger than the screens of the stories. */
const WIDE = {
  name: 'wide.svg',
  content: Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" width="3000" height="2000"><circle cx="1500" cy="1000" r="900" fill="teal"/></svg>',
  ),
};

/** A point and another one 100 px to the right. */
const HERE: Offset = [0, 0];
const RIGHT: Offset = [100, 0];

test('Taps attach, preview, select, remove and restore files, and a long press opens the menu @services-only', async ({
  board,
  page,
  emulator,
}) => {
  const gallery = new GalleryPage(page, emulator);
  const fingers = await Fingers.of(page);
  const { content, preview } = gallery;
  const menu = content.getByRole('menu');
  const item = (name: string) => menu.getByRole('menuitem', { name, exact: true });
  const longPress = (target: Locator) => fingers.longPress(target, () => expect(menu).toBeVisible());
  const names = (): string[] => attachmentsOf(emulator, ITEM).map(({ name }) => name);

  await test.step('attach', async () => {
    expect(await board.stapler.locator('html').evaluate(() => matchMedia('(pointer: coarse)').matches)).toBe(
      true,
    );
    const chooser = page.waitForEvent('filechooser');
    await board.dropZone.tap();
    await (await chooser).setFiles(['a.txt', 'b.txt', 'c.txt'].map((name) => pickable(makeFile(name, 100))));
    await expect(board.finished('3 files attached')).toBeVisible();
  });

  await test.step('preview', async () => {
    await page.getByRole('tab', { name: 'Files', exact: true }).tap();
    // The files arrived in any order.
    await content.getByRole('columnheader').getByRole('button', { name: 'Name' }).tap();
    await expect(gallery.row('a.txt')).toBeVisible();
    await expect(content.getByRole('row').nth(1)).toContainText('a.txt');
    await gallery.row('b.txt').getByText('100 B').first().tap();
    await expect(preview).toHaveAccessibleName('Preview of b.txt');
    await preview.getByRole('button', { name: 'Next file' }).tap();
    await expect(preview).toHaveAccessibleName('Preview of c.txt');
    await preview.getByRole('button', { name: 'Close the preview' }).tap();
    await gallery.button('a.txt').first().tap();
    await expect(preview).toHaveAccessibleName('Preview of a.txt');
    await preview.getByRole('button', { name: 'Close the preview' }).tap();
    await expect(preview).toHaveCount(0);
    expect(await gallery.selected()).toEqual([]);
  });

  await test.step('menu and selection', async () => {
    await longPress(gallery.row('a.txt'));
    await expect(preview).toHaveCount(0);
    expect(await gallery.selected()).toEqual([]);
    await expect(menu.getByRole('menuitem').first()).toHaveText('Select');
    await expect(item('Select')).toBeFocused();
    // A tap beside the menu closes it, without a preview.
    await gallery.row('c.txt').getByText('c.txt').tap({ force: true });
    await expect(menu).toHaveCount(0);
    await longPress(gallery.row('a.txt'));
    await item('Preview').tap();
    await expect(preview).toHaveAccessibleName('Preview of a.txt');
    await preview.getByRole('button', { name: 'Close the preview' }).tap();

    await gallery.button('Grid').tap();
    await longPress(gallery.card('a.txt'));
    await item('Select').tap();
    await expect(menu).toHaveCount(0);
    await gallery.card('b.txt').tap();
    await gallery.card('c.txt').tap();
    await gallery.card('b.txt').tap();
    await poll(() => gallery.selected()).toEqual(['a.txt', 'c.txt']);
    await longPress(gallery.card('b.txt'));
    await item('Select').tap();
    await poll(() => gallery.selected()).toEqual(['a.txt', 'b.txt', 'c.txt']);
    await gallery.card('b.txt').tap();
    await expect(preview).toHaveCount(0);
    await longPress(gallery.card('c.txt'));
    await expect(menu).toHaveAccessibleName('More actions for 2 files');
    await expect(item('Select')).toHaveCount(0);
  });

  await test.step('remove and restore', async () => {
    await item('Remove').tap();
    await poll(names).toEqual(['b.txt']);
    await gallery.button('Undo').tap();
    await poll(() => names().sort()).toEqual(['a.txt', 'b.txt', 'c.txt']);
    await expect(gallery.card('c.txt')).toBeVisible();
  });

  await test.step('scrolling opens no menu', async () => {
    await fingers.move(gallery.card('a.txt'), [HERE, RIGHT]);
    await expect(menu).toHaveCount(0);
    await expect(preview).toHaveCount(0);
  });
});

test('Fingers zoom and move a picture, and a swipe over one that fits does nothing @services-only', async ({
  page,
  emulator,
}) => {
  const gallery = new GalleryPage(page, emulator);
  const fingers = await Fingers.of(page);
  const { preview } = gallery;
  const image = preview.getByRole('img', { name: WIDE.name });
  const stage = preview.getByRole('region', { name: /^Image in/ });
  const percent = async (): Promise<number> =>
    Number(/· ([\d.]+)%/.exec(await preview.locator('.viewer-controls').innerText())?.[1]);
  const leftOf = async (): Promise<number> => (await image.boundingBox())?.x ?? NaN;
  emulator.store.attach(ITEM, [WIDE]);
  await gallery.open(ITEM);
  await gallery.row(WIDE.name).tap();
  await expect(image).toBeVisible();
  const fitted = await percent();
  expect(fitted).toBeLessThan(30);
  const start = await leftOf();

  await fingers.move(stage, [HERE, RIGHT]);
  expect([await percent(), await leftOf()]).toEqual([fitted, start]);
  await fingers.doubleTap(stage);
  await poll(percent).toBe(100);
  await preview.getByRole('button', { name: 'Fit', exact: true }).tap();
  await poll(percent).toBe(fitted);

  // Twice as far apart.
  await fingers.move(
    stage,
    [
      [-50, 0],
      [-200, 0],
    ],
    [
      [50, 0],
      [200, 0],
    ],
  );
  await poll(percent).toBeGreaterThan(3.8 * fitted);
  expect(await percent()).toBeLessThan(4.2 * fitted);
  const zoomed = await percent();
  const left = await leftOf();
  await fingers.move(stage, [HERE, RIGHT]);
  await poll(async () => Math.abs((await leftOf()) - left - 100)).toBeLessThan(2);
  // A third finger changes nothing.
  await fingers.move(
    stage,
    [HERE, RIGHT],
    [
      [0, 50],
      [100, 50],
    ],
    [
      [0, 100],
      [100, 200],
    ],
  );
  await poll(async () => Math.abs((await leftOf()) - left - 200)).toBeLessThan(2);
  expect(await percent()).toBe(zoomed);
  await fingers.move(
    stage,
    [
      [-200, 0],
      [-20, 0],
    ],
    [
      [200, 0],
      [20, 0],
    ],
  );
  await poll(percent).toBe(fitted);
  await page.setViewportSize({ width: 1024, height: 768 });
  await poll(percent).not.toBe(fitted);
  await poll(async () => {
    const [picture, place] = await Promise.all([image.boundingBox(), stage.boundingBox()]);
    return (
      Math.abs((picture?.width ?? 0) - (place?.width ?? 0)) < 1 ||
      Math.abs((picture?.height ?? 0) - (place?.height ?? 0)) < 1
    );
  }).toBe(true);
});

test.describe('on a tablet on its side', () => {
  test.use({ viewport: { width: 1024, height: 768 } });

  test('Taps attach files in the panel @services-only', async ({ page, emulator }) => {
    const panel = new BulkPanel(page, emulator);
    const files = ['7_a.txt', '8_b.txt'].map((name) => makeFile(name, 100));
    await panel.pages.open('Queries');
    await panel.pages.row(ITEM).tap();
    await page.getByRole('button', { name: 'Attach files', exact: true }).tap();
    const chooser = page.waitForEvent('filechooser');
    await panel.dropZone.tap();
    await (await chooser).setFiles(files.map(pickable));
    await panel.addItems('8');
    await panel.content.getByText('File or folder name', { exact: true }).tap();
    await panel.expectSum(/^2 attachments/);
    await panel.attachButton.tap();
    await panel.expectReport('2 of 2 attached');
    await panel.button('Back to plan').tap();
    await expect(panel.dropZone).toBeVisible();
    expect([7, 8].map((id) => attachmentsOf(emulator, id).map(({ name }) => name))).toEqual([
      ['7_a.txt'],
      ['8_b.txt'],
    ]);
  });
});

test('Each target in the form is large enough for a finger @services-only', async ({
  board,
  page,
  emulator,
}) => {
  const html = board.stapler.locator('html');
  const check = (state: string, open?: () => Promise<void>) => expectTouchable(page, html, state, open);
  await check('empty form');
  await board.pick([pickable(makeFile('attached.txt', 100)), pickable(makeFile('attached too.txt', 100))]);
  await expect(board.latest.getByRole('button')).toHaveCount(2);
  emulator.store.requiredFields.add('Custom.Customer');
  await board.pick([pickable(makeFile('failed with a rather long name that does not fit.docx', 2_000))]);
  await board.stapler.getByRole('button', { name: /^Details of/ }).tap();
  emulator.store.requiredFields.clear();
  emulator.setNetwork({ bytesPerSecond: 1_000 });
  await page.getByRole('textbox', { name: 'Description' }).fill('Not saved');
  await board.pick(['slow.bin', 'also slow.bin'].map((name) => pickable(makeFile(name, 40_000))));
  await expect(board.row('also slow.bin')).toBeVisible();
  await check('uploads beside unsaved edits');
  await board.stapler.getByRole('button', { name: 'Cancel also slow.bin' }).tap();
  await board.stapler.getByRole('button', { name: 'Pause slow.bin' }).tap();
  await check('form menu', async () => {
    await board.stapler.getByRole('button', { name: 'More actions' }).tap();
    await expect(board.stapler.getByRole('menu')).toBeVisible();
  });
  await board.stapler.getByRole('menuitem', { name: 'Check this organization…' }).tap();
  await expect(board.stapler.getByRole('dialog')).toBeVisible();
  await check('check of the organization');
  await page.keyboard.press('Escape');
  await board.count(2).tap();
  await expect(board.stapler.getByRole('grid', { name: 'Attachments' })).toBeVisible();
  await check('list in the form');
});

test('Each target in the gallery is large enough for a finger @services-only', async ({ page, emulator }) => {
  test.setTimeout(180_000);
  const gallery = new GalleryPage(page, emulator);
  const { content, preview } = gallery;
  const html = content.locator('html');
  const check = (state: string, open?: () => Promise<void>) => expectTouchable(page, html, state, open);
  const samples = sampleFiles();
  emulator.store.attach(
    ITEM,
    Object.entries(samples).map(([name, content]) => ({ name, content })),
  );
  await gallery.open(ITEM);
  await gallery.expectCount(/files/);
  await check('list');
  await gallery.button('Related items').tap();
  await gallery.button('Remove broken.mp4').tap();
  await expect(gallery.button('Undo')).toBeVisible();
  await check('removed, related items');
  await gallery.button('Related items').tap();
  await gallery.button(/^Recently removed/).tap();
  await gallery.button('Grid').tap();
  const fingers = await Fingers.of(page);
  const menu = content.getByRole('menu');
  const openMenu = (name: string) => fingers.longPress(gallery.card(name), () => expect(menu).toBeVisible());
  await check('menu', () => openMenu('notes.txt'));
  await menu.getByRole('menuitem', { name: 'Select' }).tap();
  await gallery.card('utf-16.txt').tap();
  await check('grid with a selection and removed files');
  await openMenu('notes.txt');
  await menu.getByRole('menuitem', { name: 'Compare' }).tap();
  await expect(content.getByRole('dialog')).toBeVisible();
  await check('texts compared');
  await page.keyboard.press('Escape');
  await openMenu('notes.txt');
  await menu.getByRole('menuitem', { name: 'Copy to another work item…' }).tap();
  await content.getByRole('combobox', { name: 'Work item' }).fill('receipts');
  await expect(content.getByRole('option').last()).toBeVisible();
  await check('choice of a work item');
  await page.keyboard.press('Escape');
  await gallery.button('Clear selection').tap();
  await openMenu('notes.txt');
  await menu.getByRole('menuitem', { name: 'Edit comment…' }).tap();
  await expect(content.getByRole('dialog')).toBeVisible();
  await check('comment');
  await page.keyboard.press('Escape');
  await openMenu('picture.png');
  await menu.getByRole('menuitem', { name: 'Select' }).tap();
  await gallery.card('hostile.svg').tap();
  await openMenu('picture.png');
  await menu.getByRole('menuitem', { name: 'Compare' }).tap();
  for (const mode of ['Side by side', 'Slider', 'Difference']) {
    await gallery.button(mode).tap();
    await check(mode);
  }
  await page.keyboard.press('Escape');
  await gallery.button('Clear selection').tap();
  for (const name of [
    ...['picture.png', 'three pages.pdf', 'notes.txt', 'binary.txt', 'release notes.md', 'table.csv'],
    ...['data.json', 'results.trx', 'archive.zip', 'mail.eml', 'tone.wav', 'hostile.html'],
  ]) {
    await gallery.card(name).tap();
    await expect(preview.locator('.preview-view > *, .preview-words').first()).toBeVisible();
    await check(`preview of ${name}`);
    await page.keyboard.press('Escape');
    await expect(preview).toHaveCount(0);
  }
});

test('Each target in the panel is large enough for a finger @services-only', async ({ page, emulator }) => {
  test.setTimeout(120_000);
  const panel = new BulkPanel(page, emulator);
  const html = panel.content.locator('html');
  const check = (state: string) => expectTouchable(page, html, state);
  await panel.open([7, 8, 21]);
  await check('no files');
  await panel.pick(['7_a.txt', 'b.bin'].map((name) => pickable(makeFile(name, 4_000))));
  await panel.button(/^Files for Bug 7/).tap();
  await check('plan by work item');
  await panel.chooseMapping('File or folder name');
  await panel.showByFile();
  await panel.button('Edit b.bin').tap();
  await check('plan by name');
  await panel.chooseMapping('CSV list');
  await check('plan by list');
  await panel.content.getByRole('radio', { name: 'All files to all work items' }).check();
  emulator.setNetwork({ bytesPerSecond: 500 });
  await panel.attachButton.tap();
  await panel.button('Close').tap();
  await check('run with a question');
  await panel.button('Keep open').tap();
  emulator.setNetwork({ bytesPerSecond: null });
  await panel.expectReport(/attached/);
  await check('report');
});
