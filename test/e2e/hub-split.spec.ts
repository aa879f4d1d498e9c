import { readFile } from 'node:fs/promises';
import { strFromU8, unzipSync } from 'fflate';
import { attachParts, detachParts, splitInto } from '../helpers/split';
import { violations } from './axe';
import { attachmentsOf } from './files';
import { expect, poll } from './fixtures';
import { story } from './hub-story';

/** Split files in the Attachments hub. */

const EMPTY = 7;
const NAME = 'night.log';
const LINES = Array.from({ length: 20_000 }, (_, line) => `info written line ${line}\n`);
const BYTES = Buffer.from(LINES.join(''));
const PARTS = splitInto(NAME, BYTES, 150_000, 'Crash of the night run');

story(
  'A split file is one row of the hub: previewed, downloaded and exported joined, and removed as one @services-only',
  async ({ hub }) => {
    const { content, page, emulator, preview } = hub;
    attachParts(emulator, EMPTY, PARTS);
    const stored = attachmentsOf(emulator, EMPTY);
    await hub.open();
    await hub.build();
    await hub.find(`on:${EMPTY}`, 1);
    const row = hub.row(NAME);
    await expect(row).toContainText('4 parts');
    await expect(row).toContainText('469 KB');
    expect(await violations(page)).toEqual([]);

    await row.getByRole('button', { name: NAME }).click();
    await expect(preview).toHaveAccessibleName(`Preview of ${NAME}`);
    await expect(preview.getByText('info written line 0', { exact: true })).toBeVisible();
    await expect(preview.getByText('4 parts', { exact: true })).toBeVisible();
    const download = page.waitForEvent('download');
    await preview.getByRole('button', { name: `Download ${NAME}` }).click();
    const saved = await download;
    expect(saved.suggestedFilename()).toBe(NAME);
    expect((await readFile(await saved.path())).equals(BYTES)).toBe(true);
    await page.keyboard.press('Escape');
    await expect(preview).toHaveCount(0);

    await hub.button('Export…').click();
    const exporting = content.getByRole('dialog', { name: 'Export files' });
    const archive = page.waitForEvent('download');
    await exporting.getByRole('button', { name: 'Export', exact: true }).click();
    const files = unzipSync(await readFile(await (await archive).path()));
    await expect(exporting.getByText('1 file exported,')).toBeVisible();
    const [path] = Object.keys(files).filter((each) => each.endsWith(NAME));
    expect(Object.keys(files)).toHaveLength(3);
    expect(Buffer.from(files[path!]!).equals(BYTES)).toBe(true);
    expect(strFromU8(files['manifest.csv']!)).toContain(`,${NAME},Crash of the night run,`);
    await exporting.getByRole('button', { name: 'Close', exact: true }).click();

    await row.click();
    await hub.button('Remove…').click();
    const removing = content.getByRole('dialog', { name: 'Remove files' });
    const before = emulator.store.workItem(EMPTY).rev;
    await removing.getByRole('button', { name: 'Remove', exact: true }).click();
    await poll(() => attachmentsOf(emulator, EMPTY)).toEqual([]);
    expect(emulator.store.workItem(EMPTY).rev).toBe(before + 1);
    await removing.getByRole('button', { name: 'Undo', exact: true }).click();
    await poll(() => attachmentsOf(emulator, EMPTY)).toEqual(stored);
    await removing.getByRole('button', { name: 'Close', exact: true }).click();
    await hub.expectCount(1);
    await expect(row).toContainText('4 parts');
  },
);

story(
  'The hub names the missing part of a split file, and saves the others @services-only',
  async ({ hub }) => {
    const { content, page, emulator } = hub;
    attachParts(emulator, EMPTY, PARTS);
    detachParts(emulator, EMPTY, `${NAME}.002`);
    await hub.open();
    await hub.build();
    await hub.find(`on:${EMPTY}`, 1);
    await expect(hub.row(NAME)).toContainText('4 parts · Part 2 is missing.');
    await hub.row(NAME).click();
    await hub.button('Download').click();
    await expect(content.getByRole('alert').filter({ hasText: 'missing or damaged: 2.' })).toBeVisible();
    const saved: string[] = [];
    page.on('download', (download) => saved.push(download.suggestedFilename()));
    await hub.button('Save 3 parts').click();
    await poll(() => saved).toEqual([`${NAME}.001`, `${NAME}.003`, `${NAME}.004`]);
  },
);
