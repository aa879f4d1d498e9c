import { chromium, type Browser, type Frame, type Page, type Request } from '@playwright/test';
import { startEmulator } from 'azure-devops-emulator';
import { corpus } from '../../test/corpus/corpus';
import type { CorpusFile } from '../../test/corpus/corpus-file';
import { waitForOutcome } from '../../test/corpus/outcome';
import { heapOf } from '../../test/e2e/heap';
import { bombs } from '../../test/helpers/bombs';
import { findBrowser } from '../browser.mjs';
import { handleErrors } from '../command.mjs';
import { progress } from '../progress.mjs';

/**
 * Time and memory of the previews of the corpus, of expensive files, and of a log of 100 MB: the time from the click and
 * from the last byte until the content, or the reason for its absence, is shown; the longest time in which the page did
 * not answer input; and the growth of the page's heap while the preview is open. Workers have heaps of their own.
 */
const EMPTY_ITEM = 7;

/** Files of a work item at a time: a list of all would measure its thumbnails. */
const FILES_PER_ITEM = 10;

/** The page answers input within this time, in milliseconds. */
const PAUSE_GOAL_MS = 200;

/** Goals for the log of 100 MB: time from its last byte, in milliseconds, and growth of the heap, in MiB. */
const LOG_GOAL = { ms: 1_000, mib: 50 };

const MIB = 1024 * 1024;

interface MeasuredFile extends Pick<CorpusFile, 'name' | 'shows'> {
  readonly content: Buffer;
}

/** Figures of a preview. Times in milliseconds, memory in bytes. */
interface Figures {
  readonly shownAfter: number;
  readonly afterLastByte: number;
  readonly pause: number;
  readonly heapGrowth: number;
}

const HUGE_LOG: MeasuredFile = {
  name: 'huge.log',
  content: Buffer.alloc(100 * MIB, `2026-03-14 10:15:02 INFO  [orders] ${'x'.repeat(92)}\n`),
  shows: /\[orders\]/,
};

handleErrors();
void main();

async function main(): Promise<void> {
  const executablePath = findBrowser();
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: ['--no-sandbox'],
  });
  const files = [HUGE_LOG, ...bombs(), ...corpus()];
  const measured: Figures[] = [];
  console.log(
    '| file | size, KiB | shown after, ms | after the last byte, ms | longest pause, ms | heap, +MiB |\n| --- | ---: | ---: | ---: | ---: | ---: |',
  );
  try {
    await progress.step('Measuring the viewers', async (tell) => {
      for (let start = 0; start < files.length; start += FILES_PER_ITEM) {
        const part = files.slice(start, start + FILES_PER_ITEM);
        const tellFile = (index: number): void => tell(`${start + index + 1} of ${files.length}`);
        measured.push(...(await measureAll(browser, part, tellFile)));
      }
    });
  } finally {
    await browser.close();
  }
  const pause = Math.max(...measured.map((figures) => figures.pause));
  console.log(
    `viewers: ${files.length} files; the page answered input after at most ${pause.toFixed(0)} ms (goal: ${PAUSE_GOAL_MS})`,
  );
  const [log] = measured;
  if (log)
    console.log(
      `${HUGE_LOG.name}: shown ${log.afterLastByte.toFixed(0)} ms after its last byte (goal: ${LOG_GOAL.ms}), heap +${(log.heapGrowth / MIB).toFixed(1)} MiB (goal: ${LOG_GOAL.mib})`,
    );
}

/** Measures files on a work item of their own. Calls `tell` with the index of each. */
async function measureAll(
  browser: Browser,
  files: readonly MeasuredFile[],
  tell: (index: number) => void,
): Promise<Figures[]> {
  const emulator = await startEmulator({ extensionFolder: process.cwd() });
  emulator.store.attach(EMPTY_ITEM, [...files]);
  const page = await browser.newPage({ viewport: { width: 1280, height: 2000 } });
  const measured: Figures[] = [];
  try {
    await page.goto(`${emulator.hostUrl}?item=${EMPTY_ITEM}&panel=closed`);
    await page.getByRole('tab', { name: 'Files', exact: true }).click();
    const frame = await frameOf(page);
    const heap = await heapOf(page.locator('iframe[title="Files"]:visible'));
    await frame.evaluate(NOTE_PAUSES);
    for (const [index, file] of files.entries()) {
      tell(index);
      const figures = await measure(frame, file, heap);
      measured.push(figures);
      const { shownAfter, afterLastByte, pause, heapGrowth } = figures;
      const times = [shownAfter, afterLastByte, pause].map((ms) => ms.toFixed(0)).join(' | ');
      progress.log(
        `| ${file.name} | ${Math.round(file.content.length / 1024)} | ${times} | ${(heapGrowth / MIB).toFixed(1)} |`,
      );
    }
  } finally {
    await page.close();
    await emulator.close();
  }
  return measured;
}

/**
 * Runs in the frame of the gallery: notes the longest time between two tasks of its own. `takePause` returns it, and
 * starts again.
 */
const NOTE_PAUSES = `(() => {
  let longest = 0;
  let last = performance.now();
  window.takePause = () => {
    const pause = longest;
    longest = 0;
    last = performance.now();
    return pause;
  };
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    setTimeout(() => port2.postMessage(undefined), 5);
  };
  port2.postMessage(undefined);
})()`;

/** Opens and closes the preview of a file. */
async function measure(frame: Frame, file: MeasuredFile, heap: () => Promise<number>): Promise<Figures> {
  const { name } = file;
  const page = frame.page();
  const button = frame.getByRole('button', { name, exact: true });
  await button.waitFor();
  const before = await heap();
  const takePause = () => frame.evaluate<number>('takePause()');
  await takePause();
  const start = performance.now();
  let lastByte = start;
  const note = (request: Request): void => {
    if (request.url().includes('/attachments/')) lastByte = performance.now();
  };
  page.on('requestfinished', note);
  await button.click();
  const preview = frame.getByRole('dialog', { name: `Preview of ${name}`, exact: true });
  if (file.content.length > 50 * MIB) await preview.getByRole('button', { name: 'Show anyway' }).click();
  await waitForOutcome(preview, file);
  const shown = performance.now();
  page.off('requestfinished', note);
  const pauseWhileOpening = await takePause();
  const heapGrowth = (await heap()) - before;
  // Collecting all garbage is a pause of the measurement.
  await takePause();
  await page.keyboard.press('Escape');
  await preview.waitFor({ state: 'detached' });
  const pause = Math.max(pauseWhileOpening, await takePause());
  return { shownAfter: shown - start, afterLastByte: shown - lastByte, pause, heapGrowth };
}

async function frameOf(page: Page): Promise<Frame> {
  const frame = await (await page.waitForSelector('iframe[title="Files"]')).contentFrame();
  if (!frame) throw new Error('The gallery has no frame.');
  return frame;
}
