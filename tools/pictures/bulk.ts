import type { Locator } from '@playwright/test';
import { BulkPanel } from '../../test/e2e/bulk-story';
import { Pages } from '../../test/e2e/pages';
import type { Picture, Scene } from './scene';
import { BOTH, LIGHT, openForm, sized, wholeOf } from './scene';

/** Pictures of the bulk panel. */
export const BULK: readonly Picture[] = [
  { name: 'bulk-panel', themes: BOTH, show: showPlan },
  { name: 'bulk-open', themes: LIGHT, show: showMenu },
  { name: 'bulk-all', themes: LIGHT, show: showAllToAll },
  { name: 'bulk-attached', themes: LIGHT, show: showAttached },
  { name: 'bulk-pattern', themes: LIGHT, show: showPattern },
  { name: 'bulk-csv', themes: LIGHT, show: showCsv },
  { name: 'bulk-review', themes: LIGHT, show: showReview },
  { name: 'bulk-run', themes: LIGHT, show: showRun },
  { name: 'bulk-report', themes: LIGHT, show: showReport },
];

/** Work items of the plan. */
const IDS = [7, 8, 9, 12, 15];

/** Files for them, each named after its work item. */
const EVIDENCE = sized([
  '7_before.png',
  '7_after.png',
  '8 invoice.pdf',
  '#9 search box.mp4',
  'User Story 12 - sketch.svg',
  '15_form.har',
  'minutes.docx',
]);

const CSV = `Work item,File,Attach as,Comment
7,7_before.png,,Before the change
7,7_after.png,,After the change
"8, 9",minutes.docx,Minutes of 3 March.docx,
12,*.svg,,
`;

/** Opens the panel for a few work items, with files. */
async function openPanel({ page, emulator, theme, files }: Scene): Promise<BulkPanel> {
  const panel = new BulkPanel(page, emulator);
  await panel.open(IDS, { theme });
  await panel.pick(await files(EVIDENCE));
  return panel;
}

async function planByName(scene: Scene): Promise<BulkPanel> {
  const panel = await openPanel(scene);
  await panel.chooseMapping('File or folder name');
  await panel.button(/^Attach 6 files/).waitFor();
  return panel;
}

async function showPlan(scene: Scene): Promise<Locator> {
  const panel = await planByName(scene);
  await panel.content.getByText('Match files to work items').evaluate((title) => title.scrollIntoView());
  return wholeOf(scene);
}

async function showMenu(scene: Scene): Promise<Locator> {
  const { page, emulator, theme } = scene;
  const pages = new Pages(page, emulator);
  await pages.open('Queries', { theme });
  for (const id of [7, 8, 9]) await pages.row(id).click({ modifiers: id > 7 ? ['Control'] : [] });
  await pages.row(9).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Attach files…' }).hover();
  return pages.grid;
}

async function showAllToAll(scene: Scene): Promise<Locator> {
  const panel = await openPanel(scene);
  await panel.button(/^Attach 7 files/).waitFor();
  return panel.dialog;
}

async function showAttached(scene: Scene): Promise<Locator> {
  const { page, emulator, files } = scene;
  const board = await openForm(scene);
  await board.pick(await files(sized(['before.png', 'after.png'])));
  await board.finished('2 files attached').waitFor();
  await board.stapler.getByRole('button', { name: 'Also attach to…' }).click();
  const panel = new BulkPanel(page, emulator);
  await panel.content.getByRole('checkbox', { name: /Bug 9/ }).check();
  await panel.button('Attach 2 files to 1 work item').waitFor();
  return panel.dialog;
}

async function showPattern(scene: Scene): Promise<Locator> {
  const panel = await planByName(scene);
  await panel.button('Customize…').click();
  await panel.content.getByRole('textbox', { name: 'Pattern' }).fill('{id}_*; {type} {id} *');
  await panel.content.getByRole('textbox', { name: 'Test a file name' }).fill('8_error.txt');
  await panel.content.getByText('Match files to work items').evaluate((title) => title.scrollIntoView());
  return panel.dialog;
}

async function showCsv(scene: Scene): Promise<Locator> {
  const panel = await openPanel(scene);
  await panel.chooseMapping('CSV list');
  await panel.pickList({ name: 'evidence.csv', mimeType: 'text/csv', buffer: Buffer.from(CSV) });
  await panel.content.getByText('evidence.csv: 4 rows read.').waitFor();
  await panel.content.getByText('Match files to work items').evaluate((title) => title.scrollIntoView());
  return panel.dialog;
}

async function showReview(scene: Scene): Promise<Locator> {
  const panel = await planByName(scene);
  await panel.showByFile();
  await panel.assignField('minutes.docx').fill('invoice');
  await panel.content.getByRole('option').first().waitFor();
  return panel.dialog;
}

async function showRun(scene: Scene): Promise<Locator> {
  const { emulator, files } = scene;
  const panel = await openPanel(scene);
  await panel.pick(await files({ 'screen recording.mp4': 40_000_000 }));
  emulator.setNetwork({ bytesPerSecond: 2_000_000 });
  await panel.attachButton.click();
  await panel.content.getByText('left').first().waitFor();
  return panel.dialog;
}

async function showReport(scene: Scene): Promise<Locator> {
  const { emulator } = scene;
  const panel = await planByName(scene);
  emulator.interfere('batch', () => emulator.store.fill(9, 100));
  await panel.attach('5 of 6 attached, 1 failed');
  return panel.dialog;
}
