import type { Emulator } from 'azure-devops-emulator';
import { project } from 'azure-devops-emulator';
import { Board } from './board';
import { makeFile, pickable } from './files';
import { expect, test, watchErrors } from './fixtures';
import { GalleryPage } from './gallery-story';
import { HubPage } from './hub-story';
import { Pages } from './pages';
import { SettingsPage } from './settings-story';

/** Parts of Stapler that the administrators of a project have switched off. */

function switchOff(emulator: Emulator, ...parts: readonly string[]): void {
  const text = JSON.stringify({ version: 1, parts: Object.fromEntries(parts.map((part) => [part, false])) });
  emulator.store.extensionData.set('Default', 'policies', { id: project.id, text });
}

test('An administrator switches off a part in the settings, and on again @services-only', async ({
  page,
  emulator,
}) => {
  const settings = new SettingsPage(page, emulator);
  await settings.open();
  const parts = settings.content.getByRole('group', { name: 'Parts of Stapler' });
  const previews = parts.getByRole('checkbox', { name: 'Previews and thumbnails' });
  await expect(previews).toBeChecked();
  const before = await settings.json.inputValue();
  await previews.uncheck();
  expect(JSON.parse(await settings.json.inputValue())).toMatchObject({ parts: { previews: false } });
  await settings.save();
  await previews.check();
  await expect(settings.json).toHaveValue(before);
});

test('A project without the hub reads no attachments, and leads to its settings @services-only', async ({
  page,
  emulator,
}) => {
  const errors = watchErrors(page);
  const hub = new HubPage(page, emulator);
  switchOff(emulator, 'hub');
  await hub.open();
  const note = hub.content.getByRole('status');
  await expect(note).toContainText('The administrators of this project have switched off this page.');
  await expect(hub.button('Start')).toHaveCount(0);
  const link = note.getByRole('link', { name: 'Project settings' });
  await expect(link).toHaveAttribute('href', /\/Fabrikam\/_settings\/[^/]+\.settings-hub$/);
  expect(errors).toEqual([]);
});

test('Without the bulk panel, the form and the menu do not lead to it @services-only', async ({
  page,
  emulator,
}) => {
  const errors = watchErrors(page);
  switchOff(emulator, 'bulkPanel');
  const sentence = 'The administrators of this project have switched off attaching files to many work items.';

  await test.step('explain it in the menu of a work item', async () => {
    const pages = new Pages(page, emulator);
    await pages.open('Queries');
    await pages.row(7).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Attach files…' }).click();
    const message = page.getByRole('dialog', { name: 'Attach files' });
    await expect(message).toHaveAccessibleDescription(sentence);
    await expect(message.locator('iframe')).toHaveCount(0);
  });

  await test.step('offer no other work items in the form', async () => {
    const board = new Board(page, emulator);
    await board.open(7);
    await board.pick([pickable(makeFile('alone.log', 2_000))]);
    await expect(board.finished('1 file attached')).toBeVisible();
    await expect(board.stapler.getByRole('button', { name: 'Also attach to…' })).toHaveCount(0);
    await expect(board.stapler.getByRole('button', { name: 'Attach to multiple work items…' })).toHaveCount(
      0,
    );
  });
  expect(errors).toEqual([]);
});

test('Without previews, the Files tab shows icons and downloads what is opened @services-only', async ({
  page,
  emulator,
}) => {
  const errors = watchErrors(page);
  const gallery = new GalleryPage(page, emulator);
  switchOff(emulator, 'previews');
  emulator.store.attach(7, [{ name: 'plain.log', content: Buffer.from('text') }]);
  await gallery.open(7);
  await gallery.row('plain.log').click();
  await expect(gallery.button('Download').first()).toBeVisible();
  await expect(gallery.button('Preview')).toHaveCount(0);
  const saved = page.waitForEvent('download');
  await gallery.row('plain.log').getByTitle('plain.log', { exact: true }).click();
  expect((await saved).suggestedFilename()).toBe('plain.log');
  await expect(gallery.preview).toHaveCount(0);
  expect(errors).toEqual([]);
});
