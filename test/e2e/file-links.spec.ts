import type { FrameLocator, Locator } from '@playwright/test';
import type { Emulator } from 'azure-devops-emulator';
import { violations } from './axe';
import { expectAttached, makeFile, pickable } from './files';
import { expect, poll, test } from './fixtures';
import { story } from './gallery-story';

const DUMP = 'https://contoso.sharepoint.com/sites/qa/Shared%20Documents/memory.dmp';
const SIGNED = 'https://logs.blob.core.windows.net/run/trace.zip?sv=2022-11-02&sig=a%2Fb%3D';

/** Hyperlinks of a work item on the server. */
function linksOf(emulator: Emulator, workItemId: number): { url: string; comment: string }[] {
  return emulator.store
    .workItem(workItemId)
    .relations.filter(({ rel }) => rel === 'Hyperlink')
    .map(({ url, attributes }) => ({ url, comment: String(attributes['comment'] ?? '') }));
}

/** Adds hyperlinks on the server. */
function addLinks(emulator: Emulator, workItemId: number, ...urls: readonly string[]): void {
  const { store } = emulator;
  const item = store.workItem(workItemId);
  const links = urls.map((url) => ({ rel: 'Hyperlink', url, attributes: { comment: '' } }));
  store.save({ ...item, relations: [...item.relations, ...links] });
}

/** Pastes a text into the page, outside of a field. */
async function paste(target: Locator, text: string): Promise<void> {
  await target.evaluate((element, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

/** Drops a link on the page. */
async function drop(target: Locator, url: string): Promise<void> {
  await target.evaluate((element, dropped) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.setData('text/uri-list', dropped);
    for (const type of ['dragenter', 'dragover', 'drop'])
      element.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
  }, url);
}

const linked = (frame: FrameLocator): Locator => frame.getByRole('list', { name: 'Linked files' });
const offer = (frame: FrameLocator): Locator => frame.getByRole('group', { name: 'Address of a file' });

test('A file over the limit is linked instead, and leaves the form @services-only', async ({
  board,
  emulator,
}) => {
  emulator.store.limits.maxAttachmentBytes = 1_000_000;
  await board.pick(pickable(makeFile('memory.dmp', 2_000_000)));
  const question = board.overLimit('memory.dmp');
  await question.getByRole('button', { name: 'Link instead…' }).click();

  const dialog = board.stapler.getByRole('dialog', { name: /memory\.dmp.* instead$/ });
  await dialog.getByRole('button', { name: 'Add link' }).click();
  await expect(dialog.getByRole('alert')).toHaveText('Enter an address that starts with https://.');
  await dialog.getByRole('textbox', { name: 'Address' }).fill(DUMP);
  await expect(dialog.getByRole('status')).toHaveText('memory.dmp · SharePoint');
  await dialog.getByRole('textbox', { name: 'Comment (optional)' }).fill('Too large to attach');
  expect(await violations(board.page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Add link' }).click();

  const row = linked(board.stapler).getByRole('listitem').filter({ hasText: 'memory.dmp' });
  await expect(row).toContainText('SharePoint · contoso.sharepoint.com');
  await expect(row).toContainText('Too large to attach');
  await expect(row.getByRole('link')).toHaveAttribute('href', DUMP);
  await expect(row.getByRole('link')).toHaveAttribute('rel', /noopener/);
  await expect(question).toHaveCount(0);
  expect(linksOf(emulator, 7)).toEqual([{ url: DUMP, comment: 'Too large to attach' }]);
  expectAttached(emulator, 7, []);

  await row.getByRole('button', { name: 'Edit comment for memory.dmp' }).click();
  const comment = board.stapler.getByRole('dialog', { name: /^Edit comment for / });
  await comment.getByRole('textbox', { name: 'Comment' }).fill('Heap of the first crash');
  await comment.getByRole('button', { name: 'Save' }).click();
  await expect(row).toContainText('Heap of the first crash');
  expect(linksOf(emulator, 7)).toEqual([{ url: DUMP, comment: 'Heap of the first crash' }]);

  await row.getByRole('button', { name: 'Remove the link to memory.dmp' }).click();
  await expect(row).toHaveCount(0);
  expect(linksOf(emulator, 7)).toEqual([]);
  await board.stapler.getByRole('button', { name: 'Undo' }).click();
  await expect(row).toBeVisible();
  expect(linksOf(emulator, 7)).toEqual([{ url: DUMP, comment: 'Heap of the first crash' }]);
});

test('A pasted address is offered as a link, once, with a warning about its signature @services-only', async ({
  board,
  emulator,
}) => {
  const { stapler } = board;
  await expect(async () => {
    await paste(board.dropZone, SIGNED);
    await expect(offer(stapler)).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(offer(stapler)).toContainText('Anyone who can see this work item can use this link.');
  expect(await violations(board.page)).toEqual([]);
  emulator.interfere('link', () => addLinks(emulator, 7, SIGNED));
  await offer(stapler).getByRole('button', { name: 'Add link to trace.zip' }).click();
  await expect(linked(stapler).getByRole('link', { name: 'trace.zip' })).toBeVisible();
  await expect(offer(stapler)).toHaveCount(0);
  expect(linksOf(emulator, 7).map(({ url }) => url)).toEqual([SIGNED]);

  await paste(board.dropZone, 'https://example.com/a/page.html');
  await paste(board.dropZone, 'Not an address');
  await board.more.click();
  await stapler.getByRole('menuitem', { name: 'Add link…' }).click();
  const dialog = stapler.getByRole('dialog', { name: 'Add link' });
  await dialog.getByRole('textbox', { name: 'Address' }).fill(DUMP);
  await dialog.getByRole('button', { name: 'Add link' }).click();
  await expect(linked(stapler).getByRole('listitem')).toHaveCount(2);
  await expect(offer(stapler)).toHaveCount(0);
  expect(linksOf(emulator, 7).map(({ url }) => url)).toEqual([SIGNED, DUMP]);
});

story('The Files tab lists linked files, and adds and removes them @services-only', async ({ gallery }) => {
  const { content, emulator, page } = gallery;
  addLinks(emulator, 7, 'https://example.com/wiki', DUMP);
  await gallery.open(7);
  const rows = linked(content).getByRole('listitem');
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('memory.dmp');
  expect(await violations(page)).toEqual([]);

  await drop(content.getByRole('main'), SIGNED);
  await offer(content).getByRole('button', { name: 'Add link to trace.zip' }).click();
  await expect(rows).toHaveCount(2);
  await rows.getByRole('button', { name: 'Remove the link to memory.dmp' }).click();
  await expect(rows).toHaveCount(1);
  await poll(() => linksOf(emulator, 7).map(({ url }) => url)).toEqual(['https://example.com/wiki', SIGNED]);

  await content.getByRole('button', { name: 'More actions', exact: true }).click();
  await content.getByRole('menuitem', { name: 'Add link…' }).click();
  const dialog = content.getByRole('dialog', { name: 'Add link' });
  await dialog.getByRole('textbox', { name: 'Address' }).fill(DUMP);
  await dialog.getByRole('button', { name: 'Add link' }).click();
  await expect(rows).toHaveCount(2);
  expect(linksOf(emulator, 7)).toHaveLength(3);
});
