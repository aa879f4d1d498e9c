import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Board } from './board';
import { makeFile, pickable, writeFiles, writeSparseFile } from './files';
import { expect, poll, test } from './fixtures';
import { expectNoViolations } from './looks';

/**
 * Shows one upload in each state: queued, waiting, paused, failed with details, canceled, attached. The network is
 * offline, so that nothing moves during the checks. `folder` holds large files for slow uploads.
 */
async function showEverything(board: Board, folder: string): Promise<void> {
  const { emulator, stapler } = board;
  await board.pick([pickable(makeFile('arrived.png', 2_000)), pickable(makeFile('also arrived.log', 2_000))]);
  await expect(board.finished('2 files attached')).toBeVisible();
  await expect(board.latest.getByRole('button')).toHaveCount(2);
  emulator.store.requiredFields.add('Custom.Customer');
  await board.pick(
    ['failed with a rather long name that does not fit into a row.docx', 'failed too.txt'].map((name) =>
      pickable(makeFile(name, 2_000)),
    ),
  );
  await stapler.getByRole('button', { name: 'Details of failed too.txt' }).click();
  emulator.setNetwork({ bytesPerSecond: 200_000 });
  const names = ['film.mp4', 'archive.zip', 'sheet.csv', 'speech.mp3', 'code.ts', 'late.bin', 'later.bin'];
  const paths = names.map((name) => join(folder, name));
  await mkdir(folder, { recursive: true });
  await Promise.all(paths.map((path) => writeSparseFile(path, 4_000_000)));
  await board.pick(paths);
  await stapler.getByRole('button', { name: 'Pause film.mp4' }).click();
  await stapler.getByRole('button', { name: 'Pause later.bin' }).click();
  await stapler.getByRole('button', { name: 'Cancel late.bin' }).click();
  emulator.store.assumptions.retryAfterReadable = true;
  emulator.setNetwork({ faults: [{ name: 'throttled', remaining: null }] });
  await board.pick(pickable(makeFile('busy.zip', 200)));
  const list = stapler.getByRole('list', { name: 'Uploads' });
  await list.evaluate(({ parentElement }) => {
    if (parentElement) parentElement.style.maxHeight = 'none';
  });
  await expect(board.row('late.bin')).toContainText('Canceled');
  await expect(board.row('film.mp4')).toContainText('Paused');
  await expect(board.row('busy.zip')).toContainText('Azure DevOps is busy');
  await board.page.context().setOffline(true);
  await expect(board.row('busy.zip')).toContainText('Retrying when you reconnect');
}

// The frame grows with its rows; a screenshot lacks the hidden part.
test.use({ viewport: { width: 1280, height: 1800 } });

for (const width of ['320', 'auto'] as const) {
  // Server mode has the same looks and widths; one width checks its frame.
  const modes = width === 'auto' ? ' @services-only' : '';
  test(`axe finds no problem in the form at width ${width}, in any look${modes}`, async ({
    board,
    page,
  }, testInfo) => {
    await board.open(7, { width });
    await showEverything(board, testInfo.outputPath('under way'));
    await expectNoViolations(page, 'all upload states', ['light', 'dark', 'high-contrast', 'forced colors']);
    await board.frame.screenshot({ path: testInfo.outputPath(`${width}.png`) });
    const overflow = await board.stapler
      .locator('html')
      .evaluate((html) => html.scrollWidth - html.clientWidth);
    expect(overflow).toBe(0);
  });
}

test('axe finds no problem in any other state of the form @services-only', async ({
  board,
  page,
}, testInfo) => {
  test.setTimeout(120_000);
  const { emulator, stapler } = board;
  await mkdir(testInfo.outputPath(), { recursive: true });
  const held = await board.drag(await writeFiles(testInfo.outputPath(), [makeFile('dropped.txt', 500)]));
  await expect(stapler.getByText('Drop to attach')).toBeVisible();
  await expectNoViolations(page, 'drop target');
  await held.drop();
  await expect(board.finished('1 file attached')).toBeVisible();
  await expectNoViolations(page, 'finished and collapsed');

  await page.getByRole('textbox', { name: 'Description' }).fill('Not saved');
  await page.getByRole('textbox', { name: 'Title' }).fill('');
  await board.pick(pickable(makeFile('waits.png', 2_000)));
  await stapler.getByRole('button', { name: 'Save and attach' }).click();
  await expect(stapler.getByRole('alert')).toContainText('Fix this field first: Title.');
  await expectNoViolations(page, 'refused save');
  emulator.store.fill(9, 100);
  await board.goTo('Bug 9');
  await expect(stapler.getByText('1 waiting for you to save')).toBeVisible();
  await expect(board.fullZone).toBeVisible();
  await board.drop(
    await writeFiles(testInfo.outputPath(), [makeFile('too many.png', 2_000)]),
    board.fullZone,
  );
  await expect(board.row('too many.png')).toContainText('is full (100 attachments)');
  await expectNoViolations(page, 'full item, other uploads elsewhere');

  await board.goTo('Bug 21');
  await expect(stapler.getByText("You don't have permission to add files")).toBeVisible();
  await expectNoViolations(page, 'read-only');
  await page.getByRole('button', { name: 'New work item' }).click();
  await page.getByRole('menuitem', { name: 'Bug' }).click();
  await expect(board.count(0)).toBeVisible();
  await board.pick(pickable(makeFile('of a new one.png', 2_000)));
  await expect(board.row('of a new one.png')).toContainText('Save to attach');
  await expectNoViolations(page, 'new work item');
});

test('Stapler follows a change of the theme on an open page', async ({ board, page }) => {
  const scheme = (): Promise<string> =>
    board.stapler.locator('html').evaluate((html) => getComputedStyle(html).colorScheme);
  await board.open(7, { panel: 'open' });
  expect(await scheme()).toBe('light');
  await page.getByRole('combobox', { name: 'Theme' }).selectOption({ label: 'Dark' });
  await poll(scheme).toBe('dark');
});

test('Icons are seen in the colors of the system, also with a dark theme @services-only', async ({
  board,
  page,
}) => {
  const icon = board.dropZone.locator('svg').first();
  const theme = page.getByRole('combobox', { name: 'Theme', includeHidden: true });
  await theme.selectOption('dark', { force: true });
  const color = (): Promise<string> => icon.evaluate((element) => getComputedStyle(element).color);
  await poll(color).toMatch(/255, 255, 255/);
  await page.emulateMedia({ forcedColors: 'active', colorScheme: 'light' });
  await poll(color).toBe('rgb(0, 0, 0)');
});
