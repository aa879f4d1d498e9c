import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { manifestWithSpecificMenus } from '../../tools/menus.mjs';
import { ciOnlyUnless } from './ci-only';
import { violations } from './axe';
import { Board } from './board';
import { expect, poll, test, watchErrors, withEmulator } from './fixtures';
import { Pages } from './pages';

const ENTRY = 'Attach files…';
const NOTHING_SELECTED = 'Select work items, then choose “Attach files…”.';
const NOT_SAVED = /^Save the work item first,/;

/** Panel in the host, without its content. */
class BulkPanel {
  constructor(readonly page: Page) {}

  get dialog(): Locator {
    return this.page
      .getByRole('dialog', { name: 'Attach files' })
      .filter({ has: this.page.locator('iframe') });
  }

  /** Expects an open panel, loaded with these work items. */
  async expectOpenedWith(ids: readonly number[]): Promise<void> {
    await expect(this.dialog.locator('iframe')).toHaveAttribute('data-load', 'ready');
    const told = this.dialog.locator('iframe').contentFrame().locator('html');
    await expect(told).toHaveAttribute('data-told-ids', ids.join(' '));
  }

  async close(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Close', exact: true }).first().click();
    await expect(this.dialog).toHaveCount(0);
  }
}

/** Copies the work item ids sent by the host to an attribute, for the test to read. */
function exposeWorkItemIds(): void {
  window.addEventListener('message', ({ data }) => {
    if (typeof data !== 'string') return;
    const { result } = JSON.parse(data) as { result?: { initialConfig?: { workItemIds?: number[] } } };
    const ids = result?.initialConfig?.workItemIds;
    if (ids) document.documentElement.dataset['toldIds'] = ids.join(' ');
  });
}

const story = test.extend<{ pages: Pages; panel: BulkPanel }>({
  pages: async ({ page, emulator }, use) => {
    await use(new Pages(page, emulator));
  },
  panel: [
    async ({ page }, use) => {
      const errors = watchErrors(page);
      await page.addInitScript(exposeWorkItemIds);
      await use(new BulkPanel(page));
      expect(errors).toEqual([]);
    },
    { auto: true },
  ],
});

/** Chooses the action in the open menu, which must list it once. */
async function choose(page: Page): Promise<void> {
  const entry = page.getByRole('menuitem', { name: ENTRY });
  await expect(entry).toHaveCount(1);
  await entry.click();
}

function toolbarButton(page: Page): Locator {
  return page
    .getByRole('toolbar', { name: 'Query results actions' })
    .getByRole('button', { name: 'Attach files' });
}

/** Expects a message instead of the panel. */
async function expectSaid(page: Page, sentence: string | RegExp): Promise<void> {
  const message = page.getByRole('dialog', { name: 'Attach files' });
  await expect(message).toHaveAccessibleDescription(sentence);
  // A form may hide the dialog behind it.
  await expect(page.getByRole('status', { name: 'Messages' }).getByText(sentence).first()).toBeVisible();
  await expect(message.locator('iframe')).toHaveCount(0);
  await message.getByRole('button', { name: 'OK' }).click();
  await expect(page.getByRole('dialog', { name: 'Attach files' })).toHaveCount(0);
}

story(
  'The menu of a row opens the panel with the row or with the selected rows @both',
  async ({ pages, page, panel }) => {
    await pages.open('Queries');
    await pages.row(21).click({ button: 'right' });
    await choose(page);
    await panel.expectOpenedWith([21]);
    await panel.close();
    await pages.row(8).click();
    await pages.row(12).click({ modifiers: ['Shift'] });
    await pages.row(9).click({ button: 'right' });
    await choose(page);
    await panel.expectOpenedWith([8, 9, 12]);
  },
);

story(
  'The toolbar of a query opens the panel with the selection, in the page loaded before',
  async ({ pages, page, panel }) => {
    const loaded: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/bulk-action.html')) loaded.push(request.url());
    });
    await pages.open('Queries');
    await pages.row(30).click();
    await pages.row(7).click({ modifiers: ['Control'] });
    expect(loaded).toEqual([]);
    await toolbarButton(page).click();
    await panel.expectOpenedWith([7, 30]);
    await panel.close();
    await pages.row(7).click({ button: 'right' });
    await choose(page);
    await panel.expectOpenedWith([7, 30]);
    expect(loaded).toHaveLength(1);
  },
);

story(
  'The panel omits rows of a backlog without a work item @services-only',
  async ({ pages, page, panel }) => {
    await pages.open('Backlogs');
    const unparented = pages.grid.getByRole('row', { name: 'Unparented' });
    await pages.row(31).click();
    await unparented.click({ modifiers: ['Shift'] });
    await pages.row(32).click({ button: 'right' });
    await choose(page);
    await panel.expectOpenedWith([31, 32]);
    await panel.close();
    await unparented.click();
    await unparented.click({ button: 'right' });
    await choose(page);
    await expectSaid(page, NOTHING_SELECTED);
  },
);

for (const name of ['Boards', 'Sprints', 'Delivery plans'] as const) {
  story(
    `The menu of a card on ${name} opens the panel with the card @services-only`,
    { tag: [...ciOnlyUnless(name === 'Boards')] },
    async ({ pages, page, panel }) => {
      await pages.open(name);
      await page.getByRole('button', { name: /^More actions for Task 15/ }).click();
      await choose(page);
      await panel.expectOpenedWith([15]);
    },
  );
}

for (const [kind, id] of [
  ['an editable item', 7],
  ['a read-only item', 21],
] as const) {
  story(
    `The menu of the form of ${kind} opens the panel with the item`,
    { tag: [...ciOnlyUnless(id === 7)] },
    async ({ page, emulator, panel }) => {
      await page.goto(`${emulator.hostUrl}?item=${id}&panel=closed`);
      await page.getByRole('button', { name: 'More actions' }).click();
      await choose(page);
      await panel.expectOpenedWith([id]);
      if (id !== 7) return;
      await panel.close();
      await new Board(page, emulator).stapler
        .getByRole('button', { name: 'Attach to multiple work items…' })
        .click();
      await panel.expectOpenedWith([id]);
    },
  );
}

for (const newItemId of ['0', 'negative']) {
  const tag = [...ciOnlyUnless(newItemId === 'negative')];
  story(
    `A message asks to save a new item first (id: ${newItemId})`,
    { tag },
    async ({ page, emulator, panel }) => {
      await page.goto(`${emulator.hostUrl}?panel=closed&newItemId=${newItemId}`);
      await page.getByRole('button', { name: 'New work item' }).click();
      await page.getByRole('menuitem', { name: 'Bug' }).click();
      await page.getByRole('button', { name: 'More actions' }).click();
      await choose(page);
      await expectSaid(page, NOT_SAVED);

      await page.getByRole('textbox', { name: 'Title' }).fill('Saved by now');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(page.getByRole('heading', { name: /^Bug \d+$/ })).toBeVisible();
      const id = Math.max(...emulator.store.workItemIds);
      await page.getByRole('button', { name: 'More actions' }).click();
      await choose(page);
      await panel.expectOpenedWith([id]);
    },
  );
}

story('A message asks for a selection if there is none @services-only', async ({ pages, page }) => {
  await pages.open('Queries');
  await toolbarButton(page).click();
  await expectSaid(page, NOTHING_SELECTED);
  await toolbarButton(page).click();
  await expectSaid(page, NOTHING_SELECTED);
});

story(
  'A double click opens one panel, also in a page loaded before @services-only',
  async ({ pages, page, panel }) => {
    await pages.open('Queries');
    await pages.row(8).click();
    for (const round of ['first', 'second']) {
      await toolbarButton(page).dblclick();
      await panel.expectOpenedWith([8]);
      await panel.close();
      await expect(page.getByRole('dialog'), round).toHaveCount(0);
    }
  },
);

story(
  'The panel stays open after a click beside it and can be made narrower @services-only',
  async ({ pages, page, panel }) => {
    await pages.open('Queries');
    await pages.row(8).click();
    await toolbarButton(page).click();
    await panel.expectOpenedWith([8]);
    expect((await panel.dialog.boundingBox())?.width).toBe(640);
    expect(await violations(page)).toEqual([]);
    await page.mouse.click(200, 500);
    const edge = panel.dialog.getByRole('separator', { name: 'Width of the panel' });
    await edge.focus();
    // The panel grows from 640 px in steps of 20 px, up to its maximum.
    for (let step = 0; step < 20; step++) await page.keyboard.press('ArrowRight');
    await poll(async () => Math.round((await panel.dialog.boundingBox())!.width)).toBe(340);
  },
);

story(
  'The panel receives a selection of ten thousand work items @services-only',
  async ({ pages, page, emulator, panel }) => {
    for (let id = 1_001; id <= 11_000; id++)
      emulator.store.create({ id, type: 'Bug', fields: { 'System.Title': `${id}` } });
    await pages.open('Queries');
    await pages.row(7).click();
    await page.keyboard.press('Control+a');
    await toolbarButton(page).click();
    await panel.expectOpenedWith(emulator.store.workItemIds);
  },
);

story('A message names the problem if the host has no panels', async ({ pages, page }) => {
  await pages.open('Queries', { quirks: 'noPanels' });
  const toast = (text: string): Locator => page.getByRole('status').filter({ hasText: text });
  await toolbarButton(page).click();
  await expect(toast(NOTHING_SELECTED)).toBeVisible();
  await pages.row(8).click();
  await toolbarButton(page).click();
  await expect(toast("Azure DevOps didn't open the panel.")).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

story(
  'A toast explains a panel that stays invisible in the form, and a query shows the panel @both',
  async ({ pages, page, emulator, panel }) => {
    const toast = page.getByRole('status').filter({ hasText: "Azure DevOps didn't open the panel" });
    await page.clock.install();
    const board = new Board(page, emulator);
    await board.open(7, { dialogsFromForm: 'invisible' });
    const openers = [
      () => board.stapler.getByRole('button', { name: 'Attach to multiple work items…' }).click(),
      async () => {
        await page.getByRole('button', { name: 'More actions' }).click();
        await choose(page);
      },
    ];
    for (const open of openers) {
      await open();
      await expect(async () => {
        await page.clock.fastForward(2_000);
        await expect(toast).toBeVisible({ timeout: 50 });
      }).toPass({ timeout: 15_000 });
      await expect(toast).toContainText('in a query or backlog');
      await expect(page.getByRole('dialog')).toHaveCount(0);
      // Messages on the screen disappear by the same clock.
      await page.clock.fastForward(7_000);
      await expect(toast).toHaveCount(0);
    }
    await pages.open('Queries', { dialogsFromForm: 'invisible' });
    await pages.row(8).click();
    await toolbarButton(page).click();
    await panel.expectOpenedWith([8]);
    await page.clock.fastForward(11_000);
    await expect(toast).toHaveCount(0);

    // A panel that loads slowly is on the screen all the same.
    let load = (): void => undefined;
    const isLoading = new Promise<void>((resolve) => {
      void page.route('**/bulk-panel.js', async (route) => {
        resolve();
        await new Promise<void>((continues) => (load = continues));
        await route.continue();
      });
    });
    await pages.open('Queries');
    await pages.row(9).click();
    await toolbarButton(page).click();
    await isLoading;
    await page.clock.fastForward(11_000);
    await expect(toast).toHaveCount(0);
    load();
    await panel.expectOpenedWith([9]);
  },
);

for (const handshake of ['legacy', 'legacyWithContext']) {
  const tag = [...ciOnlyUnless(handshake === 'legacy')];
  story(`A host with the handshake ${handshake} opens the panel`, { tag }, async ({ pages, page, panel }) => {
    await pages.open('Queries', { handshake, quirks: 'noUser,noThemeData' });
    await pages.row(8).click({ button: 'right' });
    await choose(page);
    await panel.expectOpenedWith([8]);
  });
}

story(
  'The entry is missing if the host ignores the menu of all work items @services-only',
  async ({ pages, page }) => {
    await pages.open('Queries', { contextMenuTarget: 'nowhere' });
    await pages.row(8).click({ button: 'right' });
    await expect(page.getByRole('menuitem')).toHaveText(['Open', 'Open in new tab']);
  },
);

/** The package with specific menus. */
const specific = story.extend({
  emulator: async ({ mode }, use, testInfo) => {
    const folder = testInfo.outputPath('specific-menus');
    for (const part of ['dist', 'static']) await cp(part, join(folder, part), { recursive: true });
    await writeFile(join(folder, 'vss-extension.json'), JSON.stringify(manifestWithSpecificMenus()));
    await withEmulator({ mode, extensionFolder: folder }, use);
  },
});

for (const contextMenuTarget of ['nowhere', 'everywhere']) {
  specific(
    `Specific menus show the entry if the host reads the menu of all work items ${contextMenuTarget} @services-only`,
    { tag: [...ciOnlyUnless(contextMenuTarget === 'nowhere')] },
    async ({ pages, page, emulator, panel }) => {
      const query = { contextMenuTarget };
      for (const name of ['Queries', 'Backlogs'] as const) {
        await pages.open(name, query);
        await pages.row(8).click({ button: 'right' });
        await choose(page);
        await panel.expectOpenedWith([8]);
      }
      for (const name of ['Boards', 'Sprints'] as const) {
        await pages.open(name, query);
        await page.getByRole('button', { name: /^More actions for Task 15/ }).click();
        await choose(page);
        await panel.expectOpenedWith([15]);
      }
      await page.goto(`${emulator.hostUrl}?${new URLSearchParams({ item: '7', panel: 'closed', ...query })}`);
      await page.getByRole('button', { name: 'More actions' }).click();
      await choose(page);
      await panel.expectOpenedWith([7]);
    },
  );
}
