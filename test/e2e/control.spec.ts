import { mkdir } from 'node:fs/promises';
import type { Locator, TestInfo } from '@playwright/test';
import type { Board } from './board';
import type { TestFile } from './files';
import { expectAttached, makeFile, pickable, requestsOf, writeFiles } from './files';
import { expect, poll, test } from './fixtures';
import { passTheWaits } from './waits';

const MB = 1_000_000;

/** Picks files from disk: large ones take long through the memory of the test. */
async function pickFromDisk(board: Board, files: readonly TestFile[], testInfo: TestInfo): Promise<void> {
  await mkdir(testInfo.outputPath(), { recursive: true });
  await board.pick(await writeFiles(testInfo.outputPath(), files));
}

function button(board: Board, name: string): Locator {
  return board.stapler.getByRole('button', { name, exact: true });
}

async function percentOf(board: Board, name: string): Promise<number> {
  const bar = board.stapler.getByRole('progressbar', { name: `Uploading ${name}` });
  return Number(await bar.getAttribute('aria-valuenow'));
}

/** Waits until no request is in progress. */
async function expectSilence(board: Board): Promise<void> {
  await poll(() => board.emulator.requests.records.filter(({ finished }) => !finished)).toEqual([]);
}

/** Picks a file refused by the work item's rules and shows the details of the failure. */
async function openDetails(board: Board): Promise<void> {
  board.emulator.store.requiredFields.add('Custom.Customer');
  await board.pick(pickable(makeFile('refused.bin', 5_000)));
  await button(board, 'Details of refused.bin').click();
}

test('The keyboard pauses and resumes an upload, which arrives whole', async ({
  board,
  emulator,
}, testInfo) => {
  emulator.setNetwork({ bytesPerSecond: 4 * MB });
  const file = makeFile('big.bin', 30 * MB);
  await pickFromDisk(board, [file], testInfo);
  // More than the buffers of the connection hold, which are filled again at once.
  await poll(() => percentOf(board, 'big.bin')).toBeGreaterThan(40);

  await button(board, 'Pause big.bin').press('Enter');
  await expect(board.row('big.bin')).toContainText('Paused');
  await expect(button(board, 'Resume big.bin')).toBeFocused();
  await expectSilence(board);
  const before = await percentOf(board, 'big.bin');
  expect(before).toBeGreaterThan(0);
  expect(emulator.store.attachments.all.filter(({ fileName }) => fileName === 'big.bin')).toEqual([]);

  emulator.setNetwork({ bytesPerSecond: MB });
  await button(board, 'Resume big.bin').press('Enter');
  await expect(button(board, 'Pause big.bin')).toBeFocused();
  await expect(board.row('big.bin')).toContainText('Resending…');
  expect(await percentOf(board, 'big.bin')).toBeGreaterThanOrEqual(before);
  emulator.setNetwork({ bytesPerSecond: null });
  await expect(board.finished('1 file attached')).toBeVisible();
  expectAttached(emulator, 7, [file]);
});

test('The buttons for all uploads pause and resume them @services-only', async ({
  board,
  emulator,
}, testInfo) => {
  emulator.setNetwork({ bytesPerSecond: 2 * MB });
  const files = ['a.bin', 'b.bin', 'c.bin', 'd.bin', 'e.bin'].map((name) => makeFile(name, 12 * MB));
  await pickFromDisk(board, files, testInfo);
  await expect(board.row('a.bin')).toContainText('MB of 12 MB');
  await expect(button(board, 'Resume all')).toHaveCount(0);

  await button(board, 'Pause all').click();
  for (const { name } of files) await expect(board.row(name)).toContainText('Paused');
  await expect(button(board, 'Pause all')).toHaveCount(0);
  await expect(button(board, 'Resume all')).toBeFocused();
  await expect(board.stapler.getByText('Paused · 0 of 5 files attached')).toBeVisible();
  await expect(board.stapler.getByText('MB/s')).toHaveCount(0);
  await expect(board.announcement).toContainText('All uploads are paused.');
  // Bytes in transit during the abort reach the server first.
  emulator.setNetwork({ bytesPerSecond: null });
  await expectSilence(board);

  await button(board, 'Resume all').click();
  await expect(board.finished('5 files attached')).toBeVisible();
  expectAttached(emulator, 7, files);
});

test('A paused file does not block the others @services-only', async ({ board, emulator }, testInfo) => {
  emulator.setNetwork({ bytesPerSecond: 2 * MB });
  const [large, small] = [makeFile('large.bin', 20 * MB), makeFile('small.txt', 1_000)];
  await pickFromDisk(board, [large, small], testInfo);
  await poll(() => emulator.store.attachments.all.map(({ bytes }) => bytes)).toContain(1_000);

  await button(board, 'Pause large.bin').click();
  await expect(board.finished('1 file attached')).toBeVisible();
  expectAttached(emulator, 7, [small]);
  emulator.setNetwork({ bytesPerSecond: null });
  await button(board, 'Resume large.bin').click();
  await expect(board.finished('2 files attached')).toBeVisible();
  expectAttached(emulator, 7, [large, small]);
});

test('Uploads pause while the user is signed out, and resume by themselves @services-only', async ({
  board,
  emulator,
}) => {
  const files = ['one.bin', 'two.bin', 'three.bin'].map((name) => makeFile(name, 5_000));
  emulator.setNetwork({ faults: [{ name: 'signed-out', remaining: null }] });
  await board.pick(files.map(pickable));
  const notice = board.stapler.getByText("You're signed out of Azure DevOps. Sign in again");
  await expect(notice).toBeVisible();
  await expect(button(board, 'Retry failed (3)')).toHaveCount(0);

  emulator.setNetwork({ faults: [] });
  await expect(board.finished('3 files attached')).toBeVisible({ timeout: 40_000 });
  await expect(notice).toHaveCount(0);
  expectAttached(emulator, 7, files);
});

test('A signed-out user reloads the page from the message @services-only', async ({ board, emulator }) => {
  const files = ['one.bin', 'two.bin'].map((name) => makeFile(name, 5_000));
  emulator.setNetwork({ faults: [{ name: 'signed-out', remaining: null }] });
  await board.pick(files.map(pickable));
  const reloaded = board.page.waitForEvent('domcontentloaded');
  await button(board, 'Reload to sign in').click();
  await reloaded;
  emulator.setNetwork({ faults: [] });
  await board.ready();
});

test('Uploads wait while the session has ended, without a redirect, and resume after the sign-in @services-only', async ({
  board,
  emulator,
}) => {
  const files = ['one.bin', 'two.bin', 'three.bin'].map((name) => makeFile(name, 5_000));
  emulator.store.assumptions.expiredSignIn = 'redirected';
  emulator.setSignedIn(false);
  emulator.requests.clear();
  await board.pick(files.map(pickable));
  const tryNow = button(board, 'Retry now');
  await expect(tryNow).toBeVisible();
  expectAttached(emulator, 7, []);

  emulator.setSignedIn(true);
  await tryNow.click();
  await expect(board.finished('3 files attached')).toBeVisible();
  await expect(tryNow).toHaveCount(0);
  expectAttached(emulator, 7, files);
  const calls = emulator.requests.records.filter(
    ({ method, requestHeaders }) =>
      method !== 'OPTIONS' && requestHeaders['origin'] !== new URL(emulator.hostUrl).origin,
  );
  expect(new Set(calls.map(({ requestHeaders }) => requestHeaders['x-tfs-fedauthredirect']))).toEqual(
    new Set(['Suppress']),
  );
  expect(calls.map(({ status }) => status)).toContain(401);
  expect(calls.map(({ status }) => status)).not.toContain(302);
});

test('One message explains all failed uploads, and its button restarts them @services-only', async ({
  board,
  emulator,
}) => {
  const files = ['one.bin', 'two.bin', 'three.bin'].map((name) => makeFile(name, 5_000));
  emulator.setNetwork({ faults: [{ name: 'status-403', remaining: null, at: 'simple' }] });
  await board.pick(files.map(pickable));
  await expect(button(board, 'Retry failed (3)')).toBeVisible();
  await expect(button(board, 'Dismiss failed (3)')).toBeVisible();

  emulator.setNetwork({ faults: [] });
  await button(board, 'Retry failed (3)').click();
  await expect(board.finished('3 files attached')).toBeVisible();
  await expect(board.dropZone).toBeFocused();
  expectAttached(emulator, 7, files);
});

test('An upload moved to the front is sent next @services-only', async ({ board, emulator }, testInfo) => {
  emulator.setNetwork({ bytesPerSecond: MB });
  // Three files of this size are sent at a time.
  const files = ['a.bin', 'b.bin', 'c.bin', 'd.bin', 'e.bin', 'f.bin'].map((name) => makeFile(name, 3 * MB));
  await pickFromDisk(board, files, testInfo);
  await expect(button(board, 'Move f.bin to the front')).toBeVisible();
  await expect(button(board, 'Move d.bin to the front')).toHaveCount(0);

  await button(board, 'Move f.bin to the front').press('Enter');
  await expect(button(board, 'Move f.bin to the front')).toHaveCount(0);
  await expect(button(board, 'Pause f.bin')).toBeFocused();
  await expect(button(board, 'Move d.bin to the front')).toBeVisible();
  // A single slot becomes free: files started at the same moment may arrive in any order.
  await button(board, 'Cancel a.bin').click();
  const sent = (): (string | undefined)[] =>
    requestsOf(emulator, 'POST', /attachments/).map((url) => /fileName=(.)/.exec(url)?.[1]);
  await poll(() => sent().length).toBe(4);
  expect(sent()[3]).toBe('f');

  emulator.setNetwork({ bytesPerSecond: null });
  await expect(board.finished('5 files attached')).toBeVisible();
  expectAttached(emulator, 7, files.slice(1));
});

test.describe('with a controlled clock', () => {
  test.use({ ownsClock: true });

  test('A row announces its automatic retry and can be retried at once', async ({ board, emulator }) => {
    const file = makeFile('patient.bin', 5_000);
    emulator.setNetwork({ faults: [{ name: 'status-503', remaining: null, at: 'simple' }] });
    await board.pick(pickable(file));
    const attempts = (): number => requestsOf(emulator, 'POST', /attachments/).length;
    await poll(attempts).toBeGreaterThan(1);
    await expect(board.row('patient.bin')).toContainText(
      /Azure DevOps isn't responding\. Retrying in \d+ s\./,
    );
    await expect(board.stapler.getByRole('alert')).toHaveCount(0);
    await expect(board.announcement).toContainText('Retrying automatically.');

    const before = attempts();
    await button(board, 'Retry patient.bin now').click();
    await poll(attempts).toBeGreaterThan(before);
    emulator.setNetwork({ faults: [] });
    expect(await passTheWaits(board, 'patient.bin', 1)).toBe('attached');
    expectAttached(emulator, 7, [file]);
  });

  test('A throttled upload shows the remaining seconds', async ({ board, emulator }) => {
    emulator.store.assumptions.retryAfterReadable = true;
    const file = makeFile('throttled.bin', 5_000);
    emulator.setNetwork({ faults: [{ name: 'status-429', remaining: 1, at: 'simple' }] });
    await board.pick(pickable(file));

    await expect(board.row('throttled.bin')).toContainText(/Azure DevOps is busy\. Retrying in [123] s\./);
    await expect(
      board.stapler.getByRole('status').getByText(/^Azure DevOps is busy\. Retrying in [123] s\.$/),
    ).toBeVisible();
    await board.page.clock.fastForward(3_000);
    await expect(board.finished('1 file attached')).toBeVisible();
    await expect(board.stapler.getByText('Azure DevOps is busy')).toHaveCount(0);
    expectAttached(emulator, 7, [file]);
  });

  test('The details of a failure can be read and copied @services-only', async ({
    board,
    page,
    emulator,
  }) => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await openDetails(board);
    const row = board.row('refused.bin');
    await expect(button(board, 'Details of refused.bin')).toHaveAttribute('aria-expanded', 'true');
    for (const words of ['rule-broken', 'TF401320', '400', 'Attaching the file'])
      await expect(row.getByRole('definition').filter({ hasText: words }).first()).toBeVisible();
    const shown = await row.getByText(/^[0-9a-f-]{36}$/).textContent();

    await button(board, 'Copy details').click();
    await expect(button(board, 'Copied')).toBeVisible();
    await expect(button(board, 'Copied')).toBeFocused();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(/^File: refused\.bin$/m);
    expect(copied).toContain(`ActivityId: ${shown}`);
    expect(copied).not.toMatch(/bearer|http|eyJ/i);

    await button(board, 'Copy diagnostics').click();
    await expect(button(board, 'Copied').nth(1)).toBeFocused();
    const diagnostics = await page.evaluate(() => navigator.clipboard.readText());
    for (const line of [
      /^version: \d/m,
      /^mode: Services$/m,
      /^supportsBatch: true$/m,
      /^kind: rule-broken$/m,
    ])
      expect(diagnostics).toMatch(line);
    expect(diagnostics).toMatch(/PATCH wit\/workitems\/\*: 400, \d+ ms$/m);
    expect(diagnostics).toMatch(/upload \d+: failed \(linking, rule-broken\)$/m);
    expect(diagnostics).not.toMatch(/refused\.bin|bearer|http|eyJ|localhost|127\.0\.0|::1/i);
    await page.clock.fastForward(4_000);
    await expect(button(board, 'Copy details')).toBeVisible();

    await button(board, 'Details of refused.bin').click();
    await expect(row.getByRole('definition')).toHaveCount(0);
    emulator.store.requiredFields.clear();
    await button(board, 'Retry refused.bin').click();
    await expect(board.finished('1 file attached')).toBeVisible();
  });
});

test('Uploads wait while offline and resume online', async ({ board, emulator, page }, testInfo) => {
  emulator.setNetwork({ bytesPerSecond: 2 * MB });
  const file = makeFile('far away.bin', 20 * MB);
  await pickFromDisk(board, [file], testInfo);
  await expect(board.row('far away.bin')).toContainText('MB of 20 MB');

  await page.context().setOffline(true);
  await expect(board.stapler.getByText("You're offline.").first()).toBeVisible();
  await expect(button(board, 'Retry now')).toBeVisible();
  await expect(board.row('far away.bin')).toContainText('Waiting');
  emulator.setNetwork({ bytesPerSecond: null });
  await page.context().setOffline(false);
  await expect(board.finished('1 file attached')).toBeVisible();
  await expect(board.stapler.getByText("You're offline.")).toHaveCount(0);
  expectAttached(emulator, 7, [file]);
});

test('A dialog offers the text if the page may not copy @both', async ({ board, page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
    Object.defineProperty(document, 'execCommand', { value: () => false });
  });
  await board.open(7);
  await openDetails(board);
  // By keyboard: the content below a row moves while the frame grows.
  await button(board, 'Copy details').press('Enter');

  const text = board.stapler.getByRole('textbox', { name: /Copying is blocked here/ });
  await expect(text).toBeFocused();
  await expect(text).toHaveValue(/^File: refused\.bin$/m);
  expect(
    await text.evaluate((area: HTMLTextAreaElement) => area.selectionEnd - area.selectionStart),
  ).toBeGreaterThan(100);
});
