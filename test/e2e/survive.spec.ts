import type { Frame } from '@playwright/test';
import { isFullRun } from '../../tools/full-run.cjs';
import { bombs } from '../helpers/bombs';
import { garbage } from '../helpers/garbage';
import { expect } from './fixtures';
import { story, type GalleryPage } from './gallery-story';
import { heapOf } from './heap';

/** A bug without attachments. */
const EMPTY = 7;

/** A page that does not answer for this long is frozen for its user, in milliseconds. */
const WATCHDOG_MS = 5_000;

const BOMBS = bombs();

/** Starts to note the longest time without an answer in the frame of the gallery. */
async function watch(gallery: GalleryPage): Promise<Frame> {
  const frame = await (await gallery.frame.elementHandle()).contentFrame();
  if (!frame) throw new Error('The gallery has no frame.');
  await frame.evaluate(() => {
    const watch = { longest: 0 };
    Object.assign(window, { watch });
    let last = performance.now();
    const look = (): void => {
      const now = performance.now();
      watch.longest = Math.max(watch.longest, now - last);
      last = now;
      setTimeout(look, 20);
    };
    look();
  });
  return frame;
}

async function longestPause(frame: Frame): Promise<number> {
  return frame.evaluate(() => {
    const { watch } = window as unknown as { watch: { longest: number } };
    const { longest } = watch;
    watch.longest = 0;
    return longest;
  });
}

for (const part of [0, 1, 2])
  story(`No file freezes the gallery, part ${part + 1} of 3 @both`, async ({ gallery }) => {
    const { page, emulator, preview } = gallery;
    const files = BOMBS.filter((_, index) => index % 3 === part);
    emulator.store.attach(EMPTY, files);
    await gallery.open(EMPTY);
    const frame = await watch(gallery);
    for (const { name, shows } of files)
      await story.step(name, async () => {
        await gallery.row(name).getByRole('button', { name, exact: true }).click();
        await expect(preview).toHaveAccessibleName(`Preview of ${name}`);
        await expect(preview.getByText(shows).first()).toBeAttached();
        await page.keyboard.press('Escape');
        await expect(preview).toHaveCount(0);
        expect(await longestPause(frame)).toBeLessThan(WATCHDOG_MS);
      });
  });

story('Two texts without a common line are compared', async ({ gallery }) => {
  const { page, emulator, content } = gallery;
  const numbered = (word: string): Buffer =>
    Buffer.from(Array.from({ length: 300_000 }, (_, index) => `${word} ${index}\n`).join(''));
  emulator.store.attach(EMPTY, [
    { name: 'a.log', content: numbered('old') },
    { name: 'b.log', content: numbered('new') },
  ]);
  await gallery.open(EMPTY);
  const frame = await watch(gallery);
  await gallery.row('a.log').click();
  await gallery.row('b.log').click({ modifiers: ['Control'] });
  await gallery.row('b.log').click({ button: 'right' });
  await content.getByRole('menuitem', { name: 'Compare' }).click();
  await expect(content.getByText('300,000 lines removed, 300,000 lines added')).toBeVisible();
  await page.keyboard.press('Escape');
  expect(await longestPause(frame)).toBeLessThan(WATCHDOG_MS);
});

/** Seeds of the spoiled files. */
const SEEDS = isFullRun ? [1, 2, 3, 4, 5, 6] : [1];

/** Spoiled files of one seed. A work item has at most 100. */
const FILES_PER_SEED = 40;

/** Memory for all previews of one seed together, in bytes. */
const MAX_HEAP_GROWTH = 64 * 1024 * 1024;

for (const seed of SEEDS)
  story(`Each spoiled file is shown or refused, with seed ${seed} @services-only`, async ({ gallery }) => {
    const { page, emulator, preview } = gallery;
    const files = garbage(seed, FILES_PER_SEED);
    emulator.store.attach(EMPTY, files);
    await gallery.open(EMPTY);
    const frame = await watch(gallery);
    const heap = await heapOf(gallery.frame);
    const before = await heap();
    await gallery.row(files[0]!.name).getByRole('button', { name: files[0]!.name, exact: true }).click();
    const names = await gallery.names();
    for (const [index] of files.entries()) {
      await expect(preview.getByText(`${index + 1} of ${files.length}`, { exact: true })).toBeVisible();
      await story.step(names[index]!, async () => {
        await expect(preview.locator('.viewer, .viewer-words, .preview-words').first()).toBeVisible();
        await expect(preview.getByText(/^Reading /)).toHaveCount(0);
        expect(await longestPause(frame)).toBeLessThan(WATCHDOG_MS);
      });
      if (index + 1 < files.length) await preview.getByRole('button', { name: 'Next file' }).click();
    }
    await page.keyboard.press('Escape');
    await expect(preview).toHaveCount(0);
    expect((await heap()) - before).toBeLessThan(MAX_HEAP_GROWTH);
  });
