import { mkdir } from 'node:fs/promises';
import type { Locator } from '@playwright/test';
import { Board } from './board';
import { story as bulkStory } from './bulk-story';
import { expectAttached, makeFile, writeFiles } from './files';
import { expect, poll, test } from './fixtures';
import { story } from './gallery-story';

/**
 * Drops a file from disk on `target`, and expects that no browser would leave the page for it: unlike a person's, a drop by
 * the tools of the browser never navigates.
 */
async function expectKeptPage(board: Board, target: Locator, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const paths = await writeFiles(folder, [makeFile('dropped.txt', 100)]);
  const events = await target.evaluateHandle(({ ownerDocument }) => {
    const seen = { kept: 0, left: [] as string[] };
    for (const type of ['dragenter', 'dragover', 'drop'])
      ownerDocument.addEventListener(type, (event) =>
        setTimeout(() => (event.defaultPrevented ? seen.kept++ : seen.left.push(type))),
      );
    return seen;
  });
  await board.drop(paths, target);
  await poll(() => events.evaluate(({ kept }) => kept > 0)).toBe(true);
  expect(await events.evaluate(({ left }) => left)).toEqual([]);
}

test('The form group keeps its page while the check is open and on a read-only item @services-only', async ({
  board,
  emulator,
}, testInfo) => {
  const { stapler } = board;
  const folder = testInfo.outputPath();
  await stapler.getByRole('button', { name: 'More actions' }).click();
  await stapler.getByRole('menuitem', { name: 'Check this organization…' }).click();
  const dialog = stapler.getByRole('dialog', { name: 'Check this organization' });
  await expectKeptPage(board, dialog.getByRole('heading'), folder);
  await expect(dialog).toBeVisible();
  emulator.store.readOnlyIds.add(7);
  await board.open(7);
  await expectKeptPage(board, board.count(0), folder);
  expectAttached(emulator, 7, []);
});

story(
  'The Files tab keeps its page while a preview is open @services-only',
  async ({ gallery }, testInfo) => {
    await gallery.open(30);
    await gallery.row('export-2026-03-14.log').getByRole('button').first().click();
    await expect(gallery.preview).toBeVisible();
    const board = new Board(gallery.page, gallery.emulator);
    await expectKeptPage(board, gallery.preview, testInfo.outputPath());
    await expect(gallery.preview).toBeVisible();
  },
);

bulkStory('The bulk panel keeps its page for a drop anywhere @services-only', async ({ panel }, testInfo) => {
  await panel.open([7, 9]);
  const board = new Board(panel.page, panel.emulator);
  await expectKeptPage(board, panel.itemCount, testInfo.outputPath());
});

for (const [page, title] of [
  ['form-group', 'Attachments'],
  ['gallery-page', 'Files'],
] as const)
  test(`The page ${page} keeps a drop before its script is loaded @services-only`, async ({
    page: tab,
    emulator,
  }) => {
    await tab.route(new RegExp(`/${page}\\.js$`), () => undefined);
    await tab.goto(`${emulator.hostUrl}?item=7&panel=closed`, { waitUntil: 'commit' });
    if (title === 'Files') await tab.getByRole('tab', { name: title, exact: true }).click();
    const frame = tab.locator(`iframe[title="${title}"]`);
    await expect(frame.contentFrame().locator('main')).toBeAttached();
    // The host hides the frame until then.
    const isLeft = await frame
      .contentFrame()
      .locator('main')
      .evaluate((main) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File(['x'], 'dropped.txt'));
        return ['dragenter', 'dragover', 'drop'].map((type) =>
          main.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer })),
        );
      });
    expect(isLeft).toEqual([false, false, false]);
  });
