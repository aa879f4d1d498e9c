import { readFile } from 'node:fs/promises';
import { MAIL_PROPERTIES, sampleMsg, usualMsg } from '../helpers/sample-msg';
import { expect } from './fixtures';
import { story } from './gallery-story';
import { expectNoViolations } from './looks';

/** A bug without attachments. */
const EMPTY = 7;

story('A mail of Outlook shows its headers, text and attachments @both', async ({ gallery }) => {
  const { page, emulator, preview } = gallery;
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  emulator.store.attach(EMPTY, [
    { name: '1.msg', content: usualMsg() },
    { name: '2.msg', content: sampleMsg({ ...MAIL_PROPERTIES, 0x001a: 'IPM.Note.SMIME' }) },
    { name: '3.msg', content: Buffer.from('no mail') },
  ]);
  await gallery.open(EMPTY);
  await gallery.button('Name').click();
  await gallery.row('1.msg').getByRole('button', { name: '1.msg', exact: true }).click();
  await expect(preview.getByText('€ 100 are missing')).toBeVisible();
  await expect(preview.getByText('Reviewers <review@example.com>, second@example.com')).toBeVisible();
  await expect(preview.getByText('see the attachments.')).toBeVisible();
  await expect(preview.getByText("1 attachment isn't included in this email: Chart")).toBeVisible();
  await expectNoViolations(page, 'mail of Outlook');

  const inner = preview.getByRole('button', { name: 'Grüße from inside.eml', exact: true });
  await inner.focus();
  await page.keyboard.press('Enter');
  await expect(preview.getByText('The inner text')).toBeVisible();
  await preview.getByRole('button', { name: 'Back' }).click();
  await expect(inner).toBeFocused();

  const next = preview.getByRole('button', { name: 'Next file' });
  await next.click();
  await expect(
    preview.getByText('This email is encrypted. Download it to open it in your email app.'),
  ).toBeVisible();
  await next.click();
  await expect(preview.getByText("Can't preview")).toBeVisible();
  await gallery.expectInWorkersOnly(requests, 'parse-email.js', 'parse-outlook.js');
});

story(
  'An attachment of a mail of Outlook is saved under its own name @services-only',
  async ({ gallery }) => {
    const { page, emulator, preview } = gallery;
    emulator.store.attach(EMPTY, [{ name: '1.msg', content: usualMsg() }]);
    await gallery.open(EMPTY);
    await gallery.row('1.msg').getByRole('button', { name: '1.msg', exact: true }).click();
    const download = page.waitForEvent('download');
    await preview.getByRole('button', { name: /^Save .*figures\.csv/ }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe('figures.csv');
    expect(await readFile(await file.path(), 'utf8')).toBe('a,b\n1,2\n');
  },
);
