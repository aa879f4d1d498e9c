import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { FrameLocator, Locator, Page } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { violations } from './axe';
import { attachmentsOf } from './files';
import { expect, test, watchErrors } from './fixtures';

/** Dialogs of the Attachments hub for many files. */

const CROWDED = 30;

/** Opens the hub, makes its index and searches. */
async function openHub(page: Page, hostUrl: string, search: string): Promise<FrameLocator> {
  await page.goto(`${hostUrl}?panel=closed`);
  const navigation = page.getByRole('navigation', { name: 'Pages' });
  await navigation.getByRole('link', { name: 'Attachments', exact: true }).click();
  const hub = page.locator('iframe[title="Attachments"]').contentFrame();
  await hub.getByRole('button', { name: 'Start', exact: true }).click();
  await hub.getByRole('searchbox', { name: 'Search attachments' }).fill(search);
  return hub;
}

const button = (place: FrameLocator | Locator, name: string): Locator =>
  place.getByRole('button', { name, exact: true });

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

test('The hub exports a search result with checksums, byte for byte @services-only', async ({
  emulator,
  page,
}) => {
  const errors = watchErrors(page);
  const stored = attachmentsOf(emulator, CROWDED).filter(({ name }) => name.endsWith('.log'));
  const hub = await openHub(page, emulator.hostUrl, `on:${CROWDED} type:log`);
  await expect(hub.getByRole('status').filter({ hasText: `${stored.length} files,` })).toBeVisible();
  await button(hub, 'Export…').click();
  const dialog = hub.getByRole('dialog', { name: 'Export files' });
  await expect(dialog.getByText(`${stored.length} files,`)).toBeVisible();
  await expect(dialog.getByLabel('Command')).toHaveText(
    new RegExp(`^stapler export ${CROWDED} --organization http\\S+ --out attachments$`),
  );
  await dialog.getByRole('radio', { name: 'All files in one folder' }).check();
  await expect(dialog.getByLabel('Command')).toHaveText(/ --flat$/);
  await dialog.getByRole('radio', { name: 'One folder for each work item' }).check();
  expect(await violations(page)).toEqual([]);

  const saved = page.waitForEvent('download');
  await button(dialog, 'Export').click();
  const download = await saved;
  expect(download.suggestedFilename()).toBe('Fabrikam attachments.zip');
  await expect(dialog.getByText(`${stored.length} files exported,`)).toBeVisible();
  await expect(button(dialog, 'Close')).toBeFocused();
  const files = unzipSync(await readFile(await download.path()));
  const sums = strFromU8(files['SHA256SUMS'] ?? new Uint8Array())
    .trim()
    .split('\n')
    .map((line) => [line.slice(66), line.slice(0, 64)] as const);
  const { SHA256SUMS: _, ...summed } = files;
  expect(new Map(sums)).toEqual(
    new Map(Object.entries(summed).map(([path, bytes]) => [path, sha256(bytes)])),
  );
  const attached = sums.filter(([path]) => path !== 'manifest.csv');
  expect(attached.every(([path]) => path.startsWith(`Bug ${CROWDED} `))).toBe(true);
  const hashes = attached.map(([path, hash]) => [path.split('/')[1], hash] as const);
  expect(new Map(hashes)).toEqual(new Map(stored.map(({ name, sha256: hash }) => [name, hash])));

  await button(dialog, 'Close').click();
  await expect(button(hub, 'Export…')).toBeFocused();
  expect(errors).toEqual([]);
});

test('The hub removes selected files after a question, and restores them @services-only', async ({
  emulator,
  page,
}) => {
  const errors = watchErrors(page);
  const before = attachmentsOf(emulator, CROWDED);
  const logs = before.filter(({ name }) => name.endsWith('.log'));
  const hub = await openHub(page, emulator.hostUrl, `on:${CROWDED} type:log`);
  const found = hub.getByRole('status').filter({ hasText: `${logs.length} files,` });
  await expect(found).toBeVisible();
  await expect(button(hub, 'Remove…')).toHaveCount(0);
  await button(hub, 'More actions').click();
  await hub.getByRole('menuitem', { name: 'Select all' }).click();
  await button(hub, 'Remove…').click();
  const dialog = hub.getByRole('dialog', { name: 'Remove files' });
  await expect(dialog.getByText(`${logs.length} files,`)).toBeVisible();
  await expect(dialog.getByText('on 1 work item')).toBeVisible();
  expect(attachmentsOf(emulator, CROWDED)).toEqual(before);
  expect(await violations(page)).toEqual([]);

  await button(dialog, 'Remove').click();
  await expect(dialog.getByText(`${logs.length} files removed.`)).toBeVisible();
  const names = (files: typeof before): readonly string[] => files.map(({ name }) => name).sort();
  expect(names(attachmentsOf(emulator, CROWDED))).toEqual(
    names(before.filter((file) => !logs.includes(file))),
  );
  await expect(hub.getByText('No files match.')).toBeVisible();

  await button(dialog, 'Undo').click();
  await expect(dialog.getByText(`${logs.length} files restored.`)).toBeVisible();
  const hashes = (files: typeof before): ReadonlyMap<string, string> =>
    new Map(files.map(({ name, sha256: hash }) => [name, hash]));
  expect(hashes(attachmentsOf(emulator, CROWDED))).toEqual(hashes(before));
  await button(dialog, 'Close').click();
  await expect(found).toBeVisible();
  expect(errors).toEqual([]);
});
