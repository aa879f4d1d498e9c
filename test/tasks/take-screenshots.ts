import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { Board } from '../e2e/board';
import { writeSparseFile } from '../e2e/files';
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

void main();

/** Takes the README's picture from the running stand-in, so that it never shows what is not there. */
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
    }
  } finally {
    await browser.close();
    await standIn.close();
    await rm(folder, { recursive: true, force: true });
  }
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
