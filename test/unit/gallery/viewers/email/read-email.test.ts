/** @jest-environment jsdom */
import '../../../../helpers/browser-parts';
import { readEmail } from '../../../../../src/gallery/viewers/email/read-email';
import { sampleFiles } from '../../../../helpers/sample-files';

function bytesOf(text: string | Buffer): Blob {
  return new Blob([Uint8Array.from(Buffer.from(text))]);
}

test('readEmail returns headers, text and attachments', async () => {
  const mail = await readEmail(bytesOf(sampleFiles()['mail.eml']!));
  expect(mail.headers).toEqual([
    ['From', 'Jürgen <juergen@example.com>'],
    ['To', 'Reviewers <review@example.com>, second@example.com'],
    ['Cc', 'third@example.com'],
    ['Date', expect.stringContaining('2026')],
    ['Subject', '€ 100 are missing'],
  ]);
  expect(mail.allHeaders).toContainEqual(['X-Mailer', 'Sample']);
  expect(mail.text.trim()).toBe('Hello,\nsee the attachment.');
  expect(mail.isFromHtml).toBe(false);
  expect(mail.attachments).toMatchObject([
    { name: '../figures.csv', bytes: { size: 8, type: 'application/octet-stream' } },
  ]);
});

test('readEmail returns the text of an HTML-only mail', async () => {
  const mail = await readEmail(
    bytesOf(
      'From: a@example.com\r\nContent-Type: text/html\r\n\r\n<p>Hello <b>you</b><p>there<script>1</script>',
    ),
  );
  expect(mail).toMatchObject({ text: 'Hello you\nthere', isFromHtml: true });
});

test('readEmail keeps an invalid date unchanged', async () => {
  const mail = await readEmail(bytesOf('From: a@example.com\r\nDate: someday\r\n\r\nx'));
  expect(mail.headers).toContainEqual(['Date', 'someday']);
});

test.each(['', 'just some text', '\u0000\u0001'])('readEmail rejects %j', async (text) => {
  await expect(readEmail(bytesOf(text))).rejects.toMatchObject({ kind: 'no-email' });
});

test.each(['', '\r\n \r\n'])('readEmail reads the HTML of a mail with the text %j', async (text) => {
  const part = (type: string, content: string): string =>
    `--x\r\nContent-Type: text/${type}\r\n\r\n${content}\r\n`;
  const head = 'From: a@example.com\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n';
  const mail = await readEmail(bytesOf(`${head}${part('plain', text)}${part('html', '<p>Words</p>')}--x--`));
  expect(mail).toMatchObject({ text: 'Words', isFromHtml: true });
});
