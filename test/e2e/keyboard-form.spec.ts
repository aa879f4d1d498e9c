import { mkdir } from 'node:fs/promises';
import { expectAttached, makeFile, pickable, writeFiles } from './files';
import { expect, poll, test } from './fixtures';
import { isKept, untilJournal } from './journal-rows';
import { interruptedLine } from './journal-steps';
import { Keys } from './keys';

test('The keyboard alone operates the form and never loses the focus @services-only', async ({
  board,
  page,
  context,
  emulator,
}, testInfo) => {
  test.setTimeout(90_000);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { stapler } = board;
  const keys = new Keys(page, () => board.stapler);
  const button = (name: string) => stapler.getByRole('button', { name, exact: true });
  const [kept, gone] = [makeFile('kept.bin', 400_000), makeFile('gone.bin', 400_000)];
  const [refused, inFolder] = [makeFile('refused.bin', 5_000), makeFile('in it.txt', 10)];
  await page.getByRole('textbox', { name: 'Description' }).focus();

  await test.step('pause, resume, cancel', async () => {
    emulator.setNetwork({ bytesPerSecond: 20_000 });
    await keys.pickAt(board.dropZone, [kept, gone].map(pickable));
    await keys.use(button('Pause kept.bin'));
    await expect(button('Resume kept.bin')).toBeFocused();
    await keys.use(button('Cancel gone.bin'), 'Space');
    await expect(board.row('gone.bin')).toContainText('Canceled');
    await keys.tabTo(button('Resume kept.bin'), 'Shift+Tab');
    emulator.setNetwork({ bytesPerSecond: null });
    await keys.press('Enter');
    await expect(board.finished('1 file attached')).toBeVisible();
    await keys.expectFocusInside();
  });

  await test.step('read and copy the details, retry', async () => {
    emulator.store.requiredFields.add('Custom.Customer');
    await keys.tabTo(board.dropZone, 'Shift+Tab');
    await keys.pick([pickable(refused)]);
    await keys.use(button('Details of refused.bin'));
    await keys.use(button('Copy details'));
    await expect(button('Copied')).toBeFocused();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('refused.bin');
    emulator.store.requiredFields.clear();
    await keys.tabTo(button('Retry refused.bin'), 'Shift+Tab');
    await keys.press('Enter');
    await expect(board.finished('2 files attached')).toBeVisible();
    await keys.expectFocusInside();
    expectAttached(emulator, 7, [kept, refused]);
  });

  await test.step('latest attachments', async () => {
    const tile = (name: string) => board.latest.getByRole('button', { name, exact: true });
    await keys.tabTo(tile('refused.bin'));
    await keys.press('ArrowRight');
    await expect(tile('kept.bin')).toBeFocused();
    await keys.press('Shift+F10');
    await expect(stapler.getByRole('menu', { name: /^More actions for .*kept\.bin/ })).toBeVisible();
    await keys.press('Escape');
    await expect(tile('kept.bin')).toBeFocused();
    await keys.press('Enter');
    await expect(stapler.getByRole('dialog', { name: 'Preview of kept.bin' })).toBeVisible();
    await keys.press('Escape');
    await expect(tile('kept.bin')).toBeFocused();
    // One tab stop: the next Tab leaves the tiles.
    await keys.tabTo(board.fold, 'Shift+Tab');
    await keys.press('Tab');
    await expect(button('Also attach to…')).toBeFocused();
    await keys.press('Tab');
    await expect(tile('kept.bin')).toBeFocused();
    await keys.press('Home', 'Delete');
    await expect(tile('refused.bin')).toHaveCount(0);
    await expect(tile('kept.bin')).toBeFocused();
    await keys.tabTo(button('Undo'), 'Shift+Tab');
    await keys.press('Enter');
    await expect(tile('refused.bin')).toBeVisible();
    await keys.expectFocusInside();
  });

  await test.step('folder and unsaved edits', async () => {
    const folder = testInfo.outputPath('picked folder');
    await mkdir(folder, { recursive: true });
    await writeFiles(folder, [inFolder]);
    await page.getByRole('textbox', { name: 'Description' }).focus();
    await keys.type('Not saved.');
    await keys.pickAt(button('Attach a folder'), folder);
    await keys.use(stapler.getByRole('checkbox', { name: 'Remember my choice' }), 'Space');
    await keys.tabTo(button('Save and attach'), 'Shift+Tab');
    await keys.press('Enter');
    await expect(board.finished('3 files attached')).toBeVisible();
    await keys.expectFocusInside();
    await keys.tabTo(board.more, 'Shift+Tab');
    await keys.press('Enter');
    await expect(board.editsChoice('Save and attach')).toBeChecked();
    await keys.goTo(board.editsChoice('Ask every time'), 'ArrowUp');
    await keys.press('Enter');
    await expect(board.more).toBeFocused();
  });

  await test.step('attached files', async () => {
    await keys.tabTo(board.fold);
    await keys.press('Enter');
    const list = stapler.getByRole('grid', { name: 'Attachments' });
    await keys.tabTo(list.getByRole('row').filter({ hasText: 'in it.txt' }));
    await keys.press('Delete');
    await keys.use(button('Undo'));
    await expect(button('Undo')).toHaveCount(0);
    await keys.expectFocusInside();
    await poll(
      () => emulator.store.workItem(7).relations.filter(({ rel }) => rel === 'AttachedFile').length,
    ).toBe(3);
    await keys.tabTo(board.fold, 'Shift+Tab');
    await keys.press('Enter');
    await expect(list).toHaveCount(0);
  });

  await test.step('interrupted upload', async () => {
    const late = makeFile('late.bin', 40_000);
    emulator.setNetwork({ faults: [{ name: 'stalled', remaining: null, at: 'simple' }] });
    await keys.tabTo(board.dropZone, 'Shift+Tab');
    await keys.pick([pickable(late)]);
    await untilJournal(board, (journal) => journal.uploads.length === 1 && isKept('stored', journal));
    emulator.setNetwork({ faults: [] });
    // A look-alike stops the automatic resume, and so leaves time to reach the button.
    const lookalike = makeFile('late.bin', 40_000);
    emulator.store.attach(7, [{ name: lookalike.name, content: lookalike.bytes }]);
    await page.reload();
    await board.ready();
    await page.getByRole('textbox', { name: 'Description' }).focus();
    const line = interruptedLine(board);
    await expect(line).toContainText('Attach it again?');
    await keys.use(line.getByRole('button', { name: 'Resume', exact: true }));
    await expect(board.finished('1 file attached')).toBeVisible();
    await keys.expectFocusInside();
    expectAttached(emulator, 7, [kept, refused, inFolder, lookalike, late]);
  });
});
