import type { Locator } from '@playwright/test';
import type { Board } from './board';
import { attachmentsOf, expectAttached, makeFile, pickable, requestsOf } from './files';
import { expect, test } from './fixtures';

/** The question about a file that is attached already. */
function questionOf(board: Board): Locator {
  return board.stapler.getByRole('group', { name: 'Files already attached' });
}

test('Stapler asks about the same name by keyboard: skip, keep both, replace, undo @services-only', async ({
  board,
  emulator,
  page,
}) => {
  const first = makeFile('build.log', 2_000);
  const second = makeFile('build.log', 3_000);
  await board.pick(pickable(first));
  await expect(board.count(1)).toBeVisible();
  const question = questionOf(board);

  // Another file of the same drop is attached meanwhile.
  await board.pick([pickable(second), pickable(makeFile('other.txt', 10))]);
  await expect(question.getByRole('status')).toHaveText(/^A file named “.build.log.” is already attached.$/);
  await expect(board.count(2)).toBeVisible();
  await expect(board.row('build.log')).toContainText('Waiting for your answer');
  await question.getByRole('button', { name: 'Skip' }).press('Enter');
  await expect(question).toBeHidden();
  await expect(board.row('build.log')).toBeHidden();
  expect(attachmentsOf(emulator, 7)).toHaveLength(2);

  await board.pick(pickable(second));
  await question.getByRole('button', { name: 'Keep both' }).press('Enter');
  await expect(board.count(3)).toBeVisible();
  expect(attachmentsOf(emulator, 7).filter(({ name }) => name === 'build.log')).toHaveLength(2);

  const third = makeFile('build.log', 4_000);
  const revision = emulator.store.workItem(7).rev;
  await board.pick(pickable(third));
  await question.getByRole('button', { name: 'Replace' }).press('Enter');
  await expect(board.stapler.getByText(/“.build.log.” was replaced/)).toBeVisible();
  await expect(board.finished('3 files attached')).toBeVisible();
  expect(emulator.store.workItem(7).rev).toBe(revision + 1);
  const sizes = (): number[] => attachmentsOf(emulator, 7).map(({ size }) => size);
  expect(sizes()).toEqual([2_000, 10, 4_000]);

  await board.stapler.getByRole('button', { name: 'Undo' }).press('Enter');
  await expect(board.stapler.getByText(/“.build.log.” was replaced/)).toBeHidden();
  expect(sizes()).toEqual([2_000, 10, 3_000]);
  await expect(board.dropZone).toBeFocused();
  await expect(page).toHaveURL(/item=7/);
});

test('Stapler recognizes the same content under another name and answers for all files @services-only', async ({
  board,
  emulator,
}) => {
  const files = ['a.txt', 'b.txt', 'c.txt'].map((name, index) => makeFile(name, 500 + index));
  await board.pick(files.map(pickable));
  await expect(board.count(3)).toBeVisible();
  const again = files.map(({ bytes }, index) => ({ name: `again ${index}.txt`, bytes }));
  const sameSize = makeFile('new.txt', 500);
  await board.pick([...again, sameSize].map(pickable));

  const question = questionOf(board);
  await expect(question.getByRole('status')).toHaveText(
    /^“.again 0.txt.” is already attached as “.a.txt.”.$/,
  );
  await expect(board.count(4)).toBeVisible();
  await question.getByRole('checkbox', { name: 'Do this for all 3 files' }).check();
  await question.getByRole('button', { name: 'Skip' }).click();
  await expect(question).toBeHidden();
  expectAttached(emulator, 7, [...files, sameSize]);
  // Each attachment is read once.
  expect(requestsOf(emulator, 'GET', /attachments/)).toHaveLength(3);
});

test('Stapler keeps both files if the form closes before the answer @services-only', async ({
  board,
  emulator,
}) => {
  const first = makeFile('build.log', 2_000);
  const second = makeFile('build.log', 3_000);
  await board.pick(pickable(first));
  await expect(board.count(1)).toBeVisible();
  await board.pick(pickable(second));
  await expect(board.row('build.log')).toContainText('Waiting for your answer');
  await board.page.getByRole('button', { name: 'Close', exact: true }).click();
  await expect
    .poll(() => attachmentsOf(emulator, 7).map(({ size }) => size), { timeout: 30_000 })
    .toEqual([2_000, 3_000]);
});
