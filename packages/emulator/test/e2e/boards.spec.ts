import { attachmentCount } from '../../../../test/e2e/board';
import type { Locator, Page } from '@playwright/test';
import { buildSampleExtension } from '../../../../test/sample-extension/build';
import { violations } from '../../../../test/e2e/axe';
import { expect, test, watchErrors, withEmulator } from '../../../../test/e2e/fixtures';
import { Pages } from '../../../../test/e2e/pages';

const grid = test.extend<{ pages: Pages }>({
  pages: async ({ page, emulator }, use) => {
    const errors = watchErrors(page);
    await use(new Pages(page, emulator));
    expect(errors).toEqual([]);
  },
});

grid.describe('pages of the host, identical in both modes', { tag: '@services-only' }, () => {
  grid('the mouse selects work items as in any list', async ({ pages }) => {
    await pages.open('Queries');
    await pages.row(8).click();
    await pages.row(12).click({ modifiers: ['Shift'] });
    await pages.expectSelected([8, 9, 12]);
    await pages.row(9).click({ modifiers: ['Control'] });
    await pages.row(30).click({ modifiers: ['Control'] });
    await pages.expectSelected([8, 12, 30]);
    await expect(pages.page.getByText('9 work items, 3 selected')).toBeVisible();
    await pages.row(21).click();
    await pages.expectSelected([21]);
  });

  grid('the keyboard selects and opens work items', async ({ pages, page }) => {
    await pages.open('Queries');
    await pages.row(7).waitFor();
    await pages.grid.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await pages.expectSelected([7, 8]);
    await page.keyboard.press('Control+ArrowDown');
    await page.keyboard.press('Control+Space');
    await pages.expectSelected([7, 8, 9]);
    await page.keyboard.press('End');
    await pages.expectSelected([32]);
    await page.keyboard.press('Control+a');
    await expect(page.getByText('9 work items, 9 selected')).toBeVisible();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await expect(pages.dialog('Bug 7: Login page loses the typed name')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(pages.grid).toBeFocused();
  });

  grid('the row of the query shows the changes saved in the dialog', async ({ pages, page, emulator }) => {
    await pages.open('Queries');
    await pages.row(8).dblclick();
    const dialog = pages.dialog('Bug 8: Invoice total is rounded twice');
    await expect(
      dialog.locator('iframe[title="Attachments"]').contentFrame().getByText(attachmentCount(0)),
    ).toBeVisible();
    await dialog.getByRole('combobox', { name: 'State' }).selectOption('Resolved');
    await dialog.getByRole('button', { name: 'Save & Close' }).click();
    await expect(dialog).toBeHidden();
    await expect(pages.row(8)).toContainText('Resolved');
    expect(emulator.store.workItem(8).fields['System.State']).toBe('Resolved');
    await expect(page).toHaveTitle('All work items – Fabrikam');
  });

  grid(
    'the menu of a row opens with the secondary button, with its own button and with keys',
    async ({ pages, page }) => {
      await pages.open('Queries');
      const menu = page.getByRole('menu', { name: /^Actions for/ });
      await pages.row(8).click();
      await pages.row(9).click({ modifiers: ['Control'] });
      await pages.row(8).click({ button: 'right' });
      await expect(menu).toHaveAccessibleName('Actions for Bug 8: Invoice total is rounded twice');
      await pages.expectSelected([8, 9]);
      await page.keyboard.press('Escape');
      await expect(menu).toBeHidden();
      await expect(pages.grid).toBeFocused();

      await pages.row(12).hover();
      await pages
        .row(12)
        .getByRole('button', { name: /^More actions/ })
        .click();
      await pages.expectSelected([12]);
      await page.mouse.click(900, 700);
      await expect(menu).toBeHidden();

      for (const key of ['Shift+F10', 'ContextMenu']) {
        await page.keyboard.press(key);
        await expect(menu.getByRole('menuitem', { name: 'Open', exact: true })).toBeFocused();
        // Entries of extensions arrive later and change which one is the last.
        await expect(menu.getByRole('menuitem', { name: 'Attach files…' })).toBeVisible();
        await page.keyboard.press('ArrowUp');
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('Enter');
        await expect(
          pages.dialog('User Story 12: As a customer I sign in with my work account'),
        ).toBeVisible();
        await page.keyboard.press('Escape');
        await expect(pages.grid).toBeFocused();
      }
    },
  );

  grid('a work item opens in a new tab', async ({ pages, page }) => {
    await pages.open('Queries');
    await pages.row(8).click({ button: 'right' });
    const opening = page.waitForEvent('popup');
    await page.getByRole('menuitem', { name: 'Open in new tab' }).click();
    const tab = await opening;
    await expect(tab).toHaveURL(/\/Fabrikam\/_workitems\/edit\/8$/);
    await expect(tab.getByRole('textbox', { name: 'Title' })).toHaveValue('Invoice total is rounded twice');
  });

  grid('a repeated query finds new work items and omits deleted ones', async ({ pages, page, emulator }) => {
    await pages.open('Queries');
    await pages.row(7).click();
    emulator.store.remove(7);
    await page.getByRole('button', { name: 'Refresh' }).click();
    await expect(page.getByText('8 work items', { exact: true })).toBeVisible();
    await expect(pages.row(7)).toHaveCount(0);
  });

  grid(
    'the pages draw and request only the visible ones of ten thousand work items',
    async ({ pages, page, emulator }) => {
      for (let id = 1_001; id <= 11_000; id++) {
        emulator.store.create({ id, type: 'Bug', fields: { 'System.Title': `Found in night ${id}` } });
      }
      const batches = (): number =>
        emulator.requests.records.filter(
          ({ method, url }) => method === 'POST' && url.includes('workitemsbatch'),
        ).length;
      await pages.open('Queries');
      await expect(page.getByText('10,009 work items', { exact: true })).toBeVisible();
      await expect(pages.row(1_010)).toBeVisible();
      expect(batches()).toBe(1);
      await pages.grid.focus();
      await page.keyboard.press('End');
      await expect(pages.row(11_000)).toContainText('Found in night 11000');
      await pages.expectSelected([11_000]);
      expect(batches()).toBeLessThanOrEqual(3);
      expect(await pages.grid.getByRole('row').count()).toBeLessThan(100);
      await page.keyboard.press('Control+a');
      await expect(page.getByText('10,009 work items, 10,009 selected')).toBeVisible();

      await page.getByRole('link', { name: 'Boards', exact: true }).click();
      await expect(page.getByRole('heading', { name: 'New 10,005' })).toBeVisible();
      expect(await page.getByRole('listitem').count()).toBeLessThan(100);
    },
  );

  grid(
    'cards are in the column of their state, open in a dialog and have a menu',
    async ({ pages, page }) => {
      await pages.open('Boards');
      const column = (name: string): Locator => page.getByRole('region', { name });
      await expect(column('New').getByRole('listitem')).toHaveCount(5);
      await expect(column('Active').getByRole('listitem')).toHaveCount(3);
      await expect(column('Resolved').getByRole('listitem')).toHaveCount(0);
      const card = column('Closed').getByRole('button', { name: /^Bug 21/ });
      await card.focus();
      await page.keyboard.press('Shift+F10');
      await expect(page.getByRole('menuitem', { name: 'Open', exact: true })).toBeFocused();
      await page.keyboard.press('Escape');
      await expect(card).toBeFocused();
      await card.click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Open', exact: true }).click();
      const dialog = pages.dialog('Bug 21: Archived: printer drops the last page');
      await expect(dialog).toContainText('Read-only');
      await dialog.getByRole('button', { name: 'Close', exact: true }).click();
      await expect(card).toBeVisible();
    },
  );

  grid('a backlog has one row without a work item', async ({ pages, page }) => {
    await pages.open('Backlogs');
    const unparented = pages.grid.getByRole('row', { name: 'Unparented' });
    await unparented.dblclick();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await unparented.click({ button: 'right' });
    await expect(page.getByRole('menuitem', { name: 'Open', exact: true })).toHaveCount(0);
    await page.keyboard.press('Escape');
    await pages.row(7).dblclick();
    await expect(pages.dialog('Bug 7: Login page loses the typed name')).toBeVisible();
  });

  for (const [name, address] of [
    ['Backlogs', /_backlogs\/backlog\//],
    ['Sprints', /_sprints\/taskboard\//],
    ['Delivery plans', /_deliveryplans\/plan\//],
  ] as const) {
    grid(`${name} shows the work items at its own address`, async ({ pages, page }) => {
      await pages.open(name);
      await expect(page).toHaveURL(address);
      await page.reload();
      await expect(page.getByText('Login page loses the typed name')).toBeVisible();
      await expect(page.getByRole('link', { name })).toHaveAttribute('aria-current', 'page');
    });
  }

  grid(
    'each page has an address, and Back returns to the previous one',
    async ({ pages, page, emulator }) => {
      await pages.open('Queries');
      await expect(page).toHaveURL(/\/Fabrikam\/_queries\/query\/[-\da-f]+\/\?panel=closed$/);
      await page.getByRole('link', { name: 'Boards', exact: true }).click();
      await expect(page).toHaveURL(/\/Fabrikam\/_boards\/board\/t\/Fabrikam%20Team\/Stories/);
      await expect(page).toHaveTitle('Fabrikam Team – Fabrikam');
      await page.getByRole('link', { name: 'Project settings' }).click();
      await expect(page.getByRole('navigation', { name: 'Project settings' })).toBeVisible();
      await page.goBack();
      await expect(page.getByRole('region', { name: 'Active' })).toBeVisible();
      await page.goBack();
      await expect(pages.grid).toBeVisible();
      await page.reload();
      await expect(pages.row(7)).toBeVisible();
      await page.getByRole('link', { name: 'Work items', exact: true }).click();
      await expect(page).toHaveURL(`${emulator.hostUrl}?panel=closed`);
    },
  );

  grid('unsaved changes survive a visit to another page', async ({ pages, page }) => {
    await pages.open('Queries', { item: '7' });
    await page.goBack();
    await page.getByRole('textbox', { name: 'Title' }).fill('Not saved yet');
    await page.getByRole('link', { name: 'Boards', exact: true }).click();
    await expect(page.getByRole('region', { name: 'Active' })).toBeVisible();
    await page.goBack();
    await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Not saved yet');
  });

  grid('the log shows all requests, or errors only', async ({ page, emulator }) => {
    await page.goto(`${emulator.hostUrl}?panel=open`);
    const rows = page.getByRole('region', { name: 'Requests' }).getByRole('listitem');
    await page.getByRole('link', { name: /^Bug 8/ }).click();
    await expect(rows.filter({ hasText: /GET.*workitems\/8/ }).first()).toBeVisible();
    await page.getByRole('searchbox', { name: 'Filter requests' }).fill('workitemsbatch');
    await expect(rows.filter({ hasNotText: 'workitemsbatch' })).toHaveCount(0);
    await page.getByRole('searchbox', { name: 'Filter requests' }).fill('');

    emulator.store.remove(9);
    await page.getByRole('link', { name: /^Bug 9/ }).click();
    await expect(page.getByRole('alert')).toContainText('TF401232');
    await page.getByRole('checkbox', { name: 'Errors only' }).check();
    await expect(rows.filter({ hasText: /GET.*workitems\/9.*404/ })).toHaveCount(1);
    await expect(rows.filter({ hasText: '200' })).toHaveCount(0);
  });

  grid('a hint for a first-time user stays until it is dismissed', async ({ page, emulator }) => {
    await page.route('**/control/config', async (route) => {
      const response = await route.fetch();
      const config = (await response.json()) as object;
      await route.fulfill({ response, json: { ...config, hint: 'Try it: drop files.' } });
    });
    await page.goto(`${emulator.hostUrl}?item=7&panel=closed`);
    await expect(page.getByRole('status').filter({ hasText: 'Try it: drop files.' })).toBeVisible();
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await expect(page.getByText('Try it: drop files.')).toHaveCount(0);
  });

  grid('the current page opens in a window as narrow as a phone', async ({ page, emulator }) => {
    await page.goto(`${emulator.hostUrl}?item=7&panel=open&theme=dark`);
    await expect(page.getByRole('article', { name: 'Work item' })).toBeVisible();
    const opening = page.waitForEvent('popup');
    await page.getByRole('button', { name: 'Phone, 390 px' }).click();
    const phone = await opening;
    await expect(phone.getByRole('article', { name: 'Work item' })).toBeVisible();
    await expect(phone.locator('html')).toHaveAttribute('data-theme', 'dark');
    await expect(phone.getByRole('complementary', { name: 'Emulator' })).toBeHidden();
    expect(await phone.evaluate(() => window.innerWidth)).toBe(390);
  });
});

/** Extension points, with an extension at each of them. */
const sampled = grid.extend({
  emulator: async ({ mode }, use, testInfo) => {
    const folder = testInfo.outputPath('sample');
    await buildSampleExtension(folder);
    await withEmulator({ mode, extensionFolder: folder }, use);
  },
});

/** Ids listed by the sample's panel. */
async function expectListed(page: Page, ids: number[]): Promise<void> {
  const panel = page.getByRole('dialog', { name: 'Work items' });
  const list = panel.locator('iframe').contentFrame().getByRole('list', { name: 'Work items' });
  await expect(list.getByRole('listitem')).toHaveText(ids.map((id) => `Work item ${id}`));
  await panel.getByRole('button', { name: 'Close' }).click();
  await expect(panel).toBeHidden();
}

sampled('actions receive the selection of the query @both', async ({ pages, page }) => {
  await pages.open('Queries');
  await pages.row(8).click();
  await pages.row(12).click({ modifiers: ['Shift'] });
  await page
    .getByRole('toolbar', { name: 'Query results actions' })
    .getByRole('button', { name: 'List IDs' })
    .click();
  await expectListed(page, [8, 9, 12]);
  await pages.row(9).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'List IDs…' }).click();
  await expectListed(page, [8, 9, 12]);
  await pages.row(21).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'List IDs…' }).click();
  await expectListed(page, [21]);
});

sampled('an entry has the icon of the current theme', async ({ pages, page }) => {
  const icon = page.getByRole('button', { name: 'List IDs' }).locator('img');
  await pages.open('Queries');
  await expect(icon).toHaveAttribute('src', /list-light\.svg$/);
  await pages.open('Queries', { theme: 'dark' });
  await expect(icon).toHaveAttribute('src', /list-dark\.svg$/);
});

sampled('an action receives its card', async ({ pages, page }) => {
  await pages.open('Boards');
  await page.getByRole('button', { name: /^More actions for Bug 7/ }).click();
  await page.getByRole('menuitem', { name: 'List IDs…' }).click();
  await expectListed(page, [7]);
});

sampled(
  'hubs of an extension are in project settings and in the navigation @both',
  async ({ pages, page }) => {
    await pages.open('Project settings');
    await page
      .getByRole('navigation', { name: 'Project settings' })
      .getByRole('link', { name: 'Sample' })
      .click();
    const hub = page.locator('iframe[title="Sample"]').contentFrame();
    await expect(hub.getByText('Jamal Hartnett')).toBeVisible();
    await expect(page).toHaveURL(/_settings\/fabrikam\.sample\.hub\?panel=closed$/);
    await page.reload();
    await expect(hub.getByText('Jamal Hartnett')).toBeVisible();
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Sample' }).click();
    await expect(page).toHaveURL(/_apps\/hub\/fabrikam\.sample\.hub\?panel=closed$/);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sample');
    await expect(hub.getByText('Jamal Hartnett')).toBeVisible();
    await hub.getByRole('button', { name: 'Open work item 8' }).click();
    const form = pages.dialog('Bug 8: Invoice total is rounded twice');
    await expect(form).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(form).toBeHidden();
    await expect(hub.getByText('Jamal Hartnett')).toBeVisible();
  },
);

for (const theme of ['light', 'dark', 'high-contrast'] as const) {
  for (const width of [1280, 320]) {
    grid(
      `axe finds no problem on any page in the ${theme} theme at ${width} px @services-only`,
      async ({ pages, page }, testInfo) => {
        await page.setViewportSize({ width, height: 800 });
        const look = async (name: string): Promise<void> => {
          expect(await violations(page, 'page')).toEqual([]);
          await page.screenshot({ path: testInfo.outputPath(`${name}.png`) });
          const overflow = await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth);
          expect(overflow).toBe(0);
        };
        await pages.open('Queries', { theme });
        await pages.row(8).click();
        await pages.row(12).click({ modifiers: ['Shift'] });
        await look('query');
        await page.keyboard.press('Shift+F10');
        await look('menu');
        await page.keyboard.press('Escape');
        await page.getByRole('link', { name: 'Boards', exact: true }).click();
        await expect(page.getByRole('listitem').filter({ hasText: 'Bug 7' })).toBeVisible();
        await look('board');
        await page.getByRole('link', { name: 'Backlogs', exact: true }).click();
        await expect(pages.row(8)).toBeVisible();
        await look('backlog');
        await page.getByRole('link', { name: 'Project settings' }).click();
        await look('settings');
      },
    );
  }
}
