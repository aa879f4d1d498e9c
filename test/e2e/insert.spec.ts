import type { BrowserContext } from '@playwright/test';
import { violations } from './axe';
import type { Board } from './board';
import { attachmentsOf } from './files';
import { expect, poll, test } from './fixtures';
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

/** Pastes a screenshot into the group. */
async function paste({ page, dropZone }: Board, context: BrowserContext): Promise<void> {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.bringToFront();
  await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(40, 30);
    canvas.getContext('2d')?.fillRect(0, 0, 20, 20);
    const picture = await canvas.convertToBlob({ type: 'image/png' });
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
  });
  await dropZone.focus();
  await page.keyboard.press('ControlOrMeta+v');
}

test('Pasted images go into the text as they arrive, and each is attached once @services-only', async ({
  board,
  emulator,
  context,
}) => {
  const { page, stapler } = board;
  const setting = stapler.getByRole('menuitemcheckbox', { name: 'Insert pasted images into the text' });
  const line = stapler.getByRole('status').filter({ hasText: /^Inserted into / });
  const pictures = page.getByRole('img', { name: /^Bug 7 \d{4}-/ });
  const idsInText = (): readonly (string | undefined)[] =>
    Object.values(emulator.store.workItem(7).fields).flatMap((text) =>
      Array.from(
        (typeof text === 'string' ? text : '').matchAll(
          /<img src="[^"]*attachments\/([^"?]+)[^"]*" alt="Bug 7 /g,
        ),
        ([, id]) => id,
      ),
    );

  await board.more.click();
  await expect(setting).toBeChecked({ checked: false });
  await setting.click();
  await page.keyboard.press('Escape');

  // Linked first: the form has no edits yet.
  await paste(board, context);
  await expect(line).toHaveText('Inserted into Description. Save the work item to keep it.');
  await expect(pictures).toHaveCount(1);
  expect(attachmentsOf(emulator, 7)).toHaveLength(1);
  expect(idsInText()).toEqual([]);
  // The first image is an unsaved edit, so the link of the second one waits.
  await paste(board, context);
  await expect(pictures).toHaveCount(2);
  await expect(board.saveQuestion).toContainText('Save the work item to attach 1 file.');
  expect(await violations(page)).toEqual([]);

  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(board.finished('2 files attached')).toBeVisible();
  await expect(line).toHaveCount(0);
  await expect(pictures).toHaveCount(2);
  const attached = attachmentsOf(emulator, 7).map(({ attachmentId }) => attachmentId);
  expect(attached).toHaveLength(2);
  expect(idsInText()).toEqual(attached);

  await board.open(7);
  await board.more.click();
  await expect(setting).toBeChecked();
});
