import type { FrameLocator, Locator, Page } from '@playwright/test';
import type { Emulator } from 'azure-devops-emulator';
import { expect, test, watchErrors } from './fixtures';

/** The attachments page of a work item, as the user sees it in the form. */
export class GalleryPage {
  constructor(
    readonly page: Page,
    readonly emulator: Emulator,
  ) {}

  /** Opens the form on a work item and switches to the page. */
  async open(id: number, query: Record<string, string> = {}): Promise<void> {
    const search = new URLSearchParams({ item: String(id), panel: 'closed', ...query });
    await this.page.goto(`${this.emulator.hostUrl}?${search}`);
    await this.show();
  }

  async show(): Promise<void> {
    await this.page.getByRole('tab', { name: 'Files', exact: true }).click();
    await expect(this.content.getByRole('main')).not.toBeEmpty();
  }

  get frame(): Locator {
    return this.page.locator('iframe[title="Files"]:visible');
  }

  get content(): FrameLocator {
    return this.frame.contentFrame();
  }

  /** The open preview. */
  get preview(): Locator {
    return this.content.getByRole('dialog', { name: /^Preview of / });
  }

  get list(): Locator {
    return this.content.getByRole('grid', { name: 'Attachments' });
  }

  get cards(): Locator {
    return this.content.getByRole('listbox', { name: 'Attachments' });
  }

  row(name: string): Locator {
    return this.list.getByRole('row').filter({ has: this.page.getByTitle(name, { exact: true }) });
  }

  card(name: string): Locator {
    return this.cards.getByRole('option').filter({ has: this.page.getByTitle(name, { exact: true }) });
  }

  button(name: string | RegExp): Locator {
    return this.content.getByRole('button', { name });
  }

  get search(): Locator {
    return this.content.getByRole('searchbox', { name: 'Search attachments' });
  }

  /** Chooses values in the menu of a filter, such as "Images (9)". */
  async filterBy(filter: string, ...choices: readonly string[]): Promise<void> {
    const filters = this.content.getByRole('toolbar', { name: 'Filters and view' });
    await filters.getByRole('button', { name: new RegExp(`^${filter}`) }).click();
    for (const name of choices) await this.content.getByRole('menuitemcheckbox', { name }).click();
    await this.page.keyboard.press('Escape');
  }

  /** Expects this count of files, such as "3 of 37 files". */
  async expectCount(text: string | RegExp): Promise<void> {
    await expect(this.content.getByRole('status').filter({ hasText: text })).toBeVisible();
  }

  /** Names of the files in the list, in order. */
  names(): Promise<string[]> {
    return this.list
      .locator('tbody .file-name')
      .evaluateAll((names) => names.map((name) => name.getAttribute('title') ?? ''));
  }

  /** Expects that workers have loaded scripts, and the page has not, as it would after a failure in a worker. */
  async expectInWorkersOnly(urls: readonly string[], ...scripts: readonly string[]): Promise<void> {
    const namesOf = (all: readonly string[]): readonly string[] =>
      all.map((url) => url.split('/').at(-1) ?? '').filter((name) => scripts.includes(name));
    const ofPage = await this.content
      .locator('body')
      .evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
    expect([...new Set(namesOf(urls))].sort()).toEqual([...scripts].sort());
    expect(namesOf(ofPage)).toEqual([]);
  }

  /** Names of the selected files. */
  selected(): Promise<string[]> {
    return this.content
      .locator('[aria-selected="true"] .file-name')
      .evaluateAll((names) => names.map((name) => name.getAttribute('title') ?? ''));
  }
}

/** A story of the attachments page. Fails when the page or a frame throws. */
export const story = test.extend<{ gallery: GalleryPage }>({
  gallery: async ({ page, emulator }, use) => {
    const errors = watchErrors(page);
    await use(new GalleryPage(page, emulator));
    expect(errors).toEqual([]);
  },
});
