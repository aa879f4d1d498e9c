import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Frame } from '@playwright/test';
import { type Emulator, startEmulator } from 'azure-devops-emulator';
import { findBrowser } from '../browser.mjs';
import { handleErrors } from '../command.mjs';
import { progress } from '../progress.mjs';
import { median, medianRatio, rotate } from './statistics';

/**
 * Time until the form group can be used, with a cold cache, against a page in the same frame with the same text and no
 * script: what the host page, the frame and the browser cost anyway.
 */
const ROUNDS = 15;

const GROUP = 'form-group.html';

const LIMIT = `<!doctype html><html lang="en"><title>Limit</title>
<button class="drop-zone">Drop or paste files here, or browse</button></html>`;

/** Runs in each frame: notes the time of the first frame drawn with the drop zone, since the page began to load. */
const NOTE_DROP_ZONE = `(() => {
  const look = () => {
    if (document.querySelector('.drop-zone')) window.drawnAt = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})()`;

handleErrors();
void main();

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'stapler-first-paint-'));
  for (const part of ['vss-extension.json', 'static', 'dist'])
    await cp(part, join(folder, part), { recursive: true });
  await writeFile(join(folder, 'dist', GROUP), LIMIT);
  const group = await startEmulator({ extensionFolder: process.cwd() });
  const limit = await startEmulator({ extensionFolder: folder });
  const executablePath = findBrowser();
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: ['--no-sandbox'],
  });
  const times = { group: new Map<number, number>(), limit: new Map<number, number>() };
  const contestants = [
    { emulator: group, into: times.group },
    { emulator: limit, into: times.limit },
  ];
  try {
    await progress.step('Measuring the first paint', async (tell) => {
      // Round 0 warms up the browser and is not counted.
      for (let round = 0; round <= ROUNDS; round++) {
        tell(`${round} of ${ROUNDS}`);
        for (const { emulator, into } of rotate(contestants, round)) {
          const measured = await measure(browser, emulator);
          if (round > 0) into.set(round, measured);
        }
      }
    });
  } finally {
    await browser.close();
    await Promise.all([group.close(), limit.close()]);
    await rm(folder, { recursive: true });
  }
  const ms = median([...times.group.values()]).toFixed(0);
  const ratio = medianRatio(times.group, times.limit).toFixed(2);
  console.log(`form group: drop zone drawn after ${ms} ms, ${ratio} × a page without scripts`);
}

/** Opens the form of a work item in a new profile. Returns the milliseconds until the drop zone is drawn. */
async function measure(browser: Browser, emulator: Emulator): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 1000 } });
  try {
    const page = await context.newPage();
    await page.addInitScript(NOTE_DROP_ZONE);
    await page.goto(`${emulator.hostUrl}?item=7&panel=closed`);
    const frame = await frameOf(() => page.frames());
    const handle = await frame.waitForFunction(() => (window as { drawnAt?: number }).drawnAt);
    return (await handle.jsonValue()) ?? NaN;
  } finally {
    await context.close();
  }
}

async function frameOf(frames: () => readonly Frame[]): Promise<Frame> {
  for (;;) {
    const found = frames().find((frame) => frame.url().includes(GROUP));
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
