import fc from 'fast-check';
import { parseEmail } from '../../../../../src/gallery/viewers/email/parse-email';
import { unpackRtf } from '../../../../../src/gallery/viewers/email/outlook/compressed-rtf';
import { readRtf } from '../../../../../src/gallery/viewers/email/outlook/rtf-text';
import type { ParsedEmail } from '../../../../../src/gallery/viewers/email/parsed-email';
import { ViewerProblem } from '../../../../../src/gallery/viewers/viewer-problem';
import type { SampleStorage } from '../../../../helpers/sample-msg';
import {
  attachment,
  compoundFile,
  MAIL_PROPERTIES,
  propertyStreams,
  recipient,
  sampleMsg,
  usualMsg,
} from '../../../../helpers/sample-msg';

function parse(bytes: Uint8Array): Promise<ParsedEmail> {
  return parseEmail(new Blob([Uint8Array.from(bytes)]));
}

/** RTF in the container of uncompressed RTF. */
function rtf(text: string): Buffer {
  const head = Buffer.alloc(16);
  head.writeUInt32LE(text.length + 12, 0);
  head.writeUInt32LE(text.length, 4);
  head.write('MELA', 8, 'latin1');
  return Buffer.concat([head, Buffer.from(text, 'latin1')]);
}

test('parseEmail reads the headers, recipients and text of a mail of Outlook', async () => {
  expect(await parse(usualMsg())).toMatchObject({
    from: 'Jürgen <juergen@example.com>',
    to: 'Reviewers <review@example.com>, second@example.com',
    // An address of Exchange means nothing here.
    cc: 'Third',
    bcc: '',
    date: '2026-03-14T14:09:26.000Z',
    subject: '€ 100 are missing',
    allHeaders: [
      ['From', 'juergen@example.com'],
      ['X-Mailer', 'Sample'],
      ['Received', 'from a by b'],
    ],
    text: 'Hello,\r\nsee the attachments.\r\n',
    isFromHtml: false,
    isEncrypted: false,
    missingAttachments: ['Chart'],
  });
});

test('parseEmail reads attachments of Outlook, small and large', async () => {
  const { attachments } = await parse(usualMsg());
  expect(attachments.map(({ name }) => name)).toEqual([
    '../figures.csv',
    'long.txt',
    'Grüße from inside.eml',
  ]);
  expect(await attachments[0]?.bytes.text()).toBe('a,b\n1,2\n');
  expect(await attachments[1]?.bytes.text()).toBe('line\n'.repeat(2_000));
  expect(attachments.map(({ bytes }) => bytes.type)).toEqual(Array(3).fill('application/octet-stream'));
});

test('parseEmail makes a mail in a mail of Outlook a file that it can read', async () => {
  const { attachments } = await parse(usualMsg());
  const inner = await parseEmail(attachments[2]?.bytes ?? new Blob());
  expect(inner).toMatchObject({ from: 'Inner', subject: 'Grüße from inside' });
  expect(inner.text.trim()).toBe('The inner text');
  expect(inner.attachments.map(({ name }) => name)).toEqual(['inner.txt']);
  expect(await inner.attachments[0]?.bytes.text()).toBe('inner bytes');
});

test('parseEmail reads the HTML of a mail of Outlook in its code page', async () => {
  const html = Buffer.from('<p>Gr\xfc\xdfe</p><script>x</script>', 'latin1');
  const mail = await parse(sampleMsg({ 0x0037: 'a', 0x1013: html, 0x3fde: 1252 }));
  expect(mail).toMatchObject({ text: 'Grüße', isFromHtml: true });
  const japanese = Buffer.from([0x93, 0xfa, 0x96, 0x7b]);
  expect((await parse(sampleMsg({ 0x1013: japanese, 0x3fde: 932 }))).text).toBe('日本');
});

test.each([
  [
    "{\\rtf1\\ansi{\\fonttbl\\f0 Arial;}\\f0 One\\par two \\{x\\} \\u8364? \\'e4{\\*\\hidden no}}",
    'One\ntwo {x} € ä',
    false,
  ],
  [
    '{\\rtf1\\fromhtml1 {\\*\\htmltag64 <p>}\\htmlrtf {\\b \\htmlrtf0 Words{\\*\\mhtmltag0 no}\\htmlrtf }\\htmlrtf0 {\\*\\htmltag72 </p>}}',
    'Words',
    true,
  ],
])('parseEmail reads the words of %s', async (text, words, isFromHtml) => {
  expect(await parse(sampleMsg({ 0x0037: 'a', 0x1009: rtf(text) }))).toMatchObject({
    text: words,
    isFromHtml,
  });
});

test('unpackRtf reads the example of the specification', () => {
  const bytes = Buffer.from(
    '2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c09002062770 5b06c647d0a800fa0'.replace(
      ' ',
      '',
    ),
    'hex',
  );
  expect(Buffer.from(unpackRtf(bytes) ?? []).toString('latin1')).toBe(
    '{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n',
  );
});

test('parseEmail says that a mail of Outlook is encrypted', async () => {
  expect((await parse(sampleMsg({ 0x001a: 'IPM.Note.SMIME' }))).isEncrypted).toBe(true);
  expect((await parse(sampleMsg({ 0x001a: 'IPM.Note.SMIME.MultipartSigned' }))).isEncrypted).toBe(false);
});

test('parseEmail shows the display names of a mail of Outlook without recipients', async () => {
  expect(await parse(sampleMsg({ 0x0e04: 'A; B', 0x0e03: 'C' }))).toMatchObject({
    to: 'A; B',
    cc: 'C',
    date: '',
  });
});

test('parseEmail reads a mail of Outlook with a thousand recipients', async () => {
  const parts = Object.fromEntries(
    Array.from({ length: 1_000 }, (_, index) => [
      `__recip_version1.0_#${index.toString(16).toUpperCase().padStart(8, '0')}`,
      recipient(1, `Name ${index}`, ''),
    ]),
  );
  const { to } = await parse(sampleMsg(MAIL_PROPERTIES, parts));
  expect(to.split(', ')).toHaveLength(1_000);
  expect(to).toMatch(/Name 998, Name 999$/);
});

describe('parseEmail survives a compound file', () => {
  /** Offset of a sector in the file. */
  const at = (sector: number): number => (sector + 1) * 512;
  const directoryOf = (file: Buffer): number => at(file.readUInt32LE(48));

  test('with a chain of sectors that repeats', async () => {
    const file = usualMsg();
    const table = at(file.readUInt32LE(76));
    for (let sector = 0; sector < 128; sector++) file.writeUInt32LE(0, table + sector * 4);
    await expect(parse(file)).rejects.toBeInstanceOf(ViewerProblem);
  });

  test('with a directory tree that contains itself', async () => {
    const file = usualMsg();
    const directory = directoryOf(file);
    for (let entry = 1; entry < 4; entry++) {
      file.writeUInt32LE(1, directory + entry * 128 + 68);
      file.writeUInt32LE(0, directory + entry * 128 + 76);
    }
    expect((await parse(file)).subject).toBe('€ 100 are missing');
  });

  test('with streams of a giant size', async () => {
    const file = usualMsg();
    const directory = directoryOf(file);
    for (let entry = 1; entry < 4; entry++) file.writeUInt32LE(0xfffffff0, directory + entry * 128 + 120);
    await parse(file).catch((error: unknown) => expect(error).toBeInstanceOf(ViewerProblem));
  });

  test('with storages inside of each other without end', async () => {
    let storage: SampleStorage = {};
    for (let depth = 0; depth < 100; depth++) storage = { inner: storage };
    await expect(parse(compoundFile(storage))).rejects.toMatchObject({ kind: 'too-many-parts' });
  });

  test('with mails inside of each other', async () => {
    let mail: SampleStorage = propertyStreams(24, { 0x0037: 'last' });
    for (let depth = 0; depth < 6; depth++)
      mail = {
        ...propertyStreams(24, { 0x0037: 'a' }),
        '__attach_version1.0_#00000000': attachment('a', mail),
      };
    await expect(parse(compoundFile(mail))).rejects.toMatchObject({ kind: 'too-many-parts' });
  });

  test('without a mail', async () => {
    await expect(parse(compoundFile({ Workbook: Buffer.from('x') }))).rejects.toMatchObject({
      kind: 'no-email',
    });
    await expect(parse(usualMsg().subarray(0, 100))).rejects.toMatchObject({ kind: 'no-email' });
  });

  test('with any damage', async () => {
    const good = usualMsg();
    const change = fc.tuple(fc.nat({ max: good.length - 1 }), fc.constantFrom(0, 1, 0x7f, 0xfe, 0xff));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 40 }), fc.nat(), async (changes, cut) => {
        const file = Buffer.from(good);
        for (const [offset, byte] of changes) file[offset] = byte;
        const part = cut % 2 === 0 ? file : file.subarray(0, cut % file.length);
        await parse(part).catch((error: unknown) => expect(error).toBeInstanceOf(ViewerProblem));
      }),
      { numRuns: 200 },
    );
  });
});

test('readRtf ends with any text', () => {
  const tokens = [
    '{',
    '}',
    '\\*',
    '\\par',
    '\\u1',
    '\\uc9',
    "\\'e4",
    '\\htmlrtf',
    '\\htmlrtf0',
    '\\htmltag',
    'x',
    ' ',
    '\\',
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...tokens)), (parts) => {
      expect(typeof readRtf(Buffer.from(`{\\rtf1 ${parts.join('')}`)).text).toBe('string');
    }),
  );
});
