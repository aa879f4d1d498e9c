import { createHash } from 'node:crypto';
import type { FrameLocator, Locator, Page } from '@playwright/test';
import type { Emulator } from 'azure-devops-emulator';
import type { PickableFile } from './board';
import { Board } from './board';
import type { TestFile } from './files';
import { attachmentsOf, requestsOf } from './files';
import { expect, poll, test, watchErrors } from './fixtures';
import { Pages } from './pages';

/** Expected attachment of a work item: the bytes of a file, with an optional name and comment. */
export interface Wanted {
  file: TestFile;
  name?: string;
  comment?: string;
}

/** Size of one jump of the clock, in milliseconds (see `waits.ts`). */
const JUMP_MS = 9_000;

/** Position of the focus in the panel's page. */
interface Focus {
  /** Whether the extension's page has the focus. */
  isInside: boolean;
  /** Whether the focus is on an element rather than on the body. */
  isOnElement: boolean;
}

/** The bulk panel over the emulator's query page, as the user sees it. */
export class BulkPanel {
  /** Initial attachments of all work items. */
  #before = new Map<number, readonly string[]>();
  readonly #board: Board;
  readonly pages: Pages;

  constructor(
    readonly page: Page,
    readonly emulator: Emulator,
  ) {
    this.#board = new Board(page, emulator);
    this.pages = new Pages(page, emulator);
  }

  /** Selects work items in the query and opens the panel for them. */
  async open(ids: readonly number[], query: Record<string, string> = {}): Promise<void> {
    await this.pages.open('Queries', query);
    for (const [index, id] of ids.entries())
      await this.pages.row(id).click({ modifiers: index > 0 ? ['Control'] : [] });
    await this.openForSelection();
  }

  /** Opens the panel for the selection and waits until its items are loaded. */
  async openForSelection(key?: 'Enter'): Promise<void> {
    this.#before = new Map(this.emulator.store.workItemIds.map((id) => [id, this.#keysOn(id)]));
    const action = this.page.getByRole('button', { name: 'Attach files', exact: true });
    await (key ? action.press(key) : action.click());
    await expect(this.dropZone).toBeVisible();
    await expect(this.itemCount).toHaveText(/^[\d,]+ work items?$/);
  }

  /** Frame of the panel in the host, under a localized title. */
  get dialog(): Locator {
    return this.page.getByRole('dialog').filter({ has: this.page.locator('iframe') });
  }

  get frame(): Locator {
    return this.dialog.locator('iframe');
  }

  /** Content of the panel. */
  get content(): FrameLocator {
    return this.frame.contentFrame();
  }

  get dropZone(): Locator {
    return this.content.getByRole('button', { name: /drop or paste files/i });
  }

  /** Picks files in the drop zone's file dialog. */
  async pick(files: readonly PickableFile[]): Promise<void> {
    await this.#choose(this.dropZone, files);
  }

  async pickFolder(path: string): Promise<void> {
    await this.#choose(this.content.getByRole('button', { name: 'Attach a folder' }), [path]);
  }

  async pickList(file: PickableFile): Promise<void> {
    await this.#choose(this.content.getByRole('button', { name: /^Choose (a|another) CSV file$/ }), [file]);
  }

  async drop(paths: string[], target: Locator = this.dropZone): Promise<void> {
    await this.#board.drop(paths, target);
  }

  /** Types into the field for work items. */
  async addItems(text: string): Promise<void> {
    const field = this.content.getByRole('textbox', { name: 'Add work items' });
    await field.fill(text);
    await field.press('Enter');
    await expect(field).toHaveValue('');
  }

  /** Number of work items, above the field for more. */
  get itemCount(): Locator {
    return this.content
      .getByRole('region', { name: 'Work items', exact: true })
      .getByRole('heading', { level: 2 });
  }

  async chooseMapping(name: 'File or folder name' | 'CSV list'): Promise<void> {
    await this.content.getByRole('radio', { name }).check();
  }

  async showByFile(): Promise<void> {
    await this.content.getByRole('button', { name: /^By file/ }).click();
  }

  async showByItem(): Promise<void> {
    await this.content.getByRole('button', { name: /^By work item/ }).click();
  }

  /** Unfolds the options of the plan. */
  async openOptions(): Promise<void> {
    const button = this.button('Options');
    if ((await button.getAttribute('aria-expanded')) !== 'true') await button.click();
  }

  /** Combo box for the work item of a file. */
  assignField(name: string): Locator {
    return this.content.getByRole('combobox', { name: `Work item for ${name}` });
  }

  /** Chooses from the menu of the report. */
  async export(name: string): Promise<void> {
    await this.button('Export').click();
    await this.content.getByRole('menuitem', { name }).click();
  }

  /** Row of the plan in the view by file. */
  fileRow(name: string): Locator {
    return this.#rows('Files in the plan', name);
  }

  /** Row of the plan in the view by work item; the rows of its files follow it. */
  itemRow(label: string): Locator {
    return this.#rows('Work items in the plan', label);
  }

  /** Expects this summary of the plan beside the button. */
  async expectSum(text: string | RegExp): Promise<void> {
    await expect(this.content.getByRole('status').filter({ hasText: text })).toBeVisible();
  }

  /** Choice for existing files, valid for all work items without their own. */
  get duplicatesOfAll(): Locator {
    return this.content.getByRole('combobox', { name: 'If the file name already exists' });
  }

  /** Button that starts the run. */
  get attachButton(): Locator {
    return this.button(/^Attach( \d|$)/);
  }

  button(name: string | RegExp): Locator {
    return this.content.getByRole('button', { name, exact: true });
  }

  /** Scrolls to the last row of the list. */
  async scrollToEnd(): Promise<void> {
    await this.content.locator('[data-scrolls]').evaluate((panel) => {
      panel.scrollTo({ top: panel.scrollHeight });
    });
  }

  /** Runs the plan and waits for the report. */
  async attach(says: string | RegExp): Promise<void> {
    await this.attachButton.click();
    await this.expectReport(says);
  }

  /** Expects a report with this heading. */
  async expectReport(says: string | RegExp): Promise<void> {
    await expect(this.reportHeading).toHaveText(says, { timeout: 30_000 });
  }

  get reportHeading(): Locator {
    return this.content.getByRole('heading', { level: 2, name: / attached/ });
  }

  reportRow(text: string | RegExp): Locator {
    return this.#rows('Results by file', text);
  }

  async backToPlan(): Promise<void> {
    await this.button('Back to plan').click();
    await expect(this.dropZone).toBeVisible();
    await expect(this.itemCount).toHaveText(/^[\d,]+ work items?$/);
  }

  /** Removes all files from the plan and picks others. */
  async pickInstead(files: readonly PickableFile[]): Promise<void> {
    await this.button('Remove all files').click();
    await this.pick(files);
  }

  /** Expects the focus on an element, so that the next key press has its usual effect. */
  async expectFocusKept(): Promise<void> {
    await poll(() => this.#focus()).toEqual({ isInside: true, isOnElement: true } satisfies Focus);
  }

  /** Waits for the report, skipping the waits between attempts. Needs `ownsClock`. */
  async passTheWaits(says: string | RegExp): Promise<void> {
    const waits = this.content.getByText(/Waiting to retry|Retrying (in|now)/);
    await expect(async () => {
      if (await waits.first().isVisible()) await this.page.clock.fastForward(JUMP_MS);
      await expect(this.reportHeading).toHaveText(says, { timeout: 50 });
    }).toPass({ timeout: 30_000, intervals: [50] });
  }

  /** Link requests for many work items, and those for one. */
  linkRequests(): { together: number; alone: number } {
    return {
      together: requestsOf(this.emulator, 'PATCH', /\$batch/).length,
      alone: requestsOf(this.emulator, 'PATCH', /workitems\/\d+\?(?!.*validateOnly)/).length,
    };
  }

  /** Number of started uploads. */
  uploads(): number {
    return requestsOf(this.emulator, 'POST', /_apis\/wit\/attachments/).length;
  }

  /**
   * Expects exactly these attachments on the server for the named work items: bytes, name and comment, each in one
   * relation. All other work items must be unchanged since the panel was opened.
   */
  expectOnServer(wanted: Readonly<Record<number, readonly Wanted[]>>): void {
    const have = new Map(this.emulator.store.workItemIds.map((id) => [id, this.#keysOn(id)]));
    const shall = new Map(this.#before);
    for (const id of shall.keys()) if (!have.has(id)) shall.delete(id);
    for (const [id, files] of Object.entries(wanted)) shall.set(Number(id), files.map(keyOf).sort());
    expect(Object.fromEntries(have)).toEqual(Object.fromEntries(shall));
    for (const id of have.keys()) {
      const ids = attachmentsOf(this.emulator, id).map(({ attachmentId }) => attachmentId);
      expect(new Set(ids).size).toBe(ids.length);
    }
  }

  /** Attachments of a work item in comparable form. */
  #keysOn(id: number): readonly string[] {
    return attachmentsOf(this.emulator, id)
      .map(({ name, size, sha256, comment }) => [name, size, sha256, comment].join(' · '))
      .sort();
  }

  #rows(list: string, text: string | RegExp): Locator {
    return this.content.getByRole('list', { name: list }).getByRole('listitem').filter({ hasText: text });
  }

  async #choose(button: Locator, files: readonly PickableFile[]): Promise<void> {
    const chooser = this.page.waitForEvent('filechooser');
    await button.click();
    await (await chooser).setFiles(files as string[]);
  }

  #focus(): Promise<Focus> {
    return this.content.locator('html').evaluate(({ ownerDocument: { activeElement, body } }) => ({
      isInside: document.hasFocus(),
      isOnElement: activeElement !== null && activeElement !== body,
    }));
  }
}

/** The same for each of these work items. */
export function everyOneOf(
  ids: readonly number[],
  files: readonly Wanted[],
): Readonly<Record<number, readonly Wanted[]>> {
  return Object.fromEntries(ids.map((id) => [id, files]));
}

function keyOf({ file, name = file.name, comment = '' }: Wanted): string {
  const { bytes } = file;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return [name, bytes.length, sha256, comment].join(' · ');
}

/** A story of the bulk panel. Fails when the page or the frame logs an error. */
export const story = test.extend<{ panel: BulkPanel }>({
  panel: async ({ page, emulator, ownsClock }, use) => {
    const errors = watchErrors(page);
    if (ownsClock) await page.clock.install();
    await use(new BulkPanel(page, emulator));
    expect(errors).toEqual([]);
  },
});
