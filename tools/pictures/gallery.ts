import type { Locator } from '@playwright/test';
import { Board } from '../../test/e2e/board';
import type { GalleryPage } from '../../test/e2e/gallery-story';
import type { Picture, Scene } from './scene';
import { BOTH, BUG, LARGE, LIGHT, SMALL, openGallery, wholeOf } from './scene';

/** Pictures of the tab with the attachments. */
export const GALLERY: readonly Picture[] = [
  { name: 'gallery', themes: BOTH, show: showGallery },
  { name: 'add-files', themes: LIGHT, show: showDrop },
  { name: 'find', themes: LIGHT, show: showFilters },
  { name: 'in-the-text', themes: LIGHT, show: showTexts },
  { name: 'preview', themes: LIGHT, show: showPreview },
  { name: 'select', themes: LIGHT, show: showSelection },
  { name: 'compare', themes: LIGHT, show: showComparison },
  { name: 'download', themes: LIGHT, show: showDownload },
  { name: 'copy-image', themes: LIGHT, show: showImage },
  { name: 'insert', themes: LIGHT, show: showInsertion },
  { name: 'rename', themes: LIGHT, show: showRename },
  { name: 'comment', themes: LIGHT, show: showComment },
  { name: 'replace', themes: LIGHT, show: showReplacement },
  { name: 'edit-image', themes: LIGHT, show: showEditor },
  { name: 'copy', themes: LIGHT, show: showCopy },
  { name: 'change-with-edits', themes: LIGHT, show: showEditsQuestion },
  { name: 'remove', themes: LIGHT, show: showRemoval },
  { name: 'restore', themes: LIGHT, show: showBin },
];

/** A bug with images in its description, and without attachments. */
const PASTED = 9;

const LOG = 'export-2026-03-14.log';
const IMAGE = 'dashboard-2026-03-14.png';

/** Common content of two files. */
const SETTINGS = Array.from({ length: 12 }, (_, index) => `page ${index + 1}: shown`);

async function showGallery(scene: Scene): Promise<Locator> {
  const gallery = await openGallery(scene);
  await gallery.button('Grid').click();
  await gallery.cards.locator('img').nth(2).waitFor();
  return wholeOf(scene);
}

async function showDrop(scene: Scene): Promise<Locator> {
  const { page, emulator, files } = scene;
  const gallery = await openGallery(scene, BUG);
  const board = new Board(page, emulator);
  await board.drag(await files({ ...SMALL, ...LARGE }), gallery.content.getByRole('main'));
  await gallery.content.getByText('Drop to attach').waitFor();
  return gallery.frame;
}

async function showFilters(scene: Scene): Promise<Locator> {
  const gallery = await openGallery(scene);
  await gallery.search.fill('2026-03');
  await gallery.filterBy('Type', 'Images (9)');
  await gallery.button(/^Type/).click();
  await gallery.content.getByRole('menu').waitFor();
  return gallery.frame;
}

async function showTexts(scene: Scene): Promise<Locator> {
  const gallery = await openGallery(scene, PASTED);
  await gallery.button(/^In the text/).click();
  await gallery.row('box on a phone.png').locator('img').waitFor();
  await gallery.row('box on a phone.png').click();
  return gallery.frame;
}

async function showPreview(scene: Scene): Promise<Locator> {
  const gallery = await openGallery(scene);
  await gallery.row(LOG).dblclick();
  await gallery.preview.getByRole('searchbox', { name: 'Search in the file' }).fill('batch 12');
  await gallery.preview
    .getByText(/^\d+ of \d+$/)
    .nth(1)
    .waitFor();
  return gallery.frame;
}

async function showSelection(scene: Scene): Promise<Locator> {
  const gallery = await openGallery(scene);
  await gallery.row(LOG).click();
  await gallery.row(IMAGE).click({ modifiers: ['Control'] });
  await gallery.button('More actions for 2 files').click();
  await gallery.content.getByRole('menu').waitFor();
  return gallery.frame;
}

async function showComparison(scene: Scene): Promise<Locator> {
  const text = (lines: readonly string[]): Buffer => Buffer.from(`${lines.join('\n')}\n`);
  scene.emulator.store.attach(BUG, [
    {
      name: 'login before.yml',
      content: text([...SETTINGS, 'retries: 3', 'keep name: false', 'theme: auto']),
    },
    { name: 'login after.yml', content: text([...SETTINGS, 'retries: 5', 'keep name: true', 'theme: auto']) },
  ]);
  const gallery = await openGallery(scene, BUG);
  await gallery.row('login before.yml').click();
  await gallery.row('login after.yml').click({ modifiers: ['Control'] });
  await gallery.button('More actions for 2 files').click();
  await gallery.content.getByRole('menuitem', { name: 'Compare' }).click();
  await gallery.content.getByText('2 lines removed, 2 lines added').waitFor();
  return gallery.frame;
}

async function showDownload(scene: Scene): Promise<Locator> {
  const gallery = await openGallery(scene);
  scene.emulator.setNetwork({ faults: [{ name: 'stalled', remaining: null, at: 'download' }] });
  await gallery.button('Download all (zip)').click();
  await gallery.content.getByRole('progressbar', { name: /^Creating/ }).waitFor();
  return gallery.frame;
}

async function showImage(scene: Scene): Promise<Locator> {
  const gallery = await openGallery(scene);
  await gallery.row(IMAGE).dblclick();
  await gallery.preview.getByRole('img', { name: IMAGE }).waitFor();
  return gallery.frame;
}

async function showRename(scene: Scene): Promise<Locator> {
  const gallery = await openGallery(scene);
  await gallery.row(LOG).click();
  await scene.page.keyboard.press('F2');
  await scene.page.keyboard.type('nightly export');
  return gallery.frame;
}

/** Opens the menu of a file and chooses an action. */
async function choose(gallery: GalleryPage, name: string, action: string): Promise<void> {
  await gallery.button(`More actions for ${name}`).click();
  await gallery.content.getByRole('menuitem', { name: action }).click();
}

async function showInsertion(scene: Scene): Promise<Locator> {
  const gallery = await openGallery(scene);
  await choose(gallery, IMAGE, 'Insert into…');
  await gallery.content.getByRole('option', { name: 'New comment' }).waitFor({ state: 'attached' });
  await gallery.content
    .getByRole('textbox', { name: 'Alternative text' })
    .fill('The dashboard of that night');
  return gallery.frame;
}

async function showComment(scene: Scene): Promise<Locator> {
  const gallery = await openGallery(scene);
  await choose(gallery, LOG, 'Edit comment…');
  await gallery.content.getByRole('textbox', { name: 'Comment', exact: true }).fill('The run that failed');
  return gallery.frame;
}

async function showReplacement(scene: Scene): Promise<Locator> {
  const { page, emulator, files } = scene;
  const gallery = await openGallery(scene);
  emulator.setNetwork({ bytesPerSecond: 2_000_000 });
  const chooser = page.waitForEvent('filechooser');
  await choose(gallery, LOG, 'Replace…');
  await (await chooser).setFiles(await files({ 'all nights of March.log': 30_000_000 }));
  await gallery.content.getByRole('progressbar', { name: /^Replacing/ }).waitFor();
  return gallery.frame;
}

async function showEditor(scene: Scene): Promise<Locator> {
  const gallery = await openGallery(scene);
  await choose(gallery, IMAGE, 'Edit image…');
  const editor = gallery.content.getByRole('dialog');
  const stage = editor.getByRole('application');
  await stage.focus();
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await stage.press(key);
  };
  const times = (key: string, count: number): string[] => Array.from({ length: count }, () => key);
  await press('n', 'Enter', ...times('ArrowLeft', 14), ...times('ArrowUp', 8));
  await press('n', 'Enter', ...times('ArrowRight', 14), ...times('ArrowDown', 8));
  await press('a', 'Enter', ...times('ArrowLeft', 4), ...times('ArrowUp', 4));
  await press('r', 'Enter', ...times('ArrowLeft', 12), ...times('ArrowDown', 10));
  await editor.getByRole('status').filter({ hasText: 'Redaction 1' }).waitFor();
  return gallery.frame;
}

async function showCopy(scene: Scene): Promise<Locator> {
  const gallery = await openGallery(scene);
  await choose(gallery, LOG, 'Copy to another work item…');
  const dialog = gallery.content.getByRole('dialog');
  await dialog.getByRole('combobox').fill('receipts');
  await dialog.getByRole('option').nth(1).waitFor();
  return gallery.frame;
}

async function showEditsQuestion(scene: Scene): Promise<Locator> {
  const { page } = scene;
  const gallery = await openGallery(scene);
  await page.getByRole('textbox', { name: 'Title' }).fill('Nightly export fails every second night');
  await gallery.row(LOG).click();
  await page.keyboard.press('Delete');
  await gallery.button('Continue without saving').waitFor();
  return gallery.frame;
}

async function showRemoval(scene: Scene): Promise<Locator> {
  const gallery = await openGallery(scene);
  await gallery.row(LOG).click();
  await scene.page.keyboard.press('Delete');
  await gallery.button('Undo').waitFor();
  return gallery.frame;
}

async function showBin(scene: Scene): Promise<Locator> {
  const gallery = await openGallery(scene);
  await gallery.row(LOG).click();
  await gallery.row(IMAGE).click({ modifiers: ['Control'] });
  await scene.page.keyboard.press('Delete');
  await gallery.button('Recently removed (2)').click();
  await gallery
    .button(/^Restore/)
    .first()
    .waitFor();
  return gallery.frame;
}
