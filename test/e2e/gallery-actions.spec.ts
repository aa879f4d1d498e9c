import { violations } from './axe';
import { attachmentsOf, makeFile, pickable } from './files';
import { expect, poll } from './fixtures';
import { story } from './gallery-story';

const CROWDED = 30;

story(
  'The menu of a file opens by its button, by a right click and by the keyboard @services-only',
  async ({ gallery }) => {
    await gallery.open(CROWDED);
    const { content, page } = gallery;
    const { keyboard } = page;
    const name = 'dashboard-2026-03-14.png';
    const menu = content.getByRole('menu', { name: /^More actions for .*dashboard-2026-03-14\.png/ });
    const item = (text: string) => menu.getByRole('menuitem', { name: text, exact: true });
    const paste = async (): Promise<string> => {
      await gallery.search.fill('');
      await gallery.search.press('ControlOrMeta+v');
      const pasted = await gallery.search.inputValue();
      await gallery.search.fill('');
      return pasted;
    };

    await gallery.row(name).click({ button: 'right' });
    await expect(item('Preview')).toBeFocused();
    await keyboard.press('ArrowUp');
    await expect(item('Remove')).toBeFocused();
    await keyboard.press('ArrowDown');
    await keyboard.press('c');
    await keyboard.press('c');
    await keyboard.press('c');
    await expect(item('Copy link')).toBeFocused();
    await keyboard.press('c');
    await expect(item('Copy Markdown image')).toBeFocused();
    await keyboard.press('Escape');
    await expect(menu).toHaveCount(0);
    await expect(gallery.row(name)).toBeFocused();

    await keyboard.press('Shift+F10');
    expect(await violations(page)).toEqual([]);
    await item('Copy Markdown image').click();
    await expect(content.getByRole('status').filter({ hasText: 'Copied the Markdown image.' })).toBeVisible();
    expect(await paste()).toMatch(
      /^!\[dashboard-2026-03-14\.png\]\(http:\/\/[^ ()]*\/_apis\/wit\/attachments\/[0-9a-f-]{36}\?fileName=dashboard-2026-03-14\.png\)$/,
    );

    await gallery.button('Grid').click();
    await gallery.card(name).click();
    await gallery.button(`More actions for ${name}`).click();
    await item('Copy link').click();
    await expect(gallery.button(`More actions for ${name}`)).toBeFocused();
    expect(await paste()).toMatch(/\?fileName=dashboard-2026-03-14\.png&download=true$/);
  },
);

story('A comment can be edited, and a failure keeps the typed text @services-only', async ({ gallery }) => {
  await gallery.open(CROWDED);
  const { content, page, emulator } = gallery;
  const name = 'export-2026-03-14.log';
  const field = content.getByRole('textbox', { name: 'Comment', exact: true });
  await gallery.button(`More actions for ${name}`).click();
  await content.getByRole('menuitem', { name: 'Edit comment…' }).click();
  await expect(field).toHaveValue('Run of 2026-03-14');
  await field.fill('x'.repeat(256));
  await expect(content.getByText('256 of 255 characters')).toBeVisible();
  await expect(gallery.button('Save')).toBeDisabled();
  expect(await violations(page)).toEqual([]);
  await field.fill('The one that failed');
  emulator.setNetwork({ faults: [{ name: 'status-500', remaining: 1, at: 'link' }] });
  await page.keyboard.press('Enter');
  await expect(content.getByRole('alert')).toContainText('Azure DevOps');
  await expect(field).toHaveValue('The one that failed');
  await page.keyboard.press('Enter');
  await expect(gallery.row(name)).toContainText('The one that failed');
  await expect(gallery.button(`More actions for ${name}`)).toBeFocused();
  await poll(() => attachmentsOf(emulator, CROWDED).find((file) => file.name === name)?.comment).toBe(
    'The one that failed',
  );

  emulator.store.readOnlyIds.add(CROWDED);
  await gallery.open(CROWDED);
  await gallery.button(`More actions for ${name}`).click();
  await expect(content.getByRole('menuitem')).toHaveText([
    ...['Preview', 'Download', 'Copy name', 'Copy link', 'Copy Markdown link'],
    'Copy to another work item…',
  ]);
  await content.getByRole('menuitem', { name: 'Copy to another work item…' }).click();
  await content.getByRole('combobox', { name: 'Work item' }).fill('9');
  await content.getByRole('button', { name: 'Copy', exact: true }).click();
  await poll(() => attachmentsOf(emulator, 9).map((file) => file.name)).toEqual([name]);
});

story('A file replaces another in a full item, and the old one can be restored', async ({ gallery }) => {
  const FULL = 32;
  await gallery.open(FULL);
  await gallery.expectCount('100 files');
  const { content, page, emulator } = gallery;
  const bytes = makeFile('better receipt.png', 300_000);
  const pick = async (): Promise<void> => {
    const chooser = page.waitForEvent('filechooser');
    await gallery.button('More actions for file-050.txt').click();
    await content.getByRole('menuitem', { name: 'Replace…' }).click();
    await (await chooser).setFiles(pickable(bytes));
  };
  emulator.setNetwork({ faults: [{ name: 'stalled', remaining: 1, at: 'simple' }] });
  await pick();
  await expect(content.getByRole('progressbar', { name: 'Replacing file-050.txt' })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await gallery.button('Cancel replacing file-050.txt').click();
  await expect(content.getByRole('progressbar')).toHaveCount(0);
  expect(attachmentsOf(emulator, FULL).map(({ name }) => name)).toContain('file-050.txt');

  // The answer to the patch is lost; the change is not repeated.
  emulator.setNetwork({ faults: [{ name: 'answer-lost', remaining: 1, at: 'link' }] });
  await pick();
  await expect(gallery.row('better receipt.png')).toBeVisible();
  const names = attachmentsOf(emulator, FULL).map(({ name }) => name);
  expect([names.length, names.includes('file-050.txt')]).toEqual([100, false]);
  await gallery.button('Recently removed (1)').click();
  await gallery.button('Restore file-050.txt').click();
  await expect(content.getByRole('alert')).toContainText(
    /file-050\.txt.* can't be attached because Bug 32 is full\./,
  );
});

story(
  'A file whose predecessor was removed meanwhile can be attached anyway @services-only',
  async ({ gallery }) => {
    await gallery.open(CROWDED);
    const { content, page, emulator } = gallery;
    const name = 'export-2026-03-14.log';
    const chooser = page.waitForEvent('filechooser');
    await gallery.button(`More actions for ${name}`).click();
    await content.getByRole('menuitem', { name: 'Replace…' }).click();
    const item = emulator.store.workItem(CROWDED);
    const relations = item.relations.filter(({ attributes }) => attributes['name'] !== name);
    emulator.store.save({ ...item, relations });
    await (await chooser).setFiles(pickable(makeFile('better.log', 3_000)));
    await expect(content.getByRole('alert')).toContainText('was removed from Bug 30 before');
    await gallery.expectCount('36 files');
    expect(await violations(page)).toEqual([]);
    // Another user has removed it.
    await expect(gallery.button(/^Recently removed/)).toHaveCount(0);
    await gallery.button('Attach anyway').click();
    await expect(gallery.row('better.log')).toBeVisible();
    await expect(gallery.button('Attach anyway')).toHaveCount(0);
    const [attached] = attachmentsOf(emulator, CROWDED).filter((file) => file.name === 'better.log');
    expect(attached?.comment).toBe('Run of 2026-03-14');
  },
);

story('Files are copied and moved to another work item and back', async ({ gallery }) => {
  await gallery.open(CROWDED);
  const { content, page, emulator } = gallery;
  const { keyboard } = page;
  const field = content.getByRole('combobox', { name: 'Work item' });
  const options = content.getByRole('listbox', { name: 'Work items' }).getByRole('option');
  const names = (id: number): string[] => attachmentsOf(emulator, id).map(({ name }) => name);
  const choose = async (name: string, action: 'Copy' | 'Move'): Promise<void> => {
    await gallery.button(`More actions for ${name}`).click();
    await content.getByRole('menuitem', { name: `${action} to another work item…` }).click();
  };

  await choose('export-2026-03-14.log', 'Copy');
  await field.fill('receipts');
  await expect(options).toHaveText([/^Bug 31/, /^Bug 32/]);
  await field.fill('30');
  await expect(content.getByText('Already attached to that work item.')).toBeVisible();
  await field.fill("no one's title");
  await expect(content.getByText('No matching work items')).toBeVisible();
  await field.fill('LETTER box');
  await expect(options).toHaveText([/^Bug 9Search box hides its last letter/]);
  expect(await violations(page)).toEqual([]);
  await keyboard.press('Enter');
  await expect(content.getByText(/Copied .*export-2026-03-14\.log.* to Bug 9\./)).toBeVisible();
  expect([names(9), names(CROWDED).length]).toEqual([['export-2026-03-14.log'], 37]);
  const [copy] = attachmentsOf(emulator, 9);
  expect(copy).toEqual(attachmentsOf(emulator, CROWDED).find(({ name }) => name === copy?.name));
  await expect(gallery.button('More actions for export-2026-03-14.log')).toBeFocused();
  expect(await violations(page)).toEqual([]);

  await gallery.row('rows-2026-03-14.csv').click();
  await keyboard.press('Shift+ArrowDown');
  await choose('2 files', 'Move');
  await field.fill('#9');
  await content.getByRole('button', { name: 'Move', exact: true }).click();
  await gallery.expectCount('35 files');
  expect(names(9)).toHaveLength(3);
  await gallery.button('Undo').click();
  await gallery.expectCount('37 files');
  await poll(() => names(9)).toEqual(['export-2026-03-14.log']);

  // Item 21 is read-only.
  await choose('rows-2026-03-14.csv', 'Move');
  await field.fill('21');
  await expect(options).toHaveText([/^Bug 21/]);
  await options.dblclick();
  await expect(content.getByRole('alert')).toContainText('rows-2026-03-14.csv');
  expect([names(21), names(CROWDED).length]).toEqual([[], 37]);
});

story('Two texts and two pictures are compared, and other files show a message', async ({ gallery }) => {
  await gallery.open(CROWDED);
  const { content, page } = gallery;
  const dialog = content.getByRole('dialog');
  const compare = async (first: string, second: string): Promise<void> => {
    await gallery.row(first).click();
    await gallery.row(second).click({ modifiers: ['ControlOrMeta'] });
    await gallery.button('More actions for 2 files').click();
    await content.getByRole('menuitem', { name: 'Compare' }).click();
  };
  await compare('settings-2026-03-14.json', 'settings-2026-03-13.json');
  const lines = dialog.getByRole('list', { name: 'Differences' }).getByRole('listitem');
  await expect(lines).toHaveText([
    /\{/,
    /22−Removed: {3}"night": 8|2−Removed: .*"night": 8/,
    /Added: .*"night": 9/,
    /retries/,
    /\}/,
  ]);
  await expect(dialog).toContainText('1 line removed, 1 line added.');
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(gallery.button('More actions for 2 files')).toBeFocused();

  await compare('dashboard-2026-03-14.png', 'dashboard-2026-03-13.png');
  await expect(dialog.getByRole('img')).toHaveCount(2);
  await dialog.getByRole('button', { name: 'Slider' }).click();
  const slider = dialog.getByRole('slider');
  await slider.press('ArrowRight');
  await expect(slider).toHaveValue('51');
  // The handle follows a click on the picture.
  const { width, height } = (await slider.boundingBox())!;
  await slider.click({ position: { x: Math.round(width / 4), y: Math.round(height / 3) } });
  await expect(slider).toHaveValue('25');
  for (const name of ['dashboard-2026-03-13.png', 'dashboard-2026-03-14.png'])
    await expect(dialog.locator('.compare-caption').filter({ hasText: name })).toBeVisible();
  await dialog.getByRole('button', { name: 'Difference' }).click();
  await expect(dialog.locator('.compare-caption')).toHaveText([/03-13\.png/, /03-14\.png/]);
  await expect(dialog).toContainText('% of pixels differ');
  expect(await violations(page)).toEqual([]);
  await gallery.button('Close').click();

  await compare('dashboard-2026-03-14.png', 'rows-2026-03-14.csv');
  await expect(dialog).toContainText('Only two images or two texts can be compared.');
});
