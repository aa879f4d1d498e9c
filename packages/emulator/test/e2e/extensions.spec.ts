import type { FrameLocator, Page } from '@playwright/test';
import type { Emulator } from 'azure-devops-emulator';
import { violations } from '../../../../test/e2e/axe';
import { expect, poll, test, withEmulator } from '../../../../test/e2e/fixtures';
import { buildSampleExtension } from '../../../../test/sample-extension/build';

/** The sample extension in the emulator: its handshake, and its panels, dialogs, menus and actions. */

const sampled = test.extend<{ sample: Emulator; complaints: string[]; group: FrameLocator }>({
  sample: async ({ mode }, use, testInfo) => {
    const folder = testInfo.outputPath('sample');
    await buildSampleExtension(folder);
    await withEmulator({ mode, extensionFolder: folder }, use);
  },
  /** Console messages of the page, from its start. */
  complaints: async ({ page }, use) => {
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    await use(complaints);
  },
  /** The sample's group in the form of Bug 7. */
  group: async ({ page, sample }, use) => {
    await page.goto(`${sample.hostUrl}?item=7&panel=closed`);
    const group = page.locator('iframe[title="Sample"]:visible').contentFrame();
    await expect(group.getByRole('status')).toBeVisible();
    await use(group);
  },
});

/** Frame in the panel or dialog of that name. */
function contentOf(page: Page, name: string): FrameLocator {
  return page.getByRole('dialog', { name }).locator('iframe').contentFrame();
}

async function openPanel(page: Page, group: FrameLocator, button = 'Open a panel'): Promise<FrameLocator> {
  await group.getByRole('button', { name: button, exact: true }).click();
  const panel = contentOf(page, 'A panel');
  await expect(panel.getByText('Work item 7')).toBeVisible();
  return panel;
}

for (const [handshake, user] of [
  ['current', 'Jamal Hartnett'],
  ['legacy', 'not told'],
  ['legacyWithContext', 'Jamal Hartnett'],
] as const) {
  sampled(`the SDK reads the ${handshake} handshake`, async ({ page, sample }) => {
    for (const [quirks, team] of [
      ['', 'not told'],
      ['hasTeam', 'Fabrikam Team'],
    ] as const) {
      await page.goto(`${sample.hostUrl}?${new URLSearchParams({ handshake, quirks, panel: 'closed' })}`);
      await page.getByRole('link', { name: 'Sample' }).click();
      const facts = page.locator('iframe[title="Sample"]').contentFrame().getByRole('definition');
      await expect(facts).toHaveText([user, 'Fabrikam', team]);
    }
  });
}

sampled('the SDK throws for a missing user and applies no missing theme', async ({ page, sample }) => {
  const background = (query: string) => async () => {
    await page.goto(`${sample.hostUrl}?theme=dark&panel=closed&${query}`);
    await page.getByRole('link', { name: 'Sample' }).click();
    const hub = page.locator('iframe[title="Sample"]').contentFrame();
    await expect(hub.getByRole('definition').first()).toHaveText(
      query.includes('noUser') ? 'not told' : 'Jamal Hartnett',
    );
    return hub.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor);
  };
  expect(await background('')()).toBe('rgb(32, 31, 30)');
  expect(await background('quirks=noThemeData,noUser')()).toBe('rgb(255, 255, 255)');
});

sampled(
  'a panel has its title and size, returns its result and restores the focus @both',
  async ({ page, group }) => {
    const panel = await openPanel(page, group);
    const dialog = page.getByRole('dialog', { name: 'A panel' });
    await expect(dialog).toHaveAccessibleDescription('Click beside it.');
    expect((await dialog.boundingBox())?.width).toBe(320);
    await panel.getByRole('button', { name: 'Done' }).click();
    await expect(group.getByRole('status')).toHaveText('The panel gave {"seen":1}.');
    await expect(dialog).toHaveCount(0);
    await expect(page.locator('iframe[title="Sample"]')).toBeFocused();
  },
);

for (const way of ['Close', 'Escape', 'a click outside'] as const) {
  sampled(
    `a panel dismissed by ${way} removes its frame and returns no result @services-only`,
    async ({ page, group }) => {
      await openPanel(page, group);
      const dialog = page.getByRole('dialog', { name: 'A panel' });
      await expect(dialog.getByRole('button', { name: 'Close' })).toBeFocused();
      if (way === 'Close') await dialog.getByRole('button', { name: 'Close' }).click();
      else if (way === 'Escape') await page.keyboard.press('Escape');
      else await page.mouse.click(100, 400);
      await expect(dialog).toHaveCount(0);
      await expect(group.getByRole('status')).toHaveText('The panel gave nothing.');
    },
  );
}

for (const escapeWithoutLightDismiss of ['closes', 'stays']) {
  sampled(
    `a panel without light dismiss ignores clicks beside it, and with Escape it ${escapeWithoutLightDismiss} @services-only`,
    async ({ page, group, sample }) => {
      await page.goto(`${sample.hostUrl}?${new URLSearchParams({ item: '7', escapeWithoutLightDismiss })}`);
      const panel = await openPanel(page, group, 'Open a panel that stays');
      const dialog = page.getByRole('dialog', { name: 'A panel' });
      expect((await dialog.boundingBox())?.width).toBe(640);
      await page.mouse.click(100, 400);
      // Escape inside the frame is the frame's own.
      await panel.getByRole('button', { name: 'Done' }).focus();
      await page.keyboard.press('Escape');
      await expect(panel.getByText('Work item 7')).toBeVisible();
      await dialog.getByRole('button', { name: 'Close' }).focus();
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await expect(dialog).toHaveCount(escapeWithoutLightDismiss === 'closes' ? 0 : 1);
    },
  );
}

sampled('the edge of a panel resizes it within its limits @services-only', async ({ page, group }) => {
  await openPanel(page, group, 'Open a panel that stays');
  const dialog = page.getByRole('dialog', { name: 'A panel' });
  const edge = dialog.getByRole('separator', { name: 'Width of the panel' });
  const width = async () => Math.round((await dialog.boundingBox())!.width);
  await edge.focus();
  await page.keyboard.press('ArrowLeft');
  await poll(width).toBe(660);
  const { x, y } = (await edge.boundingBox())!;
  await page.mouse.move(x + 4, y + 200);
  await page.mouse.down();
  // The frame gets the pointer until the browser has drawn the captured edge.
  const drag = async (toX: number) => {
    await page.mouse.move(toX, y + 200);
    return width();
  };
  await poll(() => drag(x + 24)).toBe(640);
  await poll(() => drag(x + 500)).toBe(600);
  await page.mouse.up();
  await expect(group.getByRole('status')).toHaveText('The edge gave 600.');
});

sampled(
  'a panel has no edge if the host does not support resizing @services-only',
  async ({ page, group, sample }) => {
    await page.goto(`${sample.hostUrl}?item=7&panel=closed&panelResize=ignored`);
    await openPanel(page, group, 'Open a panel that stays');
    await expect(page.getByRole('separator')).toHaveCount(0);
  },
);

sampled(
  'a dialog over a panel has its requested size and can close both @services-only',
  async ({ page, group }) => {
    const panel = await openPanel(page, group);
    await panel.getByRole('button', { name: 'Choose…' }).click();
    const dialog = contentOf(page, 'Choose');
    await expect(dialog.getByText('Which one is it?')).toBeVisible();
    const frame = page.getByRole('dialog', { name: 'Choose' }).locator('iframe');
    expect(await frame.boundingBox()).toMatchObject({ width: 360, height: 120 });
    await dialog.getByRole('button', { name: 'The second' }).click();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(group.getByRole('status')).toHaveText('The panel gave "the second".');
  },
);

sampled('a message accepts Yes, No and Escape @services-only', async ({ page, group }) => {
  for (const [answer, told] of [
    ['Yes', 'true'],
    ['No', 'false'],
    ['Escape', 'nothing'],
  ] as const) {
    await group.getByRole('button', { name: 'Ask a question' }).click();
    const question = page.getByRole('dialog', { name: 'Shall it?' });
    await expect(question).toHaveAccessibleDescription('The sample would like to know.');
    if (answer === 'Escape') await page.keyboard.press('Escape');
    else await question.getByRole('button', { name: answer }).click();
    await expect(group.getByRole('status')).toHaveText(`The question gave ${told}.`);
    await expect(question).toHaveCount(0);
  }
});

for (const theme of ['light', 'dark', 'high-contrast']) {
  for (const width of [390, 1280]) {
    sampled(
      `axe finds no problem in panels, dialogs and messages in the ${theme} theme at ${width} px @services-only`,
      async ({ page, group, sample }) => {
        await page.setViewportSize({ width, height: 900 });
        await page.goto(`${sample.hostUrl}?item=7&panel=closed&theme=${theme}`);
        const panel = await openPanel(page, group);
        expect(await violations(page, 'page')).toEqual([]);
        await panel.getByRole('button', { name: 'Choose…' }).click();
        await expect(contentOf(page, 'Choose').getByText('Which one is it?')).toBeVisible();
        expect(await violations(page, 'page')).toEqual([]);
        await contentOf(page, 'Choose').getByRole('button', { name: 'The first' }).click();
        await group.getByRole('button', { name: 'Ask a question' }).click();
        await expect(page.getByRole('dialog', { name: 'Shall it?' })).toBeVisible();
        expect(await violations(page, 'page')).toEqual([]);
      },
    );
  }
}

sampled(
  'an unknown contribution is not opened and is reported in the console @services-only',
  async ({ page, group, complaints }) => {
    await group.getByRole('button', { name: 'Open what is not there' }).click();
    await poll(() => complaints).toContain(
      'There is no contribution fabrikam.sample.nothing that could be opened as a panel.',
    );
    await expect(page.getByRole('dialog')).toHaveCount(0);
  },
);

sampled(
  'full screen hides the header until the extension or the user leaves it @services-only',
  async ({ page, group }) => {
    const header = page.getByRole('banner');
    const toggle = group.getByRole('button', { name: 'Full screen' });
    await toggle.click();
    await expect(header).toBeHidden();
    await toggle.click();
    await expect(header).toBeVisible();
    await toggle.click();
    await page.getByRole('button', { name: 'Leave full screen' }).click();
    await expect(header).toBeVisible();
  },
);

sampled(
  'an action loads its page on the first click, once for all actions of the page',
  async ({ page, group, sample }) => {
    const pages: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/menu.html')) pages.push(request.url());
    });
    await page.goto(`${sample.hostUrl}?item=21&panel=closed`);
    await expect(group.getByRole('status')).toBeVisible();
    const more = page.getByRole('button', { name: 'More actions' });
    for (const round of [1, 2]) {
      await more.click();
      // The read-only form has the context menu's entries alone, and so no provider.
      await expect(page.getByRole('menuitem')).toHaveText(['List IDs…']);
      expect(pages).toHaveLength(round - 1 && 1);
      await page.getByRole('menuitem', { name: 'List IDs…' }).click();
      await expect(contentOf(page, 'Work items').getByText('Work item 21')).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
    }
    expect(pages).toHaveLength(1);
  },
);

sampled(
  'a provider fills the menu of the form on opening, and gets no id for a new item',
  async ({ page, group }) => {
    await expect(group.getByRole('status')).toBeVisible();
    await page.getByRole('button', { name: 'More actions' }).click();
    await expect(page.getByRole('menuitem')).toHaveText(['List IDs…', 'List this ID', 'Not now']);
    await expect(page.getByRole('menuitem', { name: 'Not now' })).toBeDisabled();
    await page.getByRole('menuitem', { name: 'List this ID' }).click();
    await expect(contentOf(page, 'Work items').getByRole('listitem')).toHaveText(['Work item 7']);
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'New work item' }).click();
    await page.getByRole('menuitem', { name: 'Bug' }).click();
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'List IDs…' }).click();
    await expect(contentOf(page, 'Work items').getByRole('button', { name: 'Done' })).toBeVisible();
    await expect(contentOf(page, 'Work items').getByRole('listitem')).toHaveCount(0);
  },
);

test('a form without contributions has no menu @services-only', async ({ board }) => {
  await expect(board.page.getByRole('button', { name: 'More actions' })).toBeVisible();
  await board.open(7, { contextMenuTarget: 'nowhere' });
  await expect(board.page.getByRole('button', { name: 'Close', exact: true })).toBeVisible();
  await expect(board.page.getByRole('button', { name: 'More actions' })).toHaveCount(0);
});
