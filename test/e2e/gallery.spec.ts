import { readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import type { Page } from '@playwright/test';
import type { Emulator } from 'azure-devops-emulator';
import { linkTo } from 'azure-devops-emulator';
import { samplePdf } from '../helpers/sample-pdf';
import { zipOf } from '../helpers/sample-zip';
import { Board } from './board';
import { attachmentsOf, requestsOf } from './files';
import { expect, poll } from './fixtures';
import { story } from './gallery-story';

/** A bug with 37 files of nine nights: a log, a table, a picture and a settings file for each, and one odd name. */
const CROWDED = 30;

/** A bug without attachments. */
const EMPTY = 7;

const ODD = 'Übersicht #1 (50% done) – 日本.txt';

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

story(
  'The list of attachments can be sorted by each column, searched and filtered @services-only',
  async ({ gallery }) => {
    await gallery.open(CROWDED);
    await gallery.expectCount('37 files, ');
    await expect(gallery.row('export-2026-03-14.log')).toContainText('Run of 2026-03-14');
    await expect(gallery.row('export-2026-03-14.log')).toContainText('Johnnie McLeod');
    const [first, last] = [(await gallery.names())[0], (await gallery.names()).at(-1)];
    expect([first, last].map((name) => /2026-03-\d\d/.exec(name ?? '')?.[0] ?? name)).toEqual([
      '2026-03-14',
      ODD,
    ]);
    // A name that is cut in the middle is not read in two parts.
    await expect(gallery.list.getByRole('button', { name: ODD, exact: true })).toBeVisible();
    await gallery.button('Name').click();
    const names = await gallery.names();
    expect(names).toEqual(
      [...names].sort(new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' }).compare),
    );
    await expect(gallery.list.getByRole('columnheader', { name: 'Name' })).toHaveAttribute(
      'aria-sort',
      'ascending',
    );
    await gallery.button('Name').click();
    expect(await gallery.names()).toEqual([...names].reverse());

    await gallery.search.fill('2026-03-07 run');
    await gallery.expectCount('1 of 37 files');
    expect(await gallery.names()).toEqual(['export-2026-03-07.log']);
    await gallery.search.fill('nothing like it');
    await expect(gallery.content.getByText('No files match.')).toBeVisible();
    await gallery.button('Clear filters').click();
    await expect(gallery.search).toHaveValue('');
    await gallery.expectCount('37 files, ');
    await gallery.filterBy('Type', 'Images (9)', 'Tables (9)');
    await expect(gallery.button('Type (2)')).toBeFocused();
    await gallery.expectCount('18 of 37 files');
    expect((await gallery.names()).every((name) => /\.(png|csv)$/.test(name))).toBe(true);
  },
);

story(
  'Cards show thumbnails of the visible files, and the view is remembered @services-only',
  async ({ gallery }) => {
    await gallery.open(CROWDED);
    await gallery.button('Grid').click();
    await gallery.filterBy('Type', 'Images (9)');
    const pictures = gallery.cards.locator('img');
    await expect(pictures).toHaveCount(9);
    await poll(() =>
      pictures.evaluateAll((all) => all.every((each) => (each as HTMLImageElement).naturalWidth === 320)),
    ).toBe(true);
    const asked = requestsOf(gallery.emulator, 'GET', /_apis\/wit\/attachments/);
    expect(new Set(asked).size).toBe(asked.length);

    await gallery.page.reload();
    await gallery.show();
    await expect(gallery.cards).toBeVisible();
  },
);

/** Name, requested range and sent bytes of each read of an attachment of bug 9. */
function readsOf(emulator: Emulator): readonly (readonly [name: string, range: string, bytes: number])[] {
  const names = new Map(attachmentsOf(emulator, EMPTY).map(({ attachmentId, name }) => [attachmentId, name]));
  return emulator.requests.records
    .filter(({ method, url }) => method === 'GET' && url.includes('/wit/attachments/'))
    .map(({ url, requestHeaders, responseBytes }) => [
      names.get(/attachments\/([0-9a-f-]+)/.exec(url)?.[1] ?? '') ?? url,
      requestHeaders['range'] ?? '',
      responseBytes,
    ]);
}

/** Records a short video; `undefined` if the browser has no recorder for it. */
async function recordVideo(page: Page): Promise<Buffer | undefined> {
  const bytes = await page.evaluate(async () => {
    if (!('MediaRecorder' in window) || !MediaRecorder.isTypeSupported('video/webm')) return undefined;
    const canvas = document.createElement('canvas');
    const context = canvas.getContext('2d');
    const recorder = new MediaRecorder(canvas.captureStream(), { mimeType: 'video/webm' });
    const recorded = new Promise<Blob>((resolve) => (recorder.ondataavailable = ({ data }) => resolve(data)));
    recorder.start();
    for (let frame = 0; frame < 10; frame++) {
      if (context) context.fillStyle = frame % 2 ? 'teal' : 'purple';
      context?.fillRect(0, 0, 300, 150);
      await new Promise(requestAnimationFrame);
    }
    recorder.stop();
    return Array.from(new Uint8Array(await (await recorded).arrayBuffer()));
  });
  return bytes && Buffer.from(bytes);
}

story(
  'Each type has a thumbnail, read within its limits, and the storage bar filters by type @services-only',
  async ({ gallery }) => {
    const { content, emulator, page } = gallery;
    const MIB = 1024 * 1024;
    const video = await recordVideo(page);
    const drawn = {
      'report.pdf': samplePdf(['First page']),
      'build.log': Buffer.from('2026-03-14 INFO a line of a log\n'.repeat(10_000)),
      'notes.md': Buffer.from('# Release notes\n\nText'),
      'table.csv': Buffer.from('a,b\n1,2\n'),
      'sources.zip': zipOf({ 'src/a.ts': 'a' }),
      ...(video && { 'recording.webm': video }),
    };
    const undrawn = {
      'large.pdf': Buffer.alloc(4 * MIB + 1),
      'noise.mp4': Buffer.alloc(3 * MIB, 'noise'),
      'drawing.svg': Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    };
    emulator.store.assumptions.downloadRange = 'part';
    const files = Object.entries({ ...drawn, ...undrawn });
    emulator.store.attach(
      EMPTY,
      files.map(([name, bytes]) => ({ name, content: bytes })),
    );
    await page.setViewportSize({ width: 1600, height: 1400 });
    await gallery.open(EMPTY);
    await gallery.button('Grid').click();
    const pictures = gallery.cards.locator('img');
    await expect(pictures).toHaveCount(Object.keys(drawn).length);
    await poll(() => readsOf(emulator).some(([name]) => name === 'noise.mp4')).toBe(true);
    const reads = new Map(
      readsOf(emulator)
        .filter(([name, range]) => range !== '' || !/\.(pdf|webm)$/.test(name))
        .map(([name, ...facts]) => [name, facts]),
    );
    expect(Object.fromEntries(reads)).toEqual({
      'build.log': ['bytes=0-65535', 65_536],
      'notes.md': ['', drawn['notes.md'].length],
      'table.csv': ['', drawn['table.csv'].length],
      'sources.zip': ['', drawn['sources.zip'].length],
      'noise.mp4': ['bytes=0-2097151', 2 * MIB],
    });
    expect(readsOf(emulator).map(([name]) => name)).not.toContain('large.pdf');

    const legend = content.getByRole('toolbar', { name: 'Storage by type' });
    await legend.getByRole('button', { name: /^Text, .*, 1 file$/ }).click();
    await gallery.expectCount(`1 of ${files.length} files`);
    await expect(legend.getByRole('button', { pressed: true })).toHaveText(/^Text/);

    emulator.requests.clear();
    await page.addInitScript(() =>
      Object.defineProperty(navigator, 'connection', { value: { saveData: true } }),
    );
    await page.reload();
    await gallery.show();
    await expect(gallery.cards.locator('.gallery-thumbnail')).toHaveCount(files.length);
    expect(readsOf(emulator)).toEqual([]);
  },
);

story(
  'A filter never sticks, and another work item starts without filters @services-only',
  async ({ gallery }) => {
    const { content, emulator, page } = gallery;
    const { keyboard } = page;
    emulator.store.attach(9, [
      { name: 'only.png', content: Buffer.from('x') },
      { name: 'notes.txt', content: Buffer.from('x') },
    ]);
    await gallery.open(9);
    await gallery.filterBy('Type', 'Images (1)');
    await gallery.expectCount('1 of 2 files');
    await gallery.button('Remove only.png').click();
    await expect(content.getByText('No files match.')).toBeVisible();
    await gallery.button('Type: Images').click();
    await expect(content.getByRole('menuitemcheckbox', { name: 'Images (0)' })).toBeChecked();
    await keyboard.press('Escape');
    await gallery.button('Clear filters').click();
    await gallery.expectCount('1 file, ');

    await gallery.filterBy('Type', 'Text (1)');
    await gallery.search.fill('notes');
    await page.getByRole('link', { name: /Bug 30/ }).click();
    await gallery.show();
    await gallery.expectCount('37 files, ');
    await expect(gallery.search).toHaveValue('');
  },
);

story('Files are filtered by person and date, and dates are relative @services-only', async ({ gallery }) => {
  const { content, emulator } = gallery;
  emulator.store.attach(CROWDED, [{ name: 'new.txt', content: Buffer.from('x') }]);
  await gallery.open(CROWDED);
  await gallery.expectCount('38 files, ');
  const date = (name: string) => gallery.row(name).getByRole('gridcell').nth(2).locator('time');
  await expect(date('new.txt')).toContainText(/now|1 minute ago/);
  await expect(date('new.txt')).toHaveAttribute('title', /\d:\d\d/);
  await expect(date('export-2026-03-14.log')).toContainText('Mar 14, 2026');
  await gallery.button('Date attached').click();
  await content.getByRole('menuitemradio', { name: 'Today (1)' }).click();
  await gallery.expectCount('1 of 38 files');
  expect(await gallery.names()).toEqual(['new.txt']);
  await gallery.button('Date attached: Today').click();
  await content.getByRole('menuitem', { name: 'Clear' }).click();
  await gallery.filterBy('Attached by', 'Johnnie McLeod');
  await gallery.expectCount('37 of 38 files');
});

story('Check boxes and row actions appear on hover and focus @services-only', async ({ gallery }) => {
  const { page } = gallery;
  await gallery.open(CROWDED);
  const row = gallery.row('rows-2026-03-14.csv');
  const other = gallery.row('rows-2026-03-13.csv');
  const opacities = (of: typeof row) =>
    of
      .locator('.gallery-check, .gallery-buttons')
      .evaluateAll((all) => all.map((each) => getComputedStyle(each).opacity));
  await gallery.search.hover();
  await poll(() => opacities(row)).toEqual(['0', '0']);
  await row.hover();
  await poll(() => opacities(row)).toEqual(['1', '1']);
  await row.locator('.gallery-check').click();
  await other.locator('.gallery-check').click();
  expect(await gallery.selected()).toEqual(['rows-2026-03-14.csv', 'rows-2026-03-13.csv']);
  await gallery.search.hover();
  await poll(() => opacities(gallery.row('rows-2026-03-12.csv'))).toEqual(['1', '0']);
  await other.locator('.gallery-check').click();
  expect(await gallery.selected()).toEqual(['rows-2026-03-14.csv']);
  await gallery.button('Clear selection').click();
  await gallery.search.hover();
  await row.focus();
  await page.keyboard.press('ArrowDown');
  await poll(() => opacities(gallery.row('dashboard-2026-03-14.png'))).toEqual(['1', '1']);
});

story('Mouse and keyboard select files as on the desktop @services-only', async ({ gallery }) => {
  await gallery.open(CROWDED);
  await gallery.search.fill('png');
  await gallery.button('Name').click();
  const name = (day: number): string => `dashboard-2026-03-${String(day).padStart(2, '0')}.png`;
  const names = (...days: number[]): string[] => days.map(name);
  await gallery.row(name(7)).click();
  expect(await gallery.selected()).toEqual(names(7));
  await gallery.row(name(9)).click({ modifiers: ['Shift'] });
  expect(await gallery.selected()).toEqual(names(7, 8, 9));
  await gallery.row(name(12)).click({ modifiers: ['ControlOrMeta'] });
  expect(await gallery.selected()).toEqual(names(7, 8, 9, 12));

  const { keyboard } = gallery.page;
  await keyboard.press('ArrowUp');
  expect(await gallery.selected()).toEqual(names(11));
  await expect(gallery.row(name(11))).toBeFocused();
  await keyboard.press('Shift+ArrowUp');
  expect(await gallery.selected()).toEqual(names(10, 11));
  await keyboard.press('ControlOrMeta+ArrowUp');
  await keyboard.press('ControlOrMeta+Space');
  expect(await gallery.selected()).toEqual(names(9, 10, 11));
  await keyboard.press('ControlOrMeta+a');
  expect(await gallery.selected()).toHaveLength(9);
  await keyboard.press('Escape');
  expect(await gallery.selected()).toEqual([]);

  await gallery.button('Grid').click();
  await gallery.card(name(6)).click();
  await keyboard.press('ArrowRight');
  await expect(gallery.card(name(7))).toBeFocused();
  await keyboard.press('End');
  expect(await gallery.selected()).toEqual(names(14));
});

story('A file with any name is downloaded byte for byte @services-only', async ({ gallery }) => {
  await gallery.open(CROWDED);
  const download = gallery.page.waitForEvent('download');
  await gallery.button(`Download ${ODD}`).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe(ODD);
  const stored = attachmentsOf(gallery.emulator, CROWDED).find(({ name }) => name === ODD);
  expect(sha256(await readFile(await file.path()))).toBe(stored?.sha256);
});

story('The host page opens the file if the frame may not download @server-only', async ({ gallery }) => {
  await gallery.open(CROWDED);
  const download = gallery.page.waitForEvent('download');
  await gallery.button('Download export-2026-03-06.log').click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('export-2026-03-06.log');
});

story('A removed file can be restored at once and from the bin', async ({ gallery }) => {
  await gallery.open(CROWDED);
  const { emulator } = gallery;
  const before = attachmentsOf(emulator, CROWDED);
  const log = 'export-2026-03-10.log';
  await gallery.button(`Remove ${log}`).click();
  await gallery.expectCount('36 files');
  expect(attachmentsOf(emulator, CROWDED)).toEqual(before.filter(({ name }) => name !== log));
  await gallery.button('Undo').click();
  await gallery.expectCount('37 files');

  await gallery.search.fill('json');
  await gallery.row('settings-2026-03-06.json').click();
  await gallery.page.keyboard.press('Shift+ArrowUp');
  await gallery.page.keyboard.press('Delete');
  await gallery.search.fill('');
  await gallery.expectCount('35 files');
  await gallery.button('Recently removed (2)').click();
  await gallery.button(/^Restore settings-2026-03-06.json$/).click();
  await gallery.expectCount('36 files');
  const key = ({ name, sha256: hash, comment }: (typeof before)[number]): string =>
    `${name} ${hash} ${comment}`;
  expect(attachmentsOf(emulator, CROWDED).map(key).sort()).toEqual(
    before
      .map(key)
      .filter((each) => !each.startsWith('settings-2026-03-07'))
      .sort(),
  );
});

story('A file stays, with a message, if it cannot be read or removed', async ({ gallery }) => {
  const { emulator, page } = gallery;
  const read = /workitems\/30\?%24expand=relations/;
  await page.route(read, (route) => route.fulfill({ status: 502, body: '' }));
  await gallery.open(CROWDED);
  await expect(gallery.content.getByRole('alert')).toContainText("Azure DevOps isn't responding.");
  await expect(gallery.button('Retry')).toBeVisible();
  await page.unroute(read);
  await gallery.expectCount('37 files');
  await expect(gallery.content.getByRole('alert')).toHaveCount(0);

  emulator.setNetwork({ faults: [{ name: 'status-500', remaining: null, at: 'link' }] });
  await gallery.button('Remove rows-2026-03-14.csv').click();
  await expect(gallery.content.getByRole('alert')).toContainText(/rows-2026-03-14\.csv/);
  await gallery.expectCount('37 files');
  await gallery.button('Dismiss').click();
  await expect(gallery.content.getByRole('alert')).toHaveCount(0);
  expect(attachmentsOf(emulator, CROWDED)).toHaveLength(37);
});

story('A read-only item allows no removal, by button or key @services-only', async ({ gallery }) => {
  gallery.emulator.store.readOnlyIds.add(CROWDED);
  await gallery.open(CROWDED);
  await gallery.row('rows-2026-03-14.csv').click();
  await expect(gallery.button('Download rows-2026-03-14.csv')).toBeVisible();
  await expect(gallery.button(/^Remove/)).toHaveCount(0);
  await gallery.page.keyboard.press('Delete');
  expect(attachmentsOf(gallery.emulator, CROWDED)).toHaveLength(37);
});

story(
  'A new item announces its files and shows them after the first save @services-only',
  async ({ gallery }) => {
    const { page } = gallery;
    await gallery.open(7);
    await expect(gallery.content.getByText('No attachments yet.')).toBeVisible();
    await page.getByRole('button', { name: 'New work item' }).click();
    await page
      .getByRole('menuitem', { name: 'Bug' })
      .or(page.getByRole('button', { name: 'Bug', exact: true }))
      .click();
    await gallery.show();
    await expect(gallery.content.getByText('Save the new work item to add files here.')).toBeVisible();
  },
);

story('A removal takes the right file while another user adds a link', async ({ gallery }) => {
  const { page, emulator } = gallery;
  const before = attachmentsOf(emulator, CROWDED);
  await gallery.open(CROWDED);
  await gallery.expectCount('37 files');
  let patches = 0;
  await page.route(/_apis\/wit\/workitems\/30/i, async (route) => {
    const isFirst = route.request().method() === 'PATCH' && ++patches === 1;
    if (isFirst) {
      // Links precede attachments and add no revision: all indexes change.
      const item = emulator.store.workItem(CROWDED);
      emulator.store.save({ ...item, relations: [linkTo(7, 'System.LinkTypes.Related'), ...item.relations] });
    }
    await route.continue();
  });
  await gallery.button('Remove rows-2026-03-08.csv').click();
  await gallery.expectCount('36 files');
  const names = (files: typeof before): string[] => files.map(({ name }) => name).sort();
  expect(names(attachmentsOf(emulator, CROWDED))).toEqual(
    names(before).filter((name) => name !== 'rows-2026-03-08.csv'),
  );
  expect(patches).toBeGreaterThan(1);
});

story('Files attached beside unsaved edits are listed when the page is shown again', async ({ gallery }) => {
  const { page, emulator } = gallery;
  await gallery.open(7);
  await expect(gallery.content.getByText('No attachments yet.')).toBeVisible();
  await page.getByRole('tab', { name: 'Details' }).click();
  await page.getByRole('textbox', { name: 'Description' }).fill('Not saved yet.');
  const board = new Board(page, emulator);
  await board.pick({ name: 'beside.txt', mimeType: 'text/plain', buffer: Buffer.from('beside') });
  await board.stapler.getByRole('button', { name: 'Attach without saving' }).click();
  await expect(board.finished('1 file attached')).toBeVisible();
  await gallery.show();
  await expect(gallery.row('beside.txt')).toBeVisible();
});
