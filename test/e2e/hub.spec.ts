import { expect, test, watchErrors } from './fixtures';

/** The Attachments hub in the navigation of Azure Boards. */

test(
  'The Attachments hub opens from the navigation and fills the page',
  { tag: '@both' },
  async ({ emulator, page }) => {
    const errors = watchErrors(page);
    await page.goto(`${emulator.hostUrl}?panel=closed`);
    const navigation = page.getByRole('navigation', { name: 'Pages' });
    await navigation.getByRole('link', { name: 'Attachments', exact: true }).click();
    await expect(page).toHaveURL(/\/Fabrikam\/_apps\/hub\/stapler\.stapler\.attachments-hub\?panel=closed$/);
    const frame = page.locator('iframe[title="Attachments"]');
    const hub = frame.contentFrame();
    await expect(hub.getByRole('main', { name: 'Attachments' })).toBeVisible();
    await expect(hub.getByText('Fabrikam', { exact: true })).toBeVisible();
    const [content, box] = [await page.getByRole('main').first().boundingBox(), await frame.boundingBox()];
    expect(box).toEqual(content);
    await page.reload();
    await expect(hub.getByText('Fabrikam', { exact: true })).toBeVisible();
    expect(errors).toEqual([]);
  },
);
