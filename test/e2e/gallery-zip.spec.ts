import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Download } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { attachmentRelation, type Emulator } from 'azure-devops-emulator';
import { violations } from './axe';
import { attachmentsOf } from './files';
import { expect, poll } from './fixtures';
import type { GalleryPage } from './gallery-story';
import { story } from './gallery-story';
import { heapOf } from './heap';

const CROWDED = 30;

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Files of a zip by path, and the cells of its table. */
async function unpack(
  download: Download,
): Promise<{ files: Map<string, Uint8Array>; manifest: readonly string[] }> {
  const files = new Map(Object.entries(unzipSync(await readFile(await download.path()))));
  const manifest = strFromU8(files.get('manifest.csv') ?? new Uint8Array())
    .trim()
    .split('\r\n');
  files.delete('manifest.csv');
  return { files, manifest };
}

/** Presses the zip button, and confirms the detour through the server if the frame may not save. */
async function download(gallery: GalleryPage, button: string | RegExp): Promise<Download> {
  const saved = gallery.page.waitForEvent('download');
  await gallery.button(button).click();
  if (gallery.emulator.mode === 'server') {
    await expect(gallery.content.getByText('Downloads are blocked here.')).toBeVisible();
    await gallery.button('Store zip').click();
    await expect(gallery.content.getByText(/ is ready \(/)).toBeVisible();
    await gallery.button('Download zip').click();
  }
  return saved;
}

/** Adds an attachment without content to a work item. */
function attachGhost(emulator: Emulator, workItemId: number, name: string): void {
  const { store } = emulator;
  const ghost = store.attachments.put(name, Buffer.from('ghost'), '2026-03-20T08:00:00.000Z');
  const item = store.workItem(workItemId);
  const relation = attachmentRelation(store, ghost.id, { name, comment: '', resourceSize: 5 });
  const url = relation.url.replace(ghost.id, '00000000-0000-4000-8000-000000000404');
  store.save({ ...item, relations: [...item.relations, { ...relation, url }] });
}

story('The zip contains all files byte for byte and a table of them @both', async ({ gallery }) => {
  await gallery.open(CROWDED);
  const { emulator } = gallery;
  const stored = attachmentsOf(emulator, CROWDED);
  const zip = await download(gallery, 'Download all (zip)');
  expect(zip.suggestedFilename()).toBe('Bug 30 attachments.zip');
  const { files, manifest } = await unpack(zip);
  const hashes = new Map([...files].map(([path, bytes]) => [path, sha256(bytes)]));
  expect(hashes).toEqual(new Map(stored.map(({ name, sha256: hash }) => [name, hash])));
  expect(manifest).toHaveLength(1 + stored.length);
  const log = manifest.find((line) => line.startsWith('export-2026-03-14.log'));
  expect(log).toMatch(
    /^export-2026-03-14\.log,export-2026-03-14\.log,30,\d+,2026-03-14T02:30:00\.000Z,Johnnie McLeod,Run of 2026-03-14,,http/,
  );
  await expect(gallery.content.getByText(/Bug 30 attachments\.zip.* \(37 files\)\./)).toBeVisible();
  expect(await violations(gallery.page)).toEqual([]);
  await gallery.button('Dismiss').focus();
  await gallery.page.keyboard.press('Enter');
  await expect(gallery.button('Download all (zip)')).toBeFocused();
  // The temporary file on the server is not attached.
  expect(attachmentsOf(emulator, CROWDED)).toHaveLength(37);
});

story('A zip can be canceled, and its table lists unreadable files', async ({ gallery }) => {
  const { emulator, page } = gallery;
  attachGhost(emulator, CROWDED, 'ghost.txt');
  emulator.setNetwork({ faults: [{ name: 'stalled', remaining: 1, at: 'download' }] });
  await gallery.open(CROWDED);
  const downloads: Download[] = [];
  page.on('download', (one) => downloads.push(one));
  await gallery.button('Download all (zip)').click();
  if (emulator.mode === 'server') await gallery.button('Store zip').click();
  await expect(
    gallery.content.getByRole('progressbar', { name: 'Creating Bug 30 attachments.zip' }),
  ).toBeVisible();
  await gallery.button('Cancel').click();
  await expect(gallery.content.getByRole('progressbar')).toHaveCount(0);
  await expect(gallery.button('Download all (zip)')).toBeEnabled();
  expect(downloads).toEqual([]);

  await gallery.search.fill('ghost');
  await gallery.row('ghost.txt').click();
  await gallery.search.fill('json');
  await gallery.row('settings-2026-03-06.json').click();
  await gallery.search.fill('');
  await gallery.row('ghost.txt').click({ modifiers: ['ControlOrMeta'] });
  const { files, manifest } = await unpack(await download(gallery, 'Download (zip)'));
  expect([...files.keys()]).toEqual(['settings-2026-03-06.json']);
  expect(manifest.find((line) => line.includes('ghost.txt'))).toContain('not read: ');
  await expect(
    gallery.content.getByText(/\(1 of 2 files\).*ghost\.txt.* isn't on the server anymore/),
  ).toBeVisible();
});

story(
  'A zip of 100 MiB passes through the page without filling its memory @services-only',
  async ({ gallery }) => {
    story.setTimeout(120_000);
    const { emulator, page } = gallery;
    const { store } = emulator;
    const item = store.workItem(15);
    const relations = Array.from({ length: 100 }, (_, index) => {
      const name = `part ${index}.bin`;
      const { id } = store.attachments.put(name, randomBytes(1024 ** 2), '2026-03-20T08:00:00.000Z');
      return attachmentRelation(store, id, { name, comment: '', resourceSize: 1024 ** 2 });
    });
    store.save({ ...item, relations: [...item.relations, ...relations] });
    await gallery.open(15);
    const heap = await heapOf(gallery.frame);
    const before = await heap();
    let largest = before;
    let saved: Download | undefined;
    page.on('download', (one) => (saved = one));
    await gallery.button('Download all (zip)').click();
    await poll(
      async () => {
        largest = Math.max(largest, await heap());
        return saved !== undefined;
      },
      { timeout: 90_000 },
    ).toBe(true);
    console.log(`Heap grown by ${((largest - before) / 1024 ** 2).toFixed(1)} MiB`);
    expect(largest - before).toBeLessThan(32 * 1024 ** 2);
    const { files } = await unpack(saved!);
    const hashes = new Map([...files].map(([path, bytes]) => [path, sha256(bytes)]));
    expect(hashes).toEqual(
      new Map(attachmentsOf(emulator, 15).map(({ name, sha256: hash }) => [name, hash])),
    );
  },
);
