import { expectUsable } from './fit';
import { expect } from './fixtures';
import { story } from './hub-story';
import { Keys } from './keys';
import { expectNoViolations } from './looks';

/** A bug with 37 files. */
const CROWDED = 30;

const LOG = 'export-2026-03-14.log';

story('The hub has no accessibility violations in any look @services-only', async ({ hub }) => {
  const { page, content, emulator } = hub;
  await hub.open();
  await expect(hub.button('Start')).toBeVisible();
  await expectNoViolations(page, 'the cost');
  await hub.build();
  await hub.find(`on:${CROWDED}`, 37);
  await hub.rows.nth(1).click();
  await hub.button('Search conditions').click();
  await expectNoViolations(page, 'files, one selected, with the conditions');
  await hub.button('Search conditions').click();
  await hub.button('Report').click();
  await expect(content.getByRole('table', { name: 'Largest files' })).toBeVisible();
  await expectNoViolations(page, 'report');
  await hub.button('Files').click();
  emulator.setNetwork({ faults: [{ name: 'status-503', remaining: null, at: 'read' }] });
  await hub.find(LOG, 1);
  await hub.row(LOG).dblclick();
  await expect(hub.preview).toBeVisible();
  await expectNoViolations(page, 'preview');
});

story('The hub is usable at 400 % zoom @services-only', async ({ hub }) => {
  const { page, content } = hub;
  const html = content.locator('html');
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await hub.open();
  await page.setViewportSize({ width: 320, height: 256 });
  await hub.button('Start').focus();
  await expectUsable(page, html, 'the cost');
  await hub.build();
  await hub.find(`on:${CROWDED}`, 37);
  await hub.search.focus();
  await expectUsable(page, html, 'files');
  await hub.button('Report').click();
  await expect(content.getByRole('table', { name: 'Largest files' })).toBeVisible();
  await hub.search.focus();
  await expectUsable(page, html, 'report');
});

story('The keyboard alone operates the hub and never loses the focus @services-only', async ({ hub }) => {
  const { page, content } = hub;
  const keys = new Keys(page, () => content);
  const dialog = content.getByRole('dialog');
  await hub.open();
  await expect(hub.button('Start')).toBeVisible();
  await page.getByRole('link', { name: 'Attachments', exact: true }).focus();

  await story.step('make the index', async () => {
    await keys.use(hub.button('Start'));
    await expect(hub.age).toBeVisible();
    await keys.expectFocusInside();
  });

  await story.step('list the shortcuts', async () => {
    await keys.tabTo(hub.button('More actions'), 'Shift+Tab');
    await keys.press('?');
    await expect(dialog).toHaveAccessibleName('Keyboard shortcuts');
    await expect(dialog.getByRole('table', { name: 'Found files' })).toBeVisible();
    await keys.press('Escape');
    await expect(dialog).toHaveCount(0);
    await keys.expectFocusInside();
  });

  await story.step('search and filter', async () => {
    await keys.tabTo(hub.search);
    await keys.type(`on:${CROWDED}`);
    await hub.expectCount(37);
    // One Tab stop; the filters came later than the other buttons.
    const bar = content.getByRole('toolbar', { name: 'Filters and view' });
    await keys.tabTo(bar.locator('button:not([tabindex="-1"])'));
    await keys.press('Home');
    await expect(hub.button('Type')).toBeFocused();
    await keys.press('ArrowDown');
    await keys.goTo(content.getByRole('menuitemradio', { name: /^log/ }), 'ArrowDown');
    await keys.press('Enter');
    await hub.expectCount(9);
  });

  await story.step('sort, go through the list, and preview', async () => {
    await keys.tabTo(content.getByRole('columnheader', { name: 'Name' }).getByRole('button'));
    await keys.press('Enter');
    await keys.tabTo(hub.rows.first());
    await keys.press('End');
    await expect(hub.rows.nth(8)).toBeFocused();
    await keys.press('Home', 'Shift+ArrowDown');
    await expect(content.getByRole('status').filter({ hasText: '2 selected' })).toBeVisible();
    await keys.press('Enter');
    await expect(hub.preview).toBeVisible();
    await keys.press('ArrowRight', 'Escape');
    await expect(hub.preview).toHaveCount(0);
    await expect(hub.rows.nth(2)).toBeFocused();
    await keys.press('/');
    await expect(hub.search).toBeFocused();
  });

  await story.step('filter by the report', async () => {
    await keys.press('Control+a', 'Delete');
    await keys.use(hub.button('Report'));
    const areas = content.getByRole('table', { name: 'By area' });
    await keys.use(areas.getByRole('button', { name: /Billing$/ }));
    await expect(hub.search).toHaveValue(/area:/);
    await keys.expectFocusInside();
  });
});
