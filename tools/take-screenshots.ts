import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { chromium } from '@playwright/test';
import sharp from 'sharp';
import { writeSparseFile } from '../test/e2e/files';
import { type Emulator, startEmulator } from 'azure-devops-emulator';
import { ensureBrowser } from './browser.mjs';
import { ensureBuilt } from './build.mjs';
import { CommandError, handleErrors } from './command.mjs';
import type { Film, Picture, Scene } from './pictures';
import { FILM, LISTING, PICTURES } from './pictures';
import { progress } from './progress.mjs';

/** Maximum width of a document's content, in CSS pixels. */
const WIDE = 800;

/** Size of the page, in CSS pixels. */
const VIEWPORT = { width: 1366, height: 768 };

/** Size of the pictures for the marketplace in pixels, and of the pages that they are parts of, in CSS pixels. */
const LISTED = { width: 1366, height: 768 };
const ROOMY = { width: 1486, height: 860 };

/** Parts narrower than this, in CSS pixels, stand on this color. */
const NARROW = 900;
const PLAIN = '#e8e6e4';

/** Folders of the pictures: of the documents, and of the listing (packaged). */
const DOCS = 'docs/images';
const STATIC = 'static/images';

/** Tools for a picture. */
interface Studio {
  readonly browser: Browser;
  readonly emulator: Emulator;
  readonly folder: string;
}

handleErrors();
void main();

/**
 * Takes the pictures of README, docs and listing from the running emulator, so they are always current: all,
 * or the named ones.
 */
async function main(): Promise<void> {
  const names = process.argv.slice(2);
  const known = new Set([...PICTURES, ...LISTING, FILM].map(({ name }) => name));
  const unknown = names.find((name) => !known.has(name));
  if (unknown !== undefined)
    throw new CommandError(`There is no picture "${unknown}".`, `There are: ${[...known].join(', ')}.`, 2);
  await ensureBuilt();
  const isWanted = ({ name }: { name: string }): boolean => names.length === 0 || names.includes(name);
  const executablePath = await ensureBrowser();
  const folder = await mkdtemp(join(tmpdir(), 'stapler-pictures-'));
  const emulator = await startEmulator({ extensionFolder: process.cwd() });
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    // Some features switched off by Playwright would keep frames from storing data; the last list counts.
    args: ['--no-sandbox', '--disable-background-networking', '--disable-features=PaintHolding'],
  });
  const studio = { browser, emulator, folder };
  try {
    await mkdir(STATIC, { recursive: true });
    const shots = [
      ...PICTURES.filter(isWanted).flatMap((picture) =>
        picture.themes.map((theme) => () => takePart(picture, theme, studio)),
      ),
      ...LISTING.filter(isWanted).map((picture) => () => takeListed(picture, studio)),
      ...(isWanted(FILM) ? [() => takeFilm(FILM, studio)] : []),
    ];
    await progress.step('Taking pictures', async (tell) => {
      for (const [index, take] of shots.entries()) {
        tell(`${index + 1} of ${shots.length}`);
        await take();
      }
    });
    console.log(`Taken: ${shots.length} pictures, in ${DOCS} and ${STATIC}.`);
  } finally {
    await browser.close();
    await emulator.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A part of the page, as sharp as a document shows it. */
async function takePart({ name, show }: Picture, theme: string, studio: Studio): Promise<void> {
  const scene = await openScene(theme, 1.5, studio);
  const shown = await show(scene);
  await scene.page.mouse.move(0, 0);
  // Wide pictures are scaled down and need no more pixels.
  const { width = 0 } = (await shown.boundingBox()) ?? {};
  const scale = width > WIDE ? 'css' : 'device';
  await savePng(join(DOCS, `${name}-${theme}.png`), await shown.screenshot({ scale }));
  await scene.page.close();
}

/** A part of the page, as large as the marketplace wants it. The page around it is left out. */
async function takeListed({ name, themes: [theme = 'light'], show }: Picture, studio: Studio): Promise<void> {
  const scene = await openScene(theme, 1.5, studio);
  await scene.page.setViewportSize(ROOMY);
  const shown = await show(scene);
  await scene.page.mouse.move(0, 0);
  const { x = 0, y = 0, width = ROOMY.width, height = ROOMY.height } = (await shown.boundingBox()) ?? {};
  // A panel is shown as a whole, on a plain background.
  const isNarrow = width < NARROW;
  const clip = { x, y, width, height: isNarrow ? height : (width * LISTED.height) / LISTED.width };
  const picture = sharp(await scene.page.screenshot({ clip }));
  const fitted = picture.resize({ ...LISTED, fit: isNarrow ? 'contain' : 'fill', background: PLAIN });
  await savePng(join(STATIC, `${name}.png`), await fitted.png().toBuffer());
  await scene.page.close();
}

async function takeFilm({ name, play }: Film, studio: Studio): Promise<void> {
  const scene = await openScene('light', 1, studio);
  const frames: Buffer[] = [];
  const delay: number[] = [];
  await play(scene, async (part, ms) => {
    const next = await part.screenshot();
    const isSame = frames.at(-1)?.equals(next) ?? false;
    if (isSame) delay.push((delay.pop() ?? 0) + ms);
    else {
      frames.push(next);
      delay.push(ms);
    }
  });
  await scene.page.close();
  const film = await sharp(await onOneSize(frames), { join: { animated: true } })
    .gif({
      delay,
      loop: 0,
      colours: 256,
      dither: 0,
      interFrameMaxError: 4,
      interPaletteMaxError: 0,
      effort: 10,
    })
    .toBuffer();
  await writeFile(join(STATIC, `${name}.gif`), film);
}

/** Lays frames of different heights on white ones of the largest, since those of a film are equal. */
async function onOneSize(frames: readonly Buffer[]): Promise<Buffer[]> {
  const sizes = await Promise.all(frames.map((frame) => sharp(frame).metadata()));
  const height = Math.max(...sizes.map((size) => size.height));
  return Promise.all(
    frames.map((frame, index) =>
      sharp(frame)
        .extend({ bottom: height - (sizes[index]?.height ?? height), background: '#ffffff' })
        .png()
        .toBuffer(),
    ),
  );
}

/** Few colors suffice, at less than half the size. */
async function savePng(path: string, picture: Buffer): Promise<void> {
  await sharp(picture)
    .png({ palette: true, colours: 256, dither: 0, compressionLevel: 9, effort: 10 })
    .toFile(path);
}

async function openScene(
  theme: string,
  scale: number,
  { browser, emulator, folder }: Studio,
): Promise<Scene> {
  await emulator.reset();
  const page: Page = await browser.newPage({ viewport: VIEWPORT, deviceScaleFactor: scale });
  // Code run in a page calls a helper of tsx, missing there.
  await page.addInitScript('globalThis.__name = (target) => target');
  const files = (sizes: Readonly<Record<string, number>>): Promise<string[]> =>
    Promise.all(
      Object.entries(sizes).map(async ([file, size]) => {
        const path = join(folder, file);
        await mkdir(dirname(path), { recursive: true });
        await writeSparseFile(path, size);
        return path;
      }),
    );
  const write: Scene['write'] = (written) =>
    Promise.all(
      written.map(async ({ name, content }) => {
        await writeFile(join(folder, name), content);
        return join(folder, name);
      }),
    );
  return { page, emulator, theme, files, write };
}
