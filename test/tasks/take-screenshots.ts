import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { chromium } from '@playwright/test';
import { writeSparseFile } from '../e2e/files';
import type { StandIn } from '../stand-in/stand-in';
import { startStandIn } from '../stand-in/stand-in';
import { ensureBrowser } from './browser.mjs';
import type { Picture } from './pictures';
import { PICTURES } from './pictures';

/** What is wider does not fit beside the margins of a document, in CSS pixels. */
const WIDE = 800;

void main();

/**
 * Takes the pictures of README and docs from the running stand-in, so that they never show what is not there: all, or
 * those that are named.
 */
async function main(): Promise<void> {
  const names = process.argv.slice(2);
  const executablePath = await ensureBrowser();
  const folder = await mkdtemp(join(tmpdir(), 'stapler-pictures-'));
  const standIn = await startStandIn({ extensionFolder: process.cwd() });
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    // What Playwright switches off by itself would keep frames from storing anything; the last list counts.
    args: ['--no-sandbox', '--disable-background-networking', '--disable-features=PaintHolding'],
  });
  try {
    for (const picture of PICTURES.filter(({ name }) => names.length === 0 || names.includes(name)))
      for (const theme of picture.themes) await take(picture, theme, { browser, standIn, folder });
  } finally {
    await browser.close();
    await standIn.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function take(
  { name, show }: Picture,
  theme: string,
  on: { browser: Browser; standIn: StandIn; folder: string },
): Promise<void> {
  const { browser, standIn, folder } = on;
  await standIn.reset();
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 }, deviceScaleFactor: 1.5 });
  // Code that is run in a page calls a helper of tsx, which is not there.
  await page.addInitScript('globalThis.__name = (target) => target');
  const files = (sizes: Readonly<Record<string, number>>): Promise<string[]> =>
    Promise.all(
      Object.entries(sizes).map(async ([file, size]) => {
        await writeSparseFile(join(folder, file), size);
        return join(folder, file);
      }),
    );
  const shown = await show({ page, standIn, theme, files });
  await page.mouse.move(0, 0);
  // What is wide is shown smaller than it is, and needs no more pixels than that.
  const { width = 0 } = (await shown.boundingBox()) ?? {};
  const scale = width > WIDE ? 'css' : 'device';
  await shown.screenshot({ path: `docs/images/${name}-${theme}.png`, scale });
  await page.close();
}
