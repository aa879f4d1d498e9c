import { CI_ONLY, ciOnlyUnless } from './ci-only';
import { expectAttached, makeFile, pickable } from './files';
import { expect, poll, test } from './fixtures';

/** Stapler in hosts with different handshakes, saves and frame sizes. */

const handshakes: Record<string, string>[] = [
  { handshake: 'legacy' },
  { handshake: 'legacyWithContext' },
  { quirks: 'noThemeData' },
  { quirks: 'noUser' },
  { quirks: 'hasTeam' },
];

for (const query of handshakes) {
  const isLegacy = query['handshake'] === 'legacy';
  const tag = isLegacy ? '@both' : [...ciOnlyUnless(query['quirks'] === 'noUser')];
  test(`Stapler attaches with ${new URLSearchParams(query)}`, { tag }, async ({ board, emulator }) => {
    await board.open(7, query);
    const file = makeFile('greeted.bin', 5_000);
    await board.pick(pickable(file));
    await expect(board.finished('1 file attached')).toBeVisible();
    expectAttached(emulator, 7, [file]);
  });
}

/** Host behaviors relevant to the first save of a new item. */
const saves: Record<string, string>[] = [
  { handshake: 'legacy' },
  { quirks: 'noUser', firstSaveRaises: 'onLoaded', serviceFieldChanges: 'silent' },
  { newItemId: 'negative', firstSaveRaises: 'onLoaded', handshake: 'legacyWithContext' },
];

for (const query of saves) {
  const tag = query['newItemId'] === 'negative' ? '@both' : CI_ONLY;
  test(
    `Stapler attaches files to a new item with ${new URLSearchParams(query)}`,
    { tag },
    async ({ board, emulator }) => {
      await board.open(7, query);
      await board.page.getByRole('button', { name: 'New work item' }).click();
      await board.page.getByRole('menuitem', { name: 'Bug' }).click();
      await expect(board.count(0)).toBeVisible();
      const file = makeFile('for the new one.bin', 5_000);
      await board.pick(pickable(file));
      await expect(board.row('for the new one.bin')).toContainText('Save to attach');
      await board.page.getByRole('textbox', { name: 'Title' }).fill('A new bug with a file');
      await board.page.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(board.finished('1 file attached')).toBeVisible();
      expectAttached(emulator, Math.max(...emulator.store.workItemIds), [file]);
    },
  );
}

for (const staleSave of ['merged', 'refused']) {
  test(`A file attached without a refresh stays after a stale save is ${staleSave}`, async ({
    board,
    emulator,
  }) => {
    // The form is not refreshed: it saves over the revision with the attachment.
    await board.open(7, { staleSave, quirks: 'formRefusesWithNothing' });
    const file = makeFile('behind its back.bin', 5_000);
    await board.pick(pickable(file));
    await expect(board.finished('1 file attached')).toBeVisible();
    await board.page.getByRole('textbox', { name: 'Title' }).fill('Saved late');
    await board.page.getByRole('button', { name: 'Save', exact: true }).click();
    if (staleSave === 'refused') await expect(board.page.getByRole('alert')).toContainText('TF26071');
    const title = () => emulator.store.workItem(7).fields['System.Title'];
    await poll(title).toBe(staleSave === 'merged' ? 'Saved late' : 'Login page loses the typed name');
    expectAttached(emulator, 7, [file]);
  });
}

for (const resize of ['honoured', 'ignored']) {
  const tag = [...ciOnlyUnless(resize === 'ignored')];
  test(
    `All controls are in reach if the requested height of a frame is ${resize}`,
    { tag },
    async ({ board, emulator }) => {
      await board.open(7, { resize });
      const files = Array.from({ length: 12 }, (_, index) => makeFile(`${index}.bin`, 10));
      emulator.setNetwork({ latencyMs: 100 });
      await board.pick(files.map(pickable));
      await expect(board.finished('12 files attached')).toBeVisible();
      await board.fold.click();
      const row = board.stapler.getByRole('grid').getByRole('row').filter({ hasText: '11.bin' });
      await row.scrollIntoViewIfNeeded();
      await expect(row).toBeInViewport();
      expectAttached(emulator, 7, files);
      if (resize === 'ignored') expect((await board.frame.boundingBox())?.height).toBe(220);
    },
  );
}
