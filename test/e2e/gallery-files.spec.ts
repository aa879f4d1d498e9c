import type { Page } from '@playwright/test';
import { violations } from './axe';
import { attachmentsOf } from './files';
import { expect, poll } from './fixtures';
import { story } from './gallery-story';

/** A bug with a log, a table, a picture and a settings file for each of nine nights. */
const CROWDED = 30;

/** A bug without attachments, child of 12. */
const EMPTY = 7;

const PICTURE = 'dashboard-2026-03-14.png';
const LOG = 'export-2026-03-14.log';

/** Allows features to all frames, before they load. */
async function allow(page: Page, features: string): Promise<void> {
  await page.addInitScript((value) => {
    const src = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, 'src')!;
    Object.defineProperty(HTMLIFrameElement.prototype, 'src', {
      ...src,
      set(this: HTMLIFrameElement, url: string) {
        this.allow = value;
        src.set!.call(this, url);
      },
    });
  }, features);
}

story(
  'A file is renamed in its row, in a card and in the preview, and back @services-only',
  async ({ gallery }) => {
    await gallery.open(CROWDED);
    const { content, page, emulator, preview } = gallery;
    const { keyboard } = page;
    const field = content.getByRole('textbox', { name: /^New name for / });
    const stored = () => attachmentsOf(emulator, CROWDED);
    const before = stored();
    const { rev } = emulator.store.workItem(CROWDED);

    await gallery.row(LOG).click();
    await keyboard.press('F2');
    await expect(field).toBeFocused();
    expect(await violations(page)).toEqual([]);
    await keyboard.type('dropped');
    await keyboard.press('Escape');
    await expect(field).toHaveCount(0);
    await expect(gallery.row(LOG)).toBeFocused();

    await keyboard.press('F2');
    await expect(field).toBeFocused();
    await keyboard.type('a/b');
    await expect(field).toHaveValue('a/b.log');
    await keyboard.press('Enter');
    await expect(content.getByText("A name can't contain / or \\.")).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await keyboard.press('ControlOrMeta+a');
    // The stem was selected, and a name without an extension keeps the old one.
    await keyboard.type('nightly run');
    emulator.setNetwork({ faults: [{ name: 'answer-lost', remaining: 1, at: 'link' }] });
    await keyboard.press('Enter');
    await expect(gallery.row('nightly run.log')).toBeFocused();
    await expect(
      content.getByText(/^Renamed .*export-2026-03-14\.log.* to .*nightly run\.log.*\.$/),
    ).toBeVisible();
    expect(stored()).toEqual(
      before.map((file) => (file.name === LOG ? { ...file, name: 'nightly run.log' } : file)),
    );
    expect(emulator.store.workItem(CROWDED).rev).toBe(rev + 1);
    expect(await violations(page)).toEqual([]);
    await gallery.button('Undo').click();
    await expect(gallery.row(LOG)).toBeVisible();
    expect(stored()).toEqual(before);

    await gallery.button('Grid').click();
    await gallery.card(PICTURE).click();
    await keyboard.press('F2');
    await expect(content.getByRole('dialog', { name: /^Rename / })).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await keyboard.type('screen');
    await keyboard.press('Enter');
    await expect(gallery.card('screen.png')).toBeVisible();
    await gallery.card('screen.png').click();
    await keyboard.press('Space');
    await expect(preview).toHaveAccessibleName('Preview of screen.png');
    await keyboard.press('F2');
    await keyboard.type('screenshot');
    await keyboard.press('Enter');
    await expect(preview).toHaveAccessibleName('Preview of screenshot.png');
    await poll(() =>
      stored()
        .map(({ name }) => name)
        .includes('screenshot.png'),
    ).toBe(true);

    emulator.store.readOnlyIds.add(CROWDED);
    await gallery.open(CROWDED);
    await gallery.card('screenshot.png').click();
    await keyboard.press('F2');
    await expect(field).toHaveCount(0);
  },
);

story(
  'A server that ignores or refuses a new name gets the file again in one revision @services-only',
  async ({ gallery }) => {
    const { page, emulator } = gallery;
    for (const [nameChange, name, newName] of [
      ['ignored', LOG, 'first.log'],
      ['refused', PICTURE, 'second.png'],
    ] as const) {
      emulator.store.assumptions.nameChange = nameChange;
      await gallery.open(CROWDED);
      const { rev } = emulator.store.workItem(CROWDED);
      await gallery.row(name).click();
      await page.keyboard.press('F2');
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.type(newName);
      await page.keyboard.press('Enter');
      await expect(gallery.row(newName)).toBeVisible();
      expect(emulator.store.workItem(CROWDED).rev).toBe(rev + 1);
      expect(attachmentsOf(emulator, CROWDED)).toHaveLength(37);
    }
  },
);

story(
  'The preview opens and closes by Space and has the commands of its file @services-only',
  async ({ gallery }) => {
    await allow(gallery.page, 'fullscreen');
    await gallery.open(CROWDED);
    const { content, page, preview, emulator } = gallery;
    const { keyboard } = page;
    const button = (name: string) => preview.getByRole('button', { name, exact: true });
    await gallery.search.fill('2026-03-14');
    await gallery.button('Name').click();
    await gallery.row(PICTURE).focus();
    await keyboard.press('Space');
    await expect(preview.getByRole('region', { name: `Image in ${PICTURE}` })).toBeFocused();
    expect(await gallery.selected()).toEqual([]);
    await keyboard.press('ArrowRight');
    await expect(preview).toHaveAccessibleName(`Preview of ${LOG}`);
    await expect(preview.getByText('info exported batch').first()).toBeVisible();
    await expect(preview.locator('.viewer-body :focus')).toHaveCount(1);
    await keyboard.press('ArrowLeft');
    await expect(preview.getByRole('region', { name: `Image in ${PICTURE}` })).toBeFocused();
    await keyboard.press('Space');
    await expect(preview).toHaveCount(0);
    await expect(gallery.row(PICTURE)).toBeFocused();
    await keyboard.press('ControlOrMeta+Space');
    expect(await gallery.selected()).toEqual([]);

    await keyboard.press('Space');
    await button('Copy link').click();
    await expect(preview.getByRole('status').filter({ hasText: 'Copied the link.' })).toBeVisible();
    const [tab, request] = await Promise.all([
      page.waitForEvent('popup'),
      page.waitForRequest(/_apis\/wit\/attachments\/.*fileName=/),
      button('Open in a new tab').click(),
    ]);
    const query = new URL(request.url()).searchParams;
    expect([query.get('fileName'), query.has('download')]).toEqual([PICTURE, false]);
    await tab.close();

    await button('Full screen').click();
    await expect(button('Exit full screen')).toBeVisible();
    await button(`More actions for ${PICTURE}`).click();
    await expect(content.getByRole('menuitem', { name: 'Copy name' })).toBeVisible();
    // The menu closes, the preview stays.
    await keyboard.press('Escape');
    await expect(content.getByRole('menu')).toHaveCount(0);
    await button('Exit full screen').click();
    await expect(button('Full screen')).toBeVisible();
    expect(await violations(page)).toEqual([]);

    await page.setViewportSize({ width: 340, height: 900 });
    await expect(button('Copy link')).toBeHidden();
    await button(`More actions for ${PICTURE}`).click();
    await expect(content.getByRole('menuitem', { name: 'Rename' })).toBeVisible();
    await keyboard.press('Escape');
    await page.setViewportSize({ width: 1280, height: 900 });
    await button(`Remove ${PICTURE}`).click();
    await expect(preview).toHaveCount(0);
    await gallery.button('Undo').click();
    await expect(gallery.row(PICTURE)).toBeVisible();
    expect(attachmentsOf(emulator, CROWDED)).toHaveLength(37);
  },
);

story('The preview has no full screen where the frame is not allowed @services-only', async ({ gallery }) => {
  await gallery.open(CROWDED);
  await gallery.row(PICTURE).dblclick();
  await expect(gallery.preview.getByRole('button', { name: /^Download/ })).toBeVisible();
  await expect(gallery.preview.getByRole('button', { name: 'Full screen' })).toHaveCount(0);
});

story(
  'An image is copied as PNG and HTML where the frame may write it @services-only',
  async ({ gallery }) => {
    const { page, content } = gallery;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await allow(page, 'clipboard-write; clipboard-read');
    await gallery.open(CROWDED);
    await gallery.button(`More actions for ${PICTURE}`).click();
    await content.getByRole('menuitem', { name: 'Copy image' }).click();
    await expect(content.getByRole('status').filter({ hasText: 'Copied the image.' })).toBeVisible();
    const copied = await content.locator('html').evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      const png = await createImageBitmap(await item!.getType('image/png'));
      return { size: [png.width, png.height], html: await (await item!.getType('text/html')).text() };
    });
    expect(copied.size).toEqual([320, 180]);
    expect(copied.html).toContain('alt="dashboard-2026-03-14.png"');
  },
);

story('An image is copied as HTML elsewhere, and an SVG file not at all', async ({ gallery }) => {
  const { page, content, emulator } = gallery;
  emulator.store.attach(CROWDED, [{ name: 'drawing.svg', content: Buffer.from('<svg/>') }]);
  await gallery.open(CROWDED);
  await gallery.button(`More actions for ${PICTURE}`).click();
  await content.getByRole('menuitem', { name: 'Copy image' }).click();
  await expect(content.getByRole('status').filter({ hasText: 'Copied the image as HTML.' })).toBeVisible();
  const html = content.locator('html');
  await html.evaluate(({ dataset }) =>
    document.addEventListener('paste', ({ clipboardData }) => {
      dataset['pasted'] = clipboardData?.getData('text/html') ?? '';
    }),
  );
  await gallery.search.press('ControlOrMeta+v');
  await expect(html).toHaveAttribute(
    'data-pasted',
    /<img src="[^"]*\?fileName=dashboard-2026-03-14\.png" alt="dashboard-2026-03-14\.png"/,
  );
  await gallery.search.fill('');

  await gallery.button('More actions for drawing.svg').click();
  const item = content.getByRole('menuitem', { name: 'Copy image Not available for SVG' });
  await expect(item).toBeDisabled();
  expect(await violations(page)).toEqual([]);
});

story('Files are copied and pasted between work items by the keyboard', async ({ gallery }) => {
  await gallery.open(CROWDED);
  const { content, page, emulator } = gallery;
  const { keyboard } = page;
  const names = (id: number): string[] => attachmentsOf(emulator, id).map(({ name }) => name);
  await gallery.row(LOG).click();
  await gallery.row(PICTURE).click({ modifiers: ['ControlOrMeta'] });
  await keyboard.press('ControlOrMeta+c');
  await expect(content.getByText('Copied 2 files. Paste them on another work item.')).toBeVisible();
  await gallery.search.press('ControlOrMeta+v');
  await expect(gallery.search).toHaveValue(new RegExp(LOG));

  await gallery.open(EMPTY);
  await content.getByRole('main').click({ position: { x: 5, y: 5 } });
  await keyboard.press('ControlOrMeta+v');
  await expect(content.getByText('Copied 2 files to Bug 7.')).toBeVisible();
  await gallery.expectCount(/^2 files, /);
  expect(names(EMPTY).sort()).toEqual([PICTURE, LOG]);
  expect(names(CROWDED)).toHaveLength(37);
  expect(await violations(page)).toEqual([]);
  await gallery.row(LOG).click();
  await keyboard.press('ControlOrMeta+v');
  await expect(content.getByText('2 files are already attached to Bug 7.')).toBeVisible();

  emulator.store.readOnlyIds.add(9);
  await gallery.open(9);
  await content.getByRole('main').click({ position: { x: 5, y: 5 } });
  await keyboard.press('ControlOrMeta+v');
  await expect(content.getByRole('alert')).toContainText("You don't have permission to edit this work item");
  expect(names(9)).toEqual([]);
});

story(
  'A file is dragged to a related work item, and its bytes to the desktop @services-only',
  async ({ gallery }) => {
    const { page, content, emulator } = gallery;
    const text = Buffer.from('One.');
    emulator.store.attach(EMPTY, [
      { name: 'own.txt', content: text },
      { name: 'other.txt', content: text },
    ]);
    emulator.store.attach(12, [{ name: 'of the parent.txt', content: text }]);
    const names = (id: number): string[] => attachmentsOf(emulator, id).map(({ name }) => name);
    await gallery.open(EMPTY);
    await gallery.button('Related items').click();
    await gallery.expectCount('3 files');
    await content.locator('html').evaluate((html) =>
      document.addEventListener('dragstart', ({ dataTransfer }) => {
        html.dataset['dragged'] = dataTransfer?.getData('DownloadURL') ?? '';
      }),
    );
    const row = gallery.row('own.txt').locator('.gallery-thumbnail');
    const target = gallery.row('of the parent.txt');
    const bytes = page.waitForResponse(/_apis\/wit\/attachments\//);
    await row.hover();
    await page.mouse.down();
    await (await bytes).finished();
    await target.hover();
    await expect(content.locator('.gallery-drop-target')).toHaveCount(1);
    await target.hover({ position: { x: 60, y: 10 } });
    await page.mouse.up();
    await expect(content.getByText(/^Copied .*own\.txt.* to User Story 12\.$/)).toBeVisible();
    expect([names(EMPTY), names(12)]).toEqual([
      ['own.txt', 'other.txt'],
      ['of the parent.txt', 'own.txt'],
    ]);
    expect(await content.locator('html').getAttribute('data-dragged')).toMatch(
      /^application\/octet-stream:own\.txt:blob:/,
    );

    await gallery.row('other.txt').locator('.gallery-thumbnail').hover();
    await page.mouse.down();
    await target.hover();
    await page.keyboard.down('Shift');
    await target.hover({ position: { x: 60, y: 10 } });
    await page.mouse.up();
    await page.keyboard.up('Shift');
    await expect(content.getByText(/^Moved .*other\.txt.* to User Story 12\.$/)).toBeVisible();
    expect([names(EMPTY), names(12)]).toEqual([['own.txt'], ['of the parent.txt', 'own.txt', 'other.txt']]);
  },
);
