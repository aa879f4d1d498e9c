// Uses Playwright's own `test`: the one of the fixtures fails on leaked tokens.
import { test } from '@playwright/test';
import { expect } from './expect';
import { withEmulator } from './fixtures';
import { watchTokens } from './token-watch';

test('watchTokens finds a token in an address, the history and the console @services-only', async ({
  page,
}) => {
  await withEmulator({ extensionFolder: process.cwd() }, async ({ hostUrl }) => {
    const found = watchTokens(page);
    await page.goto(`${hostUrl}?item=7&panel=closed`);
    const use = (token: string) =>
      page.evaluate(
        (value) => fetch('/control/config', { headers: { Authorization: `Bearer ${value}` } }),
        token,
      );
    await use('in-no-place');
    await use('in-an-address');
    await page.evaluate(() => fetch('/control/config?token=in-an-address'));
    // A token logged before its first use counts as well.
    await page.evaluate(() => console.log('It is in-the-console.'));
    await use('in-the-console');
    await use('in-the-history');
    await page.evaluate(() => history.replaceState(null, '', '#in-the-history'));
    await expect
      .poll(found)
      .toEqual([
        'An address that was requested (GET) holds a token.',
        'The console holds a token.',
        'The address of a page holds a token.',
      ]);
  });
});
