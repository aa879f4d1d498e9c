import { join } from 'node:path';
import {
  attachmentsOf,
  expectAttached,
  makeFile,
  pickable,
  requestsOf,
  writeFiles,
  writeSparseFile,
} from './files';
import type { Board } from './board';
import type { InitScript } from './journal-fixtures';
import { expect, heal, poll, test, withoutRoom } from './journal-fixtures';
import type { StoredUpload } from './journal-rows';
import {
  damageJournal,
  expectEmptyJournal,
  findKept,
  isKept,
  readJournal,
  untilJournal,
} from './journal-rows';
import { closeForm, interruptedLine, namesAskedFor, reopen, resumeNow } from './journal-steps';
import { noteTokens } from './token-watch';

/** The page is hidden behind another one. */
const inTheBackground: InitScript = () => {
  Object.defineProperty(document, 'visibilityState', { value: 'hidden' });
};

/** Picks files, stalls all of them, and waits until the journal has stored their content. */
async function pickAndStall(
  board: Board,
  paths: readonly string[],
  how: 'stored' | 'fingerprint only' = 'stored',
): Promise<void> {
  board.emulator.setNetwork({ faults: [{ name: 'stalled', remaining: null, at: 'simple' }] });
  await board.pick([...paths]);
  await untilJournal(board, (journal) => journal.uploads.length >= paths.length && isKept(how, journal));
}

async function reload(board: Board): Promise<void> {
  await board.page.reload({ waitUntil: 'commit' });
  heal(board.emulator);
  await board.ready();
}

test.describe('@services-only', () => {
  for (const [title, query] of [
    ['automatically after a moment', {}],
    ['with a handshake without a user', { handshake: 'legacy', quirks: 'noUser' }],
  ] as const)
    test(`Stapler resumes interrupted uploads ${title}`, async ({ openBoard, emulator, folder }) => {
      const file = makeFile('build.log', 200_000);
      const board = await openBoard();
      await board.open(7, query);
      await pickAndStall(board, await writeFiles(folder, [file]));
      await reload(board);
      await expect(board.finished('1 file attached')).toBeVisible();
      expectAttached(emulator, 7, [file]);
      await expectEmptyJournal(board);
    });

  test('“Not now” pauses interrupted uploads until “Resume”, also in a reopened form', async ({
    openBoard,
    emulator,
    folder,
  }) => {
    const files = [makeFile('a.log', 200_000), makeFile('b.log', 100_000)];
    const board = await openBoard();
    await pickAndStall(board, await writeFiles(folder, files));
    await reload(board);
    await interruptedLine(board).getByRole('button', { name: 'Not now' }).click();
    await expect(interruptedLine(board)).toContainText('2 uploads were interrupted.');
    await board.goTo('Bug 9');
    await board.ready();
    await expect(board.stapler.getByText('2 uploads were interrupted. Open Bug 7 to resume.')).toBeVisible();
    await board.stapler.getByRole('button', { name: 'Bug 7' }).click();
    await interruptedLine(board).getByRole('button', { name: 'Resume', exact: true }).click();

    await expect(board.finished('2 files attached')).toBeVisible();
    expectAttached(emulator, 7, files);
    await expectEmptyJournal(board);
  });

  test('“Discard” after “Not now” discards the interrupted uploads, and can be undone by keyboard', async ({
    openBoard,
    emulator,
    folder,
  }) => {
    const board = await openBoard();
    await pickAndStall(board, await writeFiles(folder, [makeFile('build.log', 200_000)]));
    await reload(board);
    await interruptedLine(board).getByRole('button', { name: 'Not now' }).click();
    await expect(interruptedLine(board).getByRole('listitem')).toHaveText('build.log200 KB');
    await interruptedLine(board).getByRole('button', { name: 'Discard', exact: true }).press('Enter');
    await expect(interruptedLine(board)).toHaveCount(0);
    const undo = board.stapler.getByRole('button', { name: 'Undo' });
    await expect(undo).toBeFocused();
    await undo.press('Enter');
    await expect(interruptedLine(board).getByRole('button', { name: 'Resume', exact: true })).toBeFocused();
    await interruptedLine(board).getByRole('button', { name: 'Discard', exact: true }).press('Enter');
    await expect(board.stapler.getByText('1 interrupted upload was discarded.')).toBeVisible();
    await board.stapler.getByRole('button', { name: 'Dismiss' }).click();
    await expectEmptyJournal(board);
    expectAttached(emulator, 7, []);
  });

  test('“Discard all” discards the interrupted uploads of all items', async ({
    openBoard,
    emulator,
    folder,
  }) => {
    const paths = await writeFiles(folder, [makeFile('seven.log', 1_000), makeFile('nine.log', 1_000)]);
    const board = await openBoard();
    await pickAndStall(board, [paths[0]!]);
    await board.goTo('Bug 9');
    await board.ready();
    await board.pick([paths[1]!]);
    await untilJournal(board, (journal) => journal.uploads.length === 2 && isKept('stored', journal));
    await reload(board);
    await interruptedLine(board).getByRole('button', { name: 'Not now' }).click();
    await expect(
      board.stapler.getByText(/interrupted: “.*seven.log.*”. Open (Bug|Work item) 7 to resume./),
    ).toBeVisible();
    await board.stapler.getByRole('button', { name: 'Discard all interrupted uploads' }).click();
    await board.stapler.getByRole('button', { name: 'Dismiss' }).click();
    await expect(board.stapler.getByText('interrupted')).toHaveCount(0);
    await expectEmptyJournal(board);
    await reload(board);
    await expect(board.dropZone).toBeVisible();
    expectAttached(emulator, 7, []);
    expectAttached(emulator, 9, []);
  });

  test('Stapler recognizes a file picked again by its content and keeps the first name', async ({
    openBoard,
    emulator,
    folder,
  }) => {
    const asked = makeFile('build.log', 200_000);
    const other = makeFile('build.log', 200_000);
    const board = await openBoard([withoutRoom]);
    await pickAndStall(board, await writeFiles(folder, [asked]), 'fingerprint only');
    await reload(board);
    expect(await namesAskedFor(board, 1)).toEqual(['build.log']);

    await board.pick(pickable(other));
    await poll(() => attachmentsOf(emulator, 7).length).toBe(1);
    expectAttached(emulator, 7, [other]);
    expect(await namesAskedFor(board, 1)).toEqual(['build.log']);

    await board.pick(pickable({ ...asked, name: 'copy of build (2).log' }));
    await expect(board.finished('2 files attached')).toBeVisible();
    expectAttached(emulator, 7, [other, asked]);
    await expectEmptyJournal(board);
  });

  test('Stapler announces a link with a lost answer, without a second link or upload', async ({
    openBoard,
    emulator,
    folder,
  }) => {
    const files = [makeFile('a.log', 200_000), makeFile('b.log', 100_000)];
    const board = await openBoard();
    emulator.setNetwork({ faults: [{ name: 'unanswered', remaining: null, at: 'link' }] });
    await board.pick(await writeFiles(folder, files));
    await poll(() => attachmentsOf(emulator, 7).length).toBe(2);
    emulator.requests.clear();
    await reload(board);
    await resumeNow(board);
    await expect(board.stapler.getByText('2 files were attached while you were away.')).toBeVisible();
    await board.stapler.getByRole('button', { name: 'Dismiss' }).click();
    await expect(board.stapler.getByText('while you were away')).toHaveCount(0);
    await expectEmptyJournal(board);
    expect(requestsOf(emulator, 'POST', /attachments/)).toEqual([]);
    expect(requestsOf(emulator, 'PATCH', /workitems/)).toEqual([]);
    expectAttached(emulator, 7, files);
  });

  test('Stapler announces a file attached in the background on the next visit', async ({
    openBoard,
    emulator,
    folder,
  }) => {
    const file = makeFile('build.log', 200_000);
    const hidden = await openBoard([inTheBackground]);
    await hidden.pick(await writeFiles(folder, [file]));
    await untilJournal(hidden, ({ uploads }) => uploads.some(({ stage }) => stage === 'linked'));
    await hidden.page.close();
    const elsewhere = await openBoard([], 9);
    await expect(elsewhere.stapler.getByText(/^1 file attached to (Bug|Work item) 7\.$/)).toBeVisible();
    await elsewhere.stapler.getByRole('button', { name: /(Bug|Work item) 7/ }).click();
    await expect(elsewhere.stapler.getByText('1 file was attached while you were away.')).toBeVisible();
    await expectEmptyJournal(elsewhere);
    expectAttached(emulator, 7, [file]);
  });

  test('Stapler does not announce a file a second time if it was attached in view', async ({
    openBoard,
    folder,
  }) => {
    const board = await openBoard();
    await board.pick(await writeFiles(folder, [makeFile('build.log', 200_000)]));
    await expect(board.finished('1 file attached')).toBeVisible();
    await expectEmptyJournal(board);
    await closeForm(board);
    await reopen(board);
    await expect(board.stapler.getByText('while you were away')).toHaveCount(0);
  });

  test('The journal holds no token in any phase of an upload', async ({ openBoard, emulator, folder }) => {
    const tokens = noteTokens(emulator);
    // Linked files stay in the journal until they are shown.
    const board = await openBoard([inTheBackground]);
    const has = (what: (upload: StoredUpload) => boolean) =>
      untilJournal(board, (journal) => journal.uploads.some(what) && isKept('stored', journal));
    const logs = ['linked.log', 'failed.log', 'linking.log', 'uploaded.log'];
    const [linked, failed, linking, uploaded] = await writeFiles(
      folder,
      logs.map((name) => ({ name, bytes: Buffer.from(`What ${name} says.`) })),
    );
    const inChunks = join(folder, 'chunks.img');
    await writeSparseFile(inChunks, 49 * 1024 * 1024);

    await board.pick(linked!);
    await has(({ stage }) => stage === 'linked');
    emulator.setNetwork({ faults: [{ name: 'status-403', remaining: null, at: 'simple' }] });
    await board.pick(failed!);
    await has(({ stage }) => stage === 'failed');
    emulator.setNetwork({
      faults: [
        { name: 'stalled', remaining: null, at: 'link' },
        { name: 'stalled', remaining: null, at: 'middle-chunk' },
      ],
    });
    await board.pick(linking!);
    await has(({ name, stage }) => name === 'linking.log' && stage === 'linking');
    await board.pick([uploaded!, inChunks]);
    await has(({ name, reference }) => name === 'uploaded.log' && reference !== undefined);
    await has(({ stage, session }) => stage === 'sending' && (session?.bytesAccepted ?? 0) > 0);

    const names = [...logs, 'chunks.img'];
    const kept = [...names, 'What failed.log says.'];
    expect(tokens.length).toBeGreaterThan(names.length);
    const secrets = [...tokens, 'Authorization', 'Bearer', 'Basic'];
    expect(await findKept(board, [...kept, ...secrets])).toEqual(kept);
  });

  test('Stapler sets unreadable entries aside with a message and resumes the others', async ({
    openBoard,
    emulator,
    folder,
  }) => {
    const file = makeFile('build.log', 200_000);
    const board = await openBoard();
    await pickAndStall(board, await writeFiles(folder, [file]));
    await damageJournal(board);
    await reload(board);
    await expect(
      board.stapler.getByText(
        "Stapler couldn't restore 2 earlier uploads. Check that their files are attached.",
      ),
    ).toBeVisible();
    await resumeNow(board);
    await expect(board.finished('1 file attached')).toBeVisible();
    expectAttached(emulator, 7, [file]);
    await poll(() => readJournal(board)).toEqual({ uploads: [], files: 0, setAside: 2 });

    await board.stapler.getByRole('button', { name: 'Discard all interrupted uploads' }).click();
    await expect(board.stapler.getByText("couldn't restore")).toHaveCount(0);
    await expectEmptyJournal(board);
  });
});
