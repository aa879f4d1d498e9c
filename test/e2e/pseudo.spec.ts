import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FrameLocator, Locator, Page } from '@playwright/test';
import { makeFile, pickable, writeSparseFile } from './files';
import { expect, poll, test } from './fixtures';
import { cutTexts, pseudo, sidewaysRoom, unsaidTexts } from './texts';
import type { Data } from './texts';

const CULTURE = { culture: 'qps-ploc' };

test.use({ actionTimeout: 10_000 });

/** What the server and the files of these stories say. */
const TEXTS: Data['texts'] = [
  ...['Bug', 'Task', 'User Story', 'Title', 'Jamal Hartnett', 'Johnnie McLeod'],
  ...['Übersicht #1 (50% done) – 日本.txt', /Run of [\d-]{10}/],
  // A size beside the day and the person, of which a narrow column leaves out the end.
  /\[[\d.]+ [KM]?B ~\]/,
  // What a person passes on to whoever looks after the server.
  /(?:Custom\.Customer: )?TF401320(?:: Rule Error for field Customer\. Error code: Required, InvalidEmpty\.)?/,
  /RuleValidationException|rule-broken|ActivityId|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/,
  /[\w-]+(?: [\w-]+){0,16}\.(?:txt|png|log|bin|docx|csv|json|mp4|zip)/,
];

/** Looks at what a page shows now, as wide as it is, and says of which state it was. */
async function look(what: string, content: FrameLocator, data: Data): Promise<void> {
  await test.step(what, async () => {
    await poll(() => unsaidTexts(content, data)).toEqual([]);
    await poll(() => cutTexts(content, data)).toEqual([]);
    await poll(() => sidewaysRoom(content)).toBe(0);
  });
}

/** Picks files by what opens the file dialog. */
async function pick(page: Page, button: Locator, files: readonly (string | ReturnType<typeof pickable>)[]) {
  const chooser = page.waitForEvent('filechooser');
  await button.click();
  await (await chooser).setFiles(files as string[]);
}

test('the form says everything by way of the languages, and cuts none of it @services-only', async ({
  board,
  standIn,
  page,
}, testInfo) => {
  test.setTimeout(120_000);
  const { stapler } = board;
  const data: Data = { texts: TEXTS };
  const button = (message: string, name?: string): Locator =>
    stapler.getByRole('button', { name: pseudo(message, name === undefined ? {} : { name }) });
  const zone = stapler.locator('.drop-zone');
  const small = (name: string) => pickable(makeFile(name, 2_000));
  const lookNow = async (what: string): Promise<void> => {
    await look(what, stapler, data);
    await board.frame.screenshot({ path: testInfo.outputPath(`${what}.png`) });
  };

  await board.open(21, CULTURE);
  await lookNow('read-only');
  await board.open(30, { ...CULTURE, width: '320' });
  await stapler.locator('.fold-button', { hasText: '100' }).click();
  await expect(stapler.getByRole('grid').getByRole('row')).toHaveCount(38);
  await lookNow('attached before');
  await board.open(7, { ...CULTURE, width: '320' });
  await lookNow('idle');

  await pick(page, zone, [small('arrived.png'), small('also arrived.log')]);
  const finished = stapler.locator('.fold-button', { hasText: 'áttáçhéd ~' });
  await finished.click();
  standIn.store.requiredFields.add('Custom.Customer');
  await pick(page, zone, [small('failed too.txt')]);
  await button('Details of {name}').click();
  const folder = testInfo.outputPath('under way');
  await mkdir(folder, { recursive: true });
  const names = ['film.mp4', 'archive.zip', 'late.bin', 'later.bin', 'one.log', 'two.log', 'three.log'];
  const paths = names.map((name) => join(folder, name));
  await Promise.all(paths.map((path) => writeSparseFile(path, 4_000_000)));
  standIn.setNetwork({ bytesPerSecond: 200_000 });
  await pick(page, zone, paths);
  await button('Pause {name}', 'film.mp4').click();
  await button('Cancel {name}', 'late.bin').click();
  await lookNow('under way');
  standIn.store.assumptions.retryAfterReadable = true;
  standIn.setNetwork({ faults: [{ name: 'throttled', remaining: null }] });
  await pick(page, zone, [small('busy.zip')]);
  await lookNow('throttled');
  await page.context().setOffline(true);
  await lookNow('offline');
  await page.context().setOffline(false);

  standIn.setNetwork({ faults: [{ name: 'unanswered', remaining: null, at: 'simple' }] });
  await board.open(9, CULTURE);
  await lookNow('interrupted elsewhere');
  await board.open(7, { ...CULTURE, width: '320' });
  await expect(stapler.getByRole('group', { name: pseudo('Interrupted uploads') })).toBeVisible();
  await button('Not now').click();
  await lookNow('interrupted');
  await button('Forget').click();

  await page.getByRole('textbox', { name: 'Description' }).fill('Not saved');
  await page.getByRole('textbox', { name: 'Title' }).fill('');
  standIn.setNetwork({ bytesPerSecond: null, faults: [] });
  await pick(page, zone, [small('waits.png')]);
  await button('Save and attach').click();
  await expect(stapler.getByRole('alert')).toContainText('Title');
  await lookNow('unsaved edits');
  await stapler.getByRole('checkbox').check();
  await button('Attach now, without saving my edits').click();
  await expect(button('Ask me again')).toBeVisible();
  await lookNow('attached beside edits');
});
