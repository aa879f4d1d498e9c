import type { Board } from './board';
import { expectAttached, makeFile, pickable } from './files';
import type { TestFile } from './files';
import { expect, test } from './fixtures';

/** Opens the form of a new bug and waits until Stapler knows it. */
async function openNewBug(board: Board): Promise<void> {
  await board.page.getByRole('button', { name: 'New work item' }).click();
  await board.page.getByRole('menuitem', { name: 'Bug' }).click();
  await expect(board.stapler.getByText('0 of 100 attachments')).toBeVisible();
}

/** Picks files for an item that has to be saved first, and waits until they are uploaded. */
async function upload(board: Board, files: readonly TestFile[]): Promise<void> {
  await board.pick(files.map(pickable));
  for (const { name } of files) {
    await expect(board.row(name)).toContainText('will be attached when you save');
  }
}

async function saveAndClose(board: Board, title: string): Promise<void> {
  await board.page.getByRole('textbox', { name: 'Title' }).fill(title);
  await board.page.getByRole('button', { name: 'Save & close' }).click();
  await expect(board.frame).toHaveCount(0);
}

for (const quirks of ['', 'closesBeforeSaving', 'firstSaveRaisesLoaded', 'newItemsAreNegative']) {
  test(`files for a new item are attached after Save & close${quirks && `, with ${quirks}`}`, async ({
    board,
    standIn,
  }) => {
    await board.open(7, { quirks });
    await openNewBug(board);
    const files = [makeFile('one.bin', 5_000), makeFile('two.bin', 6_000)];
    await upload(board, files);
    await saveAndClose(board, 'A new bug with files');

    await expect(board.page.getByText(/^2 files were attached to Bug \d+\.$/)).toBeVisible();
    expectAttached(standIn, Math.max(...standIn.store.workItemIds), files);
    expectAttached(standIn, 7, []);
  });
}
