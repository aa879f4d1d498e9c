import { attachmentsOf } from './files';
import { expect, test } from './fixtures';
import { expectNoViolations } from './looks';

// The dialog needs as much room as its frame gets.
test.use({ viewport: { width: 1280, height: 1200 } });

test('A person checks the organization from the form, and the work item stays as it was', async ({
  board,
  page,
  emulator,
  mode,
}) => {
  const { stapler } = board;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const before = attachmentsOf(emulator, 7);
  await board.open(7, { width: '320' });
  const more = stapler.getByRole('button', { name: 'More actions' });
  const dialog = stapler.getByRole('dialog', { name: 'Check this organization' });

  await test.step('a dialog that cannot be loaded is named, and can be opened later', async () => {
    // The script, and the question whether the server can be reached.
    await page.route(/\/check\.js$/, (route) => route.abort(), { times: 2 });
    await more.click();
    await stapler.getByRole('menuitem', { name: 'Check this organization…' }).click();
    await expect(stapler.getByRole('alert')).toContainText('The check');
    await more.click();
    await stapler.getByRole('menuitem', { name: 'Check this organization…' }).click();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(stapler.getByRole('alert')).toHaveCount(0);
  });

  await test.step('Escape closes the menu and the dialog, and returns the focus', async () => {
    await more.press('Enter');
    await stapler.getByRole('menu').press('Escape');
    await expect(more).toBeFocused();
    await more.press('Enter');
    await stapler.getByRole('menuitem', { name: 'Check this organization…' }).press('Enter');
    await expect(dialog.getByRole('textbox', { name: 'Work item ID' })).toHaveValue('7');
    await expectNoViolations(page, 'choice');
    await dialog.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(more).toBeFocused();
  });

  await test.step('the check tells what it will do', async () => {
    await more.click();
    await stapler.getByRole('menuitem', { name: 'Check this organization…' }).click();
    await dialog.getByRole('button', { name: 'Continue' }).click();
    await expect(dialog).toContainText('27 small test files are uploaded.');
    await expect(dialog.getByRole('button', { name: 'Start' })).toBeInViewport({ ratio: 1 });
    expect(emulator.requests.records.filter(({ url }) => url.includes('/attachments'))).toEqual([]);
  });

  await test.step('Escape ends the questions and cleans up, without closing the dialog', async () => {
    emulator.setNetwork({ latencyMs: 50 });
    await dialog.getByRole('button', { name: 'Start' }).click();
    await expect(dialog.getByText(/^Question 1?\d of/)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(dialog.getByText(/^Canceled/)).toBeVisible();
    await expect(dialog.getByText('All test files were removed from the work item.')).toBeVisible();
    expect(attachmentsOf(emulator, 7)).toEqual(before);
    emulator.setNetwork({ latencyMs: 0 });
    await dialog.getByRole('button', { name: 'Close' }).click();
    await expect(more).toBeFocused();
    await more.click();
    await stapler.getByRole('menuitem', { name: 'Check this organization…' }).click();
    await dialog.getByRole('button', { name: 'Continue' }).click();
  });

  await test.step('the table shows the answers', async () => {
    await dialog.getByRole('checkbox', { name: /^Also open an Azure DevOps message and panel/ }).check();
    await dialog.getByRole('button', { name: 'Start' }).click();
    const message = page.getByRole('dialog', { name: 'Check this organization' });
    await message.getByRole('button', { name: 'OK' }).click();
    const panel = page.getByRole('dialog', { name: 'Attach files' });
    await panel.getByRole('button', { name: 'Close', exact: true }).first().click();
    await expect(dialog.getByText('All test files were removed from the work item.')).toBeVisible();
    const opened = [
      'Does Azure DevOps show a message?',
      'Does Azure DevOps open a panel?',
      'Can Stapler open a window?',
      'Can Stapler read your settings from Azure DevOps?',
    ];
    for (const question of opened)
      await expect(dialog.getByRole('row', { name: question })).toContainText('Yes');
    const answerTo = (question: string) =>
      dialog.getByRole('row', { name: question }).getByRole('cell').first();
    await expect(answerTo('Can several work items be changed at once?')).toHaveText('Yes');
    await expect(answerTo('Can files be sent in chunks?')).toHaveText('Yes');
    await expect(answerTo('Does Stapler run in a sandbox?')).toHaveText(mode === 'server' ? 'Yes' : 'No');
    await expect(answerTo('Can Stapler store settings in this browser?')).toContainText(
      mode === 'server' ? 'No' : 'Yes',
    );
    await expectNoViolations(page, 'table');
    const overflow = await stapler
      .locator('dialog')
      .evaluate((element) => element.scrollWidth - element.clientWidth);
    expect(overflow).toBe(0);
  });

  await test.step('the report has no names, numbers or addresses', async () => {
    await dialog.getByRole('button', { name: 'Copy report' }).click();
    await expect(dialog.getByRole('button', { name: 'Copied' })).toBeVisible();
    const report = await page.evaluate(() => navigator.clipboard.readText());
    expect(report).toMatch(/^batch: taken \(.*PATCH 200.*\)$/m);
    expect(report).not.toMatch(/https?:|\.txt|Fabrikam|Bearer/);
    await dialog.getByRole('button', { name: 'Close' }).click();
  });

  expect(attachmentsOf(emulator, 7)).toEqual(before);
});
