import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import type { Page } from '@playwright/test';
import { Board } from '../e2e/board';
import { writeSparseFile } from '../e2e/files';
import { GalleryPage } from '../e2e/gallery-story';
import { Pages } from '../e2e/pages';
import type { StandIn } from '../stand-in/stand-in';
import { startStandIn } from '../stand-in/stand-in';
import { ensureBrowser } from './browser.mjs';

/** What has arrived in the picture. */
const DONE = ['before.png', 'after.png', 'server.log', 'steps.docx', 'browser console.txt'];

/** What is on its way, with sizes in bytes. */
const MOVING = {
  'screen recording.mp4': 48_000_000,
  'trace-2026-03-04.har': 21_000_000,
  'crash dump.zip': 33_000_000,
};

/** What goes to many work items, each to that of its number. */
const EVIDENCE = [
  '7_before.png',
  '7_after.png',
  '8 invoice.pdf',
  '#9 search box.mp4',
  'User Story 12 - sketch.svg',
  '15_form.har',
  'minutes.docx',
];

void main();

/** Takes the README's pictures from the running stand-in, so that they never show what is not there. */
async function main(): Promise<void> {
  const executablePath = await ensureBrowser();
  const folder = await mkdtemp(join(tmpdir(), 'stapler-pictures-'));
  const standIn = await startStandIn({ extensionFolder: process.cwd() });
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: ['--no-sandbox', '--disable-background-networking'],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 }, deviceScaleFactor: 1.5 });
    for (const theme of ['light', 'dark']) {
      await standIn.reset();
      const board = new Board(page, standIn);
      await board.open(7, { theme });
      await board.pick(
        await files(
          folder,
          DONE.map((name) => [name, 40_000]),
        ),
      );
      await board.finished(/5 files attached/).waitFor();
      standIn.setNetwork({ bytesPerSecond: 9_000_000 });
      await board.pick(await files(folder, Object.entries(MOVING)));
      await board.row('crash dump.zip').getByText('left').waitFor();
      await board.frame.scrollIntoViewIfNeeded();
      await board.page.mouse.move(0, 0);
      await page.screenshot({ path: `docs/images/form-group-${theme}.png` });
      await showPlan(
        page,
        standIn,
        theme,
        await files(
          folder,
          EVIDENCE.map((name, index) => [name, 40_000 * (index + 1)]),
        ),
      );
      await page.screenshot({ path: `docs/images/bulk-panel-${theme}.png` });
      await showGallery(page, standIn, theme);
      await page.screenshot({ path: `docs/images/gallery-${theme}.png` });
    }
  } finally {
    await browser.close();
    await standIn.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Opens the panel for a few work items, with a plan by name. */
async function showPlan(
  page: Page,
  standIn: StandIn,
  theme: string,
  paths: readonly string[],
): Promise<void> {
  await standIn.reset();
  const pages = new Pages(page, standIn);
  await pages.open('Queries', { theme });
  await pages.row(7).click();
  await pages.row(15).click({ modifiers: ['Shift'] });
  await page.getByRole('button', { name: 'Attach files', exact: true }).click();
  const panel = pages.dialog('Attach files').locator('iframe').contentFrame();
  await panel.getByRole('heading', { name: '5 work items' }).waitFor();
  await panel.getByLabel('Files to attach').setInputFiles([...paths]);
  await panel.getByRole('radio', { name: 'By name or folder' }).check();
  await panel.getByRole('button', { name: /^Attach 6 files/ }).waitFor();
  await panel.getByRole('region', { name: 'Plan' }).scrollIntoViewIfNeeded();
  await page.mouse.move(0, 0);
}

/** Opens the page of what is attached to a bug, as cards. */
async function showGallery(page: Page, standIn: StandIn, theme: string): Promise<void> {
  await standIn.reset();
  const gallery = new GalleryPage(page, standIn);
  await gallery.open(30, { theme });
  await gallery.button('Grid').click();
  await gallery.cards.locator('img').nth(2).waitFor();
  await page.mouse.move(0, 0);
}

/** Makes files of these names and sizes; answers with their paths. */
function files(folder: string, wanted: [name: string, size: number][]): Promise<string[]> {
  return Promise.all(
    wanted.map(async ([name, size]) => {
      await writeSparseFile(join(folder, name), size);
      return join(folder, name);
    }),
  );
}
