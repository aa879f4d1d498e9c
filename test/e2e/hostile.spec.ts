import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { strFromU8, unzipSync } from 'fflate';
import { makeVisible, showReordering } from '../../src/base/visible-text';
import { attachmentName } from '../../src/upload/intake/attachment-name';
import { ApiError, jamal, linkTo, linkTypeNamed, type Emulator } from 'azure-devops-emulator';
import { story as bulkStory } from './bulk-story';
import { attachmentsOf, pickable } from './files';
import { expect, poll, test } from './fixtures';
import { story as galleryStory } from './gallery-story';
import { heal } from './journal-fixtures';
import { untilJournal } from './journal-rows';
import { interruptedLine } from './journal-steps';
import {
  BOLD,
  IMAGE,
  MESSAGE,
  NAMES,
  REFUSAL,
  REFUSAL_IN_ROW,
  REFUSAL_SHOWN,
  SCRIPT,
  TOKEN,
  watchHostility,
} from './hostile';

/** External text is shown as text everywhere: it never becomes markup, a message or a formula. */

const FILES = NAMES.map((name) => ({ name, bytes: Buffer.from(`What is in it: ${SCRIPT}`) }));

/** Refuses the next request of that operation with hostile text. */
function refuse(
  emulator: Emulator,
  operation: 'simple' | 'link' | 'batch',
  typeKey = 'VssServiceException',
): void {
  emulator.interfere(operation, () => {
    throw new ApiError(400, typeKey, REFUSAL);
  });
}

const ITEM = 901;
const RELATED = 902;
const TITLE = `${IMAGE} ${MESSAGE}`;
const AUTHOR = `${SCRIPT} Jamal`;
const COMMENT = `=1+1 ${IMAGE} ${MESSAGE}`;

/** Creates two related work items with hostile text in all fields; one has a file for each name. */
function createHostileItems({ store }: Emulator): void {
  const author = { by: { ...jamal, displayName: AUTHOR }, date: '2026-03-14T02:30:00.000Z' };
  const fields = { 'System.Title': TITLE, 'System.State': BOLD };
  store.create({ id: RELATED, type: BOLD, fields }, author);
  store.attach(RELATED, [{ name: SCRIPT, content: Buffer.from('x') }], author);
  store.create({ id: ITEM, type: 'Bug', fields }, author);
  const item = store.attach(
    ITEM,
    FILES.map(({ name, bytes }) => ({ name, content: bytes })),
    author,
  );
  const files = item.relations.map((relation) => ({
    ...relation,
    attributes: { ...relation.attributes, comment: COMMENT },
  }));
  store.save(
    { ...item, relations: [linkTo(RELATED, linkTypeNamed('System.LinkTypes.Related')!), ...files] },
    author,
  );
}

test('The form escapes hostile text @services-only', async ({ board, emulator, context }) => {
  const { page, stapler } = board;
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const expectHarmless = watchHostility(page, emulator);
  const shownNames = () => stapler.locator('.file-name').allTextContents();

  await test.step('names of attached files', async () => {
    await board.pick(FILES.map(pickable));
    await expectHarmless();
    await expect(board.finished(`${NAMES.length} files attached`)).toBeVisible();
    await board.fold.click();
    await poll(async () => (await shownNames()).sort()).toEqual(
      NAMES.map((name) => makeVisible(attachmentName(name))).sort(),
    );
    await expectHarmless();
    await board.fold.click();
    await expect(board.latest).toBeVisible();
    await expectHarmless();
    expect(attachmentsOf(emulator, 7).map(({ name }) => name)).toEqual(NAMES.map(attachmentName));
  });

  await test.step('refusal, its details and their copy', async () => {
    refuse(emulator, 'simple');
    await board.pick(pickable({ name: `${BOLD} failed.txt`.replace('/', ''), bytes: Buffer.from('x') }));
    const row = board.row('failed.txt');
    await expect(row).toContainText(`Message: ${REFUSAL_IN_ROW}`);
    await row.getByRole('button', { name: /^Details of / }).click();
    await expect(row.getByRole('definition').filter({ hasText: REFUSAL_SHOWN })).toBeVisible();
    await row.getByRole('button', { name: 'Copy details' }).click();
    await expect(row.getByRole('button', { name: 'Copied' })).toBeVisible();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain(REFUSAL_SHOWN);
    expect(copied).not.toContain(TOKEN);
    await expectHarmless();
    refuse(emulator, 'link', 'RuleValidationException');
    await row.getByRole('button', { name: /^Retry / }).click();
    await expect(row).toContainText(`The work item has invalid fields. ${REFUSAL_IN_ROW}`);
    await expectHarmless();
  });

  await test.step('form with a refused save', async () => {
    await page.getByRole('textbox', { name: 'Description' }).fill('Not saved');
    await board.pick(pickable({ name: 'waits.txt', bytes: Buffer.from('x') }));
    await expect(board.saveQuestion.getByText('Save the work item to attach 1 file.')).toBeVisible();
    refuse(emulator, 'link');
    await stapler.getByRole('button', { name: 'Save and attach' }).click();
    await expect(stapler.getByRole('alert').filter({ hasText: "Couldn't save." })).toContainText(
      REFUSAL_SHOWN,
    );
    await expectHarmless();
    await stapler.getByRole('button', { name: 'Attach without saving' }).click();
    await expect(board.finished(`${NAMES.length + 1} files attached`)).toBeVisible();
  });

  await test.step('interrupted uploads of this and another item', async () => {
    emulator.setNetwork({ faults: [{ name: 'stalled', remaining: null, at: 'simple' }] });
    await board.open(9);
    await board.pick(pickable(FILES[0]!));
    await untilJournal(board, ({ uploads }) =>
      uploads.some(({ name, isFileKept }) => name === NAMES[0] && isFileKept),
    );
    await board.open(9);
    heal(emulator);
    await interruptedLine(board).getByRole('button', { name: 'Not now' }).click();
    await expect(interruptedLine(board)).toContainText(NAMES[0]);
    await expectHarmless();
    await board.goTo('User Story 12');
    await board.ready();
    await expect(stapler.getByText(`interrupted: “\u2068${NAMES[0]}\u2069”. Open`)).toBeVisible();
    await expectHarmless();
  });

  await test.step('file name in a message of the host', async () => {
    await board.open(9);
    emulator.setNetwork({ bytesPerSecond: 50_000 });
    await interruptedLine(board)
      .getByRole('button', { name: 'Discard', exact: true })
      .or(interruptedLine(board).getByRole('button', { name: 'Not now' }))
      .first()
      .click();
    await board.pick(pickable({ name: NAMES[2], bytes: Buffer.alloc(300_000) }));
    await expect(board.row(NAMES[2]).getByRole('progressbar')).toBeVisible();
    await board.goTo('User Story 12');
    await board.ready();
    heal(emulator);
    await expect(page.getByText(`“\u2068${NAMES[2]}\u2069” was attached to Bug 9.`)).toBeVisible();
    await expectHarmless();
  });
});

galleryStory('The gallery escapes hostile text @services-only', async ({ gallery, emulator, context }) => {
  const { page, content, preview } = gallery;
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const expectHarmless = watchHostility(page, emulator);
  createHostileItems(emulator);
  await gallery.open(ITEM);
  await gallery.expectCount(`${NAMES.length} files`);
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  const choose = async (name: string, item: string): Promise<void> => {
    await gallery.row(name).click({ button: 'right' });
    await content.getByRole('menuitem', { name: item, exact: true }).click();
  };

  await galleryStory.step('list with authors and comments', async () => {
    await gallery.button('Name').click();
    expect((await gallery.names()).sort()).toEqual(NAMES.map((name) => makeVisible(name)).sort());
    const row = gallery.row(NAMES[0]);
    await expect(row.getByText(AUTHOR, { exact: true }).first()).toBeAttached();
    await expect(row.getByText(COMMENT, { exact: true }).first()).toBeAttached();
    await gallery.button('Related items').click();
    await expect(gallery.list.getByRole('rowheader', { name: `${BOLD} ${RELATED} ${TITLE}` })).toBeVisible();
    await expectHarmless();
    await gallery.button('Related items').click();
    await gallery.button('Grid').click();
    await expect(gallery.card(NAMES[0])).toBeVisible();
    await expectHarmless();
    await gallery.button('List').click();
  });

  await galleryStory.step('previews', async () => {
    const [first = ''] = await gallery.names();
    await gallery.row(first).dblclick();
    for (const [index] of NAMES.entries()) {
      await expect(preview.getByText(`${index + 1} of ${NAMES.length}`)).toBeVisible();
      await expect(preview.getByTitle(COMMENT, { exact: true })).toHaveText(COMMENT);
      await expectHarmless();
      if (index < NAMES.length - 1) await preview.getByRole('button', { name: 'Next file' }).click();
    }
    await page.keyboard.press('Escape');
  });

  await galleryStory.step('copied text', async () => {
    await choose(NAMES[8], 'Copy name');
    await poll(clipboard).toBe(NAMES[8]);
    await choose(NAMES[8], 'Copy Markdown link');
    await poll(clipboard).toMatch(
      /^\[\\\[x\\\]\\\(javascript:hacked=1\\\) \\`\\<b\\>\\`\.txt\]\(http:[^ ()<>]*\)$/,
    );
    await choose(NAMES[0], 'Copy link');
    await poll(clipboard).toMatch(/^http:\/\/[^ ()<>"]*$/);
    await expectHarmless();
  });

  await galleryStory.step('dialogs', async () => {
    await choose(NAMES[0], 'Edit comment…');
    await expect(content.getByRole('textbox', { name: 'Comment', exact: true })).toHaveValue(COMMENT);
    refuse(emulator, 'link', 'RuleValidationException');
    await content.getByRole('textbox', { name: 'Comment', exact: true }).fill(SCRIPT);
    await page.keyboard.press('Enter');
    await expect(content.getByRole('alert')).toContainText(REFUSAL_SHOWN);
    await expectHarmless();
    await page.keyboard.press('Escape');

    await choose(NAMES[0], 'Copy to another work item…');
    await content.getByRole('combobox', { name: 'Work item' }).fill(String(RELATED));
    const options = content.getByRole('listbox', { name: 'Work items' }).getByRole('option');
    await expect(options).toHaveText([`${BOLD} ${RELATED}${TITLE}${BOLD}`]);
    await expectHarmless();
    await options.dblclick();
    await expect(content.getByText(`Copied “\u2068${NAMES[0]}\u2069” to ${BOLD} ${RELATED}.`)).toBeVisible();
    await expectHarmless();

    await gallery.row(NAMES[0]).click();
    await gallery.row(NAMES[1]).click({ modifiers: ['ControlOrMeta'] });
    await gallery.button('More actions for 2 files').click();
    await content.getByRole('menuitem', { name: 'Compare' }).click();
    await expect(content.getByRole('dialog')).toContainText(NAMES[1]);
    await expectHarmless();
    await page.keyboard.press('Escape');

    await gallery.button(`Remove ${showReordering(NAMES[4])}`).click();
    await gallery.button('Recently removed (1)').click();
    await expect(gallery.button(`Restore ${showReordering(NAMES[4])}`)).toBeVisible();
    await expectHarmless();
    await gallery.button(`Restore ${showReordering(NAMES[4])}`).click();
    await gallery.expectCount(`${NAMES.length} files`);
  });

  await galleryStory.step('zip and its table', async () => {
    const saved = page.waitForEvent('download');
    await gallery.button('Clear selection').click();
    await gallery.button('Download all (zip)').click();
    const paths: string[] = [];
    // The result of `unzipSync` lacks paths like `__proto__`.
    const filter = ({ name }: { name: string }) => name === 'manifest.csv' || (paths.push(name), false);
    const zip = unzipSync(await readFile(await (await saved).path()), { filter });
    expect(paths).toHaveLength(NAMES.length);
    expect(paths.filter((path) => /[<>:"/\\|?*\u0000-\u001f\u202a-\u202e\u2066-\u2069]/.test(path))).toEqual(
      [],
    );
    expectNoFormula(strFromU8(zip['manifest.csv']!));
    await expectHarmless();
  });
});

bulkStory('The panel escapes hostile text @services-only', async ({ panel, emulator }) => {
  const { page, content } = panel;
  const expectHarmless = watchHostility(page, emulator);
  createHostileItems(emulator);
  await panel.open([7, 8]);
  await panel.addItems(`${ITEM}, ${RELATED}`);
  await panel.pick(FILES.map(pickable));

  await bulkStory.step('plan', async () => {
    await expect(panel.itemRow(`${BOLD} ${RELATED}`)).toContainText(TITLE);
    await content.getByRole('textbox', { name: 'Add work items' }).fill(`${BOLD} 4x`);
    await content.getByRole('textbox', { name: 'Add work items' }).press('Enter');
    await expect(content.getByRole('region', { name: 'Work items', exact: true })).toContainText(
      `${BOLD} 4x`,
    );
    await panel.openOptions();
    await content.getByRole('textbox', { name: 'Comment for all files' }).fill(COMMENT);
    await panel.showByFile();
    for (const name of NAMES) await expect(panel.fileRow(makeVisible(name))).toBeAttached();
    await panel.button(`Edit ${NAMES[1]}`).click();
    await expect(content.getByRole('textbox', { name: 'Attach as' })).toHaveValue(NAMES[1]);
    await expectHarmless();
  });

  await bulkStory.step('pattern, and search for work items by title', async () => {
    await panel.chooseMapping('File or folder name');
    await panel.button('Customize…').click();
    await content.getByRole('textbox', { name: 'Pattern' }).fill(`${BOLD} {id}; ${MESSAGE}`);
    await expect(content.getByText("Don't use “/”")).toBeVisible();
    await content.getByRole('textbox', { name: 'Pattern' }).fill(`<b>{id}</b>; ${MESSAGE}`.replace('/', ''));
    await content.getByRole('textbox', { name: 'Test a file name' }).fill(`${IMAGE} 901`);
    await expectHarmless();
    await panel.assignField(NAMES[1]).fill('<img');
    await expect(content.getByRole('option', { name: `${BOLD} ${RELATED} ${TITLE}` })).toBeVisible();
    await expectHarmless();
  });

  await bulkStory.step('list of files', async () => {
    await panel.chooseMapping('CSV list');
    const list = [
      `work item;file;${IMAGE};comment`,
      `7;${NAMES[0].replaceAll('"', '*')};${BOLD};"${COMMENT.replaceAll('"', '""')}"`,
      `${BOLD};a.txt;;`,
      `7;__proto__;constructor;toString`,
    ].join('\n');
    await panel.pickList(pickable({ name: `${BOLD.replace('/', '')}.csv`, bytes: Buffer.from(list) }));
    const alert = content.getByRole('region', { name: 'Match files to work items' }).getByRole('alert');
    await expect(alert).toContainText(`“${BOLD}” isn't a work item ID.`);
    await expect(content.getByText('<b>bold<b>.csv: 2 rows read.')).toBeVisible();
    await expectHarmless();
    await panel.pickList(pickable({ name: NAMES[2], bytes: Buffer.from(`${IMAGE},${MESSAGE}\n1,2\n`) }));
    await expect(alert).toBeVisible();
    await expectHarmless();
  });

  await bulkStory.step('run and report', async () => {
    await content.getByRole('radio', { name: 'All files to all work items' }).check();
    refuse(emulator, 'simple');
    emulator.setNetwork({ bytesPerSecond: 20 });
    await panel.attachButton.click();
    await expect(content.getByRole('list', { name: 'Progress by work item' })).toContainText(TITLE);
    await expectHarmless();
    emulator.setNetwork({ bytesPerSecond: null });
    await panel.expectReport(/attached/);
    await panel
      .button(/^Details of/)
      .first()
      .click();
    await expect(panel.reportRow(REFUSAL_SHOWN).first()).toBeVisible();
    await expectHarmless();
    const saved = page.waitForEvent('download');
    await panel.export('Download report (CSV)');
    const csv = await readFile(await (await saved).path(), 'utf8');
    expectNoFormula(csv);
    expect(csv).not.toContain(TOKEN);
    await expectHarmless();
  });
});

test('A foreign page that embeds Stapler gets a handshake and nothing else @services-only', async ({
  page,
  emulator,
}) => {
  const frames = ['form-group', 'gallery-page', 'bulk-panel', 'bulk-action', 'observer'];
  const sources = frames.map((name) => `<iframe src="${emulator.assetsBaseUrl}dist/${name}.html"></iframe>`);
  const foreignServer = createServer((_, answer) => {
    answer.setHeader('Content-Type', 'text/html');
    answer.end(
      `<script>said = []; onmessage = ({ data }) => said.push(typeof data === 'string' ? JSON.parse(data) : data)</script>${sources.join('')}`,
    );
  }).listen(0, '127.0.0.1');
  await once(foreignServer, 'listening');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(`http://localhost:${(foreignServer.address() as AddressInfo).port}/`, {
    waitUntil: 'networkidle',
  });

  const said = await page.evaluate(() => (globalThis as unknown as { said: Record<string, unknown>[] }).said);
  const [hellos, greetings] = [false, true].map((isCall) =>
    said.filter((one) => 'methodName' in one === isCall),
  );
  expect(greetings?.map(({ methodName, params }) => [methodName, params])).toEqual(
    frames.map(() => ['initialHandshake', [{ loaded: false, sdkVersion: 4.2 }]]),
  );
  expect(hellos).toEqual([{ stapler: 1, role: 'group' }]);
  expect(asked.filter((url) => url.startsWith(emulator.restBaseUrl))).toEqual([]);
  for (const frame of page.frames().slice(1)) {
    // The frames show no controls either.
    await expect(frame.locator('button, input, a, [role], [tabindex]').filter({ visible: true })).toHaveCount(
      0,
    );
  }
  foreignServer.close();
});

/** Spreadsheets treat each of these characters as the start of a cell. */
function expectNoFormula(csv: string): void {
  expect(csv).toContain('1+1');
  expect(csv.match(/(?:^|[,;\t\r\n"])[=+@-].*/g)).toBe(null);
}
