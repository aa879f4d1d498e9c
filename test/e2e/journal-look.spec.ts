import { attachmentsOf, makeFile, pickable } from './files';
import type { InitScript } from './journal-fixtures';
import { expect, heal, poll, test, withoutRoom } from './journal-fixtures';
import { damageJournal, expectEmptyJournal, isKept, untilJournal } from './journal-rows';
import { interruptedLine, namesAskedFor, resumeNow } from './journal-steps';
import { expectNoViolations } from './looks';

const LONG = 'a recording with a rather long name that does not fit into a narrow column.webm';

/** Stops the four-second countdown before uploads resume. */
const withoutCountdown: InitScript = () => {
  const real = window.setTimeout.bind(window);
  window.setTimeout = ((callback: () => void, delayMs?: number) =>
    delayMs === 4_000 ? 0 : real(callback, delayMs)) as typeof setTimeout;
};

test('axe finds no problem in messages about interrupted uploads, in any look @services-only', async ({
  openBoard,
  emulator,
}, testInfo) => {
  test.setTimeout(120_000);
  emulator.setNetwork({ faults: [{ name: 'stalled', remaining: null, at: 'simple' }] });
  const stored = await openBoard();
  await stored.pick([makeFile(LONG, 300_000), makeFile('trace.etl', 200_000)].map(pickable));
  await untilJournal(stored, (journal) => journal.uploads.length === 2 && isKept('stored', journal));
  const notStored = await openBoard([withoutRoom]);
  await notStored.pick(pickable(makeFile('build.log', 200_000)));
  await untilJournal(
    notStored,
    (journal) => journal.uploads.length === 3 && isKept('fingerprint only', journal),
  );
  await damageJournal(stored);
  await Promise.all([stored.page.close(), notStored.page.close()]);
  heal(emulator);

  const board = await openBoard([withoutCountdown]);
  const open = (id: number) => board.open(id, { width: '320' });
  const look = async (what: string): Promise<void> => {
    await board.frame.screenshot({ path: testInfo.outputPath(`${what}.png`) });
    await expectNoViolations(board.page, what);
    const overflow = await board.stapler
      .locator('html')
      .evaluate((html) => html.scrollWidth - html.clientWidth);
    expect(overflow).toBe(0);
  };

  await open(9);
  await expect(board.stapler.getByText(/3 uploads were interrupted/)).toBeVisible();
  await look('interrupted elsewhere, set aside');
  await open(7);
  await expect(interruptedLine(board)).toContainText(/Resuming in \d s…/);
  await look('resuming in a moment');
  await interruptedLine(board).getByRole('button', { name: 'Not now' }).click();
  await expect(interruptedLine(board).getByRole('button', { name: 'Discard', exact: true })).toBeVisible();
  await look('stopped');
  await interruptedLine(board).getByRole('button', { name: 'Discard', exact: true }).click();
  await expect(board.stapler.getByRole('button', { name: 'Undo' })).toBeVisible();
  await look('discarded');
  await board.stapler.getByRole('button', { name: 'Undo' }).click();
  await interruptedLine(board).getByRole('button', { name: 'Resume', exact: true }).click();
  expect(await namesAskedFor(board, 1)).toEqual(['build.log']);
  await expect(board.finished('2 files attached')).toBeVisible();
  await look('drop again');
  const chooser = board.page.waitForEvent('filechooser');
  await board.stapler.getByRole('button', { name: 'Choose build.log again' }).click();
  expect((await chooser).isMultiple()).toBe(true);

  await board.stapler.getByRole('button', { name: 'Cancel build.log' }).click();
  await board.stapler.getByRole('button', { name: 'Discard all interrupted uploads' }).click();
  await expectEmptyJournal(board);
  emulator.setNetwork({ faults: [{ name: 'unanswered', remaining: null, at: 'link' }] });
  await board.pick(pickable(makeFile('late.log', 1_000)));
  await poll(() => attachmentsOf(emulator, 7).length).toBe(3);
  await board.page.goto('about:blank');
  heal(emulator);
  await open(7);
  await resumeNow(board);
  await expect(board.stapler.getByText('1 file was attached while you were away.')).toBeVisible();
  await look('attached while away');
});
