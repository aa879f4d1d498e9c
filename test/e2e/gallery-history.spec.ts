import { violations } from './axe';
import { attachmentsOf } from './files';
import { expect } from './fixtures';
import { story } from './gallery-story';

const CROWDED = 30;

const DAY_MS = 24 * 60 * 60 * 1000;

story(
  'A file that someone else removed is listed, restored, and removed again by Undo',
  async ({ gallery }) => {
    await gallery.open(CROWDED);
    const { content, emulator, page } = gallery;
    const { store } = emulator;
    const name = 'export-2026-03-14.log';
    const before = attachmentsOf(emulator, CROWDED);
    const item = store.workItem(CROWDED);
    const raisa = {
      id: '1',
      displayName: 'Raisa Pokrovskaya',
      uniqueName: 'raisa@fabrikam.com',
      descriptor: '',
    };
    const relations = item.relations.filter(({ attributes }) => attributes['name'] !== name);
    const date = new Date(Date.now() - 2.5 * DAY_MS).toISOString();
    store.save({ ...item, relations }, { by: raisa, date });

    await content.getByRole('button', { name: 'More actions', exact: true }).click();
    await content.getByRole('menuitem', { name: 'History…' }).click();
    const dialog = content.getByRole('dialog', { name: 'History of files' });
    await expect(dialog.getByRole('listitem').first()).toContainText(/Removed.*Raisa Pokrovskaya/);
    expect(await violations(page)).toEqual([]);

    await dialog.getByRole('button', { name: 'Recently removed (1)' }).click();
    const row = dialog.getByRole('listitem');
    await expect(row).toContainText('Removed by Raisa Pokrovskaya');
    await expect(row).toContainText('25 days left');
    await dialog.getByRole('checkbox', { name }).check();
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Restore', exact: true }).click();
    await expect(
      dialog.getByRole('status').filter({ hasText: /Restored .*export-2026-03-14\.log/ }),
    ).toBeVisible();
    const byName = (a: { attachmentId: string }, b: { attachmentId: string }): number =>
      a.attachmentId.localeCompare(b.attachmentId);
    expect(attachmentsOf(emulator, CROWDED).sort(byName)).toEqual([...before].sort(byName));

    await dialog.getByRole('button', { name: 'Undo' }).click();
    await expect(dialog.getByRole('button', { name: 'Recently removed (1)' })).toBeVisible();
    expect(attachmentsOf(emulator, CROWDED)).toHaveLength(before.length - 1);
    await dialog.getByRole('button', { name: 'Close' }).click();
    await gallery.expectCount(`${before.length - 1} files`);
  },
);
