import { scenarioNamed } from 'azure-devops-emulator';
import { violations } from './axe';
import { Board } from './board';
import { mkdir } from 'node:fs/promises';
import { attachmentsOf, expectAttached, makeFile, pickable, requestsOf, writeFiles } from './files';
import { expect, poll, test } from './fixtures';
import { passTheWaits } from './waits';

/** Picture of one pixel. */
const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

test('A read-only item shows its state and offers no upload', async ({ board }) => {
  await board.goTo('Bug 21');
  await expect(board.stapler.getByText("You don't have permission to add files")).toBeVisible();
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
  await expect(board.row('orphan.bin')).toContainText('Save to attach');
  await board.goTo('Bug 9');
  await board.ready();
  await expect(
    board.stapler.getByText("1 file wasn't attached because the work item was closed"),
  ).toBeVisible();
  await board.stapler.getByRole('button', { name: 'Dismiss' }).click();
  await expect(board.stapler.getByText("wasn't attached")).toHaveCount(0);
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
  await expect(board.stapler.getByRole('alert')).toHaveText(/^Unexpected response\..*Retry$/);
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
    await expect(alert).toContainText('Your browser might block requests', { timeout: 50 });
  }).toPass({ timeout: 15_000 });
  await expect(alert.getByRole('link', { name: 'How to fix this' })).toHaveAttribute(
    'href',
    /troubleshooting/,
  );
  const file = makeFile('early.txt', 5_000);
  await board.pick(pickable(file));
  await expect(board.row('early.txt')).toContainText("Can't reach Azure DevOps");
  await expect(alert).toContainText('Your browser might block requests');
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
  await expect(board.stapler.getByRole('alert')).toContainText("You're signed out");

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
  await expect(stapler.getByRole('alert')).toContainText("Azure DevOps isn't responding");
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
  await expect(stapler.getByText("You don't have permission to add files")).toBeVisible();
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
  await expect(board.stapler.getByRole('button', { name: 'Also attach to…' })).toBeFocused();
  const tile = board.latest.getByRole('button', { name: 'by keyboard.txt', exact: true });
  // Its code is loaded with the first file.
  await expect(tile).toBeVisible();
  await board.page.keyboard.press('Tab');
  await expect(tile).toBeFocused();
  await board.page.keyboard.press('Enter');
  await expect(board.stapler.getByRole('dialog', { name: /^Preview of/ })).toBeVisible();
  await board.page.keyboard.press('Escape');
  await expect(tile).toBeFocused();
  expectAttached(emulator, 7, [file]);
});

test('An attached picture is shown at once, by name and from its local bytes @both', async ({
  board,
  emulator,
}) => {
  const picture = { name: 'screenshot.png', mimeType: 'image/png', buffer: Buffer.from(PNG, 'base64') };
  await board.pick(picture);
  const tile = board.latest.getByRole('button', { name: 'screenshot.png', exact: true });
  await expect(tile.locator('img')).toBeVisible();
  await expect(tile).toHaveText('screenshot.png');
  expect(requestsOf(emulator, 'GET', /attachments\//)).toEqual([]);
  await tile.click();
  await expect(board.stapler.getByRole('dialog', { name: 'Preview of screenshot.png' })).toBeVisible();
  await board.page.keyboard.press('Escape');

  await tile.click({ button: 'right' });
  await board.stapler.getByRole('menuitem', { name: 'Remove' }).click();
  await expect(tile).toHaveCount(0);
  await board.stapler.getByRole('button', { name: 'Undo' }).click();
  await expect(tile.locator('img')).toBeVisible();
});

test('A form without attachments loads no gallery, and a strip reads nothing twice @services-only', async ({
  board,
  emulator,
  page,
}) => {
  const scripts: string[] = [];
  page.on('request', (request) => scripts.push(new URL(request.url()).pathname));
  await board.open(9);
  await board.ready();
  expect(scripts.filter((path) => path.endsWith('/gallery.js'))).toEqual([]);
  emulator.requests.clear();
  await board.open(30);
  await expect(board.latest.getByRole('button').last()).toHaveText(/^\+\d+Show all$/);
  expect(requestsOf(emulator, 'GET', /workitems\/30\?%24expand=relations/)).toHaveLength(1);
  await board.latest.getByRole('button').last().click();
  await expect(board.stapler.getByRole('grid', { name: 'Attachments' }).getByRole('row')).toHaveCount(38);
  await board.fold.click();
  await expect(board.latest).toBeVisible();
});

test('A full work item says so, and files without room are retried after a removal @services-only', async ({
  board,
  emulator,
}, testInfo) => {
  emulator.store.fill(9, 100);
  await board.goTo('Bug 9');
  await board.fullZone.click();
  const list = board.stapler.getByRole('grid', { name: 'Attachments' });
  await expect(list).toBeVisible();
  await mkdir(testInfo.outputPath(), { recursive: true });
  const files = [makeFile('too many.png', 2_000), makeFile('too many, too.png', 2_100)];
  await board.drop(await writeFiles(testInfo.outputPath(), files), board.fullZone);
  await expect(board.stapler.getByRole('group', { name: '2 files failed' })).toContainText(
    'This work item is full',
  );

  const { name } = attachmentsOf(emulator, 9)[0]!;
  await board.drop(await writeFiles(testInfo.outputPath(), [makeFile(name, 2_300)]), board.fullZone);
  const question = board.stapler.getByRole('group', { name: 'Files already attached' });
  await expect(question).toContainText('Replace the attached');
  await expect(question.getByRole('button')).toHaveText(['Skip', 'Replace']);
  await question.getByRole('button', { name: 'Replace' }).click();
  await expect(board.stapler.getByText(/was replaced/)).toBeVisible();
  expect(attachmentsOf(emulator, 9)).toHaveLength(100);
  await board.stapler.getByRole('button', { name: 'Dismiss', exact: true }).click();

  const removeFirst = async (): Promise<void> => {
    const remove = list.getByRole('button', { name: /^Remove / });
    await remove.first().click();
  };
  await removeFirst();
  await expect(board.count(99)).toHaveText('99 attachments · 1 left');
  await expect(board.dropZone).toBeVisible();
  await board.stapler.getByRole('button', { name: 'Retry too many.png', exact: true }).click();
  await expect(board.finished('2 files attached')).toBeVisible();
  await expect(board.fullZone).toBeVisible();
  await board.drop(
    await writeFiles(testInfo.outputPath(), [makeFile('one more.png', 2_200)]),
    board.fullZone,
  );
  await removeFirst();
  await removeFirst();
  await expect(board.count(98)).toBeVisible();
  await board.stapler.getByRole('button', { name: 'Retry failed (2)' }).click();
  await expect(board.finished('4 files attached')).toBeVisible();
  expect(attachmentsOf(emulator, 9)).toHaveLength(100);
});

test('A long list of uploads ends in the middle of a row and can be shown as a whole @services-only', async ({
  board,
  emulator,
}) => {
  emulator.setNetwork({ bytesPerSecond: 1_000 });
  await board.pick(Array.from({ length: 12 }, (_, index) => pickable(makeFile(`${index}.bin`, 40_000))));
  const list = board.stapler.locator('.upload-list');
  const height = async (): Promise<number> => (await list.boundingBox())?.height ?? 0;
  const more = board.stapler.getByRole('button', { name: /^Show \d more$/ });
  await expect(more).toBeVisible();
  const row = (await board.row('4.bin').boundingBox()) ?? { y: 0, height: 0 };
  const bottom = ((await list.boundingBox())?.y ?? 0) + (await height());
  expect(bottom).toBeCloseTo(row.y + row.height / 2, -1);
  await more.click();
  await expect(board.stapler.getByRole('button', { name: 'Show less' })).toBeFocused();
  await poll(() => list.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)).toBe(0);
  await board.stapler.getByRole('button', { name: 'Show less' }).press('Enter');
  await poll(height).toBeLessThan(400);
});

test('The focus stays in the list when its row disappears', async ({ board, emulator }) => {
  // A refused file is not retried automatically.
  emulator.store.readOnlyIds.add(7);
  const names = ['one.bin', 'two.bin', 'three.bin'];
  await board.pick(names.map((name) => pickable(makeFile(name, 10))));
  await expect(board.stapler.getByRole('button', { name: /^Retry .*bin/ })).toHaveCount(3);
  await board.stapler.getByRole('button', { name: 'Remove one.bin from the list' }).press('Enter');
  await expect(board.stapler.getByRole('button', { name: 'Retry two.bin', exact: true })).toBeFocused();
  await board.stapler.getByRole('button', { name: 'Dismiss failed (2)' }).press('Enter');
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
