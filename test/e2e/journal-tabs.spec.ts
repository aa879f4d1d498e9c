import type { Emulator } from 'azure-devops-emulator';
import type { Board } from './board';
import type { TestFile } from './files';
import { attachmentsOf, expectAttached, makeFile, writeFiles } from './files';
import type { InitScript } from './journal-fixtures';
import { aMinuteAhead, expect, heal, poll, test, withoutLocks } from './journal-fixtures';
import { expectEmptyJournal, isKept, isUploaded, untilJournal } from './journal-rows';
import { interruptedLine, resumeNow } from './journal-steps';

const files = (): TestFile[] =>
  Array.from({ length: 20 }, (_, index) => makeFile(`file ${index}.bin`, 100_000 + index));

/** Picks the files and stops halfway: any eight files arrive. */
async function pickHalf(board: Board, paths: string[]): Promise<void> {
  const { emulator } = board;
  const arrived = emulator.store.attachments.all.length;
  for (let count = 1; count < 8; count++) emulator.interfere('simple', () => undefined);
  emulator.interfere('simple', () =>
    emulator.setNetwork({ faults: [{ name: 'stalled', remaining: null, at: 'simple' }] }),
  );
  await board.pick(paths);
  await untilJournal(
    board,
    (journal) =>
      journal.uploads.length === 20 &&
      isKept('stored', journal) &&
      emulator.store.attachments.all.length - arrived >= 8 &&
      journal.uploads.some((upload) => !isUploaded(upload)),
  );
}

async function expectEachOnce(
  emulator: Emulator,
  board: Board,
  expected: readonly TestFile[],
): Promise<void> {
  await poll(() => attachmentsOf(emulator, 7).length).toBe(expected.length);
  await expectEmptyJournal(board);
  expectAttached(emulator, 7, expected);
}

test('An open tab resumes the uploads of a closed tab and attaches each of 20 files once @services-only', async ({
  openBoard,
  emulator,
  folder,
}) => {
  const expected = files();
  const paths = await writeFiles(folder, expected);
  const other = await openBoard();
  const board = await openBoard();
  await pickHalf(board, paths);
  await expect(interruptedLine(other)).toHaveCount(0);
  await board.page.close();
  heal(emulator);
  await expect(interruptedLine(other)).toBeVisible();
  await resumeNow(other);
  await expectEachOnce(emulator, other, expected);
});

test('An open tab resumes the uploads of a closed tab after its leases have expired @services-only', async ({
  openBoard,
  emulator,
  folder,
}) => {
  const expected = files();
  const other = await openBoard([withoutLocks]);
  const board = await openBoard([withoutLocks]);
  await pickHalf(board, await writeFiles(folder, expected));
  await board.page.close();
  heal(emulator);
  // Skips most of a lease's 20 seconds. The tab's own lease, renewed every 5 seconds, does not expire.
  await other.stapler.locator('html').evaluate(() => {
    const real = Date.now.bind(Date);
    Date.now = () => real() + 14_000;
  });
  await expect(interruptedLine(other)).toBeVisible({ timeout: 30_000 });
  await resumeNow(other);
  await expectEachOnce(emulator, other, expected);
});

/** Isolates a tab from the others. */
const isolated: InitScript = () => {
  BroadcastChannel.prototype.postMessage = () => undefined;
};

const ELECTIONS: readonly { by: string; scripts: readonly InitScript[]; later: readonly InitScript[] }[] = [
  { by: 'locks', scripts: [], later: [isolated] },
  // The leases of the closed tab have expired by then.
  { by: 'leases', scripts: [withoutLocks], later: [withoutLocks, aMinuteAhead, isolated] },
];

for (const { by, scripts, later } of ELECTIONS) {
  test(`Two isolated tabs attach each of 20 files once after a crash, with ${by} @services-only`, async ({
    chrome,
    openBoard,
    emulator,
    folder,
  }) => {
    const expected = files();
    await pickHalf(await openBoard(scripts), await writeFiles(folder, expected));
    await chrome.kill();
    heal(emulator);
    await chrome.start();
    const boards = await Promise.all([openBoard(later), openBoard(later)]);
    // Neither tab finishes before the other starts.
    emulator.setNetwork({ faults: [{ name: 'stalled', remaining: null, at: 'simple' }] });
    await Promise.all(boards.map(resumeNow));
    heal(emulator);
    await expectEachOnce(emulator, boards[0], expected);
  });
}

test('A tab suspended past its lease drops the uploads resumed by another tab @services-only', async ({
  openBoard,
  emulator,
  folder,
}) => {
  // More would use all connections of the browser to the server.
  const expected = files().slice(0, 3);
  const asleep = await openBoard([withoutLocks]);
  emulator.setNetwork({ faults: [{ name: 'stalled', remaining: 3, at: 'simple' }] });
  await asleep.pick(await writeFiles(folder, expected));
  await untilJournal(asleep, (journal) => journal.uploads.length === 3 && isKept('stored', journal));
  const other = await openBoard([withoutLocks, aMinuteAhead]);
  await resumeNow(other);
  await expectEachOnce(emulator, other, expected);

  await asleep.stapler.locator('html').evaluate(aMinuteAhead);
  heal(emulator);
  await expect(asleep.row('file')).toHaveCount(0);
  expectAttached(emulator, 7, expected);
});
