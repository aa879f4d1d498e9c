import { Board } from './board';
import { story } from './bulk-story';
import { attachmentsOf, expectAttached, makeFile, pickable } from './files';
import { expect } from './fixtures';

/** Files of one work item for others: they are linked there, and nothing is sent again. */

story(
  '“Also attach to…” links the files just attached to a related item @both',
  async ({ page, emulator, panel }) => {
    const board = new Board(page, emulator);
    const files = [makeFile('before.png', 2_000), makeFile('after.png', 3_000)];
    await board.open(7);
    await board.pick(files.map(pickable));
    await expect(board.finished('2 files attached')).toBeVisible();
    const sent = panel.uploads();

    await board.stapler.getByRole('button', { name: 'Also attach to…' }).click();
    await expect(panel.content.getByText(/^2 files, /)).toBeVisible();
    await panel.content.getByRole('checkbox', { name: /Bug 9/ }).check();
    await expect(panel.attachButton).toHaveText('Attach 2 files to 1 work item');
    await panel.attach('2 of 2 attached');

    expect(panel.uploads()).toBe(sent);
    expectAttached(emulator, 9, files);
    const ids = (workItemId: number): string[] =>
      attachmentsOf(emulator, workItemId)
        .map(({ attachmentId }) => attachmentId)
        .sort();
    expect(ids(9)).toEqual(ids(7));
  },
);
