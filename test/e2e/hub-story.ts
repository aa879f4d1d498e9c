import type { FrameLocator, Locator, Page } from '@playwright/test';
import { attachedFile, type Emulator } from 'azure-devops-emulator';
import { expect, poll, test, watchErrors, withEmulator } from './fixtures';

/** Work items and files in addition to the seeded ones. */
const PROJECT = { items: 90, files: 300 };

/** The Attachments hub, as the user sees it in the navigation of Azure Boards. */
export class HubPage {
  constructor(
    readonly page: Page,
    readonly emulator: Emulator,
  ) {}

  async open(query: Record<string, string> = {}): Promise<void> {
    const search = new URLSearchParams({ panel: 'closed', ...query });
    await this.page.goto(`${this.emulator.hostUrl}?${search}`);
    const navigation = this.page.getByRole('navigation', { name: 'Pages' });
    await navigation.getByRole('link', { name: 'Attachments', exact: true }).click();
  }

  /** Makes the first index. */
  async build(): Promise<void> {
    await this.button('Start').click();
    await expect(this.age).toBeVisible();
  }

  get frame(): Locator {
    return this.page.locator('iframe[title="Attachments"]');
  }

  get content(): FrameLocator {
    return this.frame.contentFrame();
  }

  button(name: string | RegExp): Locator {
    return this.content.getByRole('button', { name, ...(typeof name === 'string' && { exact: true }) });
  }

  get search(): Locator {
    return this.content.getByRole('searchbox', { name: 'Search attachments' });
  }

  /** Time of the last refresh. */
  get age(): Locator {
    return this.content.getByRole('status').filter({ hasText: /^As of / });
  }

  get list(): Locator {
    return this.content.getByRole('grid', { name: 'Attachments' });
  }

  /** Rows of files, without the header. */
  get rows(): Locator {
    return this.list.getByRole('rowgroup').getByRole('row');
  }

  row(name: string): Locator {
    return this.rows.filter({ has: this.page.getByTitle(name, { exact: true }) });
  }

  /** The open preview. */
  get preview(): Locator {
    return this.content.getByRole('dialog', { name: /^Preview of / });
  }

  /** Names of the first rows, in order. */
  names(): Promise<string[]> {
    return this.rows
      .locator('.file-name')
      .evaluateAll((names) => names.map((name) => name.getAttribute('title') ?? ''));
  }

  /** Searches, and expects this number of files. */
  async find(text: string, count: number): Promise<void> {
    await this.search.fill(text);
    await this.expectCount(count);
  }

  async expectCount(count: number): Promise<void> {
    const text = count === 1 ? /^1 file,/ : new RegExp(`^${count.toLocaleString('en-US')} files,`);
    await expect(this.content.getByRole('status').filter({ hasText: text })).toBeVisible();
  }

  /** Refreshes, and waits for the end. */
  async refresh(): Promise<void> {
    const before = this.counts().bins;
    await this.button('Refresh').click();
    await poll(() => this.counts().bins).toBeGreaterThan(before);
    await expect(this.button('Refresh')).toBeEnabled();
  }

  /** Numbers of answered requests so far: queries, batches of work items, and reads of the recycle bin. */
  counts(): { readonly queries: number; readonly batches: number; readonly bins: number } {
    // Without refused ones: a Server may refuse the first version of the API.
    const count = (method: string, path: RegExp): number =>
      this.emulator.requests.records.filter(
        (record) => record.method === method && path.test(record.url) && record.status === 200,
      ).length;
    return {
      queries: count('POST', /\/wiql\b/),
      batches: count('POST', /\/workitemsbatch\b/),
      bins: count('GET', /\/recyclebin\b/),
    };
  }
}

/** File of a work item on the server. */
interface TrueFile {
  readonly item: number;
  readonly name: string;
  readonly bytes: number;
  readonly area: string;
}

/** The files that the person can read, as on the server. */
export function filesOn({ store }: Emulator): readonly TrueFile[] {
  return store.workItemIds
    .filter((id) => store.isReadable(id))
    .flatMap((id) => {
      const { relations, fields } = store.workItem(id);
      return relations
        .filter(({ rel }) => rel === attachedFile)
        .map(({ attributes }) => ({
          item: id,
          name: String(attributes['name']),
          bytes: Number(attributes['resourceSize']),
          area: fields['System.AreaPath'] as string,
        }));
    });
}

/** Test of the hub in a project with some hundred files. */
export const story = test.extend<{ hub: HubPage }>({
  emulator: async ({ mode, serverFrames }, use) => {
    await withEmulator({ mode, serverFrames, extensionFolder: process.cwd(), ...PROJECT }, use);
  },
  hub: async ({ page, emulator }, use) => {
    const errors = watchErrors(page);
    await use(new HubPage(page, emulator));
    expect(errors).toEqual([]);
  },
});
