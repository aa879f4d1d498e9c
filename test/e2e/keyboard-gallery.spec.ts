import { attachmentsOf, makeFile, pickable } from './files';
import { expect, poll } from './fixtures';
import { story } from './gallery-story';
import { Keys } from './keys';

/** A bug with a log, a table, a picture and a settings file for each of nine nights. */
const CROWDED = 30;

story(
  'The keyboard alone operates the gallery and never loses the focus @services-only',
  async ({ gallery }) => {
    story.setTimeout(90_000);
    const { page, content, emulator, preview } = gallery;
    const keys = new Keys(page, () => gallery.content);
    /** The row reachable by Tab. */
    const current = gallery.list.locator('[data-key][tabindex="0"]');
    const dialog = content.getByRole('dialog');
    const names = (id = CROWDED): string[] => attachmentsOf(emulator, id).map(({ name }) => name);
    /** Opens the menu of the focused row and moves to the item with this text. */
    const choose = async (text: string): Promise<void> => {
      await keys.press('Shift+F10');
      await keys.goTo(content.getByRole('menuitem', { name: text }), 'ArrowDown');
    };
    await gallery.open(CROWDED);
    await gallery.expectCount('37 files');
    await page.getByRole('tab', { name: 'Files', exact: true }).focus();

    await story.step('reach the first file', async () => {
      await keys.tabTo(gallery.search);
      // The search field is the first stop.
      let presses = 1;
      for (; presses < 8 && !(await current.evaluate((row) => row === document.activeElement)); presses++)
        await keys.press('Tab');
      await expect(current).toBeFocused();
      expect(presses).toBeLessThanOrEqual(8);
    });

    await story.step('filter', async () => {
      const type = gallery.button(/^Type/);
      await keys.tabTo(type, 'Shift+Tab');
      await keys.press('ArrowDown', 'ArrowDown', 'Enter', 'Escape');
      await expect(type).toBeFocused();
      await gallery.expectCount('9 of 37 files');
      await keys.goTo(content.getByRole('button', { name: 'More actions', exact: true }), 'ArrowRight');
      await keys.goTo(type, 'ArrowRight');
      await keys.use(gallery.button('Clear filters'));
      await gallery.expectCount('37 files, ');
    });

    await story.step('list the shortcuts', async () => {
      await keys.press('?');
      await expect(dialog).toHaveAccessibleName('Keyboard shortcuts');
      await expect(dialog.getByRole('rowheader', { name: 'Select all' })).toBeVisible();
      await keys.press('Escape');
      await expect(dialog).toHaveCount(0);
      await keys.tabTo(gallery.search, 'Shift+Tab');
      await keys.type('?');
      await expect(gallery.search).toHaveValue('?');
      await expect(dialog).toHaveCount(0);
      await keys.press('Control+a');
    });

    await story.step('search, sort and navigate the list', async () => {
      await keys.type('2026-03-14');
      await gallery.expectCount('4 of 37 files');
      await keys.use(gallery.button('Name'));
      await keys.tabTo(gallery.row('dashboard-2026-03-14.png'));
      await keys.press('ArrowDown', 'Shift+ArrowDown');
      expect(await gallery.selected()).toEqual(['export-2026-03-14.log', 'rows-2026-03-14.csv']);
      await keys.press('Escape');
    });

    await story.step('comment', async () => {
      await keys.press('Home');
      await expect(gallery.row('dashboard-2026-03-14.png')).toBeFocused();
      await choose('Edit comment');
      await keys.press('Enter');
      await expect(dialog.getByRole('textbox')).toBeFocused();
      await keys.type('Said by keys');
      await keys.press('Enter');
      await expect(gallery.row('dashboard-2026-03-14.png')).toContainText('Said by keys');
      await keys.expectFocusInside();
    });

    await story.step('remove, undo', async () => {
      await keys.tabTo(current);
      await keys.press('ArrowDown', 'Delete');
      await gallery.expectCount('3 of 36 files');
      await keys.expectFocusInside();
      await keys.tabTo(gallery.button('Undo'), 'Shift+Tab');
      await keys.press('Enter');
      await gallery.expectCount('4 of 37 files');
      await keys.expectFocusInside();
    });

    await story.step('copy to another work item', async () => {
      await keys.tabTo(current);
      await keys.press('End');
      await choose('Copy to another');
      await keys.press('Enter');
      await keys.type('LETTER box');
      await expect(dialog.getByRole('option')).toHaveText([/^Bug 9/]);
      await keys.press('Enter');
      await expect(content.getByText(/Copied .* to Bug 9\./)).toBeVisible();
      await keys.expectFocusInside();
      expect(names(9)).toEqual(['settings-2026-03-14.json']);
      await keys.tabTo(gallery.button('Dismiss').first(), 'Shift+Tab');
      await keys.press('Enter');
    });

    await story.step('replace', async () => {
      await keys.tabTo(current);
      await keys.press('End');
      await choose('Replace');
      await keys.pick([pickable(makeFile('settings 2026-03-14 better.json', 300))]);
      await expect(gallery.row('settings 2026-03-14 better.json')).toBeVisible();
      await keys.expectFocusInside();
    });

    await story.step('zip', async () => {
      await keys.tabTo(current);
      await keys.press('Home', 'Shift+ArrowDown');
      const saved = page.waitForEvent('download');
      await keys.tabTo(gallery.button('Download (zip)'), 'Shift+Tab');
      await keys.press('Enter');
      await saved;
      await keys.use(gallery.button('Dismiss'));
      await expect(content.getByText(/\(2 files\)/)).toHaveCount(0);
      await keys.expectFocusInside();
    });

    await story.step('preview', async () => {
      const actions = content.getByRole('toolbar', { name: 'Actions for selected files' });
      await keys.tabTo(actions.locator('[tabindex="0"]'), 'Shift+Tab');
      await keys.goTo(gallery.button('Clear selection'), 'ArrowRight');
      await keys.press('Enter');
      await keys.tabTo(current);
      await keys.press('Home', 'Enter');
      await expect(preview).toHaveAccessibleName('Preview of dashboard-2026-03-14.png');
      const stage = preview.getByRole('region', { name: /^Image in/ });
      const width = async (): Promise<number> => (await stage.getByRole('img').boundingBox())?.width ?? 0;
      await keys.tabTo(stage);
      const before = await width();
      await keys.press('+');
      await poll(width).toBeGreaterThan(before);
      const left = async (): Promise<number> => (await stage.getByRole('img').boundingBox())?.x ?? 0;
      const unmoved = await left();
      // Arrows move an enlarged picture; otherwise they open the next file.
      await keys.press('+', '+', '+', '+', '+', '+');
      await poll(left).toBeLessThan(unmoved);
      const enlarged = await left();
      await keys.press('ArrowRight');
      await poll(left).toBeLessThan(enlarged);
      await keys.press('0');
      await keys.tabTo(preview.getByRole('button', { name: 'Next file' }), 'Shift+Tab');
      await keys.press('Enter');
      await expect(preview).toHaveAccessibleName('Preview of export-2026-03-14.log');
      await expect(preview.getByText('info exported batch').first()).toBeVisible();
      await keys.press('Control+f');
      await keys.type('batch 1234');
      await expect(preview.getByText('1 of 1', { exact: true })).toBeVisible();
      // The first Escape closes the search.
      await keys.press('Enter', 'Escape', 'Escape');
      await expect(preview).toHaveCount(0);
      await expect(gallery.row('export-2026-03-14.log')).toBeFocused();
    });

    await story.step('compare', async () => {
      await keys.press('Shift+ArrowDown');
      await choose('Compare');
      await keys.press('Enter');
      await expect(dialog.getByRole('list', { name: 'Differences' })).toBeVisible();
      await keys.use(dialog.getByRole('button', { name: 'Close' }));
      await expect(dialog).toHaveCount(0);
      await keys.expectFocusInside();
      await keys.tabTo(gallery.search, 'Shift+Tab');
      await keys.press('Control+a');
      await keys.type('dashboard');
      await gallery.expectCount('9 of 37 files');
      await keys.tabTo(current);
      await keys.press('Home', 'Shift+ArrowDown');
      await choose('Compare');
      await keys.press('Enter');
      await keys.use(dialog.getByRole('button', { name: 'Slider' }));
      const slider = dialog.getByRole('slider');
      await keys.tabTo(slider);
      const share = await slider.inputValue();
      await keys.press('ArrowRight');
      await expect(slider).not.toHaveValue(share);
      await keys.press('Escape');
      await expect(dialog).toHaveCount(0);
      await keys.expectFocusInside();
    });
  },
);
