import { mkdir } from 'node:fs/promises';
import type { Locator, Response } from '@playwright/test';
import type { Emulator } from 'azure-devops-emulator';
import { CI_ONLY } from './ci-only';
import type { Board } from './board';
import {
  attachmentsOf,
  expectAttached,
  makeFile,
  pickable,
  requestsOf,
  writeFiles,
  writeSparseFile,
} from './files';
import type { TestFile } from './files';
import { expect, poll, test } from './fixtures';

/**
 * Opens the page on Bug 7 and waits until the group and the observer have found each other. The screen does not show
 * this; in Azure DevOps Server both read the shared key after the observer has created it.
 */
async function openMet(board: Board, query: Record<string, string> = {}): Promise<void> {
  let reads = 0;
  const count = (response: Response): void => {
    if (response.url().endsWith('/handover-key') && response.ok()) reads++;
  };
  board.page.on('response', count);
  await board.open(7, query);
  const isServer = (await board.frame.getAttribute('sandbox')) !== null;
  if (isServer) await poll(() => reads).toBeGreaterThan(2);
  board.page.off('response', count);
}

/** Opens the form of a new bug and waits until Stapler has loaded it. */
async function openNewBug(board: Board): Promise<void> {
  await board.page.getByRole('button', { name: 'New work item' }).click();
  await board.page.getByRole('menuitem', { name: 'Bug' }).click();
  await expect(board.count(0)).toBeVisible();
}

/** Picks files for an unsaved item and waits until they are uploaded. */
async function upload(board: Board, files: readonly TestFile[]): Promise<void> {
  await board.pick(files.map(pickable));
  for (const { name } of files) {
    await expect(board.row(name)).toContainText('Save to attach');
  }
}

async function close(board: Board): Promise<void> {
  await board.page.getByRole('button', { name: 'Close', exact: true }).click();
}

/** Message of Stapler in the host. */
function toastOf(board: Board, text: RegExp): Locator {
  return board.page.getByText(text);
}

function expectNothingAttached(emulator: Emulator): void {
  const attached = emulator.store.workItemIds.flatMap((id) => attachmentsOf(emulator, id));
  expect(attached.filter(({ name }) => name.endsWith('.bin'))).toEqual([]);
}

async function saveAndClose(board: Board, title: string): Promise<void> {
  await board.page.getByRole('textbox', { name: 'Title' }).fill(title);
  await board.page.getByRole('button', { name: 'Save & Close' }).click();
  await expect(board.frame).toHaveCount(0);
}

const otherAnswers: Record<string, string>[] = [
  {},
  { saveAndCloseCloses: 'beforeSaving' },
  { firstSaveRaises: 'onLoaded' },
  { newItemId: 'negative' },
  { handshake: 'legacy' },
  { quirks: 'noUser' },
];
for (const query of otherAnswers) {
  const tag = Object.keys(query).length === 0 || query['handshake'] === 'legacy' ? '@both' : CI_ONLY;
  test(
    `The observer attaches files to a new item after Save & Close (${new URLSearchParams(query).toString() || 'defaults'})`,
    { tag },
    async ({ board, emulator }) => {
      await openMet(board, query);
      await openNewBug(board);
      const files = [makeFile('one.bin', 5_000), makeFile('two.bin', 6_000)];
      await upload(board, files);
      await saveAndClose(board, 'A new bug with files');

      await expect(toastOf(board, /^2 files were attached to Bug \d+\.$/)).toBeVisible();
      expectAttached(emulator, Math.max(...emulator.store.workItemIds), files);
      expectAttached(emulator, 7, []);
    },
  );
}

test('The observer attaches the files of a form closed too early @both', async ({
  board,
  emulator,
}, testInfo) => {
  await openMet(board);
  emulator.setNetwork({ bytesPerSecond: 1_000_000 });
  const small = makeFile('small.bin', 1_000);
  await mkdir(testInfo.outputPath(), { recursive: true });
  const [path] = await writeFiles(testInfo.outputPath(), [small]);
  const large = testInfo.outputPath('large.bin');
  await writeSparseFile(large, 20_000_000);
  await board.pick([path!, large]);
  await expect(board.row('small.bin')).toContainText('Attaching…');
  await close(board);

  await expect(toastOf(board, /“\u2068small.bin\u2069” was attached to Bug 7\./)).toBeVisible();
  expectAttached(emulator, 7, [small]);
});

test('A link in progress while the form closes is made once @both', async ({ board, emulator }) => {
  await openMet(board);
  const reads = (): number => requestsOf(emulator, 'GET', /workitems\/7\?%24expand=relations/).length;
  const before = reads();
  // The group's patch succeeds after the observer has checked and found nothing.
  emulator.interfere('link', async () => {
    await close(board);
    await poll(reads).toBeGreaterThan(before);
  });
  const file = makeFile('just now.bin', 1_000);
  await board.pick(pickable(file));

  await expect(toastOf(board, /“\u2068just now.bin\u2069” was attached to Bug 7\./)).toBeVisible();
  expectAttached(emulator, 7, [file]);
});

test('The observer attaches files waiting beside unsaved edits after Save & Close', async ({
  board,
  emulator,
}) => {
  await openMet(board);
  await board.page.getByRole('textbox', { name: 'Description' }).fill('My own words.');
  const file = makeFile('beside edits.bin', 1_000);
  await upload(board, [file]);
  await board.page.getByRole('button', { name: 'Save & Close' }).click();

  await expect(toastOf(board, /was attached to Bug 7\./)).toBeVisible();
  expectAttached(emulator, 7, [file]);
  expect(emulator.store.workItem(7).fields['System.Description']).toContain('My own words.');
});

test('The observer leaves files of a new item to its group if Save keeps the form open', async ({
  board,
  emulator,
}) => {
  await openMet(board);
  await openNewBug(board);
  const file = makeFile('kept.bin', 1_000);
  await upload(board, [file]);
  await board.page.getByRole('textbox', { name: 'Title' }).fill('A new bug that stays open');
  await board.page.getByRole('button', { name: 'Save', exact: true }).click();

  await expect(board.finished('1 file attached')).toBeVisible();
  expectAttached(emulator, Math.max(...emulator.store.workItemIds), [file]);
  await expect(toastOf(board, /attached/)).toHaveCount(0);
});

test('The observer attaches nothing to two equal new bugs, and a message says so', async ({
  board,
  emulator,
}) => {
  await openMet(board);
  for (const name of ['first.bin', 'second.bin']) {
    await openNewBug(board);
    await upload(board, [makeFile(name, 1_000)]);
    if (name === 'first.bin') await close(board);
  }
  await saveAndClose(board, 'Which one am I?');

  for (const name of ['first.bin', 'second.bin']) {
    await expect(toastOf(board, new RegExp(`${name}.* wasn't attached`))).toBeVisible();
  }
  expectNothingAttached(emulator);
});

test.describe('with a controlled clock', () => {
  test.use({ ownsClock: true });

  test('Files of a closed new item are attached to no item opened later', async ({ board, emulator }) => {
    await openMet(board);
    await openNewBug(board);
    await upload(board, [makeFile('orphan.bin', 1_000)]);
    await close(board);
    await board.goTo('Bug 9');
    await board.ready();
    // The observer has seen that it is another item, and the group has read it.
    const reads = (): number =>
      emulator.requests.records.filter(
        ({ method, url, status }) =>
          method === 'GET' && status === 200 && /workitems\/9\?%24expand=relations/.test(url),
      ).length;
    await poll(reads).toBe(2);
    await board.page.clock.fastForward(71_000);
    await expect(toastOf(board, /orphan.bin.* wasn't attached/)).toBeVisible();

    const before = emulator.store.workItemIds.length;
    await openNewBug(board);
    await saveAndClose(board, 'Long after');
    await poll(() => emulator.store.workItemIds.length).toBe(before + 1);
    await expect(toastOf(board, /attached to Bug/)).toHaveCount(0);
    expectNothingAttached(emulator);
  });

  test('Files waiting beside edits are attached after the edits are discarded', async ({
    board,
    emulator,
  }) => {
    await openMet(board);
    await board.page.getByRole('textbox', { name: 'Description' }).fill('Never mind.');
    const file = makeFile('beside edits.bin', 1_000);
    await upload(board, [file]);
    await close(board);
    await board.page.getByRole('dialog').getByRole('button', { name: 'OK' }).click();
    await expect(board.frame).toHaveCount(0);
    await expect(async () => {
      await board.page.clock.fastForward(71_000);
      // Messages on the screen disappear by the same clock.
      expectAttached(emulator, 7, [file]);
    }).toPass();
  });
});
