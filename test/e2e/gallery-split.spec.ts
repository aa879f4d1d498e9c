import { readFile } from 'node:fs/promises';
import type { Emulator } from 'azure-devops-emulator';
import { splitInto } from '../helpers/split';
import { violations } from './axe';
import { attachmentsOf, makeFile, requestsOf } from './files';
import { expect, poll } from './fixtures';
import { story } from './gallery-story';

const EMPTY = 7;
const NAME = 'memory.dmp';
const VOLUME_BYTES = 100_000;

/** Attaches a split file to the work item on the server. Returns the bytes of the whole file. */
function attachSplit(emulator: Emulator, size = 350_000): Buffer {
  const { bytes } = makeFile(NAME, size);
  const parts = splitInto(NAME, bytes, VOLUME_BYTES, 'Crash of the night run');
  const { store } = emulator;
  store.attach(EMPTY, parts);
  const item = store.workItem(EMPTY);
  const commentOf = new Map<unknown, string>(parts.map(({ name, comment }) => [name, comment]));
  const relations = item.relations.map((relation) => {
    const comment = commentOf.get(relation.attributes['name']);
    return comment === undefined
      ? relation
      : { ...relation, attributes: { ...relation.attributes, comment } };
  });
  store.save({ ...item, relations });
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
    const { store } = emulator;
    const item = store.workItem(EMPTY);
    store.save({
      ...item,
      relations: item.relations.filter(({ attributes }) => attributes['name'] !== `${NAME}.002`),
    });
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
