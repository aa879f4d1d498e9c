import type { FrameLocator, Locator, Page } from '@playwright/test';
import { expect } from './expect';
import type { Emulator } from 'azure-devops-emulator';

/** File to pick, in memory or on disk. */
export type PickableFile = string | { name: string; mimeType: string; buffer: Buffer };

/** Text with the number of attachments in a form. */
export function attachmentCount(count: number): RegExp {
  return count === 0 ? /^No attachments yet$/ : new RegExp(`^${count} attachments?( · \\d+ left)?$`);
}

/** The emulator's page as the user sees it: a board, a form, and Stapler in its frame. */
export class Board {
  constructor(
    readonly page: Page,
    readonly emulator: Emulator,
  ) {}

  /** Opens the page on a work item and waits until Stapler has loaded it. */
  async open(id: number, query: Record<string, string> = {}): Promise<void> {
    const search = new URLSearchParams({ item: String(id), panel: 'closed', ...query });
    await this.page.goto(`${this.emulator.hostUrl}?${search}`);
    await this.ready();
  }

  /** Waits until Stapler shows the number of attachments, in any language. */
  async ready(): Promise<void> {
    await expect(this.stapler.locator('.attached-count')).toBeVisible();
  }

  /** The number of attachments in the form. */
  count(attachments: number): Locator {
    return this.stapler.getByText(attachmentCount(attachments));
  }

  /** Opens another item from the list. */
  async goTo(title: string): Promise<void> {
    await this.page.getByRole('link', { name: new RegExp(title) }).click();
  }

  /** Visible frame; frames of other work item types stay alive, hidden. */
  get frame(): Locator {
    return this.page.locator('iframe[title="Attachments"]:visible');
  }

  /** Content of the visible frame. */
  get stapler(): FrameLocator {
    return this.frame.contentFrame();
  }

  get dropZone(): Locator {
    return this.stapler.getByRole('button', { name: /drop or paste files/i });
  }

  /** What a full work item shows in place of the drop zone. */
  get fullZone(): Locator {
    return this.stapler.getByRole('button', { name: /^This work item is full/ });
  }

  /** Row of one upload. */
  row(name: string): Locator {
    return this.stapler.locator('.upload-list').getByRole('listitem').filter({ hasText: name });
  }

  /** Confirmation with the number of files attached by this frame. */
  finished(text: string | RegExp): Locator {
    return this.stapler.locator('.just-attached').getByText(text, { exact: typeof text === 'string' });
  }

  /** Question about files that wait for a save. */
  get saveQuestion(): Locator {
    return this.stapler.getByRole('group', { name: 'Files waiting for you to save' });
  }

  /** Sentence for screen readers about the uploads. */
  get announcement(): Locator {
    return this.stapler.locator('.for-screen-readers[role="status"]');
  }

  /** The latest attachments, by name. */
  get latest(): Locator {
    return this.stapler.getByRole('list', { name: 'Latest attachments' });
  }

  /** Unfolds or folds the list of attachments. */
  get fold(): Locator {
    return this.stapler.locator('.attached-count');
  }

  /** Button of the group's menu. */
  get more(): Locator {
    return this.stapler.getByRole('button', { name: 'More actions', exact: true });
  }

  /** Choice of the group's menu for files next to unsaved edits. */
  editsChoice(name: string): Locator {
    return this.stapler
      .getByRole('group', { name: 'If you have unsaved changes' })
      .getByRole('menuitemradio', { name, exact: true });
  }

  /** Picks files in the drop zone's file dialog. */
  async pick(files: PickableFile | PickableFile[]): Promise<void> {
    const chooser = this.page.waitForEvent('filechooser');
    // While a frame gets its first height, the browser may send a click to the page around it. The document listens,
    // because the drop zone may be drawn again before the click arrives.
    await expect(async () => {
      const received = await this.dropZone.evaluateHandle(({ ownerDocument }) => {
        const clicks = { isAnyReceived: false };
        ownerDocument.addEventListener('click', () => (clicks.isAnyReceived = true), {
          capture: true,
          once: true,
        });
        return clicks;
      });
      await this.dropZone.click();
      expect(await received.evaluate(({ isAnyReceived }) => isAnyReceived)).toBe(true);
    }).toPass();
    const list = Array.isArray(files) ? files : [files];
    await (await chooser).setFiles(list as string[]);
  }

  /** Question about a file over the limit for the size of a file. */
  overLimit(name: string): Locator {
    return this.stapler.getByRole('group', { name: 'File over the limit' }).filter({ hasText: name });
  }

  /** Picks files, one of them over the known limit, and lets the server decide about it. */
  async pickLarge(files: PickableFile | PickableFile[], name: string): Promise<void> {
    await this.pick(files);
    await this.overLimit(name).getByRole('button', { name: 'Attach anyway' }).click();
  }

  /** Drops files or folders from disk on the middle of `target`, with the events of a real drag. */
  async drop(paths: string[], target: Locator = this.dropZone): Promise<void> {
    await (await this.drag(paths, target)).drop();
  }

  /** Drags files or folders from disk over the middle of `target`; the returned function drops them. */
  async drag(paths: string[], target: Locator = this.dropZone): Promise<{ drop: () => Promise<void> }> {
    await target.scrollIntoViewIfNeeded();
    const box = await target.boundingBox();
    if (!box) throw new Error('The target of the drop is not on the screen.');
    const session = await this.page.context().newCDPSession(this.page);
    const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    const data = { items: [], files: paths, dragOperationsMask: 1 };
    const send = (type: 'dragEnter' | 'dragOver' | 'drop'): Promise<unknown> =>
      session.send('Input.dispatchDragEvent', { type, ...at, data });
    await send('dragEnter');
    await send('dragOver');
    return {
      async drop() {
        await send('drop');
        await session.detach();
      },
    };
  }
}
