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
import { closeForm, goOnNow, interruptedLine, namesAskedFor, reopen } from './journal-steps';
import { noteTokens } from './token-watch';

/** Nobody looks at the page: it lies behind another one. */
const inTheBackground: InitScript = () => {
  Object.defineProperty(document, 'visibilityState', { value: 'hidden' });
};

/** Picks files, which all get stuck, and waits until the journal has what it will have of their bytes. */
async function pickAndStall(
  board: Board,
  paths: readonly string[],
  how: 'stored' | 'to be picked again' = 'stored',
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
  test('what was interrupted goes on by itself after a moment', async ({ openBoard, emulator, folder }) => {
    const file = makeFile('build.log', 200_000);
    const board = await openBoard();
    await pickAndStall(board, await writeFiles(folder, [file]));
    await reload(board);
    await expect(board.finished('1 file attached')).toBeVisible();
    expectAttached(emulator, 7, [file]);
    await expectEmptyJournal(board);
  });

  test('“Not now” lets it wait, also when the form is opened again, until “Go on”', async ({
    openBoard,
    emulator,
    folder,
  }) => {
    const files = [makeFile('a.log', 200_000), makeFile('b.log', 100_000)];
    const board = await openBoard();
    await pickAndStall(board, await writeFiles(folder, files));
    await reload(board);
    await interruptedLine(board).getByRole('button', { name: 'Not now' }).click();
    await expect(interruptedLine(board)).toContainText('2 files were interrupted. They wait for you.');
    await board.goTo('Bug 9');
    await board.ready();
    await expect(board.stapler.getByText('2 files were interrupted. Open Bug 7 to go on.')).toBeVisible();
    await board.stapler.getByRole('button', { name: 'Bug 7' }).click();
    await interruptedLine(board).getByRole('button', { name: 'Go on', exact: true }).click();

    await expect(board.finished('2 files attached')).toBeVisible();
    expectAttached(emulator, 7, files);
    await expectEmptyJournal(board);
  });

  test('“Forget” after “Not now” lets go of them', async ({ openBoard, emulator, folder }) => {
    const board = await openBoard();
    await pickAndStall(board, await writeFiles(folder, [makeFile('build.log', 200_000)]));
    await reload(board);
    await interruptedLine(board).getByRole('button', { name: 'Not now' }).click();
    await interruptedLine(board).getByRole('button', { name: 'Forget' }).click();
    await expect(interruptedLine(board)).toHaveCount(0);
    await expectEmptyJournal(board);
    expectAttached(emulator, 7, []);
  });

  test('“Forget all” empties the journal, also of what is for other items', async ({
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
      board.stapler.getByText(/“.*seven.log.*” was interrupted. Open (Bug|Work item) 7 to go on./),
    ).toBeVisible();
    await board.stapler.getByRole('button', { name: 'Forget all interrupted uploads' }).click();
    await expect(board.stapler.getByText('interrupted')).toHaveCount(0);
    await expectEmptyJournal(board);
    await reload(board);
    await expect(board.dropZone).toBeVisible();
    expectAttached(emulator, 7, []);
    expectAttached(emulator, 9, []);
  });

  test('a file that is asked for is known by its content, and keeps the name that it had', async ({
    openBoard,
    emulator,
    folder,
  }) => {
    const asked = makeFile('build.log', 200_000);
    const other = makeFile('build.log', 200_000);
    const board = await openBoard([withoutRoom]);
    await pickAndStall(board, await writeFiles(folder, [asked]), 'to be picked again');
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

  test('a link that nobody saw is told, not made again, and costs no byte', async ({
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
    await goOnNow(board);
    await expect(board.stapler.getByText('2 files were attached while you were away.')).toBeVisible();
    await board.stapler.getByRole('button', { name: 'Dismiss' }).click();
    await expect(board.stapler.getByText('while you were away')).toHaveCount(0);
    await expectEmptyJournal(board);
    expect(requestsOf(emulator, 'POST', /attachments/)).toEqual([]);
    expect(requestsOf(emulator, 'PATCH', /workitems/)).toEqual([]);
    expectAttached(emulator, 7, files);
  });

  test('what was attached in the background is told to whoever comes next', async ({
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

  test('what was attached before a person’s eyes is not told again', async ({ openBoard, folder }) => {
    const board = await openBoard();
    await board.pick(await writeFiles(folder, [makeFile('build.log', 200_000)]));
    await expect(board.finished('1 file attached')).toBeVisible();
    await expectEmptyJournal(board);
    await closeForm(board);
    await reopen(board);
    await expect(board.stapler.getByText('while you were away')).toHaveCount(0);
  });

  test('no token stands in what is kept, whatever phase uploads are in', async ({
    openBoard,
    emulator,
    folder,
  }) => {
    const tokens = noteTokens(emulator);
    // What was linked stays in the journal until somebody sees it.
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
    emulator.setNetwork({ faults: [{ name: 'signed-out', remaining: null, at: 'simple' }] });
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

  test('entries that cannot be understood are set aside and told, and the others go on', async ({
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
        'What was noted of 2 earlier uploads cannot be understood and was set aside. Check that their files are attached.',
      ),
    ).toBeVisible();
    await goOnNow(board);
    await expect(board.finished('1 file attached')).toBeVisible();
    expectAttached(emulator, 7, [file]);
    await poll(() => readJournal(board)).toEqual({ uploads: [], files: 0, setAside: 2 });

    await board.stapler.getByRole('button', { name: 'Forget all interrupted uploads' }).click();
    await expect(board.stapler.getByText('set aside')).toHaveCount(0);
    await expectEmptyJournal(board);
  });
});
