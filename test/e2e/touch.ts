import type { CDPSession, Locator, Page } from '@playwright/test';
import { inTurn } from './ci-only';
import { misfits } from './fit';
import { expect, test } from './fixtures';

/** Offset of a finger from the center of an element, in CSS pixels. */
export type Offset = readonly [x: number, y: number];

type TouchType = 'touchStart' | 'touchMove' | 'touchEnd';

interface TouchPoint {
  x: number;
  y: number;
  id: number;
}

/** Number of steps of a movement. */
const STEPS = 8;

/** Time between two touches of a double tap, in seconds. */
const DOUBLE_TAP_S = 0.1;

/** Fingers on the screen. Playwright has taps only; DevTools has the other gestures. */
export class Fingers {
  private constructor(private readonly session: CDPSession) {}

  static async of(page: Page): Promise<Fingers> {
    return new Fingers(await page.context().newCDPSession(page));
  }

  /** Taps twice. Its times do not depend on the load of the machine. */
  async doubleTap(target: Locator): Promise<void> {
    const [x, y] = await this.#centerOf(target);
    const now = Date.now() / 1_000;
    for (const timestamp of [now, now + DOUBLE_TAP_S]) {
      await this.#send('touchStart', [{ x, y, id: 0 }], timestamp);
      await this.#send('touchEnd', [], timestamp);
    }
  }

  /** Holds a finger on an element until the browser reports a long press, and lifts it. */
  async longPress(target: Locator, until: () => Promise<void>): Promise<void> {
    const [x, y] = await this.#centerOf(target);
    await this.#send('touchStart', [{ x, y, id: 0 }]);
    await until();
    await this.#send('touchEnd', []);
  }

  /** Moves each finger from one offset to another, at the same time, and lifts them. */
  async move(target: Locator, ...paths: readonly (readonly [from: Offset, to: Offset])[]): Promise<void> {
    const [x, y] = await this.#centerOf(target);
    const at = (step: number) =>
      paths.map(([from, to], id) => ({
        x: x + from[0] + ((to[0] - from[0]) * step) / STEPS,
        y: y + from[1] + ((to[1] - from[1]) * step) / STEPS,
        id,
      }));
    await this.#send('touchStart', at(0));
    for (let step = 1; step <= STEPS; step++) await this.#send('touchMove', at(step));
    await this.#send('touchEnd', []);
  }

  async #send(type: TouchType, touchPoints: TouchPoint[], timestamp?: number): Promise<void> {
    const times = timestamp === undefined ? {} : { timestamp };
    await this.session.send('Input.dispatchTouchEvent', { type, touchPoints, ...times });
  }

  async #centerOf(target: Locator): Promise<Offset> {
    await target.scrollIntoViewIfNeeded();
    const box = await target.boundingBox();
    if (!box) throw new Error('The target of the touch is not on the screen.');
    return [box.x + box.width / 2, box.y + box.height / 2];
  }
}

/**
 * Targets too small for a finger, and targets on top of each other, in a frame with this root. Links inside a sentence
 * are exempt (WCAG 2.5.8).
 */
function smallTargets(html: Locator): Promise<string[]> {
  return html.evaluate((root) => {
    const MIN_PX = 32;
    const found: string[] = [];
    const isInSentence = (element: Element): boolean =>
      element.matches('a, .link-button') &&
      [...(element.parentElement?.childNodes ?? [])].some(
        (node) => node instanceof Text && node.data.trim() !== '',
      );
    const isSeen = (element: Element): boolean =>
      element.checkVisibility({ visibilityProperty: true }) && !element.closest('.for-screen-readers');
    /** The part of an element inside all parts of the page that clip or scroll their content. */
    const visibleBoxOf = (element: Element): { left: number; right: number; top: number; bottom: number } => {
      let { left, right, top, bottom } = element.getBoundingClientRect();
      for (let parent = element.parentElement; parent; parent = parent.parentElement) {
        if (getComputedStyle(parent).overflow === 'visible') continue;
        const around = parent.getBoundingClientRect();
        [left, right] = [Math.max(left, around.left), Math.min(right, around.right)];
        [top, bottom] = [Math.max(top, around.top), Math.min(bottom, around.bottom)];
      }
      return { left, right, top, bottom };
    };
    const surface = root.querySelector('.menu') ?? [...root.querySelectorAll('dialog[open]')].at(-1) ?? root;
    const targets = [
      ...surface.querySelectorAll<HTMLElement>(
        'button, a[href], input, select, textarea, summary, [role="button"], [role="option"], [role="menuitem"]',
      ),
    ]
      .filter((element) => isSeen(element) && !isInSentence(element))
      .filter((element) => !(element instanceof HTMLInputElement && element.disabled))
      .map((element) => element.closest('label') ?? element)
      .map((element) => ({
        element,
        box: element.getBoundingClientRect(),
        visible: visibleBoxOf(element),
      }))
      .filter(({ box }) => box.width > 1 && box.height > 1);
    const nameOf = (element: Element): string => {
      const role = element.getAttribute('role') ?? element.tagName.toLowerCase();
      return `${role} “${element.getAttribute('aria-label') ?? element.textContent.trim()}”`;
    };
    // Half a pixel for rounding.
    for (const { element, box } of targets)
      if (box.width < MIN_PX - 0.5 || box.height < MIN_PX - 0.5)
        found.push(`${nameOf(element)}: ${Math.round(box.width)} × ${Math.round(box.height)}`);
    for (const [index, { element, visible }] of targets.entries())
      for (const other of targets.slice(index + 1)) {
        if (element.contains(other.element) || other.element.contains(element)) continue;
        const width =
          Math.min(visible.right, other.visible.right) - Math.max(visible.left, other.visible.left);
        const height =
          Math.min(visible.bottom, other.visible.bottom) - Math.max(visible.top, other.visible.top);
        if (width > 1 && height > 1)
          found.push(`${nameOf(element)} overlaps ${nameOf(other.element)} by ${width} × ${height}`);
      }
    return found;
  });
}

/** Widths of a phone, a tablet, and a tablet on its side. */
const WIDTHS = [320, 768, 1024];

/**
 * Expects that a finger can press all targets of a frame, and that nothing is cut off, at all widths; locally at one, in
 * turn.
 *
 * @param html The root of the frame.
 * @param open Opens a menu. Menus close when the window is resized.
 */
export async function expectTouchable(
  page: Page,
  html: Locator,
  state: string,
  open?: () => Promise<void>,
): Promise<void> {
  await test.step(state, async () => {
    const found: Record<string, string[]> = {};
    const widths = inTurn(WIDTHS);
    for (const width of widths) {
      await page.setViewportSize({ width, height: 1024 });
      await open?.();
      found[width] = [...(await smallTargets(html)), ...(await misfits(html))];
    }
    expect.soft(found, state).toEqual(Object.fromEntries(widths.map((width) => [width, []])));
  });
}
