import type { Locator, Page } from '@playwright/test';
import { Board } from '../test/e2e/board';
import { BulkPanel } from '../test/e2e/bulk-story';
import { GalleryPage } from '../test/e2e/gallery-story';
import { isKept, untilJournal } from '../test/e2e/journal-rows';
import { interruptedLine } from '../test/e2e/journal-steps';
import type { Emulator } from 'azure-devops-emulator';

/** Scene of a picture: an unused page and an emulator in its initial state. */
export interface Scene {
  readonly page: Page;
  readonly emulator: Emulator;
  readonly theme: string;
  /** Makes files of these sizes in bytes, by their names; answers with their paths. */
  readonly files: (sizes: Readonly<Record<string, number>>) => Promise<string[]>;
}

/** A picture of README, docs or the listing. */
export interface Picture {
  /** Name of its file; in `docs`, the theme is appended. */
  readonly name: string;
  /** In `docs`; the marketplace's page shows one of each. */
  readonly themes: readonly string[];
  /** Prepares the scene; returns the locator of the picture. */
  readonly show: (scene: Scene) => Promise<Locator>;
}

/** Uploaded files. */
const DONE = sized(['before.png', 'after.png', 'server.log', 'steps.docx', 'browser console.txt']);

/** Files under way. */
const MOVING = {
  'screen recording.mp4': 48_000_000,
  'trace-2026-03-04.har': 21_000_000,
  'crash dump.zip': 33_000_000,
};

/** Files for many work items, each named after its number. */
const EVIDENCE = sized([
  '7_before.png',
  '7_after.png',
  '8 invoice.pdf',
  '#9 search box.mp4',
  'User Story 12 - sketch.svg',
  '15_form.har',
  'minutes.docx',
]);

/** Common content of two files. */
const SETTINGS = Array.from({ length: 12 }, (_, index) => `page ${index + 1}: shown`);

/** A bug, and one with many attachments. */
const BUG = 7;
const CROWDED = 30;

const BOTH = ['light', 'dark'];
const LIGHT = ['light'];

/** Those of README and docs. */
export const PICTURES: readonly Picture[] = [
  { name: 'form-group', themes: BOTH, show: showUploads },
  { name: 'bulk-panel', themes: BOTH, show: showPlan },
  { name: 'gallery', themes: BOTH, show: showGallery },
  { name: 'unsaved-edits', themes: LIGHT, show: showUnsavedEdits },
  { name: 'interrupted', themes: LIGHT, show: showInterrupted },
  { name: 'attached-fold', themes: LIGHT, show: showFold },
  { name: 'preview', themes: LIGHT, show: showPreview },
  { name: 'compare', themes: LIGHT, show: showComparison },
  { name: 'bulk-report', themes: LIGHT, show: showReport },
];

/** Those of the marketplace, each a whole page (`static/overview.md`, `vss-extension.json`). */
export const LISTING: readonly Picture[] = [
  { name: 'attach', themes: LIGHT, show: showUploads },
  { name: 'many-work-items', themes: LIGHT, show: showPlan },
  { name: 'gallery', themes: LIGHT, show: showGallery },
  { name: 'preview', themes: LIGHT, show: showPreview },
  { name: 'interrupted', themes: LIGHT, show: showInterrupted },
];

/** A film of a few seconds: pictures of one part of the page, one after the other. */
export interface Film {
  readonly name: string;
  /** Scene of a film. Each call of `take` adds a frame with its duration in milliseconds. */
  readonly play: (scene: Scene, take: (part: Locator, ms: number) => Promise<void>) => Promise<void>;
}

/** The one of the marketplace. */
export const FILM: Film = { name: 'drop', play: playDrop };

async function showUploads({ page, emulator, theme, files }: Scene): Promise<Locator> {
  const board = new Board(page, emulator);
  await board.open(BUG, { theme });
  await board.pick(await files(DONE));
  await board.finished(/5 files attached/).waitFor();
  emulator.setNetwork({ bytesPerSecond: 9_000_000 });
  await board.pick(await files(MOVING));
  await board.row('crash dump.zip').getByText('left').waitFor();
  await board.frame.scrollIntoViewIfNeeded();
  return wholeOf(page);
}

async function showUnsavedEdits({ page, emulator, theme, files }: Scene): Promise<Locator> {
  const board = new Board(page, emulator);
  await board.open(BUG, { theme });
  await page.getByRole('textbox', { name: 'Description' }).fill('It happens with Firefox, too.');
  await board.pick(await files(sized(['before.png', 'after.png', 'server.log'])));
  await board.saveQuestion.getByText('Save the work item to attach 3 files.').waitFor();
  await board.stapler.getByText('Uploaded. Save to attach.').nth(2).waitFor();
  return board.frame;
}

async function showInterrupted({ page, emulator, theme, files }: Scene): Promise<Locator> {
  const board = new Board(page, emulator);
  await board.open(BUG, { theme });
  emulator.setNetwork({ faults: [{ name: 'stalled', remaining: null, at: 'simple' }] });
  await board.pick(await files({ 'screen recording.mp4': 4_000_000, 'server.log': 40_000 }));
  await untilJournal(board, (journal) => journal.uploads.length === 2 && isKept('stored', journal));
  await page.reload();
  await interruptedLine(board).getByRole('button', { name: 'Not now' }).click();
  await interruptedLine(board).getByRole('button', { name: 'Resume', exact: true }).waitFor();
  await board.ready();
  return board.frame;
}

async function showGallery({ page, emulator, theme }: Scene): Promise<Locator> {
  const gallery = new GalleryPage(page, emulator);
  await gallery.open(CROWDED, { theme });
  await gallery.button('Grid').click();
  await gallery.cards.locator('img').nth(2).waitFor();
  return wholeOf(page);
}

async function showFold({ page, emulator, theme }: Scene): Promise<Locator> {
  const board = new Board(page, emulator);
  await board.open(CROWDED, { theme });
  await board.fold.click();
  await board.stapler.getByRole('grid', { name: 'Attachments' }).waitFor();
  return board.frame;
}

async function showPreview({ page, emulator, theme }: Scene): Promise<Locator> {
  const gallery = new GalleryPage(page, emulator);
  await gallery.open(CROWDED, { theme });
  await gallery.row('export-2026-03-14.log').dblclick();
  await gallery.preview.getByRole('searchbox', { name: 'Search in the file' }).fill('batch 12');
  await gallery.preview
    .getByText(/^\d+ of \d+$/)
    .nth(1)
    .waitFor();
  return gallery.frame;
}

async function showComparison({ page, emulator, theme }: Scene): Promise<Locator> {
  const text = (lines: readonly string[]): Buffer => Buffer.from(`${lines.join('\n')}\n`);
  emulator.store.attach(BUG, [
    {
      name: 'login before.yml',
      content: text([...SETTINGS, 'retries: 3', 'keep name: false', 'theme: auto']),
    },
    { name: 'login after.yml', content: text([...SETTINGS, 'retries: 5', 'keep name: true', 'theme: auto']) },
  ]);
  const gallery = new GalleryPage(page, emulator);
  await gallery.open(BUG, { theme });
  await gallery.row('login before.yml').click();
  await gallery.row('login after.yml').click({ modifiers: ['Control'] });
  await gallery.button('More actions for 2 files').click();
  await gallery.content.getByRole('menuitem', { name: 'Compare' }).click();
  await gallery.content.getByText('2 lines removed, 2 lines added').waitFor();
  return gallery.frame;
}

/** Files are held over the form, dropped, and arrive. */
async function playDrop({ page, emulator, files }: Scene, take: Parameters<Film['play']>[1]): Promise<void> {
  const board = new Board(page, emulator);
  await board.open(BUG, { theme: 'light' });
  const dropped = await files({ ...DONE, 'screen recording.mp4': 14_000_000 });
  emulator.setNetwork({ bytesPerSecond: 5_000_000 });
  await board.frame.scrollIntoViewIfNeeded();
  await take(board.frame, 1200);
  const drag = await board.drag(dropped, board.dropZone);
  await board.stapler.getByText('Drop to attach').waitFor();
  await take(board.frame, 1000);
  await drag.drop();
  const finished = board.finished(/6 files attached/);
  while (!(await finished.isVisible())) await take(board.frame, 200);
  await take(board.frame, 2500);
}

/** Opens the panel for a few work items, with a plan by name. */
async function planByName({ page, emulator, theme, files }: Scene): Promise<BulkPanel> {
  const panel = new BulkPanel(page, emulator);
  await panel.open([7, 8, 9, 12, 15], { theme });
  await panel.pick(await files(EVIDENCE));
  await panel.chooseMapping('File or folder name');
  await panel.button(/^Attach 6 files/).waitFor();
  return panel;
}

async function showPlan(scene: Scene): Promise<Locator> {
  const panel = await planByName(scene);
  await panel.content.getByText('Match files to work items').evaluate((title) => title.scrollIntoView());
  return wholeOf(scene.page);
}

async function showReport(scene: Scene): Promise<Locator> {
  const { emulator } = scene;
  const panel = await planByName(scene);
  emulator.interfere('batch', () => emulator.store.fill(9, 100));
  await panel.attach('5 of 6 attached, 1 failed');
  return panel.dialog;
}

function wholeOf(page: Page): Locator {
  return page.locator('html');
}

/** Files of these names, each a little larger than the one before. Sizes in bytes. */
function sized(names: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries(names.map((name, index) => [name, 40_000 * (index + 1)]));
}
