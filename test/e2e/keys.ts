import type { FrameLocator, Locator, Page } from '@playwright/test';
import type { PickableFile } from './board';
import { expect, poll } from './fixtures';

/** Upper bound for key presses between two controls of a story. */
const MAX_PRESSES = 90;

/** User with a keyboard and no mouse, in a page of Stapler. */
export class Keys {
  constructor(
    private readonly page: Page,
    /** Content of the page. */
    private readonly frame: () => Pick<FrameLocator, 'locator'>,
  ) {}

  /** Presses keys and expects the focus on an element after each, even if the focused one has disappeared. */
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      await this.page.keyboard.press(key);
      await this.expectFocusInside();
    }
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  /** Tabs to a control and presses a key there. */
  async use(target: Locator, key = 'Enter'): Promise<void> {
    await this.tabTo(target);
    await this.press(key);
  }

  /** Tabs until `target` has the focus, backward with `Shift+Tab`. */
  async tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    await this.goTo(target, key);
  }

  /** Presses a key until `target` has the focus. */
  async goTo(target: Locator, key: string): Promise<void> {
    await expect(target).toBeVisible();
    for (let presses = 0; presses < MAX_PRESSES; presses++) {
      if (await hasFocus(target)) return;
      await this.page.keyboard.press(key);
    }
    throw new Error(`${MAX_PRESSES} presses of ${key} did not lead to ${String(target)}.`);
  }

  /** Tabs to a control, opens its file dialog by keyboard and picks files. */
  async pickAt(target: Locator, files: readonly PickableFile[] | string): Promise<void> {
    await this.tabTo(target);
    await this.pick(files);
  }

  /** Opens the file dialog of the focused control with Enter and picks files. */
  async pick(files: readonly PickableFile[] | string): Promise<void> {
    const chooser = this.page.waitForEvent('filechooser');
    const received = await this.frame()
      .locator('html')
      .evaluateHandle(() => {
        const keys = { isAnyReceived: false };
        addEventListener('keydown', () => (keys.isAnyReceived = true), { capture: true, once: true });
        return keys;
      });
    // The browser learns late that a frame of another process has the focus, and sends keys to the page.
    await expect(async () => {
      await this.page.keyboard.press('Enter');
      expect(await received.evaluate(({ isAnyReceived }) => isAnyReceived)).toBe(true);
    }).toPass();
    await (await chooser).setFiles(files as string[]);
    await this.expectFocusInside();
  }

  /** Expects the focus on an element in Stapler rather than on a body. */
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
