import { attachmentCount } from './board';
import { readFile } from 'node:fs/promises';
import { ELSEWHERE, sampleFiles } from '../helpers/sample-files';
import { SAMPLE_JUNIT, SAMPLE_TRX } from '../helpers/sample-results';
import { sampleWorkbook } from '../helpers/sample-workbook';
import { zipOf } from '../helpers/sample-zip';
import { violations } from './axe';
import { attachmentsOf } from './files';
import { expect, poll } from './fixtures';
import { story } from './gallery-story';
import { expectNoViolations } from './looks';

/** A bug with a log, a table, a picture and a settings file for each of nine nights. */
const CROWDED = 30;

/** A bug without attachments. */
const EMPTY = 7;

story('The keyboard alone opens one preview after the other @services-only', async ({ gallery }) => {
  await gallery.open(CROWDED);
  const { keyboard } = gallery.page;
  const { preview } = gallery;
  await gallery.search.fill('2026-03-14');
  await gallery.button('Name').click();
  await gallery.row('dashboard-2026-03-14.png').focus();
  await keyboard.press('Enter');
  await expect(preview).toHaveAccessibleName('Preview of dashboard-2026-03-14.png');
  await expect(preview.getByRole('img', { name: 'dashboard-2026-03-14.png' })).toBeVisible();
  await expect(preview.getByRole('status').filter({ hasText: '1 of 4' })).toBeVisible();
  expect(await violations(gallery.page)).toEqual([]);

  await keyboard.press('ArrowLeft');
  await keyboard.press('ArrowRight');
  await expect(preview).toHaveAccessibleName('Preview of export-2026-03-14.log');
  await expect(preview.getByText('info exported batch 12', { exact: false }).first()).toBeVisible();
  expect(await violations(gallery.page)).toEqual([]);
  await keyboard.press('Control+f');
  await keyboard.type('batch 1234');
  await expect(preview.getByText('1 of 1', { exact: true })).toBeVisible();
  await keyboard.press('ArrowRight');
  await expect(preview).toHaveAccessibleName('Preview of export-2026-03-14.log');

  // The rest of the frame is inert.
  for (let step = 0; step < 12; step++) {
    await keyboard.press('Tab');
    expect(await gallery.content.locator(':focus').count()).toBeLessThanOrEqual(1);
    expect(await gallery.content.locator('.gallery-files :focus, .gallery-toolbar :focus').count()).toBe(0);
  }
  await preview.getByRole('button', { name: 'Next file' }).click();
  await keyboard.press('Escape');
  await expect(preview).toHaveCount(0);
  await expect(gallery.row('rows-2026-03-14.csv')).toBeFocused();
  expect(await gallery.selected()).toEqual(['rows-2026-03-14.csv']);
});

story('A file without a preview shows the reason and can be downloaded', async ({ gallery }) => {
  const { page, emulator, preview } = gallery;
  emulator.store.attach(EMPTY, [
    { name: 'tool.exe', content: Buffer.from('MZ') },
    { name: 'LICENSE.old', content: Buffer.from('All of it, to everybody.') },
    { name: 'notes.txt', content: Buffer.from('Found in the night.') },
    { name: 'picture.png', content: sampleFiles()['picture.png'] ?? Buffer.alloc(0) },
  ]);
  await gallery.open(EMPTY);
  await gallery.row('tool.exe').dblclick();
  await expect(preview.getByText("There's no preview for")).toBeVisible();
  const download = page.waitForEvent('download');
  await preview.getByRole('button', { name: 'Download', exact: true }).click();
  expect((await download).suggestedFilename()).toBe('tool.exe');
  await gallery.page.keyboard.press('Escape');
  await expect(preview).toHaveCount(0);

  await gallery.row('LICENSE.old').dblclick();
  await preview.getByRole('button', { name: 'Show as text' }).click();
  await expect(preview.getByText('All of it, to everybody.')).toBeVisible();
  await gallery.page.keyboard.press('Escape');

  // For one file the content fails to load, for the other its viewer.
  for (const [name, part] of [
    ['notes.txt', /_apis\/wit\/attachments/],
    ['picture.png', /view-image\.js$/],
  ] as const) {
    await page.route(part, (route) => route.abort());
    await gallery.row(name).getByRole('button', { name, exact: true }).click();
    await expect(preview.getByRole('alert')).toContainText("Can't reach Azure DevOps.");
    await page.unroute(part);
    await preview.getByRole('button', { name: 'Retry' }).click();
    await expect(preview.getByText('Found in the night.').or(preview.getByRole('img'))).toBeVisible();
    await page.keyboard.press('Escape');
  }
});

story(
  'A preview stays open when another user removes the file, and never opens by itself @services-only',
  async ({ gallery }) => {
    const { emulator, preview } = gallery;
    const { store } = emulator;
    const names = ['one.exe', 'three.exe', 'two.exe'];
    const before = store.attach(
      EMPTY,
      names.map((name) => ({ name, content: Buffer.from('MZ') })),
    );
    await gallery.open(EMPTY);
    await gallery.button('Name').click();
    await gallery.row('three.exe').dblclick();
    const relations = before.relations.filter(({ attributes }) => attributes['name'] !== 'three.exe');
    store.save({ ...store.workItem(EMPTY), relations });
    await preview.getByRole('button', { name: 'Remove three.exe' }).click();
    await expect(preview.getByRole('alert')).toContainText('Someone removed this attachment.');
    await expect(preview.getByRole('button', { name: 'Rename three.exe' })).toHaveCount(0);
    expect(await violations(gallery.page)).toEqual([]);
    await expect(preview.getByRole('button', { name: 'Next file' })).toBeEnabled();
    await preview.getByRole('button', { name: 'Close', exact: true }).click();
    await expect(preview).toHaveCount(0);
    // This gallery has not removed it.
    await expect(gallery.button(/^Recently removed/)).toHaveCount(0);

    store.save({ ...store.workItem(EMPTY), relations: before.relations });
    await gallery.button('Related items').click();
    await expect(gallery.row('three.exe')).toBeVisible();
    await expect(preview).toHaveCount(0);
  },
);

story('The preview shows the content of each kind of file @both', async ({ gallery }) => {
  const { page, emulator, preview } = gallery;
  const files = Object.entries(sampleFiles()).map(([name, content]) => ({ name, content }));
  const chunks: string[] = [];
  page.on('request', (request) => chunks.push(request.url().split('/').at(-1) ?? ''));
  emulator.store.attach(EMPTY, files);
  await gallery.open(EMPTY);
  const look = async (name: string): Promise<void> => {
    await gallery.row(name).getByRole('button', { name, exact: true }).click();
    await expect(preview).toHaveAccessibleName(`Preview of ${name}`);
  };
  const leave = async (): Promise<void> => {
    await page.keyboard.press('Escape');
    await expect(preview).toHaveCount(0);
  };

  await look('hostile.svg');
  const picture = preview.getByRole('img', { name: 'hostile.svg' });
  await poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(200);
  const width = async (): Promise<number> => (await picture.boundingBox())?.width ?? 0;
  const before = await width();
  const stage = preview.getByRole('region', { name: 'Image in hostile.svg' });
  await stage.focus();
  await page.keyboard.press('+');
  await poll(width).toBeGreaterThan(before);
  // A digit belongs to the focused element: on another button it does nothing.
  const larger = await width();
  await preview.getByRole('button', { name: 'Close the preview' }).focus();
  await page.keyboard.press('0');
  await stage.focus();
  await page.keyboard.press('+');
  await poll(width).toBeGreaterThan(larger);
  await leave();

  await look('three pages.pdf');
  await expect(preview.getByText('Second page')).toBeAttached();
  await expect(preview.locator('canvas').first()).toBeVisible();
  await preview.getByRole('region', { name: 'Pages of three pages.pdf' }).focus();
  await page.keyboard.press('1');
  await expect(preview.getByRole('status').filter({ hasText: 'Page 1 of 3 · 100%' })).toBeVisible();
  await leave();
  await look('locked.pdf');
  await expect(preview.getByRole('alert')).toContainText(/password/i);
  await leave();

  await look('release notes.md');
  await expect(preview.getByRole('table')).toContainText('lightbox');
  await expect(preview.getByRole('link', { name: 'a page' })).toHaveAttribute('rel', /noopener/);
  await expect(preview.getByRole('link', { name: 'a script' })).toHaveCount(0);
  await leave();

  await look('table.csv');
  await expect(preview.getByText('photo.png')).toBeVisible();
  await leave();

  await look('data.json');
  await expect(preview.getByText('12345678901234567890')).toBeVisible();
  await leave();

  await look('utf-16.txt');
  await expect(preview.getByText('Grüße 😀')).toBeVisible();
  await leave();

  await look('colors.log');
  await expect(preview.getByText('color 1 bright  badge  dim', { exact: true })).toBeVisible();
  await expect(preview.locator('.ansi-red').first()).toHaveText('color 1');
  await leave();

  await look('mail.eml');
  await expect(preview.getByText('€ 100 are missing')).toBeVisible();
  await leave();

  await look('tone.wav');
  await poll(() => preview.locator('audio').evaluate((audio) => (audio as HTMLAudioElement).duration)).toBe(
    1,
  );
  await leave();

  await look('archive.zip');
  await expect(preview.getByText(/evil\.dll/).first()).toBeVisible();

  await gallery.expectInWorkersOnly(chunks, 'parse-markdown.js', 'read-table.js', 'parse-email.js');
});

story('Test results are listed with failures first, and other XML stays text @both', async ({ gallery }) => {
  const { page, emulator, preview } = gallery;
  const { keyboard } = page;
  const chunks: string[] = [];
  page.on('request', (request) => chunks.push(request.url().split('/').at(-1) ?? ''));
  emulator.store.attach(EMPTY, [
    { name: '1.trx', content: Buffer.from(SAMPLE_TRX) },
    { name: '2.xml', content: Buffer.from(SAMPLE_JUNIT) },
    { name: '3.xml', content: Buffer.from('<settings><testsuite/></settings>') },
    { name: '4.trx', content: Buffer.from('An empty run') },
  ]);
  await gallery.open(EMPTY);
  await gallery.button('Name').click();
  await gallery.row('1.trx').getByRole('button', { name: '1.trx', exact: true }).click();
  // Without the items of lists inside.
  const tests = preview.getByRole('list', { name: 'Tests of 1.trx' }).locator('> [role=listitem]');
  await expect(tests).toHaveCount(6);
  await expect(preview.getByText('2 failed, 1 other, 2 passed, 1 skipped')).toBeVisible();
  await expect(tests.first()).toContainText('Assert.AreEqual failed. Expected:<0>. Actual:<1>.');
  await expect(tests.nth(2)).toContainText('Timeout');
  const failure = preview.getByRole('button', { name: 'RejectsAnEmptyCart' });
  await expect(failure).toHaveAttribute('aria-expanded', 'false');
  await failure.focus();
  await keyboard.press('Enter');
  await expect(failure).toHaveAttribute('aria-expanded', 'true');
  await expect(preview.getByText('in CartTests.cs:line 42')).toBeVisible();
  await expect(preview.getByText('screenshot.png')).toBeVisible();
  await preview.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(
    preview.getByRole('button', { name: 'Copied' }).or(preview.getByRole('textbox')),
  ).toBeVisible();
  await preview.getByRole('button', { name: 'Failed (2)' }).click();
  await expect(tests).toHaveCount(2);
  await keyboard.press('Control+f');
  await keyboard.type('discounts');
  await expect(tests).toHaveCount(1);
  await expect(preview.getByRole('status').filter({ hasText: '1 test' })).toBeVisible();
  expect(await violations(page)).toEqual([]);

  await preview.getByRole('button', { name: 'Next file' }).click();
  await expect(preview.getByText('2 failed, 3 passed, 3 skipped')).toBeVisible();
  await preview.getByRole('button', { name: 'Source', exact: true }).click();
  await expect(preview.getByText('<!-- Report of a build -->')).toBeVisible();
  await preview.getByRole('button', { name: 'Test results', exact: true }).click();
  await expect(preview.getByRole('list', { name: 'Tests of 2.xml' })).toBeVisible();

  await preview.getByRole('button', { name: 'Next file' }).click();
  await expect(preview.getByText('<settings><testsuite/></settings>')).toBeVisible();
  await expect(preview.getByRole('button', { name: 'Source', exact: true })).toHaveCount(0);
  await preview.getByRole('button', { name: 'Next file' }).click();
  await expect(preview.getByText('An empty run')).toBeVisible();
  await expect(preview.getByText('has no test results, so its source is shown.')).toBeVisible();
  await gallery.expectInWorkersOnly(chunks, 'read-test-results.js');
});

story(
  'A workbook shows its sheets, chosen by keyboard, and names what it leaves out @both',
  async ({ gallery }) => {
    const { page, emulator, preview } = gallery;
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url().split('/').at(-1) ?? ''));
    emulator.store.attach(EMPTY, [
      { name: 'runs.xlsm', content: sampleWorkbook() },
      { name: 'broken.xlsx', content: zipOf({ 'xl/workbook.xml': '<workbook>' }) },
    ]);
    await gallery.open(EMPTY);
    const look = (name: string): Promise<void> =>
      gallery.row(name).getByRole('button', { name, exact: true }).click();
    await look('runs.xlsm');
    const table = preview.getByRole('table', { name: 'runs.xlsm' });
    await expect(table.getByRole('columnheader')).toHaveText(['#', 'A', 'B', 'C']);
    await expect(table.getByRole('row').nth(2).getByRole('cell')).toHaveText([
      '2026-03-14',
      '3:10 PM',
      '97.5%',
    ]);
    await expect(preview.getByText('Not shown: macros, 2 charts, 1 external link.')).toBeVisible();
    await expect(preview.getByRole('status').filter({ hasText: '3 rows' })).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await gallery.expectInWorkersOnly(requests, 'read-workbook.js');

    const sheets = preview.getByRole('combobox', { name: 'Sheet' });
    await sheets.focus();
    await page.keyboard.press('ArrowDown');
    // macOS opens the list first.
    if ((await sheets.inputValue()) === '0') await page.keyboard.press('Enter');
    await expect(table.getByRole('cell')).toHaveText(['All of them']);
    await expect(sheets).toBeFocused();
    await sheets.selectOption('Plan');
    const title = table.getByRole('cell', { name: 'Test plan of the third release' });
    await expect(title).toHaveAttribute('aria-colspan', '3');
    await expect(title).toHaveCSS('text-align', 'center');
    await expect(table.getByRole('cell', { name: 'Windows' })).toHaveAttribute('aria-rowspan', '2');
    await expect(table.getByRole('cell', { name: '7.5' })).toHaveCSS('text-align', 'right');
    await expectNoViolations(page, 'merged cells');
    await preview.getByRole('button', { name: 'Parts' }).click();
    await expect(preview.getByText('xl/vbaProject.bin')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(preview).toHaveCount(0);

    await look('broken.xlsx');
    await expect(preview.getByText(/can't be shown as a workbook, so its parts are listed/)).toBeVisible();
    await expect(preview.getByText('xl/workbook.xml')).toBeVisible();
  },
);

story(
  'An entry of an archive is saved under the last part of its name @services-only',
  async ({ gallery }) => {
    const { page, emulator, preview } = gallery;
    emulator.store.attach(EMPTY, [
      { name: 'archive.zip', content: zipOf({ '../../evil.txt': 'Not so evil.' }) },
    ]);
    await gallery.open(EMPTY);
    await gallery.button('archive.zip').first().click();
    const download = page.waitForEvent('download');
    await preview.getByRole('button', { name: /^Save .*evil\.txt/ }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe('evil.txt');
    expect(await readFile(await file.path(), 'utf8')).toBe('Not so evil.');
  },
);

story('Content of a file never runs, navigates or sends a request', async ({ gallery }) => {
  const { page, emulator, preview } = gallery;
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('dialog', (dialog) => void dialog.dismiss().then(() => requests.push(dialog.message())));
  const files = Object.entries(sampleFiles()).map(([name, content]) => ({ name, content }));
  const chunks: string[] = [];
  page.on('request', (request) => chunks.push(request.url().split('/').at(-1) ?? ''));
  emulator.store.attach(EMPTY, files);
  await gallery.open(EMPTY);
  await gallery.expectCount(`${files.length} files`);
  await gallery.button('Name').click();
  const names = await gallery.names();
  await gallery
    .row(names[0] ?? '')
    .getByRole('button', { name: names[0] ?? '', exact: true })
    .click();
  for (const [index, name] of names.entries()) {
    await expect(preview).toHaveAccessibleName(`Preview of ${name}`);
    // Either the file or a message about the missing preview.
    await expect(preview.getByRole('progressbar')).toHaveCount(0);
    await expect(preview.locator('.preview-view > *, .preview-words').first()).toBeVisible();
    if (index < names.length - 1) await preview.getByRole('button', { name: 'Next file' }).click();
  }
  const hacked = await Promise.all(
    page.frames().map((frame) => frame.evaluate(() => 'hacked' in window).catch(() => false)),
  );
  expect(hacked).not.toContain(true);
  expect(requests.filter((url) => url.startsWith(ELSEWHERE))).toEqual([]);
  expect(page.context().pages()).toHaveLength(1);
  await expect(preview).toBeVisible();
});

story(
  'Files of related items are listed below the own ones and can be used there @services-only',
  async ({ gallery }) => {
    const { emulator } = gallery;
    const content = Buffer.from('One.');
    emulator.store.attach(EMPTY, [{ name: 'own.txt', content }]);
    emulator.store.attach(12, [{ name: 'of the parent.txt', content }]);
    emulator.store.attach(9, [{ name: 'of a related one.txt', content }]);
    await gallery.open(EMPTY);
    await gallery.expectCount('1 file');
    await gallery.button('Related items').click();
    await gallery.expectCount('3 files');
    expect(await gallery.names()).toEqual(['own.txt', 'of the parent.txt', 'of a related one.txt']);
    await expect(gallery.list.getByRole('rowheader', { name: /^Parent: User Story 12 / })).toBeVisible();
    // A squeezed title is visible, too.
    const title = await gallery.list.getByTitle(/^Parent: User Story 12 /).boundingBox();
    expect(title?.width).toBeGreaterThan(100);
    await gallery.button('Remove of the parent.txt').click();
    await gallery.expectCount('2 files');
    expect(attachmentsOf(emulator, 12)).toEqual([]);
    await gallery.button('Undo').click();
    await gallery.expectCount('3 files');
    expect(attachmentsOf(emulator, 12)).toHaveLength(1);

    await gallery.page.reload();
    await gallery.show();
    await gallery.expectCount('3 files');
    await gallery.button('Grid').click();
    await expect(gallery.cards.getByRole('group', { name: /^Parent/ }).getByRole('option')).toHaveCount(1);
    expect(await violations(gallery.page)).toEqual([]);
    await gallery.button('List').click();
    await gallery.button('Open work item 12').click();
    await expect(gallery.page.getByRole('heading', { name: /12/ }).first()).toBeVisible();
  },
);

story('The form lists the attached files, including those attached beside edits', async ({ gallery }) => {
  const { page, emulator } = gallery;
  await page.goto(`${emulator.hostUrl}?item=${CROWDED}&panel=closed`);
  const group = page.locator('iframe[title="Attachments"]:visible').contentFrame();
  await group.getByRole('button', { name: attachmentCount(37) }).click();
  const list = group.getByRole('grid', { name: 'Attachments' });
  await expect(list.getByRole('row')).toHaveCount(38);
  expect(await violations(page)).toEqual([]);
  await list.getByRole('button', { name: 'rows-2026-03-14.csv', exact: true }).click();
  const preview = group.getByRole('dialog');
  await poll(
    async () => (await page.locator('iframe[title="Attachments"]:visible').boundingBox())?.height ?? 0,
  ).toBeGreaterThan(590);
  await page.keyboard.press('Escape');
  await expect(preview).toHaveCount(0);
  await list.getByRole('button', { name: 'Remove rows-2026-03-14.csv' }).click();
  await expect(group.getByText(attachmentCount(36))).toBeVisible();
  await group.getByRole('button', { name: 'Undo' }).click();
  await expect(group.getByText(attachmentCount(37))).toBeVisible();
});
