import { violations } from './axe';
import { expect, poll } from './fixtures';
import { story } from './gallery-story';

const CROWDED = 30;

story(
  'A picture goes into a field as an unsaved edit, and into one comment @services-only',
  async ({ gallery }) => {
    await gallery.open(CROWDED);
    const { content, page, emulator } = gallery;
    const name = 'dashboard-2026-03-14.png';
    const { store } = emulator;
    const description = (): unknown => store.workItem(CROWDED).fields['System.Description'];
    const before = description();
    const place = content.getByRole('combobox', { name: 'Insert into' });
    const begin = async (): Promise<void> => {
      await gallery.button(`More actions for ${name}`).click();
      await content.getByRole('menuitem', { name: 'Insert into…' }).click();
      await expect(place).toHaveAttribute('aria-busy', 'false');
    };
    const notice = (text: string) => content.getByRole('status').filter({ hasText: text });

    await begin();
    const words = content.getByRole('textbox', { name: 'Alternative text' });
    await expect(words).toBeFocused();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.type('The dashboard');
    await page.keyboard.press('Enter');
    await expect(notice('Inserted into Description. Save the work item to keep it.')).toBeVisible();
    await expect(gallery.button(`More actions for ${name}`)).toBeFocused();
    await page.getByRole('tab', { name: 'Details' }).click();
    await expect(page.getByRole('img', { name: 'The dashboard' })).toBeVisible();
    await page.getByRole('button', { name: 'Revert' }).click();
    await expect(page.getByRole('img', { name: 'The dashboard' })).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeDisabled();
    expect(description()).toBe(before);

    await gallery.show();
    await begin();
    await place.selectOption('New comment');
    await content.getByRole('combobox', { name: 'Width' }).selectOption('Small (300 pixels)');
    emulator.setNetwork({ faults: [{ name: 'answer-lost', remaining: 1, at: 'link' }] });
    await gallery.button('Insert').click();
    await expect(notice('Inserted into a new comment.')).toBeVisible();
    await poll(() => store.workItem(CROWDED).comments.map(({ text }) => text)).toEqual([
      expect.stringMatching(
        /^<img src="[^"]*\?fileName=dashboard-2026-03-14\.png" alt="dashboard-2026-03-14" width="300">$/,
      ),
    ]);
  },
);
