import { mkdir, readFile } from 'node:fs/promises';
import type { Locator } from '@playwright/test';
import type { BulkPanel } from './bulk-story';
import { story } from './bulk-story';
import type { TestFile } from './files';
import { makeFile, pickable, writeFiles } from './files';
import { expect } from './fixtures';

/** Small files with these names and distinct content. */
function filesNamed<Name extends string>(...names: Name[]): Record<Name, TestFile> {
  return Object.fromEntries(names.map((name) => [name, makeFile(name, 100)])) as Record<Name, TestFile>;
}

/** A list as saved by a spreadsheet. */
function listOf(text: string, name = 'list.csv'): ReturnType<typeof pickable> {
  return pickable({ name, bytes: Buffer.from(text) });
}

/** Opens the panel with these files and maps them by a list. */
async function openWithList(
  panel: BulkPanel,
  ids: readonly number[],
  files: readonly TestFile[],
): Promise<void> {
  await panel.open(ids);
  await panel.pick(files.map(pickable));
  await panel.chooseMapping('CSV list');
}

story(
  'A file goes to the work item in its name or folder, or to the chosen one @services-only',
  async ({ panel, page, emulator }, testInfo) => {
    emulator.store.create({ id: 41, type: 'Bug', fields: { 'System.Title': 'Not selected' } });
    const files = filesNamed('7_evidence.png', '#8 notes.txt', 'Bug 9.log', '41_late.txt', 'readme.txt');
    // Equal content for two work items is sent once.
    files['#8 notes.txt'].bytes = files['7_evidence.png'].bytes;
    const byHand = filesNamed('firefox.png', 'typed.txt', 'elsewhere.txt');
    const inFolder = makeFile('log.txt', 100);
    const folder = testInfo.outputPath('15');
    await mkdir(folder, { recursive: true });
    await writeFiles(folder, [inFolder]);
    await panel.open([7, 8, 9, 15]);
    await panel.pick([...Object.values(files), ...Object.values(byHand)].map(pickable));
    await panel.pickFolder(folder);
    await panel.chooseMapping('File or folder name');
    await panel.expectSum('4 attachments · 5 files without a work item');
    await panel.showByFile();
    await expect(panel.fileRow('7_evidence.png')).toContainText('To Bug 7: Login page loses the typed name');
    await expect(panel.fileRow('15/log.txt')).toContainText('To Task 15');
    await expect(panel.fileRow('readme.txt')).toContainText('No work item ID in the name or folder.');

    await expect(panel.fileRow('41_late.txt')).toContainText("41 isn't in your list.");
    await panel.assignField('41_late.txt').press('ArrowDown');
    await expect(panel.content.getByRole('option', { selected: true })).toHaveText('Add 41');
    await page.keyboard.press('Enter');
    await expect(panel.fileRow('41_late.txt')).toContainText('To Bug 41: Not selected');
    await panel.expectFocusKept();
    const assign = async (name: string, typed: string): Promise<void> => {
      const field = panel.assignField(name);
      await field.fill(typed);
      await field.press('Enter');
    };
    await assign('firefox.png', 'in FIREFOX');
    await expect(panel.fileRow('firefox.png')).toContainText('To Bug 9');
    await panel.expectFocusKept();
    await assign('typed.txt', '12');
    await expect(panel.fileRow('typed.txt')).toContainText('To User Story 12');
    await assign('elsewhere.txt', 'no such title');
    await expect(panel.fileRow('elsewhere.txt')).toContainText('No matching work items in the list.');
    await panel.assignField('elsewhere.txt').fill('login');
    await panel.content.getByRole('option', { name: /^Task 15 Keep the form values/ }).click();
    await expect(panel.fileRow('elsewhere.txt')).toContainText('To Task 15');
    await panel.expectSum('8 attachments · 1 file without a work item');

    await panel.attach('8 of 8 attached');
    expect(panel.uploads()).toBe(7);
    const wanted = {
      7: [files['7_evidence.png']],
      8: [files['#8 notes.txt']],
      9: [files['Bug 9.log'], byHand['firefox.png']],
      12: [byHand['typed.txt']],
      15: [inFolder, byHand['elsewhere.txt']],
      41: [files['41_late.txt']],
    };
    panel.expectOnServer(
      Object.fromEntries(Object.entries(wanted).map(([id, some]) => [id, some.map((file) => ({ file }))])),
    );
  },
);

story(
  'The pattern can be edited and tried, and an invalid one shows the reason @services-only',
  async ({ panel }) => {
    const files = filesNamed('INC0007 a.txt', '7_evidence.png');
    await panel.open([7, 12]);
    await panel.pick(Object.values(files).map(pickable));
    await panel.chooseMapping('File or folder name');
    const pattern = panel.content.getByRole('textbox', { name: 'Pattern' });
    await expect(pattern).toHaveCount(0);
    await panel.button('Customize…').click();
    const tester = panel.content.getByRole('textbox', { name: 'Test a file name' });
    const tells = (text: string): Locator => panel.content.getByRole('status').filter({ hasText: text });
    await tester.fill('12_evidence.png');
    await expect(tells('12 (matches {id} *)')).toBeVisible();
    await tester.fill('4711.txt');
    await expect(tells('4711 (not in your list, matches {id}.*)')).toBeVisible();

    await pattern.fill('INC{number}');
    await expect(pattern).toHaveAttribute('aria-invalid', 'true');
    await expect(panel.content.getByRole('alert')).toContainText('{id}');
    await panel.expectSum('0 attachments · 2 files without a work item');
    await expect(panel.attachButton).toBeDisabled();

    await pattern.fill('INC{id} *');
    await expect(panel.content.getByRole('alert')).toHaveCount(0);
    await tester.fill('inc12_b.txt');
    await expect(tells('12 (matches INC{id} *)')).toBeVisible();
    await panel.expectSum('1 attachment · 1 file without a work item');
    await panel.attach('1 of 1 attached');
    panel.expectOnServer({ 7: [{ file: files['INC0007 a.txt'] }] });
    await panel.backToPlan();
    await panel.button('Reset').press('Enter');
    await expect(pattern).toHaveValue('{id}; {id}.*; {id} *; #{id}*; {type} {id}*');
    await panel.expectFocusKept();
    await expect(panel.attachButton).toHaveText('Attach 1 file to 1 work item');
  },
);

story('A list sets the work item, name and comment of each file', async ({ panel }) => {
  const files = filesNamed('a.txt', 'b;2.txt', 'shot 1.png', 'shot 2.png', 'unlisted.txt');
  await openWithList(panel, [7], Object.values(files));
  await panel.pickList(
    listOf(
      [
        '\ufeffID;Dateiname;Attach as;Notes;Owner',
        '7;a.txt;Report “A”.txt;"He said ""no"";',
        'and left";Jamal',
        '"8, 9";"b;2.txt";;',
        'Bug 7;shot *.png;;seen',
        '12;gone.txt;;',
        '',
      ].join('\r\n'),
    ),
  );
  await expect(panel.content.getByText('list.csv: 4 rows read. 1 row has no matching file.')).toBeVisible();
  // The plan includes work items named only in the list.
  await expect(panel.itemCount).toHaveText('4 work items');
  await panel.expectSum('5 attachments · 1 file without a work item');
  await panel.showByFile();
  await expect(panel.fileRow('unlisted.txt')).toContainText('Not in the CSV.');

  await panel.attach('5 of 5 attached');
  panel.expectOnServer({
    7: [
      { file: files['a.txt'], name: 'Report “A”.txt', comment: 'He said "no";\nand left' },
      { file: files['shot 1.png'], comment: 'seen' },
      { file: files['shot 2.png'], comment: 'seen' },
    ],
    8: [{ file: files['b;2.txt'] }],
    9: [{ file: files['b;2.txt'] }],
  });
});

story('The panel names invalid lines of a list and rejects other files @services-only', async ({ panel }) => {
  const files = filesNamed('a.txt', 'b.txt');
  await openWithList(panel, [7, 8], Object.values(files));
  const alert = panel.content.getByRole('alert');
  await panel.pickList(
    pickable({ name: 'list.xlsx', bytes: Buffer.from('PK\u0003\u0004 and so on', 'latin1') }),
  );
  await expect(alert).toContainText('is a spreadsheet. Save it as CSV');
  await expect(panel.attachButton).toBeDisabled();
  await panel.pickList(pickable({ name: 'list.csv', bytes: Buffer.from([1, 0, 2, 0]) }));
  await expect(alert).toContainText("isn't a text file");
  await panel.pickList(listOf('number of the item,file\n7,a.txt\n'));
  await expect(alert).toContainText('“Work item” is missing.');
  await panel.pickList(listOf(''));
  await expect(alert).toContainText('is empty');

  await panel.pickList(
    listOf(
      [
        'work item,file',
        '7,a.txt',
        'seven,b.txt',
        '7,',
        ',b.txt',
        '7,a.txt',
        '8,a.txt,b.txt',
        '8,"b.txt',
      ].join('\n'),
    ),
  );
  await expect(alert.getByRole('listitem')).toHaveText([
    "Line 3: “seven” isn't a work item ID.",
    'Line 4: Missing file name.',
    'Line 5: Missing work item ID.',
    'Line 6: Same file and work item as line 2.',
    /^Line 7: This row has 3 values for 2 columns\./,
    'And 1 more.',
  ]);
  await panel.attach('1 of 1 attached');
  panel.expectOnServer({ 7: [{ file: files['a.txt'] }] });
});

story(
  'The list template arrives as a file, or on the clipboard if downloads are blocked @both',
  async ({ panel, page, context, mode }) => {
    const file = makeFile('a.txt', 100);
    await openWithList(panel, [7, 12], [file]);
    let text: string;
    if (mode === 'services') {
      const download = page.waitForEvent('download');
      await panel.button('Download a template').click();
      expect((await download).suggestedFilename()).toBe('stapler-list.csv');
      text = await readFile(await (await download).path(), 'utf8');
    } else {
      await context.grantPermissions(['clipboard-read', 'clipboard-write']);
      await panel.button('Copy a template').click();
      await expect(panel.content.getByRole('status').filter({ hasText: 'Copied' })).toBeVisible();
      text = await page.evaluate(() => navigator.clipboard.readText());
    }
    const lines = text.split(/\r?\n/);
    expect(lines).toEqual([
      '\ufeffWork item,File,Attach as,Comment,Work item title',
      '7,,,,Login page loses the typed name',
      '12,,,,As a customer I sign in with my work account',
      ',a.txt,,,',
      '',
    ]);

    await panel.pickList(
      listOf([lines[0], '7,a.txt,,filled in,Login page loses the typed name', ''].join('\r\n')),
    );
    await panel.attach('1 of 1 attached');
    panel.expectOnServer({ 7: [{ file, comment: 'filled in' }] });
  },
);
