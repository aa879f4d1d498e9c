import type { Frame, Locator, Page } from '@playwright/test';
import { violations } from './axe';
import { inTurn } from './ci-only';
import { expect, poll, test } from './fixtures';

/** Look of a page: a theme of the host, or forced colors of the system. */
type Look = 'light' | 'dark' | 'high-contrast' | 'forced colors';

const LOOKS: readonly Look[] = ['light', 'dark', 'forced colors'];

/**
 * Expects no accessibility violation on the current page. Changes the look in place, and restores the light one at the
 * end. Locally, it checks one look, in turn: most rules do not depend on colors.
 *
 * @param state Name of the state, for failure messages.
 * @param looks Looks with `CI=true`.
 */
export async function expectNoViolations(page: Page, state: string, looks = LOOKS): Promise<void> {
  await test.step(state, async () => {
    const tried = inTurn(looks);
    const found: Partial<Record<Look, unknown[]>> = {};
    for (const [index, look] of tried.entries()) {
      await applyLook(page, look);
      found[look] = await violations(page, 'frames', index === 0 ? 'all' : 'of colors');
    }
    await applyLook(page, 'light');
    expect(found, state).toEqual(Object.fromEntries(tried.map((look) => [look, []])));
  });
}

/** Changes the look of the host's page, as its side panel does, and waits until the visible frames follow. */
async function applyLook(page: Page, look: Look): Promise<void> {
  const isForced = look === 'forced colors';
  await page.emulateMedia({ forcedColors: isForced ? 'active' : 'none' });
  // The controls of the collapsed side panel work while hidden.
  const themes = page.getByRole('combobox', { name: 'Theme', includeHidden: true });
  await themes.selectOption(isForced ? 'light' : look, { force: true });
  await poll(async () => {
    const grounds = await Promise.all(page.frames().map(backgroundOf));
    return new Set(grounds.filter(Boolean)).size;
  }).toBe(1);
}

/**
 * Expects a visible change of an element in forced colors. Scripts cannot read forced colors, so this compares
 * screenshots.
 */
export async function expectSeenInForcedColors(element: Locator, act: () => Promise<void>): Promise<void> {
  const page = element.page();
  await applyLook(page, 'forced colors');
  const before = await element.screenshot();
  await act();
  await poll(async () => before.equals(await element.screenshot())).toBe(false);
  await applyLook(page, 'light');
}

/** Background color of a visible frame, as set by the host. */
async function backgroundOf(frame: Frame): Promise<string | undefined> {
  if (frame.parentFrame() && !(await (await frame.frameElement()).isVisible())) return undefined;
  return frame.evaluate(() =>
    getComputedStyle(document.documentElement).getPropertyValue('--palette-neutral-0'),
  );
}
