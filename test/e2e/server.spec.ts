import { expectAttached, makeFile, pickable, requestsOf } from './files';
import { expect, test } from './fixtures';
import type { Assumptions } from 'azure-devops-emulator';

/** Limits of a frame in Azure DevOps Server (host reference 5.1). */
test('The frame has no origin, no storage, no workers by address and no downloads @server-only', async ({
  board,
  page,
}) => {
  await expect(board.frame).toHaveAttribute(
    'sandbox',
    'allow-forms allow-modals allow-pointer-lock allow-popups allow-scripts allow-top-navigation',
  );
  const can = await board.stapler.locator('html').evaluate(async () => {
    const isBarred = async (what: () => unknown): Promise<boolean> => {
      try {
        await what();
        return false;
      } catch {
        return true;
      }
    };
    const openDatabase = (): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const request = indexedDB.open('a');
        request.onsuccess = resolve;
        request.onerror = reject;
      });
    return {
      origin: window.origin,
      localStorage: !(await isBarred(() => localStorage.length)),
      indexedDB: !(await isBarred(openDatabase)),
      worker: !(await isBarred(() => new Worker(document.querySelector('script')!.src))),
    };
  });
  expect(can).toEqual({ origin: 'null', localStorage: false, indexedDB: false, worker: false });

  // The download of the host page, started after the one of the frame, is the first.
  const first = page.waitForEvent('download');
  for (const [name, place] of [
    ['frame.txt', board.stapler],
    ['page.txt', page],
  ] as const) {
    await place.locator('html').evaluate((_, download) => {
      const link = document.createElement('a');
      Object.assign(link, { href: URL.createObjectURL(new Blob(['a'])), download });
      document.body.append(link);
      link.click();
      link.remove();
    }, name);
  }
  expect((await first).suggestedFilename()).toBe('page.txt');
});

test('Stapler uses the API version of an older server @server-only', async ({ board, emulator }) => {
  expect(emulator.restBaseUrl).toMatch(/\/tfs\/DefaultCollection\/$/);
  expect(new URL(emulator.assetsBaseUrl).pathname).toMatch(/^\/_apis\/public\/gallery\/publisher\//);
  const file = makeFile('for a server.bin', 1_000);
  await board.pick(pickable(file));
  await expect(board.finished('1 file attached')).toBeVisible();
  expectAttached(emulator, 7, [file]);
  const versions = requestsOf(emulator, 'POST', /attachments/).map((url) =>
    new URL(url, emulator.restBaseUrl).searchParams.get('api-version'),
  );
  expect(versions.at(-1)).toBe('6.0');
});

const LIMITS: readonly { of: Assumptions['largestFile']; takesIt: boolean }[] = [
  { of: '4 MB', takesIt: false },
  { of: '2 GB', takesIt: true },
];

for (const { of, takesIt } of LIMITS) {
  test(`Stapler ${takesIt ? 'attaches' : 'refuses'} 5 MB if the server accepts up to ${of} @server-only`, async ({
    board,
    emulator,
  }) => {
    emulator.store.assumptions.largestFile = of;
    const file = makeFile('five.bin', 5_000_000);
    await board.pick(pickable(file));
    if (takesIt) await expect(board.finished('1 file attached')).toBeVisible();
    else await expect(board.overLimit('five.bin')).toContainText('is over the limit of 4.0 MB');
    expectAttached(emulator, 7, takesIt ? [file] : []);
  });
}
