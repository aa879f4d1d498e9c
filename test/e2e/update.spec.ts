import { expectAttached, makeFile, pickable } from './files';
import { expect, test } from './fixtures';
import { GalleryPage } from './gallery-story';
import { heal } from './journal-fixtures';

/** Lazy parts of Stapler. */
const PARTS = /\/(gallery|hash|send|zip|compare|view-[a-z]+)\.(js|css)$/;

test('Stapler asks for a reload after an update and finishes what is under way @services-only', async ({
  board,
  emulator,
  page,
}) => {
  emulator.setNetwork({ faults: [{ name: 'stalled', remaining: 1, at: 'simple' }] });
  const file = makeFile('build.log', 100_000);
  await board.pick(pickable(file));
  await expect(board.row('build.log')).toBeVisible();

  // The update has replaced the files of the version on this page.
  await page.route(PARTS, (route) => route.fulfill({ status: 404, body: 'Not found.' }));
  const picture = makeFile('screen.png', 1_000);
  await board.pick(pickable(picture));
  await expect(board.finished('1 file attached')).toBeVisible();
  await expect(board.stapler.getByText('Stapler was updated. Reload the page.')).toBeVisible();
  await board.stapler.getByRole('button', { name: '1 attachment' }).click();
  const note = board.stapler.getByRole('alert').filter({ hasText: 'Stapler was updated. Reload the page.' });
  await expect(note).toBeVisible();
  await expect(note.getByRole('button')).toHaveCount(0);

  const gallery = new GalleryPage(page, emulator);
  await gallery.show();
  await gallery.row('screen.png').dblclick();
  await expect(gallery.preview.getByRole('alert')).toHaveText(
    /“.*screen\.png.*”: Stapler was updated\. Reload the page\./,
  );
  await expect(gallery.preview.getByRole('button', { name: 'Retry' })).toHaveCount(0);
  await page.keyboard.press('Escape');

  heal(emulator);
  await page.getByRole('tab', { name: 'Details' }).click();
  await expect(board.finished('2 files attached')).toBeVisible();
  expectAttached(emulator, 7, [picture, file]);
});
