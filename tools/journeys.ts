import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type CDPSession, chromium, expect, type Page } from '@playwright/test';
import { type Emulator, startEmulator } from 'azure-devops-emulator';
import { Board } from '../test/e2e/board';
import { GalleryPage } from '../test/e2e/gallery-story';
import { findBrowser } from './browser.mjs';
import { handleErrors } from './command.mjs';
import { runAside, tools } from './process.mjs';
import { progress, runStep } from './progress.mjs';

/** Work item with many attachments. */
const CROWDED = 30;

/** A journey of a user. `measure` starts and ends around its action. */
interface Journey {
  readonly name: string;
  readonly run: (
    page: Page,
    emulator: Emulator,
    measure: (action: () => Promise<void>) => Promise<void>,
  ) => Promise<void>;
}

const JOURNEYS: readonly Journey[] = [
  {
    name: 'from drop to linked',
    async run(page, emulator, measure) {
      const board = new Board(page, emulator);
      await board.open(7);
      const folder = await mkdtemp(join(tmpdir(), 'stapler-journey-'));
      const path = join(folder, 'build.log');
      await writeFile(path, 'A line.\n'.repeat(20_000));
      await measure(async () => {
        await board.drop([path]);
        await expect(board.finished('1 file attached')).toBeVisible({ timeout: 15_000 });
      });
      await rm(folder, { recursive: true });
    },
  },
  {
    name: 'from remove to undone',
    async run(page, emulator, measure) {
      const gallery = new GalleryPage(page, emulator);
      await gallery.open(CROWDED);
      await gallery.expectCount('37 files');
      await measure(async () => {
        await gallery.button('Remove export-2026-03-10.log').click();
        await gallery.expectCount('36 files');
        await gallery.button('Undo').click();
        await gallery.expectCount('37 files');
      });
    },
  },
];

const isListed = process.argv.includes('--list');

handleErrors();
void main();

/**
 * Prints the number of modules of `src` in which a function runs during each journey, by V8 coverage. The build keeps
 * each module in a function of its own, with its path.
 */
async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'stapler-metrics-'));
  const dist = join(folder, 'dist');
  await cp('static', join(folder, 'static'), { recursive: true });
  await cp('vss-extension.json', join(folder, 'vss-extension.json'));
  const flags = [
    '--no-optimization-minimize',
    '--no-optimization-concatenate-modules',
    '--optimization-module-ids=named',
    ...['--output-path', dist],
  ];
  await runStep(
    'Building with the names of modules',
    () => runAside([tools.webpack, '--mode', 'production', '--config', 'webpack.config.js', ...flags]),
    'The build failed.',
  );
  const executablePath = findBrowser();
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: ['--no-sandbox', '--disable-background-networking'],
  });
  try {
    for (const { name, run } of JOURNEYS) {
      // One process for page and frames: the coverage of a session is the one of its process.
      const emulator = await startEmulator({ extensionFolder: folder, sites: 'same-site' });
      const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
      const session = await page.context().newCDPSession(page);
      await session.send('Profiler.enable');
      await session.send('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
      await run(page, emulator, async (action) => {
        // Taking the coverage resets its counters.
        await session.send('Profiler.takePreciseCoverage');
        await progress.step(`Running the journey: ${name}`, action);
        const modules = await modulesIn(session, emulator.assetsBaseUrl, dist);
        console.log(`\nModules ${name}: ${modules.length} (${byLayer(modules)})`);
        if (isListed) for (const path of modules) console.log(`  ${path}`);
      });
      await page.close();
      await emulator.close();
    }
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Counts per layer, as text. */
function byLayer(paths: readonly string[]): string {
  const layers = paths.map((path) => path.split('/')[1] ?? '');
  return [...new Set(layers)]
    .map((layer) => `${layer} ${layers.filter((each) => each === layer).length}`)
    .join(', ');
}

/** Paths of the modules of `src` in which a function has run since the counters were reset. */
async function modulesIn(session: CDPSession, baseUrl: string, dist: string): Promise<readonly string[]> {
  const { result } = await session.send('Profiler.takePreciseCoverage');
  const found = new Set<string>();
  for (const { url, functions } of result) {
    if (!url.startsWith(baseUrl)) continue;
    const headers = headersOf(await readFile(join(dist, basename(new URL(url).pathname)), 'utf8'));
    for (const { ranges } of functions) {
      const range = ranges[0];
      if (!range || range.count === 0) continue;
      const header = headers.filter(({ offset }) => offset < range.startOffset).at(-1);
      // The function around the module is the first one after its header: it runs once, on loading.
      if (header && range.startOffset > header.bodyOffset) found.add(header.path);
    }
  }
  return [...found].filter((path) => path.startsWith('src/')).sort();
}

/** Modules of a bundle, in order, with the offset of their key and of the function that contains them. */
function headersOf(text: string): readonly { path: string; offset: number; bodyOffset: number }[] {
  return [...text.matchAll(/^\/\*\*\*\/ "\.?\/?([^"\n]+)"/gm)].map(({ 0: key, 1: path = '', index }) => ({
    path,
    offset: index,
    bodyOffset: text.indexOf('{', index + key.length),
  }));
}
