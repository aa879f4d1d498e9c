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

/** Work item to move and copy files to. */
const TARGET = 8;

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

story('The hub renames, moves and copies files, and undoes it @services-only', async ({ hub }) => {
  const { page, content, emulator } = hub;
  const namesOn = (id: number): readonly string[] => attachmentsOf(emulator, id).map(({ name }) => name);
  const [first = '', second = ''] = namesOn(CROWDED).filter((name) => name.endsWith('.log'));
  const idOf = (id: number, name: string): string | undefined =>
    attachmentsOf(emulator, id).find((file) => file.name === name)?.attachmentId;
  const before = attachmentsOf(emulator, TARGET);
  const moved = [idOf(CROWDED, first), idOf(CROWDED, second)];
  await begin(hub, `on:${CROWDED} type:log`, 9);

  await story.step('rename with F2, and undo', async () => {
    await hub.row(first).click();
    await hub.row(first).press('F2');
    const dialog = content.getByRole('dialog', { name: /^Rename / });
    await dialog.getByRole('textbox').fill('renamed in the hub.log');
    await button(dialog, 'Rename').click();
    await expect(hub.row('renamed in the hub.log')).toBeVisible();
    expect(idOf(CROWDED, 'renamed in the hub.log')).toBe(moved[0]);
    await hub.button('Undo').click();
    await expect(hub.row(first)).toBeVisible();
    expect(idOf(CROWDED, first)).toBe(moved[0]);
  });

  await story.step('move two files, and undo', async () => {
    await hub.row(first).click();
    await hub.row(second).click({ modifiers: ['ControlOrMeta'] });
    await hub.button('More actions for selected files').click();
    await expect(content.getByRole('menuitem', { name: 'Rename' })).toHaveCount(0);
    await content.getByRole('menuitem', { name: 'Move to another work item…' }).click();
    const dialog = content.getByRole('dialog', { name: 'Move 2 files to another work item' });
    await dialog.getByRole('combobox', { name: 'Work item' }).fill(String(TARGET));
    await expect(dialog.getByRole('option')).toHaveCount(1);
    expect(await violations(page)).toEqual([]);
    await button(dialog, 'Move').click();
    await expect(content.getByText(/^Moved 2 files to /)).toBeVisible();
    await hub.expectCount(7);
    await expect(content.getByText('The list changed')).toHaveCount(0);
    expect([idOf(TARGET, first), idOf(TARGET, second)]).toEqual(moved);
    expect(namesOn(CROWDED)).not.toContain(first);
    await hub.button('Undo').click();
    await hub.expectCount(9);
    expect(attachmentsOf(emulator, TARGET)).toEqual(before);
    expect([idOf(CROWDED, first), idOf(CROWDED, second)]).toEqual(moved);
  });

  await story.step('compare two files', async () => {
    await hub.row(first).click();
    await hub.row(second).click({ modifiers: ['ControlOrMeta'] });
    await hub.button('More actions for selected files').click();
    await content.getByRole('menuitem', { name: 'Compare' }).click();
    const dialog = content.getByRole('dialog', { name: /^Compare / });
    await expect(dialog.getByText(/ lines added\./)).toBeVisible();
    await button(dialog, 'Close').click();
  });

  await story.step('copy by keyboard', async () => {
    await hub.row(first).click();
    await hub.button('More actions for selected files').click();
    await content.getByRole('menuitem', { name: 'Copy to another work item…' }).click();
    const dialog = content.getByRole('dialog', { name: /^Copy .+ to another work item$/ });
    await dialog.getByRole('combobox', { name: 'Work item' }).fill(String(TARGET));
    await expect(dialog.getByRole('option', { selected: true })).toBeVisible();
    await dialog.getByRole('combobox', { name: 'Work item' }).press('Enter');
    await expect(content.getByText(/^Copied /)).toBeVisible();
    await hub.find(`on:${TARGET}`, before.length + 1);
    expect([idOf(TARGET, first), idOf(CROWDED, first)]).toEqual([moved[0], moved[0]]);
  });

  await story.step('open the panel with selected files', async () => {
    await hub.find(`on:${CROWDED} type:log`, 9);
    await hub.row(first).click();
    await hub.button('More actions for selected files').click();
    await content.getByRole('menuitem', { name: 'Attach to multiple work items…' }).click();
    const panel = page.getByRole('dialog', { name: 'Attach files' }).locator('iframe').contentFrame();
    await expect(panel.getByText(/^1 file, /)).toBeVisible();
    await expect(panel.getByRole('checkbox', { name: /Bug 8/ })).toBeVisible();
  });
});
