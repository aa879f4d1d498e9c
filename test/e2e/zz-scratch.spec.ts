import { story } from './gallery-story';
import { expect } from './fixtures';

story('scratch', async ({ gallery }) => {
  const { content, page } = gallery;
  await page.setViewportSize({ width: 1280, height: 900 });
  await gallery.open(9);
  const toggle = content.getByRole('button', { name: /^In the text/ });
  await expect(toggle).toHaveText(/\(\d+\)/);
  await page.screenshot({ path: '/tmp/m/s-off.png' });
  await toggle.click();
  await expect(content.getByRole('rowgroup').filter({ hasText: 'In the text' })).toBeVisible();
  await page.waitForTimeout(1500);
  await page.screenshot({ path: '/tmp/m/s-list.png' });
  await content.getByRole('button', { name: 'Grid' }).click();
  await page.waitForTimeout(800);
  await page.screenshot({ path: '/tmp/m/s-grid.png' });
  await content.getByRole('button', { name: 'List' }).click();
  const row = content.getByRole('row').filter({ hasText: 'Description' }).first();
  await row.click({ button: 'right' });
  await page.waitForTimeout(300);
  await page.screenshot({ path: '/tmp/m/s-menu.png' });
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await page.waitForTimeout(1000);
  await page.screenshot({ path: '/tmp/m/s-preview.png' });
});
