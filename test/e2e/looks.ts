import type { Frame, Locator, Page } from '@playwright/test';
import { violations } from './axe';
import { expect, poll, test } from './fixtures';

/** What a page is seen in: a theme of the host, or the colours that a system puts over all of ours. */
type Look = 'light' | 'dark' | 'high-contrast' | 'forced colours';

const LOOKS: readonly Look[] = ['light', 'dark', 'forced colours'];

/**
 * Expects that axe finds nothing wrong with the page as it stands, in several looks. They are changed under its hands,
 * so that the way to a state is gone once; in the end it is light, as at the start.
 *
 * @param state What is looked at, for whoever reads of a failure.
 */
export async function expectNoViolations(page: Page, state: string, looks = LOOKS): Promise<void> {
  await test.step(state, async () => {
    const found: Partial<Record<Look, unknown[]>> = {};
    for (const look of looks) {
      await putOn(page, look);
      found[look] = await violations(page);
    }
    await putOn(page, 'light');
    expect(found, state).toEqual(Object.fromEntries(looks.map((look) => [look, []])));
  });
}

/** Gives the host's page another look, as its side panel does, and waits until the frames on the screen have it too. */
async function putOn(page: Page, look: Look): Promise<void> {
  const isForced = look === 'forced colours';
  await page.emulateMedia({ forcedColors: isForced ? 'active' : 'none' });
  // The side panel is folded away; what stands there works all the same.
  const themes = page.getByRole('combobox', { name: 'Theme', includeHidden: true });
  await themes.selectOption(isForced ? 'light' : look, { force: true });
  await poll(async () => {
    const grounds = await Promise.all(page.frames().map(groundOf));
    return new Set(grounds.filter(Boolean)).size;
  }).toBe(1);
}

/**
 * Expects that what is done can be seen on an element where a system's colours take the place of ours. What these are no
 * script is told, so this looks at the picture.
 */
export async function expectSeenInForcedColours(element: Locator, act: () => Promise<void>): Promise<void> {
  const page = element.page();
  await putOn(page, 'forced colours');
  const before = await element.screenshot();
  await act();
  await poll(async () => before.equals(await element.screenshot())).toBe(false);
  await putOn(page, 'light');
}

/** The colour that a frame on the screen was told to lie on. */
async function groundOf(frame: Frame): Promise<string | undefined> {
  if (frame.parentFrame() && !(await (await frame.frameElement()).isVisible())) return undefined;
  return frame.evaluate(() =>
    getComputedStyle(document.documentElement).getPropertyValue('--palette-neutral-0'),
  );
}
