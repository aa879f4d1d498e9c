import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Emulator } from 'azure-devops-emulator';
import { sampleFiles } from '../helpers/sample-files';
import type { FrameLocator, Locator, Page } from '@playwright/test';
import { story } from './bulk-story';
import { story as galleryStory } from './gallery-story';
import { attachmentsOf, makeFile, pickable, writeSparseFile } from './files';
import { expect, poll, test } from './fixtures';
import { isKept, untilJournal } from './journal-rows';
import { cutTexts, pseudo, horizontalOverflow, untranslatedTexts } from './texts';
import type { Data } from './texts';

/** Initial and minimum width of the panel, and suitable windows, in CSS pixels. */
const WIDE = { panel: 640, window: 1280 };
const NARROW = { panel: 340, window: 340 };

const CULTURE = { culture: 'qps-ploc' };

test.use({ actionTimeout: 10_000 });

/** Texts of the server and the files in these stories. */
const TEXTS: Data['texts'] = [
  ...['Bug', 'Task', 'User Story', 'Title', 'Jamal Hartnett', 'Johnnie McLeod'],
  ...['Übersicht #1 (50% done) – 日本.txt', /Run of [\d-]{10}/],
  // A file size beside the date and the author; a narrow column cuts off its end.
  /\[[\d.]+ [KM]?B ~\]/,
  // Keys.
  /^(?:A|F|F10)$/,
  // A field, and details of errors for administrators.
  'Customer',
  /(?:Custom\.Customer: )?TF401320(?:: Rule Error for field Customer\. Error code: Required, InvalidEmpty\.)?/,
  /TF237111(?:: The current user does not have permissions to save work items under the specified area path\.)?/,
  /RuleValidationException|WorkItemUnauthorizedAccessException|rule-broken|no-permission|ActivityId|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/,
  /[\w-]+(?: [\w-]+){0,16}\.(?:txt|png|log|bin|docx|csv|jsonl|json|mp4|zip)/,
];

/** Texts typed in the stories, required column names of a list, and parts of a pattern. */
const TYPED = [
  ...['thirteen', 'receipts', 'seven'],
  ...['work item', 'file', 'attach as', 'comment'],
  '{id}',
  '{type}',
];

/** States of work items. */
const STATES = ['Active', 'New', 'Closed'];

/** Technical terms in previews: encodings, file content and damaged parts. */
const INSIDE = [
  ...[/UTF-8|UTF-16 LE|Windows-1252/, 'not json', 'readme.md', 'passwd', 'evil.dll', 'photo_gnp.exe'],
  ...['_img src=x onerror=alert(1)_.txt', '[Content_Types].xml', 'document.xml'],
  // Words of files: for an outcome, the type of an output, a kernel, names of attachments.
  ...['Timeout', 'image/svg+xml', 'Python 3 (ipykernel)', 'Grüße from inside.eml', 'Chart'],
  // Answers to requests.
  ...[/[1-5]\d\d (?:OK|Found|Internal Server Error)/, 'net::ERR_BLOCKED_BY_CLIENT'],
  // Keys.
  'F2',
  /^[A-Z]$/,
];

function titlesOf({ store }: Emulator, ids: readonly number[]): string[] {
  return ids.map((id) => store.workItem(id).fields['System.Title'] as string);
}

/** Checks the texts of a page at its current width in a step named after the state. */
async function look(what: string, content: FrameLocator, data: Data): Promise<void> {
  await test.step(what, async () => {
    await poll(() => untranslatedTexts(content, data)).toEqual([]);
    await poll(() => cutTexts(content, data)).toEqual([]);
    await poll(() => horizontalOverflow(content)).toBe(0);
  });
}

/** Picks files with the button for a file dialog. */
async function pick(page: Page, button: Locator, files: readonly (string | ReturnType<typeof pickable>)[]) {
  const chooser = page.waitForEvent('filechooser');
  await button.click();
  await (await chooser).setFiles(files as string[]);
}

/** Writes files for slow uploads and returns their paths. */
async function writeLarge(folder: string, names: readonly string[]): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const paths = names.map((name) => join(folder, name));
  await Promise.all(paths.map((path, index) => writeSparseFile(path, 4_000_000 + index)));
  return paths;
}

test('The form translates every text and cuts none off @services-only', async ({
  board,
  emulator,
  page,
}, testInfo) => {
  test.setTimeout(120_000);
  const { stapler } = board;
  const data: Data = { texts: TEXTS };
  const button = (message: string, name?: string): Locator =>
    stapler.getByRole('button', { name: pseudo(message, name === undefined ? {} : { name }) });
  const zone = stapler.locator('.drop-zone');
  const small = (name: string) => pickable(makeFile(name, 2_000));
  const lookNow = (what: string): Promise<void> => look(what, stapler, data);

  await board.open(21, CULTURE);
  await lookNow('read-only');
  await board.open(30, { ...CULTURE, width: '320' });
  await board.fold.click();
  await expect(stapler.getByRole('grid').getByRole('row')).toHaveCount(38);
  await lookNow('attached before');
  await board.open(7, { ...CULTURE, width: '320' });
  await lookNow('idle');

  await pick(page, zone, [small('arrived.png'), small('also arrived.log')]);
  await expect(stapler.locator('.just-attached', { hasText: 'áttáçhéd ~' })).toBeVisible();
  await expect(stapler.locator('.strip-tile')).toHaveCount(2);
  emulator.store.requiredFields.add('Custom.Customer');
  await pick(page, zone, [small('failed too.txt')]);
  await button('Details of {name}').click();
  const names = ['film.mp4', 'archive.zip', 'late.bin', 'later.bin', 'one.log', 'two.log', 'three.log'];
  const paths = await writeLarge(testInfo.outputPath('under way'), names);
  emulator.setNetwork({ bytesPerSecond: 200_000 });
  await pick(page, zone, paths);
  await button('Pause {name}', 'film.mp4').click();
  await button('Cancel {name}', 'late.bin').click();
  await lookNow('under way');
  emulator.store.assumptions.retryAfterReadable = true;
  emulator.setNetwork({ faults: [{ name: 'throttled', remaining: null }] });
  await pick(page, zone, [small('busy.zip')]);
  await lookNow('throttled');
  await page.context().setOffline(true);
  await lookNow('offline');
  await page.context().setOffline(false);

  emulator.setNetwork({ faults: [{ name: 'unanswered', remaining: null, at: 'simple' }] });
  // Uploads without stored content must be picked again and cannot wait for “Resume”.
  await untilJournal(board, (journal) => isKept('stored', journal));
  await board.open(9, CULTURE);
  await lookNow('interrupted elsewhere');
  const search = new URLSearchParams({ item: '7', panel: 'closed', width: '320', ...CULTURE });
  await page.goto(`${emulator.hostUrl}?${search}`);
  // The upload would resume automatically after a moment.
  await button('Not now').click();
  await expect(stapler.getByRole('group', { name: pseudo('Interrupted uploads') })).toBeVisible();
  await lookNow('interrupted');
  await button('Discard').click();

  await page.getByRole('textbox', { name: 'Description' }).fill('Not saved');
  await page.getByRole('textbox', { name: 'Title' }).fill('');
  emulator.setNetwork({ bytesPerSecond: null, faults: [] });
  await pick(page, zone, [small('waits.png')]);
  await button('Save and attach').click();
  await expect(stapler.getByRole('alert')).toContainText('Title');
  await lookNow('unsaved edits');
  await stapler.getByRole('checkbox').check();
  await button('Attach without saving').click();
  await button('More actions').click();
  await expect(stapler.getByRole('menuitemradio', { name: pseudo('Attach without saving') })).toBeChecked();
  await lookNow('menu with the choice beside edits');
});

story(
  'The panel translates every text and cuts none off @services-only',
  async ({ panel, emulator, page }, testInfo) => {
    story.setTimeout(120_000);
    const { content } = panel;
    const ids = [7, 8, 12, 21, 31, 32];
    const titles = titlesOf(emulator, ids);
    const data: Data = {
      texts: [...TEXTS, ...titles, ...STATES, ...TYPED],
    };
    const button = (message: string, values?: Record<string, string>): Locator =>
      content.getByRole('button', { name: pseudo(message, values) });
    const radio = (message: string): Locator => content.getByRole('radio', { name: pseudo(message) });
    const field = (message: string, values?: Record<string, string>): Locator =>
      content.getByRole('textbox', { name: pseudo(message, values) });
    const combobox = (message: string, values?: Record<string, string>): Locator =>
      content.getByRole('combobox', { name: pseudo(message, values) });
    const zone = content.locator('.drop-zone');
    const lookNow = async (what: string, widths = [NARROW, WIDE]): Promise<void> => {
      for (const { panel: width, window } of widths) {
        await page.setViewportSize({ width: window, height: 1000 });
        await poll(async () => (await panel.dialog.boundingBox())?.width).toBe(width);
        await look(`${what}, ${width} px`, content, data);
      }
    };

    await panel.pages.open('Queries', CULTURE);
    for (const id of ids) await panel.pages.row(id).click({ modifiers: ['Control'] });
    await page.getByRole('button', { name: 'Attach files', exact: true }).click();
    await expect(content.getByRole('heading', { level: 2, name: /6/ })).toBeVisible();
    await lookNow('empty plan', [NARROW]);

    await field('Add work items').fill('999, thirteen');
    await field('Add work items').press('Enter');
    const large = await writeLarge(testInfo.outputPath('large'), ['film.mp4', 'minutes.docx', 'later.bin']);
    await pick(page, zone, large);
    await pick(page, zone, [pickable(makeFile('12_a.txt', 200)), pickable(makeFile('99_b.png', 200))]);
    await button('Files for {workItem}', { workItem: 'Bug 31' }).click();
    await lookNow('plan of all for all', [NARROW]);

    await radio('File or folder name').check();
    await button('Customize…').click();
    await field('Test a file name').fill('4711.txt');
    await content.locator('.tabs button').last().click();
    await button('Edit {name}', { name: '12_a.txt' }).click();
    const receipts = combobox('Work item for {name}', { name: 'later.bin' });
    await receipts.fill('receipts');
    await lookNow('plan by name');
    await receipts.press('Escape');

    await radio('CSV list').check();
    const list = 'item,file\n7,film.mp4\nseven,minutes.docx\n,x\n7,film.mp4\n8,nowhere.txt\n';
    await pick(page, button('Choose a CSV file'), [
      { name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(list) },
    ]);
    await expect(button('Choose another CSV file')).toBeVisible();
    await lookNow('plan by list');

    await content.locator('.panel-facts .text-button').nth(-2).click();
    await radio('All files to all work items').check();
    emulator.setNetwork({
      bytesPerSecond: 100_000,
      faults: [{ name: 'status-403', remaining: null, at: 'simple' }],
    });
    await content.locator('.panel-footer .primary').click();
    await button('Pause {name}', { name: 'later.bin' }).click();
    await button('Details of {name}', { name: '12_a.txt' }).click();
    await lookNow('run');

    emulator.interfere('batch', () => emulator.store.readOnlyIds.add(7));
    emulator.setNetwork({ bytesPerSecond: null, faults: [] });
    await button('Resume {name}', { name: 'later.bin' }).click();
    await expect(button('Back to plan')).toBeVisible({ timeout: 30_000 });
    await lookNow('report', [NARROW]);
  },
);

galleryStory(
  'The gallery translates every text and cuts none off @services-only',
  async ({ gallery, emulator, page }) => {
    galleryStory.setTimeout(180_000);
    const { content } = gallery;
    const { keyboard } = page;
    const titles = titlesOf(emulator, [7, 8, 9, 12, 15, 21, 31, 32]);
    const samples = Object.entries(sampleFiles()).map(([name, bytes]) => ({ name, content: bytes }));
    const data: Data = {
      texts: [...TEXTS, ...titles, ...samples.map(({ name }) => name), ...STATES, ...INSIDE],
      parts: [
        ...['.viewer-line-text', '.viewer-cell', '.viewer-markdown', '.viewer-mail-text', '.viewer-page'],
        ...['.viewer-string', '.viewer-key', '.viewer-number', '.viewer-literal', '.compare-text'],
        ...['.viewer-path', '.viewer-headers bdi', '.viewer-select option'],
        ...['.viewer-test bdi', '.viewer-result-text', '.viewer-run-name'],
        ...['.viewer-request bdi', '.viewer-summary bdi', '.viewer-notebook bdi', '.viewer-cell-image'],
      ].join(),
    };
    const button = (message: string, values?: Record<string, string>): Locator =>
      content.getByRole('button', { name: pseudo(message, values) });
    const menuItem = (message: string): Locator => content.getByRole('menuitem', { name: pseudo(message) });
    const file = (name: string): Locator =>
      content.locator('[data-key]').filter({ has: page.getByTitle(name, { exact: true }) });
    const search = content.locator('.gallery-search');
    const lookNow = async (what: string): Promise<void> => {
      await look(what, content, data);
    };
    const lookTwice = async (what: string): Promise<void> => {
      await page.setViewportSize({ width: 1280, height: 1000 });
      await lookNow(`${what}, wide`);
      await page.setViewportSize({ width: 320, height: 1500 });
      await lookNow(`${what}, narrow`);
    };

    await gallery.open(7, CULTURE);
    await lookTwice('nothing attached');
    emulator.store.attach(30, samples);
    await gallery.open(30, CULTURE);
    const count = attachmentsOf(emulator, 30).length;
    await expect(content.getByRole('status').filter({ hasText: String(count) })).toBeVisible();
    await button('Remove {name}', { name: 'tone.wav' }).click();
    await button('Recently removed ({count, number})').click();
    await lookTwice('list and bin');
    const filters = content.getByRole('toolbar', { name: pseudo('Filters and view') });
    await filters.getByRole('button', { name: pseudo('Attached by') }).click();
    await lookNow('filter by person');
    await keyboard.press('Escape');
    await keyboard.press('?');
    await expect(content.getByRole('table').first()).toBeVisible();
    await lookTwice('keyboard shortcuts');
    await keyboard.press('Escape');

    await search.fill('export-2026-03-1');
    await file('export-2026-03-14.log').focus();
    await keyboard.press('ControlOrMeta+Space');
    await keyboard.press('Shift+ArrowDown');
    await lookNow('two selected');
    await keyboard.press('Shift+F10');
    await lookNow('menu of two');
    await menuItem('Compare').click();
    await expect(content.locator('.compare-text').first()).toBeVisible();
    await lookTwice('texts compared');
    await keyboard.press('Escape');

    await search.fill('dashboard-2026-03-1');
    await file('dashboard-2026-03-14.png').focus();
    await keyboard.press('ControlOrMeta+Space');
    await keyboard.press('Shift+ArrowDown');
    await keyboard.press('Shift+F10');
    await menuItem('Compare').click();
    for (const way of ['Side by side', 'Slider', 'Difference']) {
      await button(way).click();
      await lookNow(`pictures compared by ${way}`);
    }
    await keyboard.press('Escape');

    const openMenu = async (message?: string): Promise<void> => {
      await button('More actions for {name}', { name: 'dashboard-2026-03-14.png' }).click();
      if (message) await menuItem(message).click();
    };
    await openMenu();
    await lookNow('menu of one');
    await keyboard.press('Escape');
    await openMenu('Edit comment…');
    await content.getByRole('dialog').getByRole('textbox').fill('x'.repeat(256));
    await lookNow('comment');
    await keyboard.press('Escape');
    await openMenu('Copy to another work item…');
    const target = content.getByRole('combobox', { name: pseudo('Work item') });
    await target.fill("no one's title");
    await expect(
      content.getByText(pseudo("No matching work items, or you don't have permission to view them.")),
    ).toBeVisible();
    await lookNow('no target');
    await target.fill('receipts');
    await expect(content.getByRole('listbox').last().getByRole('option')).toHaveCount(2);
    await lookNow('targets');
    await keyboard.press('Enter');
    await lookNow('copied');

    await search.fill('');
    await button('Clear selection').click();
    await button('Download all (zip)').click();
    await expect(
      content
        .locator('.gallery')
        .getByText(new RegExp(`\\b${count - 1}\\b`))
        .last(),
    ).toBeVisible();
    await lookNow('zip');

    await file('picture.png').focus();
    await keyboard.press('Enter');
    for (const { name } of samples.filter((each) => each.name !== 'tone.wav')) {
      const preview = content.getByRole('dialog', { name: pseudo('Preview of {name}', { name }) });
      await expect(preview.getByRole('progressbar')).toHaveCount(0);
      await expect(preview.locator('.preview-view > *, .preview-words').first()).toBeVisible();
      await lookNow(`preview of ${name}`);
      await button('Next file').click();
    }
    await keyboard.press('Escape');
    await button('Grid').click();
    await lookTwice('cards');
  },
);
