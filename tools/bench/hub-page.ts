import { type Browser, type Frame, type Locator, type Page, chromium } from '@playwright/test';
import { type Emulator, startEmulator } from 'azure-devops-emulator';
import { findBrowser } from '../browser.mjs';
import { handleErrors } from '../command.mjs';
import { progress } from '../progress.mjs';
import { createHeaps } from './hub-heap';
import { quantile } from './statistics';

/**
 * The Attachments hub in a browser: the first index, a search per key, a refresh, and the stored list. The network has
 * a latency, and the service its rate limit.
 */
const ITEMS = 100_000;
const FILES = 300_000;

const LATENCY_MS = 100;

/** Budget of any five minutes, and the cost of 200 work items. */
const RATE_LIMIT = { units: 200, costs: { items: 0.5 } };

/** Work items changed before the refresh: every third one, as only those have files. */
const CHANGES = 500;

const FIRST_ID = 1_001;

const TYPED = ['screenshot', 'export', 'login page', 'type:log size:>1mb', '2024'];

/** Goals: times in milliseconds, the memory in MiB. */
const GOAL = { indexMs: 90_000, refreshMs: 3_000, openMs: 1_500, keyMs: 50, taskMs: 50, heapMib: 150 };

/** Goals for requests: of the first index of `items` work items with files, and of a refresh. */
const GOAL_REQUESTS = { index: 160, items: 30_000, refresh: 6 };

/** What a page notes, see `NOTE`. */
interface Notes {
  /** Time of the first row since the page began to load, in milliseconds. */
  shownAt?: number;
  longTasks: number[];
  /** Time of the last key, in milliseconds. */
  typedAt?: number;
  /** Times of the worker's answers since that key: the count, the rows, other rows. */
  answered: number[];
  /** Times of the frames drawn after each of them. */
  drawn: number[];
}

/** Runs in each frame of the hub. */
const NOTE = `(() => {
  if (!location.pathname.endsWith('/hub.html')) return;
  const notes = { longTasks: [], answered: [], drawn: [] };
  window.benchNotes = notes;
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) if (name === 'self') notes.longTasks.push(duration);
  }).observe({ type: 'longtask', buffered: true });
  addEventListener('input', () => {
    notes.typedAt = performance.now();
    notes.answered = [];
    notes.drawn = [];
  }, { capture: true });
  window.Worker = class extends Worker {
    constructor(...args) {
      super(...args);
      this.addEventListener('message', () => {
        notes.answered.push(performance.now());
        requestAnimationFrame(() => setTimeout(() => notes.drawn.push(performance.now())));
      });
    }
  };
  const look = () => {
    if (document.querySelector('.hub-row .file-name')) notes.shownAt = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})()`;

handleErrors();
void main();

async function main(): Promise<void> {
  const lines = await progress.step('Measuring the hub in a browser', measure);
  for (const line of lines) console.log(`hub: ${line}`);
}

async function measure(tell: (text: string) => void): Promise<readonly string[]> {
  tell(`making ${FILES} files`);
  const emulator = await startEmulator({ extensionFolder: process.cwd(), items: ITEMS, files: FILES });
  const executablePath = findBrowser();
  let browser: Browser | undefined;
  try {
    browser = await chromium.launch({ ...(executablePath && { executablePath }), args: ['--no-sandbox'] });
    const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    await page.addInitScript(NOTE);
    return await measurePage(page, emulator, tell);
  } finally {
    await browser?.close();
    await emulator.close();
  }
}

async function measurePage(
  page: Page,
  emulator: Emulator,
  tell: (text: string) => void,
): Promise<readonly string[]> {
  const hub = page.locator('iframe[title="Attachments"]').contentFrame();
  const button = (name: string): Locator => hub.getByRole('button', { name, exact: true });
  const age = hub.getByRole('status').filter({ hasText: /^As of / });
  const lines: string[] = [];
  await page.goto(`${emulator.hostUrl}?panel=closed`);
  await page.getByRole('link', { name: 'Attachments', exact: true }).click();
  emulator.setNetwork({ latencyMs: LATENCY_MS });
  emulator.setRateLimit(RATE_LIMIT);
  await button('Start').waitFor({ timeout: 60_000 });
  const heaps = await createHeaps(page, await frameOf(page));

  tell('first index');
  const index = await during(emulator, async () => {
    await button('Start').click();
    await age.waitFor({ timeout: 600_000 });
  });
  const items = Math.ceil(ITEMS / 3);
  const goal = Math.ceil((GOAL_REQUESTS.index * items) / GOAL_REQUESTS.items);
  lines.push(
    `first index of ${items} work items: ${seconds(index.ms)} (goal: ${seconds(GOAL.indexMs)}), ${index.requests} requests (goal: ${goal}), ${index.refused} refused; ${await taskLine(page)}`,
  );

  tell('search');
  const field = hub.getByRole('searchbox');
  const { found, drawn } = await typeAll(page, field);
  lines.push(
    `search per key, 95th percentile: ${quantile(found, 0.95).toFixed(0)} ms (goal: ${GOAL.keyMs}), median ${quantile(found, 0.5).toFixed(0)} ms; drawn after ${quantile(drawn, 0.95).toFixed(0)} ms; ${await taskLine(page)}`,
  );
  const heap = await heaps.measure();
  lines.push(`heap: page ${mib(heap.page)}, worker ${mib(heap.worker)} (goal of both: ${GOAL.heapMib} MiB)`);

  tell('refresh');
  await field.fill('');
  for (let change = 0; change < CHANGES; change++)
    emulator.store.attach(FIRST_ID + change * 3, [
      { name: `changed-${change}.txt`, content: Buffer.from('New.') },
    ]);
  const refresh = await during(emulator, async () => {
    await button('Refresh').click();
    await hub.getByText(/^300,\d+ files,/).waitFor({ timeout: 60_000 });
    await waitFor(() => button('Refresh').isEnabled());
  });
  lines.push(
    `refresh after ${CHANGES} changes: ${seconds(refresh.ms)} (goal: ${seconds(GOAL.refreshMs)}), ${refresh.requests} requests (goal: ${GOAL_REQUESTS.refresh}); ${await taskLine(page)}`,
  );

  tell('stored list');
  await page.reload();
  await waitFor(async () => (await notesOf(page)).shownAt !== undefined);
  const { shownAt = NaN } = await notesOf(page);
  await age.waitFor();
  lines.push(`open from the store: ${shownAt.toFixed(0)} ms (goal: ${GOAL.openMs}); ${await taskLine(page)}`);
  return lines;
}

/** Times from each key to its rows, in milliseconds: until they arrive, and until they are drawn. */
async function typeAll(
  page: Page,
  field: Locator,
): Promise<{ readonly found: readonly number[]; readonly drawn: readonly number[] }> {
  const times = { found: [] as number[], drawn: [] as number[] };
  for (const text of TYPED) {
    await field.fill('');
    await settle();
    for (const key of text) {
      await field.press(key === ' ' ? 'Space' : key);
      await waitFor(async () => (await notesOf(page)).drawn.length > 0);
      await settle();
      const { typedAt = NaN, answered, drawn } = await notesOf(page);
      // A search without a result has no rows.
      times.found.push((answered[1] ?? answered[0]!) - typedAt);
      times.drawn.push((drawn[1] ?? drawn[0]!) - typedAt);
    }
  }
  return times;
}

/** Lets all answers to a key arrive. */
function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 150));
}

/** Measures a task and counts the requests of the hub meanwhile. */
async function during(
  emulator: Emulator,
  task: () => Promise<void>,
): Promise<{ readonly ms: number; readonly requests: number; readonly refused: number }> {
  const before = emulator.requests.records.length;
  const start = performance.now();
  await task();
  const ms = performance.now() - start;
  const records = emulator.requests.records
    .slice(before)
    .filter(({ method, url }) => method !== 'OPTIONS' && /\/_apis\/wit\//.test(url));
  return { ms, requests: records.length, refused: records.filter(({ status }) => status === 429).length };
}

/** Describes the longest task since the last call. */
async function taskLine(page: Page): Promise<string> {
  const { longTasks } = await notesOf(page);
  const frame = await frameOf(page);
  await frame.evaluate(
    () => void ((window as unknown as { benchNotes: Notes }).benchNotes.longTasks.length = 0),
  );
  const longest = Math.max(0, ...longTasks);
  const text = longest === 0 ? 'under 50 ms' : `${longest.toFixed(0)} ms, ${longTasks.length} over 50 ms`;
  return `longest task ${text} (goal: ${GOAL.taskMs} ms)`;
}

async function notesOf(page: Page): Promise<Notes> {
  const frame = await frameOf(page);
  return frame.evaluate(() => (window as unknown as { benchNotes: Notes }).benchNotes);
}

async function frameOf(page: Page): Promise<Frame> {
  const handle = await page.waitForSelector('iframe[title="Attachments"]');
  const frame = await handle.contentFrame();
  if (!frame) throw new Error('The hub is not open.');
  return frame;
}

async function waitFor(isDone: () => Promise<boolean>): Promise<void> {
  while (!(await isDone().catch(() => false))) await new Promise((resolve) => setTimeout(resolve, 5));
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

function mib(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(0)} MiB`;
}
