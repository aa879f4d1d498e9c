import type { Locator, Page } from '@playwright/test';
import { expect, poll, test } from './fixtures';

/** Upper bound for Tab stops in one frame. */
const MAX_STOPS = 60;

/** Text spacing from WCAG 1.4.12; users may override the page's own. */
const SPACING = `* {
  line-height: 1.5 !important;
  letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important;
}
p { margin-bottom: 2em !important; }`;

/** Elements that are cut off, too wide or too small to press in a frame with this root. */
export function misfits(html: Locator): Promise<string[]> {
  return html.evaluate((root) => {
    const found: string[] = [];
    const tell = (what: string, element: Element): void =>
      void found.push(`${what}: ${element.outerHTML.slice(0, 140)}`);
    const isSeen = (element: Element): boolean =>
      element.checkVisibility({ visibilityProperty: true }) &&
      !element.closest('.for-screen-readers, [hidden]');
    if (root.scrollWidth > root.clientWidth) found.push(`The page is ${root.scrollWidth} pixels wide.`);
    for (const element of root.querySelectorAll<HTMLElement>(
      'button, [role="button"], input, select, summary',
    )) {
      const { width, height } = element.getBoundingClientRect();
      if (!isSeen(element) || width === 0) continue;
      // Inline links and native controls may be smaller (WCAG 2.5.8).
      const isExcepted = element.matches(
        '.link-button, .gallery-open, input[type="checkbox"], input[type="radio"]',
      );
      if (!isExcepted && (width < 24 || height < 24)) tell(`${width} by ${height} pixels`, element);
    }
    const dialog = root.querySelector('dialog[open], .menu');
    for (const element of (dialog ?? root).querySelectorAll<HTMLElement>(
      'button, p, h2, label, legend, span, select',
    )) {
      if (!isSeen(element) || element.closest('.file-name, .gallery-told')) continue;
      const { overflowX, overflowY, textOverflow } = getComputedStyle(element);
      const cuts = overflowX !== 'visible' || overflowY !== 'visible';
      const isMeant = textOverflow === 'ellipsis' && element.scrollHeight <= element.clientHeight + 1;
      const isCut =
        element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1;
      if (cuts && isCut && !isMeant && !/auto|scroll/.test(overflowX + overflowY)) tell('cut off', element);
    }
    return found;
  });
}

/** Elements with an animation or transition. Needs a browser with reduced motion. */
function movements(html: Locator): Promise<string[]> {
  return html.evaluate((root) => {
    const isLong = (durations: string): boolean =>
      durations.split(',').some((each) => parseFloat(each) > 0.01);
    return [...root.querySelectorAll('*')]
      .filter((element) => {
        const style = getComputedStyle(element);
        const changes = style.transitionProperty !== 'none' && isLong(style.transitionDuration);
        return changes || (style.animationName !== 'none' && isLong(style.animationDuration));
      })
      .map(({ outerHTML }) => `moves: ${outerHTML.slice(0, 140)}`);
  });
}

/** Problem of the focused element; `undefined` if the focus is outside the frame. */
function misfitOfFocus(html: Locator): Promise<string | undefined> {
  return html.evaluate((root) => {
    const element = document.activeElement;
    if (!element || element === document.body || !document.hasFocus()) return undefined;
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const [x0, x1] = [Math.max(0, left), Math.min(root.clientWidth, right)];
    const [y0, y1] = [Math.max(0, top), Math.min(window.innerHeight, bottom)];
    const name = element.outerHTML.slice(0, 140);
    if (x0 >= x1 || y0 >= y1) return `out of sight: ${name}`;
    const points = [0.1, 0.5, 0.9].flatMap((x) =>
      [0.2, 0.5, 0.8].map((y) => [x0 + x * (x1 - x0), y0 + y * (y1 - y0)]),
    );
    const isHit = points.some(([x = 0, y = 0]) => {
      const hit = document.elementFromPoint(x, y);
      return hit !== null && (element.contains(hit) || hit.contains(element));
    });
    if (!isHit) return `hidden behind something: ${name}`;
    const shows = [null, '::before', '::after'].some((part) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element, part);
      return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
    });
    return shows ? '' : `without a ring: ${name}`;
  });
}

/** Whether the problem disappears: a popup that closes with the focus moves the content below it. */
function isTransient(html: Locator): Promise<boolean> {
  return poll(() => misfitOfFocus(html), { timeout: 1_000 })
    .toBe('')
    .then(
      () => true,
      () => false,
    );
}

/**
 * Expects a usable frame: nothing is too wide, cut off or too small to press, with and without the text spacing of WCAG
 * 1.4.12. Each Tab stop is in view and has a visible focus ring. Nothing moves.
 *
 * @param html The root of the frame.
 */
export async function expectUsable(page: Page, html: Locator, state: string): Promise<void> {
  await test.step(state, async () => {
    const found = [...(await misfits(html)), ...(await movements(html))];
    const style = await html.evaluateHandle((root, text) => {
      const element = document.createElement('style');
      element.textContent = text;
      root.append(element);
      return element;
    }, SPACING);
    found.push(...(await misfits(html)).map((each) => `With more space: ${each}`));
    await style.evaluate((element) => element.remove());
    const start = await html.evaluateHandle(() => document.activeElement);
    for (let stop = 0; stop < MAX_STOPS; stop++) {
      await page.keyboard.press('Tab');
      const misfit = await misfitOfFocus(html);
      if (misfit === undefined) break;
      if (misfit && !(await isTransient(html))) found.push(misfit);
    }
    await start.evaluate((element) => (element as HTMLElement | null)?.focus());
    expect([...new Set(found)], state).toEqual([]);
  });
}
