import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { violations } from './axe';
import { attachmentsOf, makeFile, requestsOf } from './files';
import { expect, poll } from './fixtures';
import { story } from './gallery-story';

story(
  'Old attachments of a full item move into a zip, and Undo brings them back @services-only',
  async ({ gallery }) => {
    const { emulator, page, content } = gallery;
    const old = Array.from({ length: 40 }, (_, index) => makeFile(`night ${index}.log`, 2_000 + index));
    emulator.store.attach(
      9,
      old.map(({ name, bytes }) => ({ name, content: bytes })),
    );
    emulator.store.fill(9, 100);
    await gallery.open(9);
    await gallery.button('More actions').first().click();
    await content.getByRole('menuitem', { name: 'Bundle old attachments…' }).click();
    const dialog = content.getByRole('dialog', { name: 'Bundle old attachments' });
    const count = dialog.getByRole('spinbutton', { name: 'Number of files, oldest first' });
    await expect(count).toHaveValue('50');
    await count.fill('-3');
    await expect(dialog.getByRole('status')).toHaveText('There are no files to bundle.');
    await count.fill('40');
    await expect(dialog).toContainText(/40 files .* move into .*The work item will have 61 attachments\./);
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Bundle' }).click();

    await expect(content.getByText(/^Bundled 40 files into /)).toBeVisible();
    expect(attachmentsOf(emulator, 9)).toHaveLength(61);
    const zip = attachmentsOf(emulator, 9).find(({ name }) => name.endsWith('.zip'))!;
    const entries = unzipSync(
      new Uint8Array(readFileSync(emulator.store.attachment(zip.attachmentId)!.path)),
    );
    expect(Object.keys(entries)).toEqual(old.map(({ name }) => name));
    for (const { name, bytes } of old) expect(bytes.equals(entries[name]!)).toBe(true);
    // One patch: the item is never without a file or its zip.
    expect(requestsOf(emulator, 'PATCH', /workitems/i)).toHaveLength(1);

    await gallery.button('Undo').click();
    await poll(() => attachmentsOf(emulator, 9).length).toBe(100);
    expect(attachmentsOf(emulator, 9).map(({ name }) => name)).toEqual(
      expect.arrayContaining(old.map(({ name }) => name)),
    );
    expect(attachmentsOf(emulator, 9).some(({ name }) => name.endsWith('.zip'))).toBe(false);
  },
);
