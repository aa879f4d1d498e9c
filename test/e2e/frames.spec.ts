import { attachmentCount } from './board';
import type { Board } from './board';
import { expectAttached, makeFile, pickable } from './files';
import { expect, test } from './fixtures';

/** Starts a new bug in the form. */
async function openNewBug(board: Board): Promise<void> {
  await board.page.getByRole('button', { name: 'New work item' }).click();
  await board.page.getByRole('menuitem', { name: 'Bug' }).click();
  await expect(board.count(0)).toBeVisible();
}

test('Uploads for another item continue, are announced and link to it @services-only', async ({
  board,
  emulator,
}) => {
  emulator.setNetwork({ bytesPerSecond: 100_000 });
  const files = [makeFile('first for seven.bin', 2_000_000), makeFile('second for seven.bin', 2_000_000)];
  await board.pick(files.map(pickable));
  await expect(board.row('first for seven.bin').getByRole('progressbar')).toBeVisible();

  await board.goTo('Bug 9');
  await board.ready();
  await expect(board.stapler.getByText('Uploading 2 files to Bug 7.')).toBeVisible();
  await expect(board.row('for seven.bin')).toHaveCount(0);

  await board.stapler.getByRole('button', { name: 'Bug 7' }).click();
  await expect(board.row('first for seven.bin').getByRole('progressbar')).toBeVisible();
  emulator.setNetwork({ bytesPerSecond: null });
  await expect(board.finished('2 files attached')).toBeVisible();
  await expect(board.count(2)).toBeVisible();
  expectAttached(emulator, 7, files);
  expectAttached(emulator, 9, []);
});

test('A dismissable message lists the files attached to another item', async ({ board, emulator }) => {
  emulator.setNetwork({ bytesPerSecond: 100_000 });
  const file = makeFile('for seven.bin', 2_000_000);
  await board.pick(pickable(file));
  await expect(board.row('for seven.bin').getByRole('progressbar')).toBeVisible();
  await board.goTo('Bug 9');
  await board.ready();
  emulator.setNetwork({ bytesPerSecond: null });
  await expect(board.stapler.getByText('1 file attached to Bug 7.')).toBeVisible();
  expectAttached(emulator, 7, [file]);
  await board.stapler.getByRole('button', { name: 'Dismiss' }).click();
  await expect(board.stapler.getByText('attached to Bug 7')).toHaveCount(0);
});

test('Files for one item and for the next are attached to their own item @both', async ({
  board,
  emulator,
}) => {
  emulator.setNetwork({ latencyMs: 300 });
  const [seven, nine] = [makeFile('same name.txt', 100), makeFile('same name.txt', 200)];
  await board.pick(pickable(seven));
  await board.goTo('Bug 9');
  await expect(board.stapler.getByText(/^(Uploading 1 file|1 file attached) to Bug 7/)).toBeVisible();
  await board.pick(pickable(nine));
  await expect(board.finished('1 file attached')).toBeVisible();
  await expect(board.stapler.getByText('1 file attached to Bug 7.')).toBeVisible();
  expectAttached(emulator, 7, [seven]);
  expectAttached(emulator, 9, [nine]);
});

test('A form announced twice is one form @services-only', async ({ board, emulator }) => {
  await board.open(7, { quirks: 'duplicateLoaded' });
  const file = makeFile('once.txt', 100);
  await board.pick(pickable(file));
  await expect(board.finished('1 file attached')).toBeVisible();
  await openNewBug(board);
  const forNew = makeFile('for the new one.txt', 100);
  await board.pick(pickable(forNew));
  await board.page.getByRole('textbox', { name: 'Title' }).fill('Told of twice');
  await board.page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(board.finished('1 file attached')).toBeVisible();
  expectAttached(emulator, 7, [file]);
  expectAttached(emulator, Math.max(...emulator.store.workItemIds), [forNew]);
});

for (const firstSaveRaises of ['onSaved', 'onLoaded']) {
  test(`Each of two new items gets its own files (${firstSaveRaises})`, async ({ board, emulator }) => {
    await board.open(7, { newItemId: 'negative', firstSaveRaises });
    await openNewBug(board);
    await board.pick(pickable(makeFile('for the one that is closed.txt', 100)));
    await expect(board.row('for the one that is closed.txt')).toContainText('Save to attach');
    await openNewBug(board);
    await expect(board.stapler.getByText("1 file wasn't attached")).toBeVisible();
    const kept = makeFile('for the one that is saved.txt', 100);
    await board.pick(pickable(kept));
    await board.page.getByRole('textbox', { name: 'Title' }).fill('The second');
    await board.page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(board.finished('1 file attached')).toBeVisible();
    expectAttached(emulator, Math.max(...emulator.store.workItemIds), [kept]);
    expectAttached(emulator, 7, []);
  });
}

test('A form over another attaches to its own item, as does the one below', async ({ board, emulator }) => {
  emulator.setNetwork({ bytesPerSecond: 100_000 });
  const { page } = board;
  const below = makeFile('for seven.bin', 2_000_000);
  await board.pick(pickable(below));
  await expect(board.row('for seven.bin').getByRole('progressbar')).toBeVisible();
  await page.getByRole('textbox', { name: 'Description' }).fill('Not saved');
  emulator.setNetwork({ bytesPerSecond: null });

  await page.getByRole('tab', { name: 'Links' }).click();
  await page.getByRole('tabpanel').getByRole('button', { name: /12/ }).click();
  const dialog = page.getByRole('dialog');
  const upper = dialog.locator('iframe[title="Attachments"]:visible').contentFrame();
  await expect(upper.getByText(attachmentCount(0))).toBeVisible();
  const above = makeFile('for twelve.bin', 1_000);
  const chooser = page.waitForEvent('filechooser');
  await upper.getByRole('button', { name: /drop or paste files/i }).click();
  await (await chooser).setFiles(pickable(above));
  await expect(upper.locator('.just-attached')).toBeVisible();
  expectAttached(emulator, 12, [above]);

  await dialog.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.getByRole('tab', { name: 'Details' }).click();
  await expect(board.saveQuestion.getByText('Save the work item to attach 1 file.')).toBeVisible();
  expectAttached(emulator, 7, []);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(board.finished('1 file attached')).toBeVisible();
  expectAttached(emulator, 7, [below]);
  expectAttached(emulator, 12, [above]);
});

test('A message of the host lists the attached files after the form has closed', async ({
  board,
  emulator,
}) => {
  emulator.setNetwork({ bytesPerSecond: 100_000 });
  const file = makeFile('for seven.bin', 2_000_000);
  await board.pick(pickable(file));
  await expect(board.row('for seven.bin').getByRole('progressbar')).toBeVisible();
  await board.goTo('User Story 12');
  await board.ready();
  emulator.setNetwork({ bytesPerSecond: null });
  await expect(board.page.getByText(/“.*for seven\.bin.*” was attached to Bug 7\./)).toBeVisible();
  expectAttached(emulator, 7, [file]);
  expectAttached(emulator, 12, []);
});
