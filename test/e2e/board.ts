import type { FrameLocator, Locator, Page } from '@playwright/test';
import { expect } from './expect';
import type { Emulator } from 'azure-devops-emulator';

/** File to pick, in memory or on disk. */
export type PickableFile = string | { name: string; mimeType: string; buffer: Buffer };

/** Text with the number of attachments in a form. A host that says that it is a server states no limit. */
export function attachmentCount(count: number, { mode }: Pick<Emulator, 'mode'>): RegExp {
  return mode === 'services'
    ? new RegExp(`^${count} of 100 attachments$`)
    : new RegExp(`^${count}( of 100)? attachments?$`);
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

  /** Waits until Stapler shows the number of attachments; in Services mode in any language. */
  async ready(): Promise<void> {
    const count =
      this.emulator.mode === 'services' ? /^\D*(\d+\D+100|100\D+\d+)\D*$/ : /^\d+( of 100)? attachments?$/;
    await expect(this.stapler.getByText(count).first()).toBeVisible();
  }

  /** The number of attachments in the form. */
  count(attachments: number): Locator {
    return this.stapler.getByText(attachmentCount(attachments, this.emulator));
  }

  /** Opens another item from the list. */
  async goTo(title: string): Promise<void> {
    await this.page.getByRole('link', { name: new RegExp(title) }).click();
  }

  /** Visible frame; frames of other work item types stay alive, hidden. */
  get frame(): Locator {
    return this.page.locator('iframe[title="Stapler"]:visible');
  }

  /** Content of the visible frame. */
  get stapler(): FrameLocator {
    return this.frame.contentFrame();
  }

  get dropZone(): Locator {
    return this.stapler.getByRole('button', { name: /drop or paste files/i });
  }

  /** Row of one upload. */
  row(name: string): Locator {
    return this.stapler.getByRole('listitem').filter({ hasText: name });
  }

  /** Row into which finished uploads are collapsed. */
  finished(text: string | RegExp): Locator {
    return this.stapler.getByRole('button', { name: text });
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
