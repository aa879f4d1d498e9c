import type { Locator } from '@playwright/test';
import { attachmentsOf } from './files';
import { expect } from './fixtures';
import type { HubPage } from './hub-story';
import { filesOn, story } from './hub-story';
import { Keys } from './keys';
import { expectNoViolations } from './looks';

/** Clean-ups by rules in the Attachments hub, and earlier removals. */

/** A bug with 37 files. */
const CROWDED = 30;

const button = (place: Locator, name: string | RegExp): Locator =>
  place.getByRole('button', { name, exact: typeof name === 'string' });

const dialogOf = ({ content }: HubPage, name: string): Locator => content.getByRole('dialog', { name });

/** Opens a command of the menu with the keyboard. */
async function choose({ content }: HubPage, keys: Keys, name: string): Promise<void> {
  const menu = content.getByRole('button', { name: 'More actions' });
  await expect(menu).toBeVisible();
  await menu.focus();
  await keys.press('Enter');
  await keys.goTo(content.getByRole('menuitem', { name, exact: true }), 'ArrowDown');
  await keys.press('Enter');
}

story(
  'The keyboard alone cleans up by rules after a dry run, and restores the removal later @services-only',
  async ({ hub }) => {
    const { page, content, emulator } = hub;
    const keys = new Keys(page, () => content);
    const before = attachmentsOf(emulator, CROWDED);
    const logs = before.filter(({ name }) => name.endsWith('.log'));
    await hub.open();
    await hub.build();
    await hub.find(`on:${CROWDED}`, before.length);

    const dialog = dialogOf(hub, 'Clean up');
    await story.step('choose the rules', async () => {
      await choose(hub, keys, 'Clean up…');
      await expect(dialog.getByText('Choose at least one rule.')).toBeVisible();
      await expect(dialog.getByLabel(`Only files of the current search: on:${CROWDED}`)).toBeChecked();
      await keys.tabTo(dialog.getByLabel('Larger than (MB)'));
      await keys.type('0');
      await keys.tabTo(dialog.getByRole('checkbox', { name: /^log/ }));
      await page.keyboard.press('Space');
      await expect(dialog.getByText(`${logs.length} files match,`)).toBeVisible();
      await expectNoViolations(page, 'rules');
    });

    await story.step('dry run', async () => {
      await keys.use(button(dialog, 'Dry run'));
      await expect(dialog.getByText(`To remove (${logs.length}):`)).toBeVisible();
      await expect(dialog.getByText('Azure DevOps sends no notifications about this.')).toBeVisible();
      expect(attachmentsOf(emulator, CROWDED)).toEqual(before);
      await keys.expectFocusInside();
      await expectNoViolations(page, 'plan');
    });

    await story.step('remove', async () => {
      await keys.use(button(dialog, `Remove ${logs.length} files`));
      await expect(dialog.getByText(`${logs.length} files removed.`)).toBeVisible();
      const names = (files: typeof before): readonly string[] => files.map(({ name }) => name).sort();
      expect(names(attachmentsOf(emulator, CROWDED))).toEqual(
        names(before.filter((file) => !logs.includes(file))),
      );
      await keys.use(button(dialog, 'Close'));
      await hub.expectCount(before.length - logs.length);
    });

    await story.step('restore it later', async () => {
      await choose(hub, keys, 'Earlier removals…');
      const runs = dialogOf(hub, 'Earlier removals');
      await expect(runs.getByText(`${logs.length} files,`)).toBeVisible();
      await expectNoViolations(page, 'earlier removals');
      await keys.use(button(runs, /^Restore…/));
      const run = dialogOf(hub, 'Earlier removal');
      await keys.use(button(run, 'Restore'));
      await expect(run.getByText(`${logs.length} files restored.`)).toBeVisible();
      const hashes = (files: typeof before): ReadonlyMap<string, string> =>
        new Map(files.map(({ name, sha256 }) => [name, sha256]));
      expect(hashes(attachmentsOf(emulator, CROWDED))).toEqual(hashes(before));
    });
  },
);

story(
  'The hub reminds of a removal that a reload stopped, and finishes it @services-only',
  async ({ hub }) => {
    const { page, content, emulator } = hub;
    const before = filesOn(emulator);
    const logs = before.filter(({ name, bytes }) => name.endsWith('.log') && bytes > 0);
    await hub.open();
    await hub.build();
    await hub.button('More actions').click();
    await content.getByRole('menuitem', { name: 'Clean up…' }).click();
    const dialog = dialogOf(hub, 'Clean up');
    await dialog.getByRole('checkbox', { name: /^log/ }).check();
    await dialog.getByLabel('Also files shown in texts of work items').check();
    await expect(dialog.getByText(`${logs.length} files match,`)).toBeVisible();
    await button(dialog, 'Dry run').click();
    emulator.setNetwork({ faults: [{ name: 'unanswered', remaining: null, at: 'batch' }] });
    await button(dialog, `Remove ${logs.length} files`).click();
    await expect(dialog.getByRole('progressbar', { name: 'Removing files' })).toBeVisible();
    // The collection begins with the first record.
    await expect(() => {
      const [run] = emulator.store.extensionData.list('User', 'clean-up-runs');
      expect(run?.['outcomes']).toContain('t');
    }).toPass();

    await page.reload();
    emulator.setNetwork({ faults: [] });
    await hub.open();
    await expect(content.getByText(`The removal of ${logs.length} files on`)).toBeVisible();
    await hub.button('Resume').click();
    const run = dialogOf(hub, 'Earlier removal');
    await expect(run.getByText(/files removed\. /)).toBeVisible();
    expect(filesOn(emulator).length).toBe(before.length - logs.length);
    expect(filesOn(emulator).filter(({ name }) => name.endsWith('.log'))).toEqual([]);
    await button(run, 'Close').click();
    await expect(content.getByText('The removal of')).toHaveCount(0);
  },
);
