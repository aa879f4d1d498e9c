import { expect } from './fixtures';
import { story } from './gallery-story';

/** A bug without attachments. */
const EMPTY = 7;

const REFERENCES = '&eacute;&nbsp;&#8364; &amp;lt; &NotEqualTilde;';
const DECODED = 'é\u00a0€ &lt; ≂̸';

function mailOf(...parts: readonly (readonly [type: string, content: string])[]): Buffer {
  const bodies = parts.map(
    ([type, content]) => `--x\r\nContent-Type: ${type}; charset=utf-8\r\n\r\n${content}\r\n`,
  );
  const head = 'From: a@example.com\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n';
  return Buffer.from(`${head}${bodies.join('')}--x--\r\n`);
}

story('Character references in the HTML of mails are shown as characters @both', async ({ gallery }) => {
  const { emulator, preview } = gallery;
  emulator.store.attach(EMPTY, [
    { name: '1.eml', content: mailOf(['text/html', `<p>Only ${REFERENCES}</p>`]) },
    {
      name: '2.eml',
      content: mailOf(
        ['text/plain', 'Plain &eacute;'],
        ['text/html', `<p>Beside ${REFERENCES}</p>`],
        ['text/calendar; name=invitation.txt', 'SUMMARY:Caf&eacute;'],
      ),
    },
  ]);
  await gallery.open(EMPTY);
  await gallery.button('Name').click();
  await gallery.row('1.eml').getByRole('button', { name: '1.eml', exact: true }).click();
  await expect(preview.getByRole('region', { name: 'Email in 1.eml' })).toContainText(`Only ${DECODED}`);

  await preview.getByRole('button', { name: 'Next file' }).click();
  const mail = preview.getByRole('region', { name: 'Email in 2.eml' });
  await expect(mail).toContainText('Plain &eacute;');
  await expect(mail).toContainText(`Beside ${DECODED}`);
  await mail.getByRole('button', { name: 'invitation.txt', exact: true }).click();
  await expect(preview.getByText('SUMMARY:Caf&eacute;')).toBeVisible();
});
