import type { Locator } from '@playwright/test';
import type { Emulator } from 'azure-devops-emulator';
import type { Board } from './board';
import { expectAttached, makeFile, pickable, requestsOf } from './files';
import { expect, test } from './fixtures';

const WORDS = 'My own words, not saved yet.';

const description = (board: Board): Locator => board.page.getByRole('textbox', { name: 'Description' });
const save = (board: Board): Locator => board.page.getByRole('button', { name: 'Save', exact: true });
const button = (board: Board, name: string): Locator => board.stapler.getByRole('button', { name });
const waiting = (board: Board): Locator =>
  board.saveQuestion.getByText(/^Save the work item to attach \d files?\.$/);

/** Description stored on the server. */
function savedDescription({ store }: Emulator): unknown {
  return store.workItem(7).fields['System.Description'];
}

/** Edits the form and picks three files. */
async function attachBesideEdits(board: Board) {
  await description(board).fill(WORDS);
  const files = ['one.bin', 'two.bin', 'three.bin'].map((name) => makeFile(name, 10_000));
  await board.pick(files.map(pickable));
  return files;
}

test('Files are uploaded beside unsaved edits and attached with the next save @both', async ({
  board,
  emulator,
}) => {
  const before = emulator.store.workItem(7).rev;
  const files = await attachBesideEdits(board);
  await expect(board.saveQuestion.getByText('Save the work item to attach 3 files.')).toBeVisible();
  expect(requestsOf(emulator, 'POST', /attachments/)).toHaveLength(3);
  expect(emulator.store.workItem(7).rev).toBe(before);
  await expect(description(board)).toHaveValue(WORDS);

  await save(board).click();
  await expect(board.finished('3 files attached')).toBeVisible();
  await expect(waiting(board)).toHaveCount(0);
  await expect(board.page.getByRole('tab', { name: 'Attachments (3)' })).toBeVisible();
  expectAttached(emulator, 7, files);
  // The save is one revision, and all files together are another.
  expect(emulator.store.workItem(7).rev).toBe(before + 2);
  expect(savedDescription(emulator)).toContain(WORDS);
});

test('Files stop waiting when the edits are undone @services-only', async ({ board, emulator }) => {
  const files = await attachBesideEdits(board);
  await expect(waiting(board)).toBeVisible();
  await board.page.getByRole('button', { name: 'Revert' }).click();
  await expect(board.finished('3 files attached')).toBeVisible();
  expectAttached(emulator, 7, files);
});

test('“Save and attach” saves the edits and attaches the files', async ({ board, emulator }) => {
  const files = await attachBesideEdits(board);
  await button(board, 'Save and attach').click();
  await expect(board.finished('3 files attached')).toBeVisible();
  expectAttached(emulator, 7, files);
  expect(savedDescription(emulator)).toContain(WORDS);
});

test('“Save and attach” names what is invalid, and saves nothing @services-only', async ({
  board,
  emulator,
}) => {
  const before = emulator.store.workItem(7).rev;
  const files = await attachBesideEdits(board);
  const title = board.page.getByRole('textbox', { name: 'Title' });
  await title.fill('');
  await button(board, 'Save and attach').click();
  await expect(board.stapler.getByRole('alert')).toContainText('Fix this field first: Title.');
  expect(emulator.store.workItem(7).rev).toBe(before);
  expectAttached(emulator, 7, []);

  await title.fill('A title again');
  await button(board, 'Save and attach').click();
  await expect(board.finished('3 files attached')).toBeVisible();
  expectAttached(emulator, 7, files);
});

test('“Attach without saving” attaches the files and leaves the edits alone', async ({ board, emulator }) => {
  const files = await attachBesideEdits(board);
  await button(board, 'Attach without saving').click();
  await expect(board.finished('3 files attached')).toBeVisible();
  await expect(board.stapler.getByText('Your unsaved changes are kept.')).toBeVisible();
  await expect(description(board)).toHaveValue(WORDS);
  await expect(board.page.getByRole('dialog')).toHaveCount(0);
  expectAttached(emulator, 7, files);
  expect(savedDescription(emulator)).not.toContain(WORDS);

  await save(board).click();
  await expect(board.page.getByRole('tab', { name: 'Attachments (3)' })).toBeVisible();
  expectAttached(emulator, 7, files);
  expect(savedDescription(emulator)).toContain(WORDS);
});

test('A remembered choice survives a reload and can be reset', async ({ board, emulator }) => {
  const files = await attachBesideEdits(board);
  await board.stapler.getByRole('checkbox', { name: 'Remember my choice' }).check();
  await button(board, 'Attach without saving').click();
  await expect(board.finished('3 files attached')).toBeVisible();

  await board.open(9);
  await board.more.click();
  await expect(board.editsChoice('Attach without saving')).toBeChecked();
  await board.page.keyboard.press('Escape');
  await description(board).fill(WORDS);
  const [more, last] = [makeFile('more.bin', 10), makeFile('last.bin', 10)];
  await board.pick(pickable(more));
  await expect(board.finished('1 file attached')).toBeVisible();
  expectAttached(emulator, 9, [more]);

  await board.more.click();
  await board.editsChoice('Ask every time').click();
  await board.pick(pickable(last));
  await expect(board.saveQuestion.getByText('Save the work item to attach 1 file.')).toBeVisible();
  expectAttached(emulator, 9, [more]);
  expectAttached(emulator, 7, files);
});

test('“Save and attach” can be remembered as well @services-only', async ({ board, emulator }) => {
  const files = await attachBesideEdits(board);
  await board.stapler.getByRole('checkbox', { name: 'Remember my choice' }).check();
  await button(board, 'Save and attach').click();
  await expect(board.finished('3 files attached')).toBeVisible();
  // Text typed before the form has reloaded the work item does not count as an edit.
  await expect(board.page.getByRole('tab', { name: 'Attachments (3)' })).toBeVisible();

  await description(board).fill('More words.');
  const more = makeFile('more.bin', 10);
  await board.pick(pickable(more));
  await expect(board.finished('4 files attached')).toBeVisible();
  expectAttached(emulator, 7, [...files, more]);
  expect(savedDescription(emulator)).toContain('More words.');
});

test('The choice lasts as long as the page if settings cannot be stored', async ({ board, emulator }) => {
  await board.open(7, { quirks: 'noExtensionData' });
  const files = await attachBesideEdits(board);
  await board.stapler.getByRole('checkbox', { name: 'Remember my choice' }).check();
  await button(board, 'Attach without saving').click();
  await board.more.click();
  await expect(board.editsChoice('Attach without saving')).toBeChecked();
  await board.page.keyboard.press('Escape');
  await expect(board.finished('3 files attached')).toBeVisible();
  expectAttached(emulator, 7, files);
});

test('Files wait beside abandoned edits until the item is opened and saved', async ({ board, emulator }) => {
  const files = await attachBesideEdits(board);
  await expect(waiting(board)).toBeVisible();
  await board.goTo('Bug 9');
  await expect(board.stapler.getByText('3 waiting for you to save')).toBeVisible();
  await board.stapler.getByRole('button', { name: 'Bug 7' }).click();
  await expect(board.saveQuestion.getByText('Save the work item to attach 3 files.')).toBeVisible();
  await expect(description(board)).toHaveValue(WORDS);
  expectAttached(emulator, 7, []);
  await save(board).click();
  await expect(board.finished('3 files attached')).toBeVisible();
  expectAttached(emulator, 7, files);
  expectAttached(emulator, 9, []);
});

test.describe('an unreliable host', () => {
  test('reports a rejected save as a success, and Stapler attaches nothing and shows a message', async ({
    board,
    emulator,
  }) => {
    await board.open(7, { quirks: 'formRefusesWithNothing' });
    const files = await attachBesideEdits(board);
    await button(board, 'Save and attach').click();
    await expect(board.stapler.getByRole('alert')).toContainText("Couldn't save");
    await expect(description(board)).toHaveValue(WORDS);
    expectAttached(emulator, 7, []);

    await save(board).click();
    await expect(board.finished('3 files attached')).toBeVisible();
    expectAttached(emulator, 7, files);
  });

  // This wait uses real time and is the same in both modes.
  test('answers late, and Stapler attaches the files to their item and keeps the edits @services-only', async ({
    board,
    emulator,
  }) => {
    await board.open(7, { quirks: 'formAnswersLate' });
    const files = await attachBesideEdits(board);
    await expect(waiting(board)).toBeVisible();
    await board.goTo('Bug 9');
    await board.goTo('Bug 7');
    await expect(description(board)).toHaveValue(WORDS);
    expectAttached(emulator, 7, []);
    await save(board).click();
    await expect(board.finished('3 files attached')).toBeVisible();
    expectAttached(emulator, 7, files);
    expectAttached(emulator, 9, []);
  });

  test.describe('with a controlled clock', () => {
    test.use({ ownsClock: true });

    for (const quirk of ['formNeverAnswers', 'noActiveItem']) {
      test(`Stapler attaches the files with ${quirk} and waits for a reported save`, async ({
        board,
        emulator,
      }) => {
        await board.open(7, { quirks: quirk });
        const file = makeFile('clean.bin', 10);
        await board.pick(pickable(file));
        await expect(async () => {
          await board.page.clock.fastForward(11_000);
          await expect(board.finished('1 file attached')).toBeVisible({ timeout: 100 });
        }).toPass();
        expectAttached(emulator, 7, [file]);

        const files = await attachBesideEdits(board);
        await expect(async () => {
          await board.page.clock.fastForward(11_000);
          await expect(waiting(board)).toBeVisible({ timeout: 100 });
        }).toPass();
        expectAttached(emulator, 7, [file]);
        await save(board).click();
        await expect(async () => {
          await board.page.clock.fastForward(11_000);
          await expect(board.finished('4 files attached')).toBeVisible({ timeout: 100 });
        }).toPass();
        expectAttached(emulator, 7, [file, ...files]);
      });
    }
  });
});
