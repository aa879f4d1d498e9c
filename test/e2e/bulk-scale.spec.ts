import type { BulkPanel } from './bulk-story';
import { everyOneOf, story } from './bulk-story';
import { makeFile, pickable } from './files';
import { expect, withEmulator } from './fixtures';
import { heapOf } from './heap';

const ITEMS = 1_000;
const FILES = 20;

/** Upper bound for rows in the DOM, at any length of the list. */
const MAX_ROWS = 60;

/** Upper bound for the memory of plan, run, report and all responses, in bytes. */
const MAX_HEAP_GROWTH = 96 * 1024 * 1024;

const scale = story.extend({
  emulator: async ({ mode }, use) => {
    await withEmulator({ mode, extensionFolder: process.cwd(), items: ITEMS }, use);
  },
});

/** Long tasks of the panel's page by phase: count over 50 ms, and the longest. */
class LongTasks {
  readonly #figures: string[] = [];

  constructor(private readonly panel: BulkPanel) {}

  async observe(): Promise<void> {
    await this.panel.content.locator('html').evaluate(() => {
      const found: number[] = [];
      Object.assign(window, { longTasks: found });
      new PerformanceObserver((list) => {
        for (const { name, duration } of list.getEntries()) if (name === 'self') found.push(duration);
      }).observe({ type: 'longtask' });
    });
  }

  /** Waits until the page shows a text. Uses no polling, which would add tasks. */
  async expectShown(text: string): Promise<void> {
    await this.panel.content.locator('main').evaluate(
      (main, wanted) =>
        new Promise<void>((resolve) => {
          const look = (): void => {
            if (!main.textContent.includes(wanted)) return;
            observer.disconnect();
            resolve();
          };
          const observer = new MutationObserver(look);
          observer.observe(main, { childList: true, characterData: true, subtree: true });
          look();
        }),
      text,
    );
  }

  /** Ends a phase. */
  async note(phase: string): Promise<void> {
    const found = await this.panel.content.locator('html').evaluate(async () => {
      // The observer is notified in a task of its own.
      await new Promise((resolve) => setTimeout(resolve, 100));
      return (window as unknown as { longTasks: number[] }).longTasks.splice(0);
    });
    const longest = found.length > 0 ? `, longest ${Math.round(Math.max(...found))} ms` : '';
    this.#figures.push(`${phase}: ${found.length} over 50 ms${longest}`);
  }

  print(): void {
    console.log(`Long tasks\n  ${this.#figures.join('\n  ')}`);
  }
}

scale(
  'Stapler attaches 20 files to each of 1,000 work items and searches a report of 20,000 lines @services-only',
  async ({ panel, page }) => {
    scale.setTimeout(180_000);
    const { content } = panel;
    const ids = Array.from({ length: ITEMS }, (_, index) => 1_001 + index);
    const files = Array.from({ length: FILES }, (_, index) => makeFile(`file ${index}.bin`, 500 + index));
    const tasks = new LongTasks(panel);
    const rows = content.getByRole('listitem');
    const expectFewRows = async (): Promise<void> => expect(await rows.count()).toBeLessThan(MAX_ROWS);

    await panel.pages.open('Queries');
    await panel.pages.row(1_001).click();
    await page.keyboard.press('Shift+End');
    await panel.openForSelection();
    const usedHeap = await heapOf(panel.frame);
    const before = await usedHeap();
    await tasks.observe();
    await panel.pick(files.map(pickable));
    await tasks.expectShown('20,000 attachments');
    await tasks.note('20 files for 1,000 work items');
    await panel.openOptions();
    const comment = content.getByRole('textbox', { name: 'Comment for all files' });
    await comment.pressSequentially('for all', { delay: 100 });
    await tasks.note('7 keys in “Comment for all files”');
    await panel.showByFile();
    await panel.showByItem();
    await tasks.note('from list to list');
    await panel.button('Files for Bug 1001').click();
    await expectFewRows();
    await tasks.note('a work item unfolded');

    await panel.attachButton.click();
    await tasks.expectShown('Attaching 20 files');
    await tasks.note('start');
    await expectFewRows();
    await tasks.expectShown('20,000 of 20,000 attached');
    await tasks.note('run and report');
    await panel.expectReport('20,000 of 20,000 attached');
    expect(panel.uploads()).toBe(FILES);
    expect(panel.linkRequests()).toEqual({ together: ITEMS / 50, alone: 0 });
    await expectFewRows();
    await expect(async () => {
      await panel.scrollToEnd();
      await expect(panel.reportRow('2000')).toBeVisible({ timeout: 200 });
    }).toPass();
    await expectFewRows();
    await tasks.note('to the end of the report');
    await panel.button('Attached (20,000)').click();
    await expect(panel.button('Attached (20,000)')).toHaveAttribute('aria-pressed', 'true');
    await tasks.note('report filtered');
    const growth = (await usedHeap()) - before;
    tasks.print();
    console.log(`Heap grown by ${(growth / 1024 ** 2).toFixed(1)} MiB`);
    expect(growth).toBeLessThan(MAX_HEAP_GROWTH);
    panel.expectOnServer(
      everyOneOf(
        ids,
        files.map((file) => ({ file, comment: 'for all' })),
      ),
    );
  },
);
