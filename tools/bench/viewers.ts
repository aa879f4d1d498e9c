import { chromium, type Frame, type Page } from '@playwright/test';
import { startEmulator } from 'azure-devops-emulator';
import { bombs } from '../../test/helpers/bombs';
import { findBrowser } from '../browser.mjs';

/**
 * How the previews of expensive files behave: the time from the click until their content, or the reason for its
 * absence, is shown, and the longest time in which the page did not answer input.
 */
const EMPTY_ITEM = 7;

/** Files of a work item at a time: a list of all would measure its thumbnails. */
const FILES_PER_ITEM = 10;

/** The page answers input within this time, in milliseconds. */
const GOAL_MS = 200;

void main();

async function main(): Promise<void> {
  const executablePath = findBrowser();
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: ['--no-sandbox'],
  });
  const files = [...bombs()];
  let longest = 0;
  console.log('| file | size, KiB | shown after, ms | longest pause, ms |\n| --- | ---: | ---: | ---: |');
  try {
    while (files.length > 0) {
      const emulator = await startEmulator({ extensionFolder: process.cwd() });
      const some = files.splice(0, FILES_PER_ITEM);
      emulator.store.attach(EMPTY_ITEM, some);
      const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
      await page.goto(`${emulator.hostUrl}?item=${EMPTY_ITEM}&panel=closed`);
      await page.getByRole('tab', { name: 'Files', exact: true }).click();
      const frame = await frameOf(page);
      await frame.evaluate(NOTE_PAUSES);
      for (const { name, content, shows } of some) {
        const { shownAfter, pause } = await measure(frame, name, shows);
        longest = Math.max(longest, pause);
        const kib = Math.round(content.length / 1024);
        console.log(`| ${name} | ${kib} | ${shownAfter.toFixed(0)} | ${pause.toFixed(0)} |`);
      }
      await page.close();
      await emulator.close();
    }
  } finally {
    await browser.close();
  }
  console.log(`viewers: the page answered input after at most ${longest.toFixed(0)} ms (goal: ${GOAL_MS})`);
}

/** Runs in the frame of the gallery: notes the longest time between two tasks of its own. */
const NOTE_PAUSES = `(() => {
  window.longestPause = 0;
  let last = performance.now();
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    const now = performance.now();
    window.longestPause = Math.max(window.longestPause, now - last);
    last = now;
    setTimeout(() => port2.postMessage(undefined), 5);
  };
  port2.postMessage(undefined);
})()`;

/** Opens and closes the preview of a file. */
async function measure(
  frame: Frame,
  name: string,
  shows: RegExp,
): Promise<{ readonly shownAfter: number; readonly pause: number }> {
  const button = frame.getByRole('grid').getByRole('button', { name, exact: true });
  await button.waitFor();
  await frame.evaluate('window.longestPause = 0');
  const start = performance.now();
  await button.click();
  const preview = frame.getByRole('dialog', { name: `Preview of ${name}` });
  await preview.getByText(shows).first().waitFor({ state: 'attached' });
  const shownAfter = performance.now() - start;
  await frame.page().keyboard.press('Escape');
  await preview.waitFor({ state: 'detached' });
  return { shownAfter, pause: await frame.evaluate<number>('window.longestPause') };
}

async function frameOf(page: Page): Promise<Frame> {
  const frame = await (await page.waitForSelector('iframe[title="Files"]')).contentFrame();
  if (!frame) throw new Error('The gallery has no frame.');
  return frame;
}
