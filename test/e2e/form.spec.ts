import { scenarioNamed } from 'azure-devops-emulator';
import { violations } from './axe';
import { Board } from './board';
import { expectAttached, makeFile, pickable } from './files';
import { expect, poll, test } from './fixtures';
import { passTheWaits } from './waits';

test('A read-only item shows its state and offers no upload', async ({ board }) => {
  await board.goTo('Bug 21');
  await expect(board.stapler.getByText('read-only for you')).toBeVisible();
  await expect(board.dropZone).toHaveCount(0);
  await expect(board.stapler.locator('input[type=file]')).toHaveCount(0);
});

test('Files for an abandoned new item are attached to nothing, and a message says so', async ({
  board,
  emulator,
}) => {
  await board.page.getByRole('button', { name: 'New work item' }).click();
  await board.page.getByRole('menuitem', { name: 'Bug' }).click();
  await expect(board.count(0)).toBeVisible();
  await board.pick(pickable(makeFile('orphan.bin', 5_000)));
  await expect(board.row('orphan.bin')).toContainText('will be attached when you save');
  await board.goTo('Bug 9');
  await board.ready();
  await expect(board.stapler.getByText('1 file attached to nothing')).toBeVisible();
  await board.stapler.getByRole('button', { name: 'Dismiss' }).click();
  await expect(board.stapler.getByText('attached to nothing')).toHaveCount(0);
  for (const id of emulator.store.workItemIds.filter((id) => id < 30)) expectAttached(emulator, id, []);
});

test('An unreadable item shows the reason and a retry until it can be read', async ({ board, page }) => {
  const staplersRead = /workitems\/9\?%24expand=relations/;
  await page.route(staplersRead, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: '<html><body>A proxy speaks.</body></html>',
      headers: { 'Access-Control-Allow-Origin': '*' },
    }),
  );
  await board.goTo('Bug 9');
  await expect(board.stapler.getByRole('alert')).toContainText('did not come from Azure DevOps');
  await expect(board.stapler.getByRole('button', { name: 'Try again' })).toBeVisible();
  await page.unroute(staplersRead);
  await board.ready();
  await expect(board.stapler.getByRole('alert')).toHaveCount(0);
});

test('A user learns why all requests are blocked from the start, and the upload goes on afterwards @services-only', async ({
  page,
  emulator,
}) => {
  await page.clock.install();
  emulator.setNetwork(scenarioNamed('blocked'));
  await page.goto(`${emulator.hostUrl}?item=7&panel=closed`);
  const board = new Board(page, emulator);
  const alert = board.stapler.getByRole('alert');
  await expect(async () => {
    await page.clock.fastForward(1_000);
    await expect(alert).toContainText('The browser may block requests', { timeout: 50 });
  }).toPass({ timeout: 15_000 });
  await expect(alert.getByRole('link', { name: 'How to fix this' })).toHaveAttribute(
    'href',
    /troubleshooting/,
  );
  const file = makeFile('early.txt', 5_000);
  await board.pick(pickable(file));
  await expect(board.row('early.txt')).toContainText('Azure DevOps could not be reached');
  await expect(alert).toContainText('The browser may block requests');
  expectAttached(emulator, 7, []);

  emulator.setNetwork({ trouble: null });
  expect(await passTheWaits(board, 'early.txt', 1)).toBe('attached');
  expectAttached(emulator, 7, [file]);
  await expect(alert).toHaveCount(0);
});

test('A signed-out user sees a message before dropping a file, which is attached after the sign-in @both', async ({
  board,
  page,
  emulator,
}) => {
  const staplersRead = /workitems\/9\?%24expand=relations/;
  await page.route(staplersRead, (route) =>
    route.fulfill({
      status: 203,
      contentType: 'text/html',
      body: '<html><title>Sign In</title></html>',
      headers: { 'Access-Control-Allow-Origin': '*' },
    }),
  );
  await board.goTo('Bug 9');
  await expect(board.stapler.getByRole('alert')).toContainText('you are signed out');

  const file = makeFile('build.log', 5_000);
  await board.pick(pickable(file));
  await page.unroute(staplersRead);
  await expect(board.finished('1 file attached')).toBeVisible();
  expectAttached(emulator, 9, [file]);
});

test('A silent host leads to a message, and a late answer removes it', async ({ page, emulator }) => {
  await page.clock.install();
  await page.goto(`${emulator.hostUrl}control/config`);
  await page.evaluate((src) => {
    const requests: { id: number; token: string; method: string; source: Window }[] = [];
    Object.assign(window, { requests });
    window.addEventListener('message', (event: MessageEvent<string>) => {
      const { id, methodName, handshakeToken } = JSON.parse(event.data) as Record<string, unknown>;
      requests.push({
        id: Number(id),
        token: String(handshakeToken),
        method: String(methodName),
        source: event.source as Window,
      });
    });
    const frame = document.createElement('iframe');
    frame.title = 'Stapler';
    frame.src = src;
    document.documentElement.lang = 'en';
    document.title = 'A host';
    const main = document.createElement('main');
    main.append(Object.assign(document.createElement('h1'), { textContent: document.title }), frame);
    document.body.replaceChildren(main);
  }, `${emulator.assetsBaseUrl}dist/form-group.html`);
  const stapler = page.frameLocator('iframe');
  await expect(stapler.getByText('Connecting to Azure DevOps')).toBeVisible();
  await page.clock.fastForward(11_000);
  await expect(stapler.getByRole('alert')).toContainText('Azure DevOps does not answer');
  for (const forcedColors of ['none', 'active'] as const) {
    await page.emulateMedia({ forcedColors });
    expect(await violations(page)).toEqual([]);
  }

  await page.evaluate(() => {
    const { requests } = window as unknown as {
      requests: { id: number; token: string; method: string; source: Window }[];
    };
    const handshake = requests.find(({ method }) => method === 'initialHandshake');
    if (!handshake) throw new Error('No handshake was tried.');
    const answer = (message: object): void =>
      handshake.source.postMessage(JSON.stringify({ ...message, handshakeToken: handshake.token }), '*');
    const result = { contributionId: 'some.stapler.form-group', context: { pageContext: {}, extension: {} } };
    answer({ id: handshake.id, result });
    const params = [{ id: 21, isNew: false, isReadOnly: true }];
    answer({ id: 1, instanceId: 'some.stapler.form-group', methodName: 'onLoaded', params });
  });
  await expect(stapler.getByText('read-only for you')).toBeVisible();
});

test('The keyboard alone attaches a file and previews it', async ({ board, emulator }) => {
  const file = makeFile('by keyboard.txt', 100);
  await board.dropZone.focus();
  for (const key of ['Enter', 'Space']) {
    // The browser learns late that a frame of another process has the focus, and sends keys to the page.
    await expect(async () => {
      const chooser = board.page.waitForEvent('filechooser', { timeout: 2_000 });
      await board.page.keyboard.press(key);
      await (await chooser).setFiles(key === 'Enter' ? [] : [pickable(file)]);
    }).toPass();
  }
  await expect(board.finished('1 file attached')).toBeVisible();
  await expect(board.row('by keyboard.txt')).toHaveCount(0);
  await board.fold.focus();
  await board.page.keyboard.press('Tab');
  const tile = board.latest.getByRole('button', { name: 'by keyboard.txt', exact: true });
  await expect(tile).toBeFocused();
  await board.page.keyboard.press('Enter');
  await expect(board.stapler.getByRole('dialog', { name: /^Preview of/ })).toBeVisible();
  await board.page.keyboard.press('Escape');
  await expect(tile).toBeFocused();
  expectAttached(emulator, 7, [file]);
});

test('The focus stays in the list when its row disappears', async ({ board, emulator }) => {
  // A refused file is not retried automatically.
  emulator.store.readOnlyIds.add(7);
  const names = ['one.bin', 'two.bin', 'three.bin'];
  await board.pick(names.map((name) => pickable(makeFile(name, 10))));
  await expect(board.stapler.getByRole('button', { name: /^Retry .*bin/ })).toHaveCount(3);
  await board.stapler.getByRole('button', { name: 'Remove one.bin from the list' }).press('Enter');
  await expect(board.stapler.getByRole('button', { name: 'Retry two.bin' })).toBeFocused();
  await board.stapler.getByRole('button', { name: 'Dismiss all 2 that failed' }).press('Enter');
  await expect(board.dropZone).toBeFocused();

  emulator.store.readOnlyIds.delete(7);
  emulator.setNetwork({ bytesPerSecond: 100_000 });
  await board.pick(pickable(makeFile('slow.bin', 2_000_000)));
  await board.stapler.getByRole('button', { name: 'Cancel slow.bin' }).focus();
  emulator.setNetwork({ bytesPerSecond: null });
  await expect(board.finished('1 file attached')).toBeVisible();
  await expect(board.dropZone).toBeFocused();
});

test('The frame is as high as its content', async ({ board }) => {
  const height = async (): Promise<number> => (await board.frame.boundingBox())?.height ?? 0;
  const before = await height();
  expect(before).toBeLessThan(160);
  await board.pick([pickable(makeFile('a.txt', 1)), pickable(makeFile('b.txt', 1))]);
  await expect(board.finished('2 files attached')).toBeVisible();
  await expect(board.latest).toBeVisible();
  const withStrip = await height();
  expect(withStrip).toBeGreaterThan(before + 60);
  await board.fold.click();
  await poll(height).toBeGreaterThan(withStrip + 80);
  await board.fold.click();
  await poll(height).toBe(withStrip);
});
