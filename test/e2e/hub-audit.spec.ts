import { project } from 'azure-devops-emulator';
import { expect } from './fixtures';
import { story } from './hub-story';
import { Keys } from './keys';
import { expectNoViolations } from './looks';

/** Check of the attachments against the rules of the project, in the report of the Attachments hub. */
story('The hub lists the attachments that break the rules of the project @services-only', async ({ hub }) => {
  const { page, content, emulator } = hub;
  const keys = new Keys(page, () => content);
  emulator.store.attach(7, [{ name: 'ruled-setup.exe', content: Buffer.alloc(5_000) }]);
  emulator.store.attach(8, [{ name: 'ruled-build.log', content: Buffer.alloc(5_000) }]);
  emulator.store.extensionData.set('Default', 'policies', {
    id: project.id,
    text: '{ "version": 1, "block": ["exe"] }',
  });
  await hub.open();
  await hub.build();
  await hub.find('ruled-', 2);
  await hub.button('Report').click();
  await keys.use(hub.button('Check 2 files'));
  await expect(content.getByText('2 files were checked. 1 file breaks a rule.')).toBeVisible();
  await keys.expectFocusInside();
  const table = content.getByRole('table', { name: /^Types that aren't allowed: 1 file/ });
  await expect(table.getByRole('row', { name: /^ruled-setup\.exe/ })).toBeVisible();
  await expect(table.getByText('ruled-build.log')).toHaveCount(0);
  await expectNoViolations(page, 'files that break a rule');
  const saved = page.waitForEvent('download');
  await hub.button('Export list').click();
  expect((await saved).suggestedFilename()).toBe('rules.csv');
});
