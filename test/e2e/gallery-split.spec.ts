import { readFile } from 'node:fs/promises';
import type { Emulator } from 'azure-devops-emulator';
import { strFromU8, unzipSync } from 'fflate';
import { attachParts, detachParts, splitInto } from '../helpers/split';
import { violations } from './axe';
import type { TestFile } from './files';
import { attachmentsOf, makeFile, requestsOf } from './files';
import { expect, poll } from './fixtures';
import { story } from './gallery-story';

const EMPTY = 7;
const NAME = 'memory.dmp';
const VOLUME_BYTES = 100_000;

/** Attaches a split file to the work item on the server. Returns the bytes of the whole file. */
function attachSplit(emulator: Emulator, { name, bytes }: TestFile = makeFile(NAME, 350_000)): Buffer {
  attachParts(emulator, EMPTY, splitInto(name, bytes, VOLUME_BYTES, 'Crash of the night run'));
  return bytes;
}

story(
  'A split file is one row: downloaded joined, renamed, and removed with one undo @services-only',
  async ({ gallery, emulator }) => {
    const bytes = attachSplit(emulator);
    const names = () => attachmentsOf(emulator, EMPTY).map(({ name }) => name);
    const revision = () => emulator.store.workItem(EMPTY).rev;
    const parts = (name: string) => [1, 2, 3, 4].map((number) => `${name}.00${number}`);
    await gallery.open(EMPTY);
    await gallery.expectCount(/^1 file, /);
    expect(await gallery.names()).toEqual([NAME]);
    const row = gallery.row(NAME);
    await expect(row).toContainText('4 parts');
    await expect(row).toContainText('Crash of the night run');
    await expect(row).not.toContainText('[stapler');
    expect(await violations(gallery.page)).toEqual([]);

    const download = gallery.page.waitForEvent('download');
    await gallery.button(`Download ${NAME}`).click();
    const saved = await download;
    expect(saved.suggestedFilename()).toBe(NAME);
    expect((await readFile(await saved.path())).equals(bytes)).toBe(true);

    let before = revision();
    await row.click({ button: 'right' });
    await expect(gallery.content.getByRole('menuitem')).toHaveText([
      ...['Preview', 'Download', 'Copy name', 'Rename', 'Edit comment…'],
      ...['Copy to another work item…', 'Move to another work item…', 'Remove'],
    ]);
    await gallery.content.getByRole('menuitem', { name: 'Rename' }).click();
    await gallery.content.getByRole('textbox', { name: `New name for ${NAME}` }).fill('night.dmp');
    await gallery.page.keyboard.press('Enter');
    await poll(names).toEqual(parts('night.dmp'));
    expect(revision()).toBe(before + 1);
    await expect(gallery.row('night.dmp')).toContainText('4 parts');

    before = revision();
    await gallery.button('Remove night.dmp').click();
    await poll(names).toEqual([]);
    expect(revision()).toBe(before + 1);
    await expect(gallery.content.getByText(/Removed .*night\.dmp/)).toBeVisible();
    const removed = gallery.content.getByRole('status').filter({ hasText: 'Removed' });
    await removed.getByRole('button', { name: 'Undo' }).click();
    await poll(names).toEqual(parts('night.dmp'));
    expect(revision()).toBe(before + 2);
    await expect(gallery.row('night.dmp')).toContainText('4 parts');
  },
);

story(
  'A split file with a missing part is named in its row, and its other parts can be saved @services-only',
  async ({ gallery, emulator }) => {
    attachSplit(emulator);
    detachParts(emulator, EMPTY, `${NAME}.002`);
    await gallery.open(EMPTY);
    await expect(gallery.row(NAME)).toContainText('4 parts · Part 2 is missing.');
    const before = requestsOf(emulator, 'GET', /attachments\//).length;
    await gallery.button(`Download ${NAME}`).click();
    const alert = gallery.content.getByRole('alert').filter({ hasText: 'missing or damaged: 2.' });
    await expect(alert).toBeVisible();
    expect(requestsOf(emulator, 'GET', /attachments\//)).toHaveLength(before);
    const saved: string[] = [];
    gallery.page.on('download', (download) => saved.push(download.suggestedFilename()));
    await gallery.button('Save 3 parts').click();
    await poll(() => saved).toEqual([`${NAME}.001`, `${NAME}.003`, `${NAME}.004`]);
  },
);

story(
  'A split file is one file of a zip, and is previewed as a whole @services-only',
  async ({ gallery, emulator }) => {
    const { page, preview } = gallery;
    const lines = Array.from({ length: 20_000 }, (_, line) => `info written line ${line}\n`);
    const bytes = attachSplit(emulator, { name: 'night.log', bytes: Buffer.from(lines.join('')) });
    emulator.store.attach(EMPTY, [{ name: 'notes.txt', content: Buffer.from('Found in the night.') }]);
    await gallery.open(EMPTY);
    const saved = page.waitForEvent('download');
    await gallery.button('Download all (zip)').click();
    const files = unzipSync(await readFile(await (await saved).path()));
    expect(Object.keys(files).sort()).toEqual(['manifest.csv', 'night.log', 'notes.txt']);
    expect(Buffer.from(files['night.log']!).equals(bytes)).toBe(true);
    const rows = strFromU8(files['manifest.csv']!).trim().split('\r\n');
    expect(rows).toHaveLength(3);
    expect(
      rows.filter((row) => row.startsWith(`night.log,night.log,${EMPTY},${bytes.length},`)),
    ).toHaveLength(1);

    await gallery.row('night.log').dblclick();
    await expect(preview).toHaveAccessibleName('Preview of night.log');
    await expect(preview.getByText('info written line 0', { exact: true })).toBeVisible();
    // The last line is in the last part.
    await page.keyboard.press('Control+f');
    await page.keyboard.type('written line 19999');
    await expect(preview.getByText('1 of 1', { exact: true })).toBeVisible();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await expect(preview).toHaveCount(0);
  },
);

story(
  'A split file is copied to another work item with all its parts @services-only',
  async ({ gallery, emulator }) => {
    const TARGET = 9;
    attachSplit(emulator);
    const before = emulator.store.workItem(TARGET).rev;
    await gallery.open(EMPTY);
    await gallery.row(NAME).click({ button: 'right' });
    await gallery.content.getByRole('menuitem', { name: 'Copy to another work item…' }).click();
    await gallery.content.getByRole('combobox', { name: 'Work item' }).fill(String(TARGET));
    await gallery.content.getByRole('button', { name: 'Copy', exact: true }).click();
    // The copies are links to the same bytes, with the marks of the set.
    await poll(() => attachmentsOf(emulator, TARGET)).toEqual(attachmentsOf(emulator, EMPTY));
    expect(emulator.store.workItem(TARGET).rev).toBe(before + 1);
    await gallery.open(TARGET);
    await expect(gallery.row(NAME)).toContainText('4 parts');
  },
);

story(
  'A removed split file is one entry of the history, and is restored with all its parts @services-only',
  async ({ gallery, emulator }) => {
    const { content, page } = gallery;
    attachSplit(emulator);
    const stored = attachmentsOf(emulator, EMPTY);
    detachParts(emulator, EMPTY, ...stored.map(({ name }) => name));
    await gallery.open(EMPTY);
    await content.getByRole('button', { name: 'More actions', exact: true }).click();
    await content.getByRole('menuitem', { name: 'History…' }).click();
    const dialog = content.getByRole('dialog', { name: 'History of files' });
    await expect(dialog.getByRole('listitem').first()).toContainText(/Removed.*memory\.dmp.*4 parts/);
    await dialog.getByRole('button', { name: 'Recently removed (1)' }).click();
    await expect(dialog.getByRole('listitem')).toContainText('4 parts');
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('checkbox', { name: NAME }).check();
    await expect(dialog.getByText('1 selected')).toBeVisible();
    const before = emulator.store.workItem(EMPTY).rev;
    await dialog.getByRole('button', { name: 'Restore', exact: true }).click();
    await expect(dialog.getByRole('status').filter({ hasText: /Restored .*memory\.dmp/ })).toBeVisible();
    const inOrder = (files: typeof stored): typeof stored =>
      [...files].sort((a, b) => a.name.localeCompare(b.name));
    expect(inOrder(attachmentsOf(emulator, EMPTY))).toEqual(inOrder(stored));
    expect(emulator.store.workItem(EMPTY).rev).toBe(before + 1);
    await dialog.getByRole('button', { name: 'Close' }).click();
    await expect(gallery.row(NAME)).toContainText('4 parts');
  },
);
