import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { attachmentsOf, expectAttached, makeFile, pickable, requestsOf, writeFiles } from './files';
import { expect, test } from './fixtures';

const MIXED = [
  makeFile('a#b%20+&?.txt', 12_345),
  makeFile('smile 😀 family 👨‍👩‍👧.png', 4_000),
  makeFile('تقرير الاختبار.pdf', 70_000),
  makeFile(`${'long name '.repeat(20).slice(0, 196)}.log`, 2_000),
  makeFile('empty.txt', 0),
  makeFile('one byte.bin', 1),
  makeFile('quote\'s "double" <tag> & more.html', 512),
  makeFile('semi;colon,comma=equals.csv', 900),
  makeFile('..leading dots.txt', 33),
  // Encoded, longer than a query may be.
  makeFile(`${'報告'.repeat(125)}.zip`, 3_000_000),
  makeFile('same.txt', 100),
];

test('Stapler attaches, shows and counts a picked file @both', async ({ board, emulator }) => {
  const file = makeFile('build.log', 200_000);
  await board.pick(pickable(file));

  await expect(board.finished('1 file attached')).toBeVisible();
  await expect(board.count(1)).toBeVisible();
  await expect(board.page.getByRole('tab', { name: 'Attachments (1)' })).toBeVisible();
  expectAttached(emulator, 7, [file]);
});

test('Stapler attaches 12 files with hostile names byte for byte in one patch and one revision @both', async ({
  board,
  emulator,
}) => {
  const revisionBefore = emulator.store.workItem(7).rev;
  const files = [...MIXED, makeFile('same.txt', 200)];
  await board.pick(files.map(pickable));

  await expect(board.finished('12 files attached')).toBeVisible();
  await expect(board.announcement).toHaveText('12 files attached.');
  expectAttached(emulator, 7, files);
  expect(requestsOf(emulator, 'PATCH', /workitems\/7/)).toHaveLength(1);
  const types = emulator.requests.records
    .filter(({ method }) => method === 'PATCH' || method === 'POST')
    .map(({ method, requestHeaders }) => `${method} ${requestHeaders['content-type']}`);
  expect(new Set(types)).toEqual(
    new Set(['POST application/json', 'POST application/octet-stream', 'PATCH application/json-patch+json']),
  );
  expect(emulator.store.workItem(7).rev).toBe(revisionBefore + 1);
  for (const { size, comment } of attachmentsOf(emulator, 7)) {
    expect(size).toBeGreaterThanOrEqual(0);
    expect(comment).toBe('');
  }
});

test('Stapler attaches dropped files @both', async ({ board, emulator }, testInfo) => {
  const files = [makeFile('first.txt', 1_000), makeFile('second.txt', 2_000)];
  await mkdir(testInfo.outputPath(), { recursive: true });
  await board.drop(await writeFiles(testInfo.outputPath(), files));

  await expect(board.finished('2 files attached')).toBeVisible();
  expectAttached(emulator, 7, files);
});

test('Stapler accepts a drop beside the zone and never leaves the page', async ({
  board,
  emulator,
}, testInfo) => {
  const file = makeFile('near miss.txt', 1_000);
  await mkdir(testInfo.outputPath(), { recursive: true });
  const paths = await writeFiles(testInfo.outputPath(), [file]);
  await board.drop(paths, board.count(0));

  await expect(board.finished('1 file attached')).toBeVisible();
  await expect(board.dropZone).toBeVisible();
  expectAttached(emulator, 7, [file]);
});

test('Stapler attaches all files of a dropped folder in few patches @services-only', async ({
  board,
  emulator,
}, testInfo) => {
  const folder = testInfo.outputPath('evidence');
  const deep = join(folder, 'logs', '2026');
  await mkdir(deep, { recursive: true });
  const top = Array.from({ length: 20 }, (_, index) => makeFile(`top ${index}.txt`, 100 + index));
  const nested = Array.from({ length: 75 }, (_, index) => makeFile(`nested ${index}.log`, 500 + index));
  await writeFiles(folder, top);
  await writeFiles(deep, nested);
  await board.drop([folder]);

  await expect(board.finished('95 files attached')).toBeVisible({ timeout: 30_000 });
  expectAttached(emulator, 7, [...top, ...nested]);
  expect(requestsOf(emulator, 'PATCH', /workitems\/7/).length).toBeLessThan(5);
  const comments = new Set(attachmentsOf(emulator, 7).map(({ comment }) => comment));
  expect([...comments].sort()).toEqual(['📁 evidence', '📁 evidence/logs/2026']);

  await board.page.getByRole('tab', { name: 'Files', exact: true }).click();
  const tab = board.page.locator('iframe[title="Files"]:visible').contentFrame();
  await tab.getByRole('button', { name: 'Group by folder' }).click();
  await expect(tab.getByRole('rowheader')).toHaveText(['evidence', 'evidence/logs/2026']);
  await tab.getByRole('searchbox').fill('logs/2026');
  await expect(tab.getByRole('status').filter({ hasText: '75 of 95' })).toBeVisible();
});

test('Stapler names a dropped folder blocked by the sandbox and the alternative @server-only', async ({
  board,
  emulator,
}, testInfo) => {
  const folder = testInfo.outputPath('evidence');
  await mkdir(folder, { recursive: true });
  await writeFiles(folder, [makeFile('inside.txt', 10)]);
  const file = makeFile('beside.txt', 10);
  await board.drop([folder, ...(await writeFiles(testInfo.outputPath(), [file]))]);

  await expect(board.row('evidence')).toContainText('Use “Attach a folder”');
  await expect(board.finished('1 file attached')).toBeVisible();
  expectAttached(emulator, 7, [file]);
});

test('The folder button attaches the files of a folder @both', async ({ board, emulator }, testInfo) => {
  const folder = testInfo.outputPath('picked folder');
  await mkdir(folder, { recursive: true });
  const files = [makeFile('a.txt', 10), makeFile('b.txt', 20)];
  await writeFiles(folder, files);
  const chooser = board.page.waitForEvent('filechooser');
  await board.stapler.getByRole('button', { name: 'Attach a folder' }).click();
  await (await chooser).setFiles(folder);

  await expect(board.finished('2 files attached')).toBeVisible();
  expectAttached(emulator, 7, files);
});

test('Stapler names an empty folder and attaches the other files @services-only', async ({
  board,
  emulator,
}, testInfo) => {
  const folder = testInfo.outputPath('nothing here');
  await mkdir(folder, { recursive: true });
  const file = makeFile('beside.txt', 10);
  await board.drop([folder, ...(await writeFiles(testInfo.outputPath(), [file]))]);

  await expect(board.row('nothing here')).toContainText('This folder is empty.');
  await expect(board.row('nothing here')).not.toContainText('0 B');
  await expect(board.finished('1 file attached')).toBeVisible();
  expectAttached(emulator, 7, [file]);
});

test('Stapler names a pasted screenshot after the work item @both', async ({ board, emulator, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await board.page.bringToFront();
  await board.page.evaluate(async () => {
    const canvas = new OffscreenCanvas(40, 30);
    canvas.getContext('2d')?.fillRect(0, 0, 20, 20);
    const picture = await canvas.convertToBlob({ type: 'image/png' });
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
  });
  await board.dropZone.focus();
  await board.page.keyboard.press('ControlOrMeta+v');

  await expect(board.finished('1 file attached')).toBeVisible();
  const [pasted] = attachmentsOf(emulator, 7);
  expect(pasted?.name).toMatch(/^Bug 7 \d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d\.png$/);
});

test('The form opens attached files byte for byte @both', async ({ board }) => {
  const file = makeFile('again.bin', 5_000);
  await board.pick(pickable(file));
  await expect(board.finished('1 file attached')).toBeVisible();

  await board.page.getByRole('tab', { name: 'History' }).click();
  const download = board.page.waitForEvent('download');
  await board.page.getByRole('button', { name: 'again.bin' }).click();
  expect(await readFile(await (await download).path())).toEqual(file.bytes);
});

test('Stapler refuses a file that changes while it is sent and uploads its new version @services-only', async ({
  board,
  emulator,
}) => {
  // Chromium refuses to read a changed file; this lets each second read see other bytes, as Firefox does.
  await board.stapler.locator('body').evaluate(() => {
    const read = Reflect.get(Blob.prototype, 'arrayBuffer');
    const seen = new WeakSet<Blob>();
    Blob.prototype.arrayBuffer = async function (this: Blob) {
      const bytes = await read.call(this);
      if (this.size === 2_000_000 && seen.has(this)) new Uint8Array(bytes)[1_000_000]! ^= 1;
      seen.add(this);
      return bytes;
    };
  });
  await board.pick(pickable(makeFile('report.docx', 2_000_000)));
  await expect(board.row('report.docx')).toContainText('This file changed after you added it');
  expect(attachmentsOf(emulator, 7)).toEqual([]);

  const file = makeFile('report.docx', 2_000_100);
  const chooser = board.page.waitForEvent('filechooser');
  await board
    .row('report.docx')
    .getByRole('button', { name: 'Upload the new version of report.docx' })
    .click();
  await (await chooser).setFiles(pickable(file));
  await expect(board.finished('1 file attached')).toBeVisible();
  await expect(board.row('report.docx')).toBeHidden();
  expectAttached(emulator, 7, [file]);
});
