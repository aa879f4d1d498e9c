import { violations } from './axe';
import { attachmentsOf } from './files';
import { expect, poll } from './fixtures';
import type { HubPage } from './hub-story';
import { story } from './hub-story';
import { Keys } from './keys';
import { expectNoViolations } from './looks';

/** Duplicates in the report of the Attachments hub. */

const SIZE = 200_000;

/** Attaches equal files under two names, and one of another content with an equal size and name. */
function attachCopies({ emulator: { store } }: HubPage): void {
  const same = Buffer.alloc(SIZE, 'The same content. ');
  store.attach(7, [{ name: 'equal-bytes-first.bin', content: same }]);
  store.attach(8, [{ name: 'equal-bytes-copy.bin', content: same }]);
  store.attach(8, [{ name: 'equal-bytes-first.bin', content: Buffer.alloc(SIZE, 'Another content. ') }]);
}

/** Number of requests for the bytes of attachments. */
const downloads = ({ emulator }: HubPage): number =>
  emulator.requests.records.filter(({ method, url }) => method === 'GET' && /\/attachments\//.test(url))
    .length;

const names = ({ emulator }: HubPage, item: number): readonly string[] =>
  attachmentsOf(emulator, item)
    .map(({ name }) => name)
    .filter((name) => name.startsWith('equal-bytes-'));

story(
  'The hub proves duplicates by their contents, keeps that, and removes all but the oldest @services-only',
  async ({ hub }) => {
    const { page, content } = hub;
    const keys = new Keys(page, () => content);
    attachCopies(hub);
    await hub.open();
    await hub.build();
    await hub.find('equal-bytes-', 3);

    await story.step('compare contents, by keyboard', async () => {
      await hub.button('Report').click();
      await expect(content.getByText('There is 1 group of files that are probably the same')).toBeVisible();
      await expect(content.getByText(/^3 files have a size that another file has, too\./)).toBeVisible();
      await expectNoViolations(page, 'probable duplicates');
      await keys.use(hub.button('Compare contents'));
      await expect(content.getByText('There is 1 group of files with the same content.')).toBeVisible();
      await keys.expectFocusInside();
      await expect(hub.button('Compare contents')).toHaveCount(0);
      await expectNoViolations(page, 'proven duplicates');
    });

    await story.step('know it after a reload, without reading', async () => {
      const before = downloads(hub);
      await page.reload();
      await hub.find('equal-bytes- duplicate:same', 2);
      await hub.find('equal-bytes- duplicate:probable', 0);
      await hub.find('equal-bytes-', 3);
      expect(downloads(hub)).toBe(before);
    });

    const table = content.getByRole('table', { name: 'Groups of duplicates' });
    await story.step('filter by a group, and save all groups as a table', async () => {
      await hub.button('Report').click();
      const row = table.getByRole('row', { name: /^equal-bytes-first\.bin/ });
      await expect(row).toContainText('Same content');
      const saved = page.waitForEvent('download');
      await hub.button('Export groups').click();
      expect((await saved).suggestedFilename()).toBe('duplicates.csv');
      await row.getByRole('button').click();
      await hub.expectCount(2);
      await expect(hub.row('equal-bytes-copy.bin')).toContainText('Duplicate');
    });

    await story.step('remove all but the oldest', async () => {
      await hub.button('Report').click();
      await hub.button('Select all but the oldest…').click();
      const dialog = content.getByRole('dialog', { name: 'Remove files' });
      await expect(dialog.getByText('1 file, 200 KB, on 1 work item')).toBeVisible();
      expect(await violations(page)).toEqual([]);
      await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
      await expect(dialog.getByText('1 file removed.')).toBeVisible();
      await poll(() => names(hub, 8)).toEqual(['equal-bytes-first.bin']);
      expect(names(hub, 7)).toEqual(['equal-bytes-first.bin']);
    });
  },
);
