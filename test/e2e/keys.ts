import type { FrameLocator, Locator, Page } from '@playwright/test';
import type { PickableFile } from './board';
import { expect, poll } from './fixtures';

/** So many controls there are at most between two that a story goes to. */
const MOST_STEPS = 90;

/** A person who has a keyboard and no mouse, in a page of Stapler. */
export class Keys {
  constructor(
    private readonly page: Page,
    /** What Stapler shows. */
    private readonly frame: () => Pick<FrameLocator, 'locator'>,
  ) {}

  /** Presses keys one after the other. What had the focus may go away by that; something sensible must have it then. */
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      await this.page.keyboard.press(key);
      await this.expectFocusInside();
    }
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  /** Goes to a control by the Tab key, and presses a key there. */
  async use(target: Locator, key = 'Enter'): Promise<void> {
    await this.tabTo(target);
    await this.press(key);
  }

  /** Goes from control to control by the Tab key until `target` has the focus, backwards where that key is given. */
  async tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    await this.goTo(target, key);
  }

  /** Presses a key until `target` has the focus. */
  async goTo(target: Locator, key: string): Promise<void> {
    await expect(target).toBeVisible();
    for (let presses = 0; presses < MOST_STEPS; presses++) {
      if (await hasFocus(target)) return;
      await this.page.keyboard.press(key);
    }
    throw new Error(`${MOST_STEPS} presses of ${key} did not lead to ${String(target)}.`);
  }

  /** Opens a file dialog by the key, at a control, and picks files in it. */
  async pickAt(target: Locator, files: readonly PickableFile[] | string): Promise<void> {
    await this.tabTo(target);
    await this.pick(files);
  }

  /** Presses Enter, which opens a file dialog, and picks files in it. */
  async pick(files: readonly PickableFile[] | string): Promise<void> {
    // The browser learns a moment late that a frame of another process has the focus, and gives keys to the page.
    await expect(async () => {
      const chooser = this.page.waitForEvent('filechooser', { timeout: 2_000 });
      await this.page.keyboard.press('Enter');
      await (await chooser).setFiles(files as string[]);
    }).toPass();
    await this.expectFocusInside();
  }

  /** The focus is on something in Stapler, and not lost to the page. */
  async expectFocusInside(): Promise<void> {
    await poll(() =>
      this.frame()
        .locator('html')
        .evaluate(({ ownerDocument: { activeElement, body } }) =>
          !document.hasFocus()
            ? 'outside'
            : activeElement === body || activeElement === null
              ? 'lost'
              : 'on an element',
        ),
    ).toBe('on an element');
  }
}

function hasFocus(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element === document.activeElement && document.hasFocus());
}
