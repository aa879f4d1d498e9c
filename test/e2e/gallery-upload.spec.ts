import { mkdir } from 'node:fs/promises';
import { violations } from './axe';
import { Board } from './board';
import { attachmentsOf, expectAttached, makeFile, pickable, requestsOf, writeFiles } from './files';
import { expect, poll } from './fixtures';
import type { GalleryPage } from './gallery-story';
import { story as base } from './gallery-story';
import { isKept, untilJournal } from './journal-rows';

/** A story that can drag files from disk. */
const story = base.extend<{ paths: (files: Parameters<typeof writeFiles>[1]) => Promise<string[]> }>({
  paths: async ({}, use, testInfo) => {
    await mkdir(testInfo.outputPath(), { recursive: true });
    await use((files) => writeFiles(testInfo.outputPath(), files));
  },
});

/** Row of one upload. */
const upload = ({ content }: GalleryPage, name: string) =>
  content.getByRole('list', { name: 'Uploads' }).getByRole('listitem').filter({ hasText: name });

const boardOf = ({ page, emulator }: GalleryPage) => new Board(page, emulator);

story('Files dropped on the tab are attached and listed in place @both', async ({ gallery, paths }) => {
  const { content, page, emulator } = gallery;
  await gallery.open(7);
  await expect(content.getByText('No attachments yet. Drop or paste files here.')).toBeVisible();
  expect(await violations(page)).toEqual([]);
  const files = [makeFile('first.txt', 1_000), makeFile('second.bin', 200_000)];
  emulator.setNetwork({ bytesPerSecond: 100_000 });
  const { drop } = await boardOf(gallery).drag(await paths(files), content.getByRole('main'));
  await expect(content.getByText('Drop to attach')).toBeVisible();
  await drop();
  await expect(upload(gallery, 'second.bin').getByRole('progressbar')).toBeVisible();
  expect(await violations(page)).toEqual([]);
  emulator.setNetwork({ bytesPerSecond: null });
  await expect(gallery.row('second.bin')).toBeVisible();
  await expect(gallery.row('first.txt')).toBeVisible();
  await expect(upload(gallery, '')).toHaveCount(0);
  expectAttached(emulator, 7, files);

  const picked = makeFile('picked.txt', 500);
  const chooser = page.waitForEvent('filechooser');
  await gallery.button('Upload').click();
  await (await chooser).setFiles(pickable(picked));
  await expect(gallery.row('picked.txt')).toBeVisible();
  expectAttached(emulator, 7, [...files, picked]);
});

story('A picture pasted on the tab is named after the work item', async ({ gallery, context }) => {
  const { content, page, emulator } = gallery;
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await gallery.open(7);
  await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(40, 30);
    canvas.getContext('2d')?.fillRect(0, 0, 20, 20);
    const picture = await canvas.convertToBlob({ type: 'image/png' });
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
  });
  await gallery.button('Upload').focus();
  await page.keyboard.press('ControlOrMeta+v');
  await expect(content.getByRole('grid').getByRole('row')).toHaveCount(2);
  // The button is gone with the empty list.
  await expect(gallery.search).toBeFocused();
  expect(attachmentsOf(emulator, 7)[0]?.name).toMatch(/^Bug 7 \d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d\.png$/);
});

story('A read-only work item answers a drop on the tab with one sentence', async ({ gallery, paths }) => {
  const { content, page, emulator } = gallery;
  emulator.store.readOnlyIds.add(7);
  await gallery.open(7);
  await expect(content.getByText('No attachments yet.')).toBeVisible();
  await expect(gallery.button('Upload')).toHaveCount(0);
  await boardOf(gallery).drop(await paths([makeFile('a.txt', 10)]), content.getByRole('main'));
  await expect(content.getByRole('alert')).toHaveText(
    "You don't have permission to add files to this work item.",
  );
  expect(await violations(page)).toEqual([]);
  expectAttached(emulator, 7, []);
});

story(
  'Files go to the work item of the drop, whatever the form shows by then',
  async ({ gallery, paths }) => {
    const { content, emulator } = gallery;
    await gallery.open(7);
    await expect(content.getByText('No attachments yet.')).toBeVisible();
    emulator.setNetwork({ bytesPerSecond: 100_000 });
    const file = makeFile('for seven.bin', 400_000);
    await boardOf(gallery).drop(await paths([file]), content.getByRole('main'));
    await expect(upload(gallery, 'for seven.bin')).toBeVisible();
    await boardOf(gallery).goTo('Bug 9');
    await gallery.show();
    await expect(upload(gallery, 'for seven.bin')).toHaveCount(0);
    await expect(content.getByText('Uploading 1 file to Bug 7.')).toBeVisible();
    emulator.setNetwork({ bytesPerSecond: null });
    await expect(content.getByText('1 file attached to Bug 7.')).toBeVisible();
    expectAttached(emulator, 7, [file]);
    expectAttached(emulator, 9, []);
  },
);

story(
  'An upload of the tab interrupted by a reload is resumed once @services-only',
  async ({ gallery, paths }) => {
    const { content, page, emulator } = gallery;
    await gallery.open(7);
    await expect(content.getByText('No attachments yet.')).toBeVisible();
    emulator.setNetwork({ faults: [{ name: 'stalled', remaining: null, at: 'simple' }] });
    const file = makeFile('build.log', 200_000);
    await boardOf(gallery).drop(await paths([file]), content.getByRole('main'));
    await expect(upload(gallery, 'build.log').getByRole('progressbar')).toBeVisible();
    await untilJournal({ stapler: content }, (journal) => isKept('stored', journal));
    await page.reload({ waitUntil: 'commit' });
    emulator.setNetwork({ faults: [] });
    await gallery.show();
    await expect(gallery.row('build.log')).toBeVisible({ timeout: 20_000 });
    await expect(content.getByText('interrupted')).toHaveCount(0);
    expectAttached(emulator, 7, [file]);
    expect(requestsOf(emulator, 'PATCH', /workitems\/7/i)).toHaveLength(1);
  },
);

story('The tab asks about a file that is attached already @services-only', async ({ gallery, paths }) => {
  const { content, emulator } = gallery;
  const first = makeFile('build.log', 2_000);
  const second = makeFile('build.log', 3_000);
  const main = content.getByRole('main');
  await gallery.open(7);
  await expect(content.getByText('No attachments yet.')).toBeVisible();
  await boardOf(gallery).drop(await paths([first]), main);
  await expect(gallery.row('build.log')).toBeVisible();
  await boardOf(gallery).drop(await paths([second]), main);
  const question = content.getByRole('group', { name: 'Files already attached' });
  await expect(question).toContainText('is already attached.');
  expectAttached(emulator, 7, [first]);
  await question.getByRole('button', { name: 'Replace' }).click();
  await expect(content.getByText(/“.build.log.” was replaced/)).toBeVisible();
  expectAttached(emulator, 7, [second]);
});

story(
  'Files without room are retried in the tab after a removal @services-only',
  async ({ gallery, paths }) => {
    const { content, emulator } = gallery;
    emulator.store.fill(9, 100);
    await gallery.open(9);
    await gallery.expectCount('100 files');
    const file = makeFile('too many.png', 2_000);
    await boardOf(gallery).drop(await paths([file]), content.getByRole('main'));
    await expect(upload(gallery, 'too many.png')).toContainText('is full (100 attachments)');
    await content
      .getByRole('grid')
      .getByRole('button', { name: /^Remove / })
      .first()
      .click();
    await gallery.expectCount('99 files');
    await gallery.button('Retry too many.png').click();
    await expect(gallery.row('too many.png')).toBeVisible();
    expect(attachmentsOf(emulator, 9)).toHaveLength(100);
  },
);

story('A removal beside unsaved edits asks, and happens once after the save', async ({ gallery }) => {
  const { content, page, emulator } = gallery;
  const CROWDED = 30;
  const names = ['export-2026-03-10.log', 'rows-2026-03-08.csv'];
  await gallery.open(CROWDED);
  await gallery.expectCount('37 files');
  await page.getByRole('tab', { name: 'Details' }).click();
  await page.getByRole('textbox', { name: 'Description' }).fill('My own words');
  await gallery.show();
  const { rev } = emulator.store.workItem(CROWDED);
  await gallery.button(`Remove ${names[0]}`).click();
  const question = content.getByRole('group', { name: 'Changes waiting for you to save' });
  await expect(question).toContainText('Save the work item to remove');
  expect(await violations(page)).toEqual([]);
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(question).toHaveCount(0);
  await gallery.button(`Remove ${names[0]}`).click();
  await gallery.button(`Remove ${names[1]}`).click();
  await expect(question).toContainText('Save the work item to remove 2 files.');
  expect(emulator.store.workItem(CROWDED).rev).toBe(rev);

  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await gallery.expectCount('35 files');
  await expect(question).toHaveCount(0);
  expect(emulator.store.workItem(CROWDED).fields['System.Description']).toContain('My own words');
  await poll(() => emulator.store.workItem(CROWDED).rev).toBe(rev + 3);
  expect(attachmentsOf(emulator, CROWDED).filter(({ name }) => names.includes(name))).toEqual([]);

  // Once for all changes until the next save.
  await page.getByRole('tab', { name: 'Details' }).click();
  await page.getByRole('textbox', { name: 'Description' }).fill('More words');
  await gallery.show();
  await gallery.button('Remove export-2026-03-06.log').click();
  await question.getByRole('button', { name: 'Continue without saving' }).click();
  await gallery.expectCount('34 files');
  await gallery.button('Remove export-2026-03-14.log').click();
  await gallery.expectCount('33 files');
  // The answer counts for files, too.
  const picked = makeFile('picked.txt', 500);
  const chooser = page.waitForEvent('filechooser');
  await gallery.button('Upload').click();
  await (await chooser).setFiles(pickable(picked));
  await gallery.expectCount('34 files');
  await expect(content.getByRole('group', { name: /waiting for you to save/ })).toHaveCount(0);
});

// A sandboxed frame may not download: there, the host opens the file in a tab.
story(
  'A download shows its progress, starts once, and can be canceled @services-only',
  async ({ gallery }) => {
    const { content, page, emulator } = gallery;
    const name = 'dashboard-2026-03-14.png';
    await gallery.open(30);
    await gallery.expectCount('37 files');
    emulator.setNetwork({ latencyMs: 3_000 });
    const before = requestsOf(emulator, 'GET', /attachments\//).length;
    const line = content.getByRole('progressbar', { name: `Downloading ${name}` });
    await gallery.button(`Download ${name}`).click();
    await gallery.button(`Download ${name}`).click();
    await expect(line).toBeVisible();
    await gallery.button(`Cancel downloading ${name}`).click();
    await expect(line).toHaveCount(0);

    // In the preview, the line is where it was begun.
    await gallery.row(name).dblclick();
    const preview = gallery.preview;
    await preview.getByRole('button', { name: `Download ${name}` }).click();
    await expect(preview.getByRole('progressbar', { name: `Downloading ${name}` })).toBeVisible();
    await expect(line).toHaveCount(1);
    await preview.getByRole('button', { name: `Cancel downloading ${name}` }).click();
    await expect(line).toHaveCount(0);
    await page.keyboard.press('Escape');
    emulator.setNetwork({ latencyMs: 0 });
    const saved = page.waitForEvent('download');
    await gallery.button(`Download ${name}`).click();
    expect((await saved).suggestedFilename()).toBe(name);
    expect(requestsOf(emulator, 'GET', /attachments\//).length - before).toBeLessThanOrEqual(5);
  },
);
