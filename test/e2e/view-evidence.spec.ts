import { sampleHar } from '../helpers/sample-har';
import { linesOf, optionsOf, sampleTrace, traceOf } from '../helpers/sample-trace';
import { violations } from './axe';
import { expect, poll } from './fixtures';
import type { GalleryPage } from './gallery-story';
import { story } from './gallery-story';

/** A bug without attachments. */
const EMPTY = 7;

async function look(gallery: GalleryPage, name: string): Promise<void> {
  await gallery.row(name).getByRole('button', { name, exact: true }).click();
  await expect(gallery.preview).toHaveAccessibleName(`Preview of ${name}`);
}

story('A HAR file shows its requests, by keyboard, with secrets folded @both', async ({ gallery }) => {
  const { page, emulator, preview } = gallery;
  const { keyboard } = page;
  const chunks: string[] = [];
  page.on('request', (request) => chunks.push(request.url().split('/').at(-1) ?? ''));
  emulator.store.attach(EMPTY, [
    { name: 'shop.har', content: Buffer.from(sampleHar()) },
    { name: 'other.har', content: Buffer.from('{"settings": {"a": 1}}') },
  ]);
  await gallery.open(EMPTY);
  await look(gallery, 'shop.har');
  const requests = preview.getByRole('list', { name: 'Requests of shop.har' }).locator('> [role=listitem]');
  await expect(requests).toHaveCount(6);
  await expect(preview.getByText(/^6 requests, 2 failed, .*, 2 s$/)).toBeVisible();
  await expect(preview.getByText('This file contains cookies or tokens.')).toBeVisible();

  await preview.getByRole('button', { name: 'Failed (2)' }).click();
  await expect(requests).toHaveCount(2);
  await keyboard.press('Control+f');
  await keyboard.type('orders 500');
  await expect(requests).toHaveCount(1);
  await expect(preview.getByRole('status').filter({ hasText: '1 request' })).toBeVisible();
  const order = preview.getByRole('button', { name: /orders\?page=2/ });
  await order.focus();
  await keyboard.press('Enter');
  await expect(order).toHaveAttribute('aria-expanded', 'true');
  await expect(preview.getByText('{"error":"no stock"}')).toBeVisible();
  await preview.getByRole('button', { name: 'Request headers (2)' }).click();
  await expect(preview.getByText('Bearer secret-123')).toHaveCount(0);
  expect(await violations(page)).toEqual([]);
  await preview.getByRole('button', { name: 'Show the secret value' }).click();
  await expect(preview.getByText('Bearer secret-123')).toBeVisible();

  await preview.getByRole('button', { name: 'orders.json', exact: true }).click();
  await expect(preview.getByText('"no stock"', { exact: true })).toBeVisible();
  await keyboard.press('Escape');
  await expect(order).toBeVisible();
  await preview.getByRole('button', { name: 'Source', exact: true }).click();
  await expect(preview.getByText('WebInspector').first()).toBeVisible();
  await keyboard.press('Escape');
  await expect(preview).toHaveCount(0);
  // A second request would come from the page, after the work has failed in a worker.
  expect(chunks.filter((name) => name === 'read-har.js')).toHaveLength(1);

  await look(gallery, 'other.har');
  await expect(preview.getByText(/so it's shown as JSON/)).toBeVisible();
  await expect(preview.getByText('settings')).toBeVisible();
});

story('The requests of a HAR file fit into a narrow window @services-only', async ({ gallery }) => {
  const { page, emulator, preview, content } = gallery;
  emulator.store.attach(EMPTY, [{ name: 'shop.har', content: Buffer.from(sampleHar()) }]);
  await gallery.open(EMPTY);
  await look(gallery, 'shop.har');
  await expect(preview.getByText('Waterfall')).toBeVisible();
  await page.setViewportSize({ width: 320, height: 1500 });
  await expect(preview.getByText('Waterfall')).toBeHidden();
  await preview.getByRole('button', { name: /orders\?page=2/ }).click();
  await expect(preview.getByText('Waiting for the response')).toBeVisible();
  await poll(() =>
    content.locator('.viewer-scroll').evaluate((list) => list.scrollWidth - list.clientWidth),
  ).toBeLessThanOrEqual(0);
});

story('A Playwright trace shows errors, actions, screenshots and network @both', async ({ gallery }) => {
  const { page, emulator, preview } = gallery;
  const { keyboard } = page;
  const chunks: string[] = [];
  page.on('request', (request) => chunks.push(request.url().split('/').at(-1) ?? ''));
  const damaged = traceOf({ 'trace.trace': linesOf([optionsOf(8)]), 'a.txt': 'x' });
  // The content does not match its checksum.
  damaged.writeUInt8(damaged.readUInt8(60) ^ 0xff, 60);
  emulator.store.attach(EMPTY, [
    { name: 'result.zip', content: sampleTrace() },
    { name: 'damaged.zip', content: damaged },
  ]);
  await gallery.open(EMPTY);
  await look(gallery, 'result.zip');
  await expect(preview.getByText('shop.spec.ts:9 › shows the cart')).toBeVisible();
  await expect(preview.getByRole('list', { name: 'Errors of the trace' })).toContainText('toHaveText failed');
  await expect(preview.getByText('Not shown: 1 snapshot of a page.')).toBeVisible();
  const pictures = preview.getByRole('list', { name: 'Last screenshots' }).getByRole('img');
  await expect(pictures).toHaveCount(2);
  await poll(() => pictures.last().evaluate((picture) => (picture as HTMLImageElement).naturalWidth)).toBe(
    320,
  );

  const failed = preview.getByRole('button', { name: /^expect\.toHaveText/ });
  await failed.focus();
  await keyboard.press('Enter');
  await expect(preview.getByText('waiting for locator("h1")')).toBeVisible();
  await expect(preview.getByRole('img', { name: 'Screenshot at 1 s' })).toHaveCount(2);
  expect(await violations(page)).toEqual([]);

  await preview.getByRole('tab', { name: 'Actions (5)' }).focus();
  await keyboard.press('ArrowRight');
  await expect(preview.getByRole('tab', { name: 'Console (3)' })).toBeFocused();
  await expect(preview.getByText('boom {a: 1}')).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await keyboard.press('ArrowRight');
  await expect(preview.getByText(/^2 requests, 1 failed/)).toBeVisible();
  await preview.getByRole('button', { name: /GET cart/ }).click();
  await preview.getByRole('button', { name: 'cart.json', exact: true }).click();
  await expect(preview.getByText('items')).toBeVisible();
  await keyboard.press('Escape');
  await preview.getByRole('tab', { name: 'Attachments (2)' }).click();
  await preview.getByRole('button', { name: 'notes', exact: true }).click();
  await expect(preview.getByText('Notes of the test.')).toBeVisible();
  await keyboard.press('Escape');
  await preview.getByRole('button', { name: 'Entries', exact: true }).click();
  await expect(preview.getByText('0-trace.network')).toBeVisible();
  expect(
    await page
      .frames()
      .at(-1)
      ?.evaluate(() => 'hacked' in window),
  ).toBe(false);
  await keyboard.press('Escape');
  await expect(preview).toHaveCount(0);
  // A second request would come from the page, after the work has failed in a worker.
  expect(chunks.filter((name) => name === 'read-trace.js')).toHaveLength(1);

  await look(gallery, 'damaged.zip');
  await expect(
    preview.getByText(/can't be shown as a Playwright trace, so its entries are listed/),
  ).toBeVisible();
  await expect(preview.getByText('a.txt')).toBeVisible();
});
