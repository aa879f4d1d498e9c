import { attachedFile, jamal } from 'azure-devops-emulator';
import { Board } from './board';
import { attachmentsOf, makeFile, pickable } from './files';
import { expect, poll, test, watchErrors } from './fixtures';
import { filesOn, story } from './hub-story';
import { Keys } from './keys';
import { expectNoViolations } from './looks';

/** A bug with 37 files: a log, a table, an image and a settings file for each of nine nights, and one more. */
const CROWDED = 30;

const IMAGE = 'dashboard-2026-03-14.png';

test(
  'The Attachments hub opens from the navigation and fills the page',
  { tag: '@both' },
  async ({ emulator, page }) => {
    const errors = watchErrors(page);
    await page.goto(`${emulator.hostUrl}?panel=closed`);
    const navigation = page.getByRole('navigation', { name: 'Pages' });
    await navigation.getByRole('link', { name: 'Attachments', exact: true }).click();
    await expect(page).toHaveURL(/\/Fabrikam\/_apps\/hub\/stapler\.stapler\.attachments-hub\?panel=closed$/);
    const frame = page.locator('iframe[title="Attachments"]');
    const hub = frame.contentFrame();
    await expect(hub.getByRole('main', { name: 'Attachments' })).toBeVisible();
    await expect(hub.getByRole('button', { name: 'Start' })).toBeVisible();
    const [content, box] = [await page.getByRole('main').first().boundingBox(), await frame.boundingBox()];
    expect(box).toEqual(content);
    expect(errors).toEqual([]);
  },
);

story('The hub reads all files once, then finds and reports them', { tag: '@both' }, async ({ hub }) => {
  const { emulator, page, content } = hub;
  const files = filesOn(emulator);
  const items = new Set(files.map(({ item }) => item)).size;

  await story.step('show the cost, then the progress and the age', async () => {
    await hub.open();
    await expect(
      content.getByText(`Stapler reads ${items} work items once, in about 6 requests.`),
    ).toBeVisible();
    expect(hub.counts()).toMatchObject({ queries: 1, bins: 0 });
    emulator.setNetwork({ faults: [{ name: 'stalled', remaining: 1, at: 'read' }] });
    await hub.button('Start').click();
    await expect(content.getByRole('progressbar', { name: 'Reading work items' })).toBeVisible();
    emulator.setNetwork({ faults: [] });
    await expect(hub.age).toBeVisible();
    await hub.expectCount(files.length);
  });

  await story.step('find by words and conditions', async () => {
    await hub.find('dashboard', files.filter(({ name }) => name.includes('dashboard')).length);
    const large = files.filter(({ name, bytes }) => name.endsWith('.log') && bytes > 100_000);
    await hub.find('type:log size:>100kb', large.length);
    await hub.search.fill('size:big');
    await expect(content.getByRole('status').filter({ hasText: 'size:big' })).toBeVisible();
    await hub.find('no such file', 0);
    await expect(content.getByText('No files match.')).toBeVisible();
    await hub.find(`on:${CROWDED}`, 37);
  });

  await story.step('filter by a facet, and sort', async () => {
    const images = files.filter(({ item, name }) => item === CROWDED && /\.(png|jpe?g|gif)$/.test(name));
    await hub.button('Type').click();
    await content.getByRole('menuitemradio', { name: `PNG (${images.length})` }).click();
    await hub.expectCount(images.length);
    await expect(hub.search).toHaveValue(`on:${CROWDED} type:=png`);
    await content.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
    const sorted = images.map(({ name }) => name).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
    await poll(() => hub.names()).toEqual(sorted);
    await content.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
    await poll(() => hub.names()).toEqual(sorted.reverse());
  });

  await story.step('filter by a segment of the report', async () => {
    await hub.find('', files.length);
    await hub.button('Report').click();
    const billing = files.filter(({ area }) => area === 'Fabrikam\\Billing');
    const areas = content.getByRole('table', { name: 'By area' });
    await areas.getByRole('button', { name: /Billing$/ }).click();
    await hub.expectCount(billing.length);
    await areas.getByRole('button', { name: /Billing$/, pressed: true }).click();
    await hub.expectCount(files.length);
    const near = content.getByRole('table', { name: 'Work items near the limit of 100 attachments' });
    await expect(near.getByRole('row')).toHaveCount(3);
    await near.getByRole('button', { name: /^100 files/ }).click();
    await hub.expectCount(100);
  });

  await story.step('preview, and open the work item', async () => {
    await hub.find(`on:${CROWDED} 2026-03-14 type:png`, 1);
    await hub.row(IMAGE).getByRole('button', { name: IMAGE }).click();
    await expect(hub.preview.getByRole('img', { name: IMAGE })).toBeVisible();
    await hub.preview.getByRole('button', { name: /^Open Bug 30/ }).click();
    await expect(page.getByRole('dialog', { name: /30/ })).toBeVisible();
  });
});

story('The hub finds unknown authors in the histories, and keeps them @services-only', async ({ hub }) => {
  const { emulator, page, content } = hub;
  const keys = new Keys(page, () => content);
  const { store } = emulator;
  const author = { by: jamal, date: '2026-03-14T02:30:00.000Z' };
  store.attach(7, [{ name: 'by-a-colleague.log', content: Buffer.from('a') }], author);
  const item = store.workItem(7);
  store.save({ ...item, fields: { ...item.fields, 'System.Title': 'Changed later' } });
  const readings = (): number =>
    emulator.requests.records.filter(
      ({ method, url }) => method === 'GET' && /\/workitems\/7\/updates/i.test(url),
    ).length;
  await hub.open();
  await hub.build();
  await hub.find('by-a-colleague by:unknown', 1);
  await hub.find('by-a-colleague', 1);

  await story.step('tell the cost, then read, by keyboard', async () => {
    await hub.button('Report').click();
    await keys.use(hub.button('Find the author of 1 file…'));
    await expect(content.getByText('in about 1 request.')).toBeVisible();
    await keys.expectFocusInside();
    expect(readings()).toBe(0);
    await expectNoViolations(page, 'cost of authors');
    await keys.use(hub.button('Start'));
    await expect(content.getByText('The author of 1 file was found.')).toBeVisible();
    await keys.expectFocusInside();
    expect(readings()).toBe(1);
  });

  await story.step('know it after a reload', async () => {
    await page.reload();
    await hub.find(`by-a-colleague by:"${jamal.displayName}"`, 1);
    await hub.find('by-a-colleague by:unknown', 0);
    expect(readings()).toBe(1);
  });
});

// Frames of a server are sandboxed and store nothing.
story(
  'A refresh shows the changes on the server, and a reload reads only those @services-only',
  async ({ hub }) => {
    const { emulator, page, content } = hub;
    const { store } = emulator;
    await hub.open();
    await hub.build();
    await hub.expectCount(filesOn(emulator).length);

    await story.step('refresh after removals, additions, a new name and a deleted work item', async () => {
      const item = store.workItem(CROWDED);
      const [first, second, ...others] = item.relations.filter(({ rel }) => rel === attachedFile);
      const renamed = {
        ...second!,
        attributes: { ...second!.attributes, name: 'renamed on the server.txt' },
      };
      store.save({ ...item, relations: [renamed, ...others] });
      store.attach(7, [{ name: 'added on the server.txt', content: Buffer.from('New.') }]);
      store.remove(31);
      await hub.refresh();
      await hub.expectCount(filesOn(emulator).length);
      await hub.find('on-the-server', 0);
      await hub.find('"on the server"', 2);
      await expect(hub.row('renamed on the server.txt')).toBeVisible();
      await expect(hub.row('added on the server.txt')).toBeVisible();
      await hub.find(`on:${CROWDED}`, 36);
      await expect(hub.row(String(first!.attributes['name']))).toHaveCount(0);
      await hub.find('on:31', 0);
    });

    await story.step('show a restored work item again', async () => {
      store.putBack(31);
      await hub.refresh();
      await hub.expectCount(99);
    });

    await story.step('open the stored list', async () => {
      store.attach(8, [{ name: 'while closed.txt', content: Buffer.from('New.') }]);
      const before = hub.counts();
      await page.reload();
      await hub.expectCount(filesOn(emulator).length);
      await expect(hub.age).toBeVisible();
      await expect(hub.button('Start')).toHaveCount(0);
      // One batch is of the list in the emulator's own page.
      expect(hub.counts()).toEqual({
        queries: before.queries + 2,
        batches: before.batches + 2,
        bins: before.bins + 1,
      });
    });

    await story.step('remove the stored list', async () => {
      await hub.button('More actions').click();
      await content.getByRole('menuitem', { name: 'Remove the stored list…' }).click();
      await content.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
      await expect(hub.button('Start')).toBeVisible();
      await page.reload();
      await expect(hub.button('Start')).toBeVisible();
    });
  },
);

story('The hub shows nothing of an area that the person cannot read', async ({ hub }) => {
  const { emulator } = hub;
  const hidden = filesOn(emulator).find(({ area }) => area === 'Fabrikam\\Billing')!;
  await hub.open();
  await hub.build();
  await hub.find(`on:${hidden.item}`, attachmentsOf(emulator, hidden.item).length);

  await story.step('lose the right, and make the list again', async () => {
    emulator.store.hiddenAreas.add('Fabrikam\\Billing');
    await hub.button('More actions').click();
    await hub.content.getByRole('menuitem', { name: 'Remove the stored list…' }).click();
    await hub.content.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await hub.build();
    await hub.find('', filesOn(emulator).length);
    await hub.find(`on:${hidden.item}`, 0);
    await hub.find('area:billing', 0);
  });
});

story(
  'The hub works in memory, and says so, where the browser stores nothing @services-only',
  async ({ hub, page }) => {
    // Workers ignore it, so they are barred as well.
    await page.addInitScript(() => {
      if (window === window.top) return;
      const refuse = (): never => {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      };
      IDBFactory.prototype.open = refuse;
      Object.defineProperty(window, 'Worker', {
        value: function () {
          refuse();
        },
      });
    });
    await hub.open();
    const note = hub.content.getByText(
      'This browser keeps nothing here, so the list is read again each time.',
    );
    await expect(note).toBeVisible();
    await hub.build();
    await hub.expectCount(filesOn(hub.emulator).length);
    await expect(note).toBeVisible();
    await page.reload();
    await expect(hub.button('Start')).toBeVisible();
  },
);

story(
  'The hub reads one request at a time while another tab sends a file @services-only',
  async ({ hub, context }) => {
    const { emulator, content } = hub;
    const { store } = emulator;
    const author = { by: jamal, date: '2026-03-14T02:30:00.000Z' };
    // A later change hides the author of a file from the list.
    for (const id of store.workItemIds.slice(0, 60)) {
      store.attach(id, [{ name: `${id}.log`, content: Buffer.from('a') }], author);
      const item = store.workItem(id);
      store.save({ ...item, fields: { ...item.fields, 'System.Title': 'Changed later' } });
    }
    const histories = { open: 0, oneAtATime: 0 };
    emulator.requests.subscribe(({ url, finished }) => {
      if (!/\/updates\b/.test(url)) return;
      histories.open += finished ? -1 : 1;
      if (!finished) histories.oneAtATime = histories.open === 1 ? histories.oneAtATime + 1 : 0;
    });
    await hub.open();
    await hub.build();
    await hub.button('Report').click();
    await hub.button(/^Find the authors of /).click();
    const board = new Board(await context.newPage(), emulator);
    await board.open(7);
    // Slow, so that some histories remain when the hub learns of the other tab, and of its end: a second later each.
    emulator.setNetwork({ latencyMs: 200, faults: [{ name: 'stalled', remaining: 1, at: 'simple' }] });
    await board.pick(pickable(makeFile('waits.bin', 50_000)));
    const isSending = (): boolean =>
      emulator.requests.records.some(({ method, finished }) => method === 'POST' && !finished);
    await poll(isSending).toBe(true);

    await hub.button('Start').click();
    await poll(() => histories.oneAtATime).toBeGreaterThan(7);
    expect(isSending()).toBe(true);

    emulator.setNetwork({ faults: [] });
    await board
      .row('waits.bin')
      .getByRole('button', { name: /^Cancel/ })
      .click();
    await poll(() => histories.open).toBeGreaterThan(1);
    emulator.setNetwork({ latencyMs: 0 });
    await expect(content.getByText(/authors of \d+ files were found/)).toBeVisible();
  },
);
