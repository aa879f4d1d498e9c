import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { attachmentsOf } from '../e2e/files';
import { ELSEWHERE, sampleFiles } from '../helpers/sample-files';
import { Form } from './form';
import { Gallery } from './gallery';
import { until } from './scope';
import { story, type Stage } from './story';

/** A bug with a log, a table, a picture and a settings file for each of nine nights, and one odd name. */
const CROWDED = 30;

/** A bug without attachments, with images in its description. */
const PASTED = 9;

/** A bug without attachments. */
const EMPTY = 7;

/** Opens the tab of a work item with one sample file of each kind. */
async function openSamples(stage: Stage): Promise<Gallery> {
  stage.emulator.store.attach(
    EMPTY,
    Object.entries(sampleFiles()).map(([name, content]) => ({ name, content })),
  );
  return Gallery.open(stage, EMPTY);
}

story(
  'The list is sorted, searched and filtered, and cards have thumbnails',
  { tag: '@core' },
  async ({ stage }) => {
    const gallery = await Gallery.open(stage, CROWDED);
    await gallery.counts('37 files');
    await gallery.button('Name').click();
    await gallery.content
      .get('columnheader', 'Name')
      .shown(({ attributes }) => attributes['aria-sort'] === 'ascending');
    await gallery.search.fill('2026-03-07 run');
    await gallery.counts('1 of 37 files');
    await gallery.row('export-2026-03-07.log').shown();
    await gallery.search.fill('');
    await gallery.button('Grid').click();
    await gallery.filterBy('Type', 'Images (9)');
    await gallery.counts('9 of 37 files');
    const pictures = gallery.content.get('listbox', 'Attachments').css('img');
    await pictures.counts(9);
    await until(
      async () => (await pictures.all()).every(({ naturalWidth }) => naturalWidth === 320) || undefined,
      () => 'Some thumbnails are missing.',
    );
  },
);

story('The preview shows the pages and the text of a PDF', { tag: '@core' }, async ({ stage }) => {
  const gallery = await openSamples(stage);
  await gallery.look('three pages.pdf');
  await gallery.preview.css('canvas').shown();
  await gallery.preview.text('Second page').shown();
  await gallery.leave();
  await gallery.look('locked.pdf');
  await gallery.preview
    .get('alert')
    .including(/password/i)
    .shown();
});

story('A PDF is searched and rotated, and a photo warns of its position', async ({ stage }) => {
  const gallery = await openSamples(stage);
  const { preview } = gallery;
  await gallery.look('three pages.pdf');
  await preview.text('First page').shown();
  await preview.get('searchbox', 'Search in the file').fill('PAGE');
  // The count before that can be the one of a shorter query, or of the first page.
  await preview.css('mark.viewer-current').including('page').shown();
  await preview.get('status').including('1 of 3').shown();
  await gallery.tab.press(['Enter']);
  await preview.get('status').including('2 of 3').shown();
  await preview.get('textbox', 'Page number').fill('3');
  await gallery.tab.press(['Enter']);
  await preview.get('status').including('Page 3 of 3').shown();
  await preview.get('button', 'Rotate').click();
  await preview.text('Third page').shown();
  await gallery.leave();
  await gallery.look('photo.png');
  await preview.text('This image includes the location where it was taken.').shown();
  await preview.get('button', 'Details').click();
  await preview.text('48.85837, 2.29448').shown();
  await preview.get('button', 'Rotate').click();
  await preview.get('img', 'photo.png').shown();
});

story('The preview shows pictures, texts, tables, mail, audio and archives', async ({ stage }) => {
  const gallery = await openSamples(stage);
  const { preview } = gallery;
  for (const [name, find] of [
    ['hostile.svg', () => preview.get('img', 'hostile.svg')],
    ['release notes.md', () => preview.get('table').including('lightbox')],
    ['table.csv', () => preview.text('photo.png')],
    ['data.json', () => preview.text('12345678901234567890')],
    ['results.trx', () => preview.text('RejectsAnEmptyCart')],
    ['utf-16.txt', () => preview.text('Grüße 😀')],
    ['analysis.ipynb', () => preview.text('This output is HTML. Only its text is shown.')],
    ['mail.eml', () => preview.text('€ 100 are missing')],
    ['mail.msg', () => preview.text('Reviewers <review@example.com>, second@example.com')],
    ['archive.zip', () => preview.text('evil.dll')],
  ] as const) {
    await gallery.look(name);
    await find().shown();
    await gallery.leave();
  }
  await gallery.look('tone.wav');
  await preview.css('audio').shown(({ duration }) => duration === 1);
});

story('A search finds a line in any part of a long log', async ({ stage }) => {
  const lines = Array.from({ length: 150_000 }, (_, index) => `INFO order ${index + 1} was read`);
  stage.emulator.store.attach(EMPTY, [{ name: 'orders.log', content: Buffer.from(lines.join('\n')) }]);
  const gallery = await Gallery.open(stage, EMPTY);
  await gallery.look('orders.log');
  await gallery.preview.text('order 1 was read').shown();
  await gallery.preview.get('searchbox', 'Search in the file').fill('order 149999 ');
  await gallery.preview.text('1 of 1').shown();
  await gallery.preview.css('mark.viewer-current').including('order 149999').shown();
});

story('Content of a file never runs and asks for nothing', async ({ stage }) => {
  const gallery = await openSamples(stage);
  await gallery.button('Name').click();
  const names = (await gallery.content.get('grid', 'Attachments').css('tbody .file-name').all()).map(
    ({ attributes }) => attributes['title'] ?? '',
  );
  expect(names).toHaveLength(Object.keys(sampleFiles()).length);
  await gallery.row(names[0]!).get('button', names[0]).click();
  for (const [index, name] of names.entries()) {
    await gallery.preview.shown((state) => state.name === `Preview of ${name}`);
    await gallery.preview.get('progressbar').gone();
    await gallery.preview.css('.preview-view > *, .preview-words').shown();
    expect(await gallery.content.css(`[src^="${ELSEWHERE}"]`).count()).toBe(0);
    if (index < names.length - 1) await gallery.preview.get('button', 'Next file').click();
  }
});

story('Two texts and two pictures are compared', async ({ stage }) => {
  const gallery = await Gallery.open(stage, CROWDED);
  const dialog = gallery.content.get('dialog');
  const compare = async (first: string, second: string): Promise<void> => {
    await gallery.select(first);
    await gallery.select(second, { isWithControl: true });
    await gallery.button('More actions for 2 files').click();
    await gallery.content.get('menuitem', 'Compare').click();
  };
  await compare('settings-2026-03-14.json', 'settings-2026-03-13.json');
  await dialog.including('1 line removed, 1 line added.').shown();
  await gallery.tab.press(['Escape']);
  await dialog.gone();
  await compare('dashboard-2026-03-14.png', 'dashboard-2026-03-13.png');
  await dialog.get('img').counts(2);
  await dialog.get('button', 'Difference').click();
  await dialog.including('% of pixels differ').shown();
});

story('The zip holds all files byte for byte', async ({ stage }) => {
  const { emulator, driver, mode } = stage;
  const gallery = await Gallery.open(stage, CROWDED);
  await gallery.button('Download all (zip)').click();
  if (mode === 'server') {
    await gallery.button('Store zip').click();
    await gallery.button('Download zip').click();
  }
  const path = join(driver.downloads, 'Bug 30 attachments.zip');
  const files = await until(
    async () => unzipSync(await readFile(path)),
    () => 'No complete zip was saved.',
  );
  const { 'manifest.csv': manifest, ...rest } = files;
  expect(strFromU8(manifest!).trim().split('\r\n')).toHaveLength(38);
  const stored = attachmentsOf(emulator, CROWDED);
  expect(Object.keys(rest).sort()).toEqual(stored.map(({ name }) => name).sort());
  for (const { name, sha256 } of stored)
    expect(createHash('sha256').update(rest[name]!).digest('hex')).toBe(sha256);
});

story('A removed file comes back by Undo', async ({ stage }) => {
  const { emulator } = stage;
  const gallery = await Gallery.open(stage, CROWDED);
  const names = () => attachmentsOf(emulator, CROWDED).map(({ name }) => name);
  const before = names().sort();
  await gallery.button('Remove export-2026-03-10.log').click();
  await gallery.counts('36 files');
  expect(names()).not.toContain('export-2026-03-10.log');
  await gallery.button('Undo').click();
  await gallery.counts('37 files');
  expect(names().sort()).toEqual(before);
});

story('An image in a text is attached, removed, and restored from the history', async ({ stage }) => {
  const gallery = await Gallery.open(stage, PASTED);
  const { content } = gallery;
  const name = 'search box.png';
  const attached = (names: readonly string[]) =>
    until(
      () => {
        const now = attachmentsOf(stage.emulator, PASTED).map((file) => file.name);
        return Promise.resolve(now.join() === names.join() || undefined);
      },
      () => `The attachments are not ${names.join()}.`,
    );
  await gallery.button(/^In the text \(\d\)/).click();
  // Its line moves the rows below.
  await gallery.button('Copy command').shown();
  await gallery.look(name);
  await gallery.preview.css('.preview-content img').shown();
  await gallery.leave();
  await gallery.button(`More actions for ${name}`).click();
  await content.get('menuitem', 'Attach as file').click();
  await attached([name]);
  await gallery.button(`Remove ${name}`).click();
  await attached([]);
  await content.get('alert').including('still used in: Description').shown();

  await gallery.button('More actions').click();
  await content.get('menuitem', 'History…').click();
  const history = content.get('dialog', 'History of files');
  await history.get('button', 'Recently removed (1)').click();
  await history.get('checkbox', name).click();
  await history.get('button', 'Restore').click();
  await history.get('status').including(`Restored`).shown();
  await attached([name]);
});

story('The keyboard selects, opens and removes files, and the focus comes back', async ({ stage }) => {
  const gallery = await Gallery.open(stage, CROWDED);
  const { tab, content } = gallery;
  await gallery.search.fill('2026-03-14');
  await gallery.counts('4 of 37 files');
  await gallery.button('Name').click();
  const row = content.css('[data-key][tabindex="0"]');
  await until(
    async () => {
      await tab.press(['Tab']);
      return (await row.all()).some(({ isFocused }) => isFocused) || undefined;
    },
    () => 'Tab does not lead to the list.',
  );
  await tab.press(['Home']);
  await tab.press(['ArrowDown']);
  await tab.press(['Enter']);
  await gallery.preview.shown(({ name }) => name === 'Preview of export-2026-03-14.log');
  await tab.press(['ArrowRight']);
  await gallery.preview.shown(({ name }) => name === 'Preview of rows-2026-03-14.csv');
  await gallery.leave();
  await gallery.row('rows-2026-03-14.csv').focused();
  await tab.press(['Delete']);
  await gallery.counts('3 of 36 files');
  expect(attachmentsOf(stage.emulator, CROWDED).map(({ name }) => name)).not.toContain('rows-2026-03-14.csv');
});

story('Form and tab follow the theme and the language of the page', async ({ stage }) => {
  const form = await Form.open(stage, CROWDED);
  const background = async () => (await form.stapler.css('body').shown()).background;
  const seen = [await background()];
  for (const theme of ['dark', 'high-contrast']) {
    await form.goto(CROWDED, { theme });
    seen.push(await background());
  }
  expect(new Set(seen).size).toBe(seen.length);

  await form.goto(CROWDED, { culture: 'de-DE' });
  await form.stapler.get('button', /^37 (von 100 )?Anlagen$/).shown();
  const gallery = new Gallery(form.tab);
  await gallery.show();
  await gallery.content.get('searchbox', 'Anlagen durchsuchen').shown();
  await gallery.counts('37 Dateien');
});
