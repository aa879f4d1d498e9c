import { violations } from './axe';
import { attachmentsOf, requestsOf } from './files';
import { expect, poll } from './fixtures';
import { story } from './gallery-story';

/** A bug without attachments, with images in its description: also of another project, organization and host. */
const PASTED = 9;

const PICTURE = 'search box.png';

story(
  'An image in the description is listed, attached as a file, and kept when it is used',
  async ({ gallery }) => {
    await gallery.open(PASTED);
    const { content, emulator, page, preview } = gallery;
    const group = content.getByRole('rowgroup').filter({ hasText: 'In the text' });
    const attached = (): string[] => attachmentsOf(emulator, PASTED).map(({ name }) => name);

    // Before anything is opened, the number of images is known.
    await expect(gallery.button(/^In the text \(\d\)$/)).toBeVisible();
    await gallery.button(/^In the text/).click();
    const row = group.getByRole('row').filter({ hasText: PICTURE });
    await expect(row).toContainText('Description');
    await expect(row).toContainText('748 B');
    await expect(group).toContainText('Elsewhere (another project)');
    await expect(group).toContainText('Elsewhere (dev.azure.com)');
    await expect(
      content.getByText(`stapler rehome ${PASTED} --from https://dev.azure.com/contoso`),
    ).toBeVisible();
    await expect(gallery.button('Copy command')).toBeVisible();
    expect(await violations(page)).toEqual([]);

    await row.dblclick();
    await expect(preview.getByRole('img', { name: PICTURE })).toBeVisible();
    await expect(preview.getByRole('button', { name: /^(Remove|Rename)/ })).toHaveCount(0);
    await page.keyboard.press('Escape');

    await row.click({ button: 'right' });
    await content.getByRole('menuitem', { name: 'Attach as file' }).click();
    await poll(attached).toEqual([PICTURE]);
    expect(requestsOf(emulator, 'POST', /attachments/)).toEqual([]);
    await expect(content.getByRole('menuitem', { name: 'Attach as file' })).toHaveCount(0);

    await gallery.list.getByRole('button', { name: `Remove ${PICTURE}` }).click();
    const warning = content.getByRole('alert').filter({ hasText: 'still used in: Description' });
    await warning.getByRole('button', { name: 'Show where' }).click();
    await expect(warning.getByRole('listitem')).toContainText(PICTURE);
    expect(await violations(page)).toEqual([]);
    expect(attached()).toEqual([]);
    await warning.getByRole('button', { name: 'Keep the file' }).click();
    await poll(attached).toEqual([PICTURE]);
    await expect(warning).toHaveCount(0);
  },
);

story('An image of another project is copied here, and back @services-only', async ({ gallery }) => {
  await gallery.open(PASTED);
  const { content, emulator, page, preview } = gallery;
  const description = (): string => emulator.store.workItem(PASTED).fields['System.Description'] as string;
  const before = description();
  await gallery.button(/^In the text/).click();
  const group = content.getByRole('rowgroup').filter({ hasText: 'In the text' });
  const row = group.getByRole('row').filter({ hasText: 'box on a tablet.png' });
  await expect(row).toContainText('Elsewhere (another project)');
  await row.click({ button: 'right' });
  await content.getByRole('menuitem', { name: 'Copy here' }).click();
  await gallery.expectCount('Copied 1 image here.');
  await expect(row).not.toContainText('Elsewhere');
  const withoutAddress = (text: string): string => text.replace(/src="[^"]*tablet\.png"/, '');
  expect(description()).not.toBe(before);
  expect(withoutAddress(description())).toBe(withoutAddress(before));
  await row.dblclick();
  await expect(preview.getByRole('img', { name: 'box on a tablet.png' })).toBeVisible();
  await page.keyboard.press('Escape');

  await content.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await poll(description).toBe(before);
});
