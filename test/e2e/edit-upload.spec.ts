import { readFileSync } from 'node:fs';
import type { FrameLocator, Locator, Page } from '@playwright/test';
import type { Emulator } from 'azure-devops-emulator';
import sharp from 'sharp';
import { attachmentsOf, makeFile, pickable, requestsOf } from './files';
import { expect, poll, test } from './fixtures';
import { GalleryPage } from './gallery-story';
import { readJournal, untilJournal } from './journal-rows';
import { Keys } from './keys';
import { expectNoViolations } from './looks';
import { coverSecret, hasPieceOf, screenshot, SECRET, SIZE, stored } from './secret-image';

/** Files that take all connections, so that the next one waits. */
const IN_FRONT = Array.from({ length: 6 }, (_, at) => makeFile(`front ${at}.bin`, 100_000));

/** Contents of the attachments with this name. */
function contentsOf(emulator: Emulator, name: string): readonly Buffer[] {
  return attachmentsOf(emulator, 7)
    .filter((file) => file.name === name)
    .map(({ attachmentId }) => readFileSync(emulator.store.attachment(attachmentId)!.path));
}

/** All bytes that were ever sent, with the files on no work item. */
function received(emulator: Emulator): readonly string[] {
  return emulator.store.attachments.all.map(({ path }) => readFileSync(path, 'latin1'));
}

const editorIn = (content: FrameLocator, name: RegExp | string): Locator =>
  content.getByRole('dialog', { name });

/** Covers the secret by a redaction, with the keyboard. */
async function redactSecret(keys: Keys, page: Page, editor: Locator): Promise<void> {
  await expect(editor.getByRole('application')).toBeFocused();
  await keys.press('r', 'Enter');
  await coverSecret(keys, page, editor);
}

/** Expects an image of the same size whose secret is black. */
async function expectRedacted(image: Buffer | undefined): Promise<void> {
  expect(await sharp(image).metadata()).toMatchObject({ format: 'png', ...SIZE });
  const secret = sharp(image).extract(SECRET).removeAlpha();
  expect(new Set(await secret.raw().toBuffer())).toEqual(new Set([0]));
}

test('The keyboard alone redacts a waiting image, and nothing of the original is sent or stored @services-only', async ({
  board,
  emulator,
  page,
}) => {
  test.setTimeout(90_000);
  const { stapler } = board;
  const keys = new Keys(page, () => stapler);
  const button = (name: string): Locator => stapler.getByRole('button', { name, exact: true });
  const [original, skipped] = [await screenshot(), await screenshot()];
  emulator.setNetwork({ bytesPerSecond: 2_000 });
  await page.getByRole('textbox', { name: 'Description' }).focus();
  await keys.pickAt(board.dropZone, [
    ...IN_FRONT.map(pickable),
    { name: 'screen.png', mimeType: 'image/png', buffer: original },
    { name: 'other.png', mimeType: 'image/png', buffer: skipped },
  ]);
  await untilJournal(board, ({ uploads }) =>
    uploads.some((each) => each.name === 'screen.png' && each.isFileKept),
  );
  expect(hasPieceOf(original, [await stored(page)])).toBe(true);
  await keys.use(button('Edit screen.png'));
  const editor = editorIn(stapler, /^Edit .*screen\.png/);
  await redactSecret(keys, page, editor);
  await expectNoViolations(page, 'editor of a waiting image');
  expect(hasPieceOf(original, [await stored(page)])).toBe(false);

  await keys.use(editor.getByRole('button', { name: 'Done' }));
  await expect(editor).toHaveCount(0);
  await keys.expectFocusInside();
  await expect(board.row('screen.png')).toHaveCount(1);

  await test.step('skip the other one after a second thought', async () => {
    await keys.use(button('Edit other.png'));
    const other = editorIn(stapler, /^Edit .*other\.png/);
    await expect(other.getByRole('application')).toBeFocused();
    await keys.press('b', 'Enter', 'Escape', 'Escape', 'Escape');
    await keys.use(
      stapler.getByRole('dialog', { name: /^Discard/ }).getByRole('button', { name: 'Discard' }),
    );
    await expect(other).toHaveCount(0);
    await keys.expectFocusInside();
  });

  emulator.setNetwork({ bytesPerSecond: null });
  await expect(board.finished('8 files attached')).toBeVisible({ timeout: 20_000 });
  const [edited, ...more] = contentsOf(emulator, 'screen.png');
  expect(more).toEqual([]);
  await expectRedacted(edited);
  expect(contentsOf(emulator, 'other.png')).toEqual([skipped]);
  // Each of the other files was sent once, and this one as it was edited.
  expect(requestsOf(emulator, 'POST', /_apis\/wit\/attachments/i)).toHaveLength(8);
  expect(hasPieceOf(skipped, received(emulator))).toBe(true);
  expect(hasPieceOf(original, [...received(emulator), await stored(page)])).toBe(false);
});

test('A reload during the edit asks for the file again, and nothing was sent @services-only', async ({
  board,
  emulator,
  page,
}) => {
  const { stapler } = board;
  const original = await screenshot();
  emulator.setNetwork({ faults: [{ name: 'stalled', remaining: null, at: 'simple' }] });
  const image = { name: 'screen.png', mimeType: 'image/png', buffer: original };
  await board.pick([...IN_FRONT.map(pickable), image]);
  await stapler.getByRole('button', { name: 'Edit screen.png' }).click();
  await expect(editorIn(stapler, /^Edit/).getByRole('application')).toBeVisible();
  await untilJournal(
    board,
    ({ uploads }) => uploads.find(({ name }) => name === image.name)?.stage === 'paused',
  );
  page.on('dialog', (dialog) => void dialog.accept());
  await page.reload({ waitUntil: 'commit' });
  emulator.setNetwork({ faults: [] });
  await expect(stapler.getByRole('button', { name: 'Choose screen.png again' })).toBeVisible({
    timeout: 20_000,
  });
  expect((await readJournal(board)).uploads.find(({ name }) => name === image.name)?.isFileKept).not.toBe(
    true,
  );
  expect(contentsOf(emulator, 'screen.png')).toEqual([]);
  await board.pick([image]);
  await poll(() => contentsOf(emulator, 'screen.png')).toEqual([original]);
});

/** Pastes images into a page of Stapler, each with a color of its own. */
async function paste(content: FrameLocator, colors: readonly string[]): Promise<void> {
  await content.locator('body').evaluate(async (body, all) => {
    const clipboardData = new DataTransfer();
    for (const color of all) {
      const canvas = new OffscreenCanvas(80, 60);
      const context = canvas.getContext('2d')!;
      context.fillStyle = color;
      context.fillRect(0, 0, 80, 60);
      clipboardData.items.add(new File([await canvas.convertToBlob()], 'image.png', { type: 'image/png' }));
    }
    body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, colors);
}

test('Pasted images open in the editor one after the other, in the form and on the Files tab @services-only', async ({
  board,
  emulator,
  page,
}) => {
  test.setTimeout(60_000);
  const { stapler } = board;
  const setting = stapler.getByRole('menuitemcheckbox', { name: 'Edit pasted images first' });
  await board.more.click();
  await expect(setting).toBeChecked({ checked: false });
  await setting.click();
  await page.keyboard.press('Escape');

  await paste(stapler, ['red', 'blue']);
  const first = editorIn(stapler, /^Edit .*\(1\)\.png/);
  await expect(first.getByRole('application')).toBeFocused();
  await page.keyboard.press('b');
  await page.keyboard.press('Enter');
  expect(attachmentsOf(emulator, 7)).toEqual([]);
  await first.getByRole('button', { name: 'Done' }).press('Enter');
  const second = editorIn(stapler, /^Edit .*\(2\)\.png/);
  // The image takes the focus when it is decoded.
  await expect(second.getByRole('application')).toBeFocused();
  await second.getByRole('button', { name: 'Skip editing' }).press('Enter');
  await expect(board.finished('2 files attached')).toBeVisible();
  await expect(stapler.getByRole('dialog')).toHaveCount(0);
  const names = attachmentsOf(emulator, 7).map(({ name }) => name);
  expect(names.map((name) => /\(\d\)\.png$/.exec(name)?.[0]).sort()).toEqual(['(1).png', '(2).png']);

  const tab = new GalleryPage(page, emulator);
  await tab.show();
  await expect(tab.list).toBeVisible();
  await paste(tab.content, ['green', 'black']);
  const left = editorIn(tab.content, /^Edit .*\(1\)\.png/);
  await expect(left.getByRole('application')).toBeFocused();
  await left.getByRole('button', { name: 'Leave out' }).press('Enter');
  const last = editorIn(tab.content, /^Edit .*\(2\)\.png/);
  await expect(last.getByRole('application')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(tab.content.getByRole('grid').getByRole('row')).toHaveCount(4);
  await expect(tab.content.getByRole('dialog')).toHaveCount(0);
  expect(attachmentsOf(emulator, 7)).toHaveLength(3);
});
