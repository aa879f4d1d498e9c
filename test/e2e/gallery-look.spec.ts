import { sampleFiles } from '../helpers/sample-files';
import { makeFile, pickable } from './files';
import { expect, poll } from './fixtures';
import { story } from './gallery-story';
import { expectNoViolations, expectSeenInForcedColors } from './looks';

/** A bug with a log, a table, a picture and a settings file for each of nine nights. */
const CROWDED = 30;

/** A bug without attachments. */
const EMPTY = 7;

// Looks are the same in both modes.
story(
  'axe finds no problem in the gallery, in any of its states and in any look @services-only',
  async ({ gallery }) => {
    story.setTimeout(120_000);
    const { page, content, emulator } = gallery;
    const { keyboard } = page;
    const dialog = content.getByRole('dialog');
    const choose = async (files: string, action: string): Promise<void> => {
      await gallery.button(`More actions for ${files}`).click();
      await content.getByRole('menuitem', { name: action }).click();
    };
    await gallery.open(EMPTY);
    await expect(content.getByText('No attachments yet.')).toBeVisible();
    await expectNoViolations(page, 'empty gallery');

    await gallery.open(CROWDED);
    await gallery.expectCount('37 files');
    for (const view of ['List', 'Grid']) {
      await gallery.button(view).click();
      await page.setViewportSize({ width: 320, height: 1500 });
      await poll(() =>
        content.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth),
      ).toBeLessThanOrEqual(0);
      await expectNoViolations(page, `${view}, narrow`, ['light']);
      await page.setViewportSize({ width: 1280, height: 1000 });
      await expectNoViolations(page, view);
    }
    await gallery.button('List').click();

    await gallery.filterBy('Type', 'Images (9)', 'Text (10)');
    await gallery.button('Type (2)').click();
    await expectNoViolations(page, 'filters and an open menu');
    await keyboard.press('Escape');
    await gallery.search.fill('nothing like it');
    await expectNoViolations(page, 'no match');
    await gallery.button('Clear filters').click();
    await gallery.row('export-2026-03-14.log').focus();
    await keyboard.press('?');
    await expect(dialog.getByRole('table', { name: 'Attachment list' })).toBeVisible();
    await expectNoViolations(page, 'keyboard shortcuts');
    await keyboard.press('Escape');

    await gallery.search.fill('2026-03-1');
    const log = gallery.row('export-2026-03-14.log');
    await expectSeenInForcedColors(log, async () => {
      await log.focus();
      await keyboard.press('ControlOrMeta+Space');
      await expect(log).toHaveAttribute('aria-selected', 'true');
      // The focus ring does not count.
      await gallery.search.focus();
    });
    await log.focus();
    await keyboard.press('Shift+ArrowDown');
    await keyboard.press('Shift+F10');
    await expectNoViolations(page, 'menu for two selected files');
    await content.getByRole('menuitem', { name: 'Compare' }).click();
    await expect(dialog).toContainText('info exported batch');
    await expectNoViolations(page, 'compare two texts');
    await keyboard.press('Escape');

    await choose('dashboard-2026-03-14.png', 'Edit comment…');
    await dialog.getByRole('textbox').fill('x'.repeat(256));
    await expectNoViolations(page, 'comment beyond the maximum length');
    await keyboard.press('Escape');
    await choose('dashboard-2026-03-14.png', 'Copy to another work item…');
    await dialog.getByRole('combobox').fill('receipts');
    await expect(dialog.getByRole('option')).toHaveCount(2);
    await expectNoViolations(page, 'choose a work item');
    await keyboard.press('Escape');

    emulator.setNetwork({
      faults: [
        { name: 'stalled', remaining: 1, at: 'simple' },
        { name: 'stalled', remaining: 1, at: 'download' },
      ],
    });
    const chooser = page.waitForEvent('filechooser');
    await choose('dashboard-2026-03-13.png', 'Replace…');
    await (await chooser).setFiles(pickable(makeFile('better.png', 300_000)));
    await expect(content.getByRole('progressbar', { name: /^Replacing/ })).toBeVisible();
    await gallery.button('Remove export-2026-03-12.log').click();
    await gallery.button('Recently removed (1)').click();
    await gallery.button('Clear selection').click();
    await gallery.button(/^Download \d+ files \(zip\)$/).click();
    await expect(content.getByRole('progressbar', { name: /^Creating/ })).toBeVisible();
    await expectNoViolations(page, 'replacement, zip and bin');
    await gallery.button('Cancel').last().click();
    emulator.setNetwork({ faults: [{ name: 'status-500', remaining: null, at: 'link' }] });
    await gallery.button('Remove rows-2026-03-14.csv').click();
    await expect(content.getByRole('alert')).toContainText('rows-2026-03-14.csv');
    await expectNoViolations(page, 'failed removal');
  },
);

story('axe finds no problem in previews and comparisons, in any look @services-only', async ({ gallery }) => {
  story.setTimeout(120_000);
  const { page, content, emulator, preview } = gallery;
  const { keyboard } = page;
  const files = Object.entries(sampleFiles()).map(([name, content]) => ({ name, content }));
  emulator.store.attach(EMPTY, [...files, { name: 'tool.exe', content: Buffer.from('MZ') }]);
  await gallery.open(EMPTY);
  await gallery.button('Grid').click();
  for (const name of [
    'picture.png',
    'three pages.pdf',
    'locked.pdf',
    'release notes.md',
    'table.csv',
    'data.json',
    'results.trx',
    'utf-16.txt',
    'archive.zip',
    'mail.eml',
    'tone.wav',
    'tool.exe',
  ]) {
    await gallery.card(name).dblclick();
    await expect(preview.getByRole('progressbar')).toHaveCount(0);
    await expect(preview.locator('.preview-view > *, .preview-words').first()).toBeVisible();
    await expectNoViolations(page, `preview of ${name}`);
    await keyboard.press('Escape');
    await expect(preview).toHaveCount(0);
  }

  const pictures = ['picture.png', 'hostile.svg'];
  await gallery.card(pictures[0]!).click();
  await gallery.card(pictures[1]!).click({ modifiers: ['ControlOrMeta'] });
  await gallery.button('More actions for 2 files').click();
  await content.getByRole('menuitem', { name: 'Compare' }).click();
  for (const way of ['Slider', 'Difference']) {
    await content.getByRole('dialog').getByRole('button', { name: way }).click();
    await expectNoViolations(page, `compare two pictures by ${way}`);
  }
});
