import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { attachmentsOf, expectAttached, makeFile, pickable, writeFiles } from './files';
import { expect } from './fixtures';
import { savedQueries } from 'azure-devops-emulator';
import { everyOneOf, story } from './bulk-story';

const WORK_ITEMS = [7, 8, 9, 12, 15];

/** Prefilled attachments of the emulator: `file-001.txt` of 13 bytes. */
const OLD_NAME = 'file-001.txt';
const OLD = { name: OLD_NAME, bytes: Buffer.from('One of many.\n') };

story(
  'Every file is attached to every work item, each content is sent once, and a second run repeats nothing @both',
  async ({ panel }) => {
    const files = Array.from({ length: 20 }, (_, index) => makeFile(`file ${index}.bin`, 1_000 + index));
    const copy = { name: 'copy.bin', bytes: files[3]!.bytes };
    await panel.open(WORK_ITEMS);
    await panel.pick([...files, copy].map(pickable));
    await panel.expectSum('100 attachments · 5 skipped');
    await panel.showByFile();
    await panel.scrollToEnd();
    await expect(panel.fileRow('copy.bin')).toContainText('To 5 work items · Same content as another file');
    await panel.showByItem();
    await expect(panel.attachButton).toHaveText('Attach 20 files to 5 work items');
    expect(panel.uploads()).toBe(0);

    await panel.attach('100 of 105 attached, 5 skipped');
    await panel.button('Same content as another file (5)').click();
    await expect(panel.reportRow('copy.bin')).toHaveCount(5);
    expect(panel.uploads()).toBe(20);
    expect(panel.linkRequests()).toEqual({ together: 1, alone: 0 });
    const everywhere = files.map((file) => ({ file }));
    panel.expectOnServer(everyOneOf(WORK_ITEMS, everywhere));

    await panel.backToPlan();
    await panel.expectSum('0 attachments · 105 skipped');
    await expect(panel.attachButton).toBeDisabled();
    await expect(panel.itemRow('Bug 7')).toContainText('Active · 21 skipped');
    const late = makeFile('late.bin', 500);
    await panel.pick([pickable(late)]);
    await panel.attach('5 of 110 attached, 100 already attached, 5 skipped');
    expect(panel.uploads()).toBe(21);
    panel.expectOnServer(everyOneOf(WORK_ITEMS, [...everywhere, { file: late }]));

    await panel.backToPlan();
    await panel.showByFile();
    await panel.scrollToEnd();
    await panel.button('Attach copy.bin anyway').press('Enter');
    await panel.expectSum('5 attachments · 105 skipped');
    await panel.expectFocusKept();
    await panel.attach('5 of 110 attached, 105 already attached');
    expect(panel.uploads()).toBe(22);
    panel.expectOnServer(everyOneOf(WORK_ITEMS, [...everywhere, { file: late }, { file: copy }]));

    await panel.button('Already attached (105)').click();
    await panel
      .reportRow(/file 0\.binBug 8/)
      .getByRole('button', { name: 'Attach file 0.bin anyway' })
      .click();
    await panel.expectReport('6 of 110 attached, 104 already attached');
    expect(panel.uploads()).toBe(23);
    const after = [...everywhere, { file: late }, { file: copy }];
    panel.expectOnServer({ ...everyOneOf(WORK_ITEMS, after), 8: [...after, { file: files[0]! }] });
  },
);

story(
  'Files are added by drop, folder and paste, work items by number and address, and both can be removed @services-only',
  async ({ panel, page, context, emulator }, testInfo) => {
    const folder = testInfo.outputPath('evidence');
    await mkdir(join(folder, 'deep'), { recursive: true });
    const [dropped, inFolder, deep, gone] = ['dropped.txt', 'in.txt', 'deep.txt', 'gone.txt'].map(
      (name, index) => makeFile(name, 100 + index),
    );
    await writeFiles(folder, [inFolder!]);
    await writeFiles(join(folder, 'deep'), [deep!]);
    await panel.open([7]);
    await panel.drop([...(await writeFiles(testInfo.outputPath(), [dropped!, gone!])), folder]);
    await expect(panel.content.getByText('4 files, 406 B')).toBeVisible();

    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.evaluate(async () => {
      const canvas = new OffscreenCanvas(40, 30);
      canvas.getContext('2d')?.fillRect(0, 0, 20, 20);
      const picture = await canvas.convertToBlob({ type: 'image/png' });
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
    });
    await panel.dropZone.focus();
    await page.keyboard.press('ControlOrMeta+v');
    await expect(panel.content.getByText(/^5 files, \d+ B$/)).toBeVisible();

    await panel.addItems(`8, #9 ${emulator.hostUrl}fabrikam/Fabrikam/_workitems/edit/12 Bug 7`);
    await expect(panel.itemCount).toHaveText('4 work items');
    await panel.addItems('thirteen');
    await expect(panel.content.getByRole('alert')).toContainText(/thirteen.* isn't a work item ID\./);
    await panel.button('Remove Bug 8 from the list').press('Enter');
    await expect(panel.itemCount).toHaveText('3 work items');
    await expect(panel.content.getByRole('alert')).toHaveCount(0);
    await panel.expectFocusKept();
    await panel.showByFile();
    await panel.button('Remove gone.txt from the plan').press('Enter');
    await expect(panel.fileRow('gone.txt')).toHaveCount(0);
    await panel.expectFocusKept();
    await expect(panel.fileRow('evidence/deep/deep.txt')).toContainText('To 3 work items');

    await panel.attach('12 of 12 attached');
    const pasted = attachmentsOf(emulator, 7).find(({ name }) => name.endsWith('.png'));
    expect(pasted?.name).toMatch(/^Work items \d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d\.png$/);
    const stored = emulator.store.attachment(pasted!.attachmentId);
    const picture = { name: pasted!.name, bytes: await readFile(stored!.path) };
    panel.expectOnServer(
      everyOneOf(
        [7, 9, 12],
        [
          { file: dropped! },
          { file: inFolder!, comment: '📁 evidence' },
          { file: deep!, comment: '📁 evidence/deep' },
          { file: picture },
        ],
      ),
    );
  },
);

story(
  'Saved queries add work items, and a missing query shows a message @services-only',
  async ({ panel, emulator }) => {
    const addressOf = (id: string): string => `${emulator.hostUrl}fabrikam/Fabrikam/_queries/query/${id}/`;
    const [, openBugs, stories] = savedQueries;
    const file = makeFile('a.txt', 100);
    await panel.open([9]);
    await panel.pick([pickable(file)]);
    await panel.addItems(addressOf('00000000-0000-4000-8000-000000000000'));
    const alert = panel.content.getByRole('alert');
    await expect(alert).toContainText('The query 00000000-0000-4000-8000-000000000000 does not exist');
    await expect(panel.itemCount).toHaveText('1 work item');
    // A tree query includes child work items: 7 and 15.
    await panel.addItems(addressOf(stories!.id));
    await expect(alert).toHaveCount(0);
    await expect(panel.itemCount).toHaveText('4 work items');
    emulator.setNetwork({ faults: [{ name: 'status-500', remaining: 1, at: 'read' }] });
    // A read is repeated before a message.
    await panel.addItems(addressOf(openBugs!.id));
    await expect(panel.itemCount).toHaveText('8 work items');
    await expect(alert).toHaveCount(0);
    await panel.button('Remove Bug 31 from the list').click();
    await panel.button('Remove Bug 32 from the list').click();
    await panel.button('Remove Bug 30 from the list').click();
    await panel.attach('5 of 5 attached');
    panel.expectOnServer(everyOneOf([7, 8, 9, 12, 15], [{ file }]));
  },
);

story(
  'A file can have its own name and comment; the others share a comment @services-only',
  async ({ panel }) => {
    const [named, spoken, plain] = ['named.txt', 'spoken.txt', 'plain.txt'].map((name) =>
      makeFile(name, 100),
    );
    await panel.open([7, 12]);
    await panel.pick([named!, spoken!, plain!].map(pickable));
    const field = (name: string): Locator => panel.content.getByRole('textbox', { name, exact: true });
    const type = (name: string, text: string): Promise<void> => field(name).pressSequentially(text);
    await panel.openOptions();
    await type('Comment for all files', 'the release');
    await field('Comment for all files').press('Home');
    await type('Comment for all files', 'From the night of ');
    await panel.showByFile();
    await panel.button('Edit named.txt').click();
    await field('Attach as').press('Home');
    await type('Attach as', 'Release 12, ');
    await type('Comment', 'Said');
    await field('Comment').fill('');
    await panel.button('Edit spoken.txt').click();
    await expect(field('Attach as')).toHaveValue('spoken.txt');
    await type('Comment', 'Its own ☂ “words”');
    await panel.showByItem();
    await panel.button('Files for Bug 7').click();
    await expect(panel.itemRow('spoken.txt')).toContainText('Its own ☂ “words”');

    await panel.attach('6 of 6 attached');
    const forAll = 'From the night of the release';
    panel.expectOnServer(
      everyOneOf(
        [7, 12],
        [
          { file: named!, name: 'Release 12, named.txt', comment: forAll },
          { file: spoken!, comment: 'Its own ☂ “words”' },
          { file: plain!, comment: forAll },
        ],
      ),
    );
  },
);

story('Existing files are skipped, kept or replaced, for all or for one', async ({ panel, emulator }) => {
  for (const id of [7, 8, 9]) emulator.store.fill(id, 1);
  const file = makeFile(OLD.name, OLD.bytes.length);
  const added = makeFile('new.txt', 50);
  await panel.open([7, 8, 9, 12]);
  await panel.pick([file, added].map(pickable));
  await panel.expectSum('5 attachments · 3 skipped');
  await panel.openOptions();
  const forAll = panel.duplicatesOfAll;
  await forAll.selectOption('Replace');
  await panel.expectSum('8 attachments');
  await forAll.selectOption('Skip if the size is the same');
  const choose = async (label: string, policy: string): Promise<void> => {
    await panel.button(`Files for ${label}`).click();
    const choice = panel.content.getByRole('combobox', { name: `Files already attached to ${label}` });
    await choice.focus();
    await choice.selectOption(policy);
    await expect(choice).toBeFocused();
  };
  await choose('Bug 9', 'Replace');
  await expect(panel.itemRow('Replaces the existing file')).toHaveCount(1);
  await choose('Bug 8', 'Keep both');
  await panel.expectSum('7 attachments · 1 skipped');

  await panel.attach('7 of 8 attached, 1 already attached');
  await expect(panel.button('Replaced (1)')).toBeVisible();
  const wanted = {
    7: [{ file: OLD }, { file: added }],
    8: [{ file: OLD }, { file }, { file: added }],
    9: [{ file }, { file: added }],
    12: [{ file }, { file: added }],
  };
  panel.expectOnServer(wanted);

  await panel.backToPlan();
  await panel.expectSum('0 attachments · 8 skipped');
});

story(
  'The panel marks work items without room or permission before the start, and a retry attaches what fits by then @services-only',
  async ({ panel, page, emulator }) => {
    // As on Azure DevOps Server 2019: work items open in a window of their own.
    await panel.open([7, 21, 31, 32], { formNavigation: 'missing' });
    const files = ['a.txt', 'b.txt'].map((name, index) => makeFile(name, 100 + index));
    await panel.pick(files.map(pickable));
    await panel.addItems('999');
    await expect(panel.itemRow('999')).toContainText("This work item doesn't exist, or you can't view it.");
    await expect(panel.itemRow('Bug 21')).toContainText('You can view this work item but not edit it.');
    await panel.expectSum("3 attachments · 7 can't be attached");
    await expect(panel.itemRow('Bug 31')).toContainText("1 file to attach · Full: 1 file won't fit");
    await expect(panel.itemRow('Bug 32')).toContainText("Full: 2 files won't fit");
    await panel.button('Files for Bug 31').click();
    await expect(panel.itemRow('b.txt')).toContainText("Won't fit. The limit is 100 attachments.");
    const opened = page.waitForEvent('popup');
    await panel.button('Bug 31').click();
    const form = await opened;
    await expect(form.getByRole('heading', { name: 'Bug 31', exact: true })).toBeVisible();
    expect(new URL(form.url()).pathname).toMatch(/_workitems\/edit\/31$/);
    await form.close();
    await panel.button('Remove unavailable (2)').press('Enter');
    await expect(panel.itemCount).toHaveText('3 work items');
    await expect(panel.content.getByRole('alert')).toHaveCount(0);
    await panel.expectFocusKept();

    const before = attachmentsOf(emulator, 31).map(({ attachmentId }) => attachmentId);
    await panel.attach('3 of 6 attached, 3 failed');
    const after = attachmentsOf(emulator, 31);
    expect(
      after.filter(({ attachmentId }) => !before.includes(attachmentId)).map(({ name }) => name),
    ).toEqual(['a.txt']);
    expect(after).toHaveLength(100);
    expect(attachmentsOf(emulator, 32)).toHaveLength(100);
    expectAttached(emulator, 7, files);
    expectAttached(emulator, 21, []);

    for (const id of [31, 32]) {
      const item = emulator.store.workItem(id);
      const [first] = item.relations.filter(({ rel }) => rel === 'AttachedFile');
      emulator.store.save({ ...item, relations: item.relations.filter((relation) => relation !== first) });
    }
    await panel.button('Retry failed (3)').click();
    await panel.expectReport('5 of 6 attached, 1 failed');
    const namesOn = (id: number): string[] => attachmentsOf(emulator, id).map(({ name }) => name);
    expect(namesOn(31).filter((name) => name === 'a.txt' || name === 'b.txt')).toEqual(['a.txt', 'b.txt']);
    expect(namesOn(32).filter((name) => name === 'a.txt' || name === 'b.txt')).toEqual(['a.txt']);
    expect([31, 32].map((id) => namesOn(id).length)).toEqual([100, 100]);
    expect(panel.uploads()).toBe(2);
    await expect(panel.button('Retry failed (1)')).toBeVisible();
  },
);

story(
  'A drop outside the drop zone does not leave the panel @services-only',
  async ({ panel, page, emulator }, testInfo) => {
    const file = makeFile('a.txt', 1_000);
    await mkdir(testInfo.outputPath(), { recursive: true });
    const paths = await writeFiles(testInfo.outputPath(), [makeFile('late.txt', 10)]);
    await panel.open([7]);
    await panel.pick([pickable(file)]);
    emulator.setNetwork({ bytesPerSecond: 50 });
    await panel.attachButton.click();
    await panel.drop(paths, panel.button('Pause'));
    emulator.setNetwork({ bytesPerSecond: null });
    await panel.expectReport('1 of 1 attached');
    await panel.drop(paths, panel.reportHeading);
    await panel.backToPlan();
    await panel.drop(paths);
    await expect(panel.content.getByText('2 files, 1.0 KB')).toBeVisible();
    expect(page.context().pages()).toHaveLength(1);
    panel.expectOnServer({ 7: [{ file }] });
  },
);
