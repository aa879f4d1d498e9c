import { SAMPLE_JUNIT, SAMPLE_NUNIT, SAMPLE_TRX, SAMPLE_XUNIT } from '../helpers/sample-results';
import { sampleFiles } from '../helpers/sample-files';
import { jbig2Pdf } from '../helpers/sample-jbig2';
import {
  damagedPicturePdf,
  hugePicturePdf,
  japanesePdf,
  jpeg2000Pdf,
  lockedPdf,
  samplePdf,
} from '../helpers/sample-pdf';
import { line, presentationOf, samplePresentation, shape, title } from '../helpers/sample-presentation';
import { item, NUMBERING, paragraph, run, sampleWord, table, wordOf } from '../helpers/sample-word';
import { sampleWorkbook, workbookOf } from '../helpers/sample-workbook';
import { encryptedZip, sampleZip, zipOf } from '../helpers/sample-zip';
import type { CorpusFile } from './corpus-file';
import { ELSEWHERE, marked, refused } from './corpus-file';

/** Pages in words, pictures and fonts of all kinds. */
function pdfs(): readonly CorpusFile[] {
  return [
    marked('one page.pdf', (mark) => samplePdf([mark])),
    marked('many pages.pdf', (mark) => samplePdf([mark, ...Array.from({ length: 299 }, () => 'page')])),
    { name: 'japanese.pdf', content: japanesePdf(), shows: 'page' },
    { name: 'jpeg 2000.pdf', content: jpeg2000Pdf(), shows: 'page' },
    { name: 'fax.pdf', content: jbig2Pdf(), shows: 'page' },
    refused('huge picture.pdf', hugePicturePdf(), /can't be shown here/),
    refused('damaged picture.pdf', damagedPicturePdf(), /can't be shown here/),
    refused('locked.pdf', lockedPdf(), /password/),
    refused('no document.pdf', 'no document', ELSEWHERE),
    refused('cut.pdf', samplePdf(['a']).subarray(0, 40), ELSEWHERE),
  ];
}

/** Numbers and dates as Excel writes them, by their formats. */
const FORMATS: readonly (readonly [format: string, value: number, shown: string])[] = [
  ['0.00', 1234.5, '1234.50'],
  ['#,##0', 1234567, '1,234,567'],
  ['0%', 0.25, '25%'],
  ['0.00E+00', 12345, '1.23E+04'],
  ['yyyy-mm-dd', 46095, '2026-03-14'],
  ['h:mm', 0.75, '18:00'],
  ['[h]:mm', 1.5, '36:00'],
  ['# ?/?', 0.5, '1/2'],
  ['"about" 0', 3, 'about 3'],
  ['0;(0)', -5, '(5)'],
];

function workbooks(): readonly CorpusFile[] {
  return [
    refused('runs.xlsm', sampleWorkbook(), /Not shown: .*macros/),
    marked('locked.xlsx', (mark) => zipOf({ [`${mark}.txt`]: 'no workbook' })),
    refused('no workbook.xlsx', 'no workbook', ELSEWHERE),
    ...FORMATS.map(([format, value, shown], index) => ({
      name: `format ${index + 1}.xlsx`,
      content: formattedWorkbook(format, value),
      shows: new RegExp(shown.replace(/[()+.]/g, '\\$&')),
    })),
    ...['xlsx', 'xltx', 'xlsm'].map((extension) =>
      marked(`sheet.${extension}`, (mark) =>
        workbookOf({
          sheets: [{ name: 'Sheet', rows: `<row><c t="inlineStr"><is><t>${mark}</t></is></c></row>` }],
        }),
      ),
    ),
  ];
}

function officeDocuments(): readonly CorpusFile[] {
  return [
    ...['docx', 'docm', 'dotx', 'dotm'].map((extension) =>
      marked(`letter.${extension}`, (mark) => wordOf({ body: paragraph(run(mark)) })),
    ),
    ...['pptx', 'pptm', 'ppsx', 'potx'].map((extension) =>
      marked(`talk.${extension}`, (mark) => presentationOf({ slides: [{ shapes: title(mark) }] })),
    ),
    marked('cells.docx', (mark) => wordOf({ body: table([[paragraph(run(mark))]]) })),
    marked('numbered.docx', (mark) => wordOf({ body: item(mark, 1), numbering: NUMBERING })),
    marked('bullets.pptx', (mark) => presentationOf({ slides: [{ shapes: shape(line(mark)) }] })),
    refused('macros.docm', sampleWord(), /Not shown: .*macros/),
    refused('macros.pptm', samplePresentation(), /Not shown: .*macros/),
    marked('no letter.docx', (mark) => zipOf({ [`${mark}.txt`]: 'no document' })),
    marked('no talk.pptx', (mark) => zipOf({ [`${mark}.txt`]: 'no presentation' })),
    refused('cut letter.docx', sampleWord().subarray(0, 900), ELSEWHERE),
    refused('cut talk.pptx', samplePresentation().subarray(0, 900), ELSEWHERE),
  ];
}

function formattedWorkbook(format: string, value: number): Buffer {
  return workbookOf({
    sheets: [{ name: 'Sheet', rows: `<row><c s="1"><v>${value}</v></c></row>` }],
    formats: [format],
  });
}

const PATHS = [
  'a/b/%.txt',
  '../%.txt',
  '/etc/%.txt',
  'C:\\a\\%.txt',
  '%',
  'ü/%.txt',
  '%\u202etxt.exe',
  'a/./%.txt',
];

function archives(): readonly CorpusFile[] {
  return [
    ...PATHS.map((path, index) =>
      marked(`paths ${index + 1}.zip`, (mark) => zipOf({ [path.replace('%', mark)]: 'words' })),
    ),
    ...'nupkg snupkg vsix jar war apk aar whl xpi epub odt ods odp'
      .split(' ')
      .map((extension) => marked(`package.${extension}`, (mark) => zipOf({ [`lib/${mark}.txt`]: 'words' }))),
    refused('sample.zip', sampleZip(), /evil\.dll/),
    refused('locked.zip', encryptedZip(), /Encrypted/),
    refused('no archive.zip', 'no archive', ELSEWHERE),
    refused('cut.zip', sampleZip().subarray(0, 60), ELSEWHERE),
    refused('nothing inside.zip', zipOf({}), /The archive is empty/),
    marked('many entries.zip', (mark) =>
      zipOf({
        [`${mark}.txt`]: 'words',
        ...Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`z/${index}.txt`, ''])),
      }),
    ),
  ];
}

function results(): readonly CorpusFile[] {
  return [
    refused('run.trx', SAMPLE_TRX, /RejectsAnEmptyCart/),
    refused('junit.xml', SAMPLE_JUNIT, /fail/i),
    refused('nunit.xml', SAMPLE_NUNIT, /fail/i),
    refused('xunit.xml', SAMPLE_XUNIT, /fail/i),
    marked('one test.xml', (mark) => `<testsuite><testcase name="${mark}"/></testsuite>`),
    marked(
      'many tests.xml',
      (mark) =>
        `<testsuite><testcase name="${mark}"><failure>x</failure></testcase>${'<testcase name="a"/>'.repeat(20_000)}</testsuite>`,
    ),
    marked('no results.xml', (mark) => `<project name="${mark}"/>`),
    marked('no results.trx', (mark) => `<other>${mark}</other>`),
    marked('entities.xml', (mark) => `<!DOCTYPE a [<!ENTITY b "${'c'.repeat(99)}">]><a>&b; ${mark}</a>`),
  ];
}

const TRANSFER: Readonly<Record<string, (text: string) => string>> = {
  '7bit': (text) => text,
  base64: (text) => Buffer.from(text).toString('base64'),
  'quoted-printable': (text) =>
    text.replace(/[^ -<>-~\n]/g, (character) =>
      [...Buffer.from(character)].map((byte) => `=${byte.toString(16).toUpperCase()}`).join(''),
    ),
};

function mails(): readonly CorpusFile[] {
  const mail = (headers: readonly string[], body: string): string =>
    ['From: a@example.com', 'Subject: s', ...headers, '', body].join('\r\n');
  return [
    ...Object.entries(TRANSFER).map(([encoding, encode]) =>
      marked(`mail ${encoding}.eml`, (mark) =>
        mail(
          ['Content-Type: text/plain; charset=utf-8', `Content-Transfer-Encoding: ${encoding}`],
          encode(`${mark} é`),
        ),
      ),
    ),
    ...['utf-8', 'iso-8859-1', 'windows-1252', 'us-ascii', 'unknown-charset'].map((charset) =>
      marked(`mail in ${charset}.eml`, (mark) =>
        mail([`Content-Type: text/plain; charset=${charset}`], mark),
      ),
    ),
    marked('html mail.eml', (mark) =>
      mail(['Content-Type: text/html'], `<p>a</p><table><tr><td>${mark}</td></tr></table>`),
    ),
    marked('blank text.eml', (mark) =>
      mail(
        ['Content-Type: multipart/alternative; boundary=b'],
        `--b\r\nContent-Type: text/plain\r\n\r\n \r\n--b\r\nContent-Type: text/html\r\n\r\n<b>${mark}</b>\r\n--b--`,
      ),
    ),
    marked('attachments.eml', (mark) =>
      mail(
        ['Content-Type: multipart/mixed; boundary=b'],
        `--b\r\n\r\ntext\r\n--b\r\nContent-Disposition: attachment; filename="${mark}.txt"\r\n\r\nwords\r\n--b--`,
      ),
    ),
    marked('encoded subject.eml', (mark) =>
      mail([`Cc: =?utf-8?B?${Buffer.from(mark).toString('base64')}?= <b@example.com>`], 'text'),
    ),
    marked('cut.eml', (mark) => mail(['Content-Type: multipart/mixed; boundary=b'], `--b\r\n\r\n${mark}`)),
    refused('no headers.eml', '\r\nwords', ELSEWHERE),
  ];
}

const WAVES = [
  ['8 bits', 1, 8],
  ['16 bits', 1, 16],
  ['24 bits', 1, 24],
  ['32 bits', 1, 32],
  ['float', 3, 32],
] as const;

function media(): readonly CorpusFile[] {
  return [
    ...WAVES.flatMap(([name, format, bits]) =>
      [1, 2].map((channels): CorpusFile => ({
        name: `${name} of ${channels} channels.wav`,
        content: wave(format, bits, channels),
        shows: 'player',
      })),
    ),
    ...'mp4 webm mov ogv mkv avi wmv mp3 m4a ogg flac'
      .split(' ')
      .map((extension) => refused(`no media.${extension}`, 'no media', ELSEWHERE)),
  ];
}

/** Half a second of a tone. */
function wave(format: number, bits: number, channels: number): Buffer {
  const rate = 8_000;
  const frameBytes = (bits / 8) * channels;
  const header = Buffer.alloc(44);
  header.write('RIFF\0\0\0\0WAVEfmt ', 0, 'latin1');
  header.writeUInt32LE(36 + (rate / 2) * frameBytes, 4);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(format, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * frameBytes, 28);
  header.writeUInt16LE(frameBytes, 32);
  header.writeUInt16LE(bits, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE((rate / 2) * frameBytes, 40);
  return Buffer.concat([header, Buffer.alloc((rate / 2) * frameBytes)]);
}

/** Files without a viewer. */
function others(): readonly CorpusFile[] {
  return [
    ...'7z rar gz tgz tar bz2 xz cab exe dll msi bin dmp etl pcap sqlite mdb psd ai sketch doc xls ppt rtf key pages one'
      .split(' ')
      .map((extension) => refused(`other.${extension}`, 'bytes', /There's no preview/)),
    refused('without an extension', 'bytes', /There's no preview/),
  ];
}

/** Documents, archives, mails, media, and files without a viewer. */
export function documents(): readonly CorpusFile[] {
  const { 'hostile.svg': svg, 'hostile.html': html, 'release notes.md': notes } = sampleFiles();
  return [
    ...pdfs(),
    ...workbooks(),
    ...officeDocuments(),
    ...archives(),
    ...results(),
    ...mails(),
    ...media(),
    ...others(),
    { name: 'hostile.svg', content: svg!, shows: 'picture' },
    refused('hostile.html', html!, /A paragraph/),
    refused('hostile.md', notes!, /Release notes/),
  ];
}
