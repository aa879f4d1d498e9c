import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { violations } from './axe';
import { attachmentsOf } from './files';
import { expect, poll } from './fixtures';
import type { GalleryPage } from './gallery-story';
import { story } from './gallery-story';
import { Keys } from './keys';
import { expectNoViolations } from './looks';
import { coverSecret, hasPieceOf, screenshot, SECRET, SIZE, stored } from './secret-image';

/** A bug without attachments. */
const EMPTY = 7;

/** Content of an attachment on the server. */
function contentOf({ emulator }: GalleryPage, name: string): Buffer {
  const attachment = attachmentsOf(emulator, EMPTY).find((each) => each.name === name);
  const path = emulator.store.attachment(attachment?.attachmentId ?? '')?.path;
  return path === undefined ? Buffer.alloc(0) : readFileSync(path);
}

story('The keyboard alone redacts and marks an image, and replaces it @both', async ({ gallery }) => {
  story.setTimeout(90_000);
  const { page, emulator, content, preview } = gallery;
  const keys = new Keys(page, () => gallery.content);
  const original = await screenshot();
  emulator.store.attach(EMPTY, [{ name: 'screen.png', content: original }]);
  await gallery.open(EMPTY);
  const before = new Set(emulator.store.attachments.all.map(({ id }) => id));
  /** Files that the page has sent. */
  const sent = (): readonly string[] =>
    emulator.store.attachments.all
      .filter(({ id }) => !before.has(id))
      .map(({ path }) => readFileSync(path, 'latin1'));
  await gallery.row('screen.png').focus();
  await keys.press('Enter');
  await expect(preview.getByRole('img', { name: 'screen.png' })).toBeVisible();
  await keys.use(preview.getByRole('button', { name: 'Edit image…' }));

  const editor = content.getByRole('dialog', { name: /^Edit .*screen\.png/ });
  const shapes = editor.getByRole('list', { name: 'Shapes' }).getByRole('listitem');
  await expect(editor.getByRole('application', { name: 'Image in screen.png' })).toBeFocused();
  await story.step('place, size and name shapes', async () => {
    await keys.press(
      'r',
      'Enter',
      'n',
      'Enter',
      'ArrowUp',
      'n',
      'Enter',
      'a',
      'Enter',
      'Delete',
      't',
      'Enter',
    );
    await expect(editor.getByRole('textbox', { name: 'Text' })).toBeFocused();
    await keys.type('Here');
    await keys.press('Enter', 'ArrowUp', 'ArrowUp', 'Shift+ArrowDown');
    await expect(shapes).toHaveText(['Redaction 1', 'Step 1', 'Step 2', 'Text “Here”']);
    await keys.press('Control+z', 'Control+z', 'Control+z', 'Control+y');
    await expect(editor.getByRole('status')).toContainText(/^(Text|4 shapes|3 shapes)/);
  });
  await story.step('cover the secret by numbers', async () => {
    await keys.use(shapes.first().getByRole('button', { name: 'Redaction 1', exact: true }));
    await coverSecret(keys, page, editor);
    await expectNoViolations(page, 'editor');
  });

  await keys.use(editor.getByRole('button', { name: 'Save…' }));
  const question = content.getByRole('dialog', { name: 'Save the edited image' });
  await expect(question).toContainText(
    "The original can be restored for up to 28 days. Stapler can't delete it earlier.",
  );
  expect(await violations(page)).toEqual([]);
  await keys.use(question.getByRole('button', { name: 'Replace' }));
  await expect(editor).toHaveCount(0);
  await expect(preview).toHaveCount(0);
  await poll(() => contentOf(gallery, 'screen.png').equals(original)).toBe(false);
  await keys.expectFocusInside();

  await story.step('find nothing of the original', async () => {
    const edited = contentOf(gallery, 'screen.png');
    expect(await sharp(edited).metadata()).toMatchObject({ format: 'png', ...SIZE });
    // Beside the other shapes.
    const edge = sharp(edited)
      .extract({ ...SECRET, width: 8 })
      .removeAlpha();
    expect(new Set(await edge.raw().toBuffer())).toEqual(new Set([0]));
    expect(attachmentsOf(emulator, EMPTY)).toHaveLength(1);
    expect(hasPieceOf(original, [...sent(), await stored(page)])).toBe(false);
  });
});

story('Pointer and buttons edit an image, and the original stays @services-only', async ({ gallery }) => {
  const { page, emulator, content } = gallery;
  emulator.store.attach(EMPTY, [
    {
      name: 'photo.jpg',
      content: await sharp(await screenshot())
        .jpeg()
        .toBuffer(),
    },
    {
      name: 'drawing.svg',
      content: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
    },
  ]);
  await gallery.open(EMPTY);
  const edit = async (name: string): Promise<void> => {
    await gallery
      .row(name)
      .getByRole('button', { name: /^More actions/ })
      .click();
    await content.getByRole('menuitem', { name: 'Edit image…' }).click();
  };
  await edit('drawing.svg');
  await expect(content.getByRole('alert')).toContainText(
    "is an SVG. It has no pixels, so it can't be edited here.",
  );
  await content.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).click();

  await edit('photo.jpg');
  const editor = content.getByRole('dialog', { name: /^Edit .*photo\.jpg/ });
  const stage = editor.getByRole('application');
  const status = editor.getByRole('status');
  await editor.getByRole('button', { name: 'Box', exact: true }).click();
  const { x, y, width, height } = (await stage.boundingBox())!;
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width / 2 + 60, y + height / 2 + 40, { steps: 4 });
  await page.mouse.up();
  await expect(status).toHaveText(/^Box 1: 160, 100, 60 × 40$/);
  // A click is enough for a shape.
  await editor.getByRole('button', { name: 'Numbered step' }).click();
  await page.mouse.click(x + width / 2 - 100, y + height / 2);
  await expect(status).toHaveText(/^Step 1: 40, /);
  await editor.getByRole('button', { name: 'Undo' }).click();
  await editor.getByRole('button', { name: 'Undo' }).click();
  await expect(status).toHaveText('0 shapes');
  await editor.getByRole('button', { name: 'Redo' }).click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  const discard = content.getByRole('dialog', { name: /^Discard the changes/ });
  await discard.getByRole('button', { name: 'Back' }).click();
  await editor.getByRole('button', { name: 'Crop', exact: true }).click();
  await stage.press('Enter');
  await editor.getByRole('button', { name: 'Save…' }).click();
  await content
    .getByRole('dialog', { name: 'Save the edited image' })
    .getByRole('button', { name: 'Keep both' })
    .click();
  await expect(gallery.row('photo (edited).png')).toBeVisible();
  expect(await sharp(contentOf(gallery, 'photo (edited).png')).metadata()).toMatchObject({
    width: 256,
    height: 160,
  });
  await expect(gallery.row('photo.jpg')).toBeVisible();
});
