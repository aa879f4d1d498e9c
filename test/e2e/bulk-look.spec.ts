import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, TestInfo } from '@playwright/test';
import type { BulkPanel } from './bulk-story';
import { story } from './bulk-story';
import { makeFile, pickable, writeSparseFile } from './files';
import { expect, poll } from './fixtures';
import { expectNoViolations } from './looks';

/** Initial and minimum width of the panel, and suitable windows, in CSS pixels. */
const WIDE = { panel: 640, window: 1280 };
const NARROW = { panel: 340, window: 340 };

const LONG_NAME =
  'Minutes of the meeting that decided what the release after the next one is going to be.docx';

/** Elements with horizontal scrolling or outside the frame: users of a narrow panel would miss them. */
function spilled(panel: BulkPanel): Promise<string[]> {
  return panel.content.locator('html').evaluate((html) => {
    const isOut = ({ left, right, width }: DOMRect): boolean =>
      width > 0 && (left < -0.5 || right > html.clientWidth + 0.5);
    const isWide = (element: Element): boolean =>
      element.scrollWidth > element.clientWidth + 1 &&
      (/auto|scroll/.test(getComputedStyle(element).overflowX) || element instanceof HTMLButtonElement);
    /** Long text may be shortened with an ellipsis. */
    const isCut = ({ parentElement }: Element): boolean =>
      parentElement !== null &&
      (getComputedStyle(parentElement).textOverflow === 'ellipsis' || isCut(parentElement));
    return Array.from(html.querySelectorAll('body *'))
      .filter((element) => !element.closest('.for-screen-readers, [hidden]') && !isCut(element))
      .filter((element) => isOut(element.getBoundingClientRect()) || isWide(element))
      .map(({ outerHTML }) => outerHTML.slice(0, 120));
  });
}

/** Checks the panel in all looks; its widths are the same in each. */
async function lookAt(panel: BulkPanel, what: string, testInfo: TestInfo): Promise<void> {
  await story.step(what, async () => {
    await expectNoViolations(panel.page, what, ['light', 'dark', 'high-contrast', 'forced colors']);
    for (const width of [NARROW, WIDE]) {
      await panel.page.setViewportSize({ width: width.window, height: 1000 });
      await poll(async () => (await panel.dialog.boundingBox())?.width).toBe(width.panel);
      await poll(() => spilled(panel)).toEqual([]);
      await panel.dialog.screenshot({ path: testInfo.outputPath(`${what} ${width.panel}.png`) });
    }
  });
}

/** Disables downloads and the clipboard in a frame, so that text is offered for manual copying. */
function disableExport(): void {
  Object.defineProperty(window, 'origin', { value: 'null' });
  Object.defineProperty(navigator, 'clipboard', { value: undefined });
  Object.defineProperty(document, 'execCommand', { value: () => false });
}

story(
  'axe finds no problem from the plan to the report in any look, and everything fits @services-only',
  async ({ panel, page, emulator }, testInfo) => {
    story.setTimeout(120_000);
    const { content } = panel;
    emulator.store.create({
      id: 1_001,
      type: 'User Story',
      fields: {
        'System.Title': `As a reader I see ${'an address/without/any/space/'.repeat(6)} in a title`,
      },
    });
    await page.addInitScript(disableExport);
    await panel.open([7, 8, 12, 21, 31, 32]);
    await lookAt(panel, 'empty plan', testInfo);
    await panel.addItems('1001, 999, thirteen');
    const folder = testInfo.outputPath('large');
    await mkdir(folder, { recursive: true });
    const large = ['film.mp4', LONG_NAME, 'later.bin'].map((name) => join(folder, name));
    for (const [index, path] of large.entries()) await writeSparseFile(path, 4_000_000 + index);
    await panel.pick(large);
    await panel.pick([pickable(makeFile('12_a.txt', 200)), pickable(makeFile('99_b.png', 200))]);
    await panel.openOptions();
    await content
      .getByRole('textbox', { name: 'Comment for all files' })
      .fill('From the night of the release');
    await panel.button('Files for Bug 31').click();
    await lookAt(panel, 'plan with all files for all work items', testInfo);

    await panel.chooseMapping('File or folder name');
    await panel.button('Customize…').click();
    const pattern = content.getByRole('textbox', { name: 'Pattern' });
    await pattern.fill('{number}');
    await expect(pattern).toHaveAttribute('aria-invalid', 'true');
    await lookAt(panel, 'plan with an invalid pattern', testInfo);
    await panel.button('Reset').click();
    await content.getByRole('textbox', { name: 'Test a file name' }).fill('4711.txt');
    await panel.showByFile();
    await panel.button('Edit 12_a.txt').click();
    await lookAt(panel, 'plan by name', testInfo);
    await panel.assignField('later.bin').fill('receipts');
    await expectNoViolations(page, 'suggestions', ['light', 'dark', 'high-contrast']);
    await panel.assignField('later.bin').press('Escape');
    await panel.chooseMapping('CSV list');
    await panel.pickList(
      pickable({
        name: 'list.csv',
        bytes: Buffer.from(`item,file\n7,film.mp4\nseven,${LONG_NAME}\n,x\n7,film.mp4\n8,nowhere.txt\n`),
      }),
    );
    await lookAt(panel, 'plan by list', testInfo);

    await panel.button(/^Remove unavailable \(\d\)$/).click();
    await content.getByRole('radio', { name: 'All files to all work items' }).check();
    emulator.setNetwork({
      bytesPerSecond: 100_000,
      faults: [{ name: 'status-403', remaining: null, at: 'simple' }],
    });
    await panel.attachButton.click();
    await expect(content.getByText("You don't have permission to edit this work item").first()).toBeVisible();
    await panel.button('Pause later.bin').click();
    await panel.button(/^Details of 12_a/).click();
    await lookAt(panel, 'run', testInfo);
    await panel.button('Pause').click();
    await expect(panel.button('Resume')).toBeVisible();
    await panel.button('Close').click();
    await lookAt(panel, 'paused run with the question before closing', testInfo);

    await panel.button('Keep open').click();
    await panel.button('Resume').click();
    emulator.interfere('batch', () => emulator.store.readOnlyIds.add(7));
    emulator.setNetwork({ bytesPerSecond: null, faults: [] });
    await panel.expectReport(/failed/);
    await panel.export('Copy report (CSV)');
    await expect(content.getByRole('textbox', { name: /blocked here/ })).toBeVisible();
    await lookAt(panel, 'report with text for manual copying', testInfo);
  },
);

story.describe('with forced colors', () => {
  story.use({ contextOptions: { forcedColors: 'active' } });

  // Scripts cannot read forced colors, so this compares screenshots.
  story('The chosen option looks different from the others @services-only', async ({ panel }, testInfo) => {
    const expectChange = async (button: Locator): Promise<void> => {
      const before = await button.screenshot();
      await button.press('Enter');
      await expect(button).toHaveAttribute('aria-pressed', 'true');
      // The focus ring does not count.
      await button.blur();
      expect(before.equals(await button.screenshot())).toBe(false);
    };
    await panel.open([7, 8]);
    await panel.pick([pickable(makeFile('a.txt', 100))]);
    await expectChange(panel.button(/^By file/));
    await panel.dialog.screenshot({ path: testInfo.outputPath('plan.png') });
    await panel.attach('2 of 2 attached');
    await expectChange(panel.button('Attached (2)'));
    await panel.dialog.screenshot({ path: testInfo.outputPath('report.png') });
  });
});
