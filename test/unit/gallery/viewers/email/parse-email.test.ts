import { parseEmail } from '../../../../../src/gallery/viewers/email/parse-email';
import { sampleFiles } from '../../../../helpers/sample-files';

function bytesOf(text: string | Buffer): Blob {
  return new Blob([Uint8Array.from(Buffer.from(text))]);
}

test('parseEmail returns headers, text and attachments', async () => {
  const mail = await parseEmail(bytesOf(sampleFiles()['mail.eml']!));
  expect(mail).toMatchObject({
    from: 'Jürgen <juergen@example.com>',
    to: 'Reviewers <review@example.com>, second@example.com',
    cc: 'third@example.com',
    bcc: '',
    subject: '€ 100 are missing',
  });
  expect(mail.date).toContain('2026');
  expect(mail.allHeaders).toContainEqual(['X-Mailer', 'Sample']);
  expect(mail.text.trim()).toBe('Hello,\nsee the attachment.');
  expect(mail.isFromHtml).toBe(false);
  expect(mail.attachments).toMatchObject([
    { name: '../figures.csv', bytes: { size: 8, type: 'application/octet-stream' } },
  ]);
});

test('parseEmail returns the text of an HTML-only mail', async () => {
  const mail = await parseEmail(
    bytesOf(
      'From: a@example.com\r\nContent-Type: text/html\r\n\r\n<p>Hello <b>you</b><p>there<script>1</script>',
    ),
  );
  expect(mail).toMatchObject({ text: 'Hello you\nthere', isFromHtml: true });
});

test('parseEmail decodes the character references of all HTML parts', async () => {
  const part = (type: string, content: string): string =>
    `--x\r\nContent-Type: ${type}; charset=utf-8\r\n\r\n${content}\r\n`;
  const references = '&eacute; &nbsp; &#8364; &#x20AC; &amp;lt; &copy &#150; &unknown;';
  const decoded = 'é \u00a0 € € &lt; © – &unknown;';
  const mail = await parseEmail(
    bytesOf(
      'From: a@example.com\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n' +
        part('text/plain', 'Plain &eacute;') +
        part('text/html', `<p>${references}</p>`) +
        part('text/calendar', 'SUMMARY:Caf&eacute;') +
        '--x--',
    ),
  );
  expect(mail.text.replace(/\n+/g, '\n').trim()).toBe(`Plain &eacute;\n${decoded}`);
  expect(await mail.attachments[0]?.bytes.text()).toBe('SUMMARY:Caf&eacute;\n');
  const only = await parseEmail(
    bytesOf(`From: a@example.com\r\nContent-Type: text/html\r\n\r\n<p>${references}`),
  );
  expect(only).toMatchObject({ text: decoded, isFromHtml: true });
});

test('parseEmail keeps an invalid date unchanged', async () => {
  const mail = await parseEmail(bytesOf('From: a@example.com\r\nDate: someday\r\n\r\nx'));
  expect(mail.date).toBe('someday');
});

test.each(['', 'just some text', '\u0000\u0001'])('parseEmail rejects %j', async (text) => {
  await expect(parseEmail(bytesOf(text))).rejects.toMatchObject({ kind: 'no-email' });
});

test.each(['', '\r\n \r\n'])('parseEmail reads the HTML of a mail with the text %j', async (text) => {
  const part = (type: string, content: string): string =>
    `--x\r\nContent-Type: text/${type}\r\n\r\n${content}\r\n`;
  const head = 'From: a@example.com\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n';
  const mail = await parseEmail(bytesOf(`${head}${part('plain', text)}${part('html', '<p>Words</p>')}--x--`));
  expect(mail).toMatchObject({ text: 'Words', isFromHtml: true });
});

test.each([
  ['application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m', true],
  ['application/x-pkcs7-mime', true],
  ['multipart/encrypted; protocol="application/pgp-encrypted"; boundary=x', true],
  ['application/pkcs7-mime; smime-type=signed-data', false],
  ['multipart/signed; protocol="application/pkcs7-signature"; boundary=x', false],
  ['text/plain', false],
])('parseEmail tells from the type %s whether a mail is encrypted', async (type, isEncrypted) => {
  const mail = await parseEmail(bytesOf(`From: a@example.com\r\nContent-Type: ${type}\r\n\r\nAAEC`));
  expect(mail.isEncrypted).toBe(isEncrypted);
});
