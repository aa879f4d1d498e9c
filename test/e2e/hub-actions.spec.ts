import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Locator } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { violations } from './axe';
import { attachmentsOf } from './files';
import { expect } from './fixtures';
import type { HubPage } from './hub-story';
import { story } from './hub-story';

/** Dialogs of the Attachments hub for many files. */

const CROWDED = 30;

/** Opens the hub, makes its index and searches. */
async function begin(hub: HubPage, search: string, count: number): Promise<void> {
  await hub.open();
  await hub.build();
  await hub.find(search, count);
}

const button = (place: Locator, name: string): Locator => place.getByRole('button', { name, exact: true });

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

story('The hub exports a search result with checksums, byte for byte @services-only', async ({ hub }) => {
  const { page, content, emulator } = hub;
  const stored = attachmentsOf(emulator, CROWDED).filter(({ name }) => name.endsWith('.log'));
  await begin(hub, `on:${CROWDED} type:log`, stored.length);
  await hub.button('Export…').click();
  const dialog = content.getByRole('dialog', { name: 'Export files' });
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
  const paths = Object.entries(files).filter(([path]) => path !== 'SHA256SUMS');
  expect(new Map(sums)).toEqual(new Map(paths.map(([path, bytes]) => [path, sha256(bytes)])));
  const attached = sums.filter(([path]) => path !== 'manifest.csv');
  expect(attached.every(([path]) => path.startsWith(`Bug ${CROWDED} `))).toBe(true);
  const hashes = attached.map(([path, hash]) => [path.split('/')[1], hash] as const);
  expect(new Map(hashes)).toEqual(new Map(stored.map(({ name, sha256: hash }) => [name, hash])));

  await button(dialog, 'Close').click();
  await expect(hub.button('Export…')).toBeFocused();
});

story(
  'The hub removes selected files after a question, and restores them @services-only',
  async ({ hub }) => {
    const { page, content, emulator } = hub;
    const before = attachmentsOf(emulator, CROWDED);
    const logs = before.filter(({ name }) => name.endsWith('.log'));
    await begin(hub, `on:${CROWDED} type:log`, logs.length);
    await expect(hub.button('Remove…')).toHaveCount(0);
    await hub.button('More actions').click();
    await content.getByRole('menuitem', { name: 'Select all' }).click();
    await hub.button('Remove…').click();
    const dialog = content.getByRole('dialog', { name: 'Remove files' });
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
    await expect(content.getByText('No files match.')).toBeVisible();
    await expect(content.getByText('The list changed')).toHaveCount(0);

    await button(dialog, 'Undo').click();
    await expect(dialog.getByText(`${logs.length} files restored.`)).toBeVisible();
    const hashes = (files: typeof before): ReadonlyMap<string, string> =>
      new Map(files.map(({ name, sha256: hash }) => [name, hash]));
    expect(hashes(attachmentsOf(emulator, CROWDED))).toEqual(hashes(before));
    await button(dialog, 'Close').click();
    await hub.expectCount(logs.length);
  },
);
