import { violations } from './axe';
import { expect } from './fixtures';
import { story } from './gallery-story';
import { heapOf } from './heap';

/** A bug without attachments. */
const EMPTY = 7;

const MIB = 1024 * 1024;

/** A log with 250,000 lines. Every 1,000th one is a warning, the one before the last an error with a stack trace. */
function longLog(): Buffer {
  const lines = Array.from({ length: 250_000 }, (_, index) => {
    const level = (index + 1) % 1_000 === 0 ? 'WARN ' : 'INFO ';
    return `2026-03-14 10:15:02 ${level} [orders] order ${index + 1} was read`;
  });
  lines[248_998] = '2026-03-14 10:15:02 ERROR [orders] order 248999 has no price';
  lines[248_999] = '    at Cart.add (cart.ts:12)';
  return Buffer.from(lines.join('\r\n'));
}

story('All lines of a long log are within reach', async ({ gallery }) => {
  const { page, emulator, preview } = gallery;
  emulator.store.attach(EMPTY, [{ name: 'orders.log', content: longLog() }]);
  await gallery.open(EMPTY);
  await gallery.row('orders.log').dblclick();
  await expect(preview.getByText('order 1 was read')).toBeVisible();
  const part = preview.getByRole('combobox', { name: 'Part of the file' });
  await expect(part.getByRole('option')).toHaveText([
    'Lines 1 to 100,000',
    'Lines 100,001 to 200,000',
    'Lines 200,001 to 250,000',
  ]);

  await story.step('A search finds a line in any part', async () => {
    await page.keyboard.press('Control+f');
    await page.keyboard.type('order 199999 ');
    await expect(preview.getByText('1 of 1', { exact: true })).toBeVisible();
    await expect(preview.locator('mark.viewer-current')).toBeInViewport();
    await expect(part).toHaveValue('1');
  });
  await story.step('A part is chosen, and the next one follows its end', async () => {
    await preview.getByRole('searchbox', { name: 'Search in the file' }).fill('');
    await part.selectOption('Lines 100,001 to 200,000');
    await expect(preview.getByText('order 100001 was read')).toBeInViewport();
    const lines = preview.getByRole('region', { name: 'Text of orders.log' });
    await lines.focus();
    await page.keyboard.press('End');
    await preview.getByRole('button', { name: 'Show lines 200,001 to 250,000' }).click();
    await expect(preview.getByText('order 200001 was read')).toBeInViewport();
    await expect(lines).toBeFocused();
    await page.keyboard.press('End');
    await expect(preview.getByText('order 250000 was read')).toBeInViewport();
  });
  await story.step('A filter leaves the errors, and the same place is shown without it', async () => {
    const level = preview.getByRole('combobox', { name: 'Lines to show' });
    await level.selectOption('Errors');
    await expect(preview.getByText('2 lines', { exact: true })).toBeVisible();
    await expect(preview.getByText('order 248999 has no price')).toBeVisible();
    await expect(preview.getByText('at Cart.add (cart.ts:12)')).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await level.selectOption('All lines');
    await expect(preview.getByText('order 248999 has no price')).toBeInViewport();
    await level.selectOption('Errors and warnings');
    await expect(preview.getByText('251 lines', { exact: true })).toBeVisible();
  });
});

story('A log of 100 MB is shown and searched within 50 MB of memory @services-only', async ({ gallery }) => {
  const { page, emulator, preview } = gallery;
  const line = `2026-03-14 10:15:02 INFO  [orders] ${'x'.repeat(92)}\n`;
  const content = Buffer.concat([Buffer.alloc(100 * MIB, line), Buffer.from('the end')]);
  emulator.store.attach(EMPTY, [{ name: 'orders.log', content }]);
  await gallery.open(EMPTY);
  const heap = await heapOf(gallery.frame);
  const before = await heap();
  await gallery.row('orders.log').dblclick();
  await preview.getByRole('button', { name: 'Show anyway' }).click();
  await expect(preview.getByText('[orders]').first()).toBeVisible();
  await page.keyboard.press('Control+f');
  await page.keyboard.type('the end');
  await expect(preview.getByText('1 of 1', { exact: true })).toBeVisible();
  await preview.getByRole('combobox', { name: 'Lines to show' }).selectOption('Errors');
  await expect(preview.getByText('No lines match.')).toBeVisible();
  expect((await heap()) - before).toBeLessThan(50 * MIB);
});
