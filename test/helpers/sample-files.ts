import { sampleHar } from './sample-har';
import { lockedPdf, samplePdf } from './sample-pdf';
import { exifData, pngWith, SAMPLE_EXIF } from './sample-picture';
import { usualMsg } from './sample-msg';
import { sampleNotebook } from './sample-notebook';
import { SAMPLE_JUNIT, SAMPLE_TRX } from './sample-results';
import { sampleTrace } from './sample-trace';
import { samplePng } from './sample-png';
import { samplePresentation } from './sample-presentation';
import { sampleWord } from './sample-word';
import { sampleWorkbook } from './sample-workbook';
import { encryptedZip, sampleZip } from './sample-zip';

/** Target of the links in hostile files. No request may reach it. */
export const ELSEWHERE = 'https://example.invalid';

/** A tone. */
function sampleWav(seconds: number): Buffer {
  const rate = 8000;
  const data = Buffer.from(
    Array.from({ length: rate * seconds }, (_, index) => 128 + Math.round(60 * Math.sin(index / 3))),
  );
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + data.length, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  // Plain samples of one channel, one byte each.
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(data.length, 40);
  return Buffer.concat([header, data]);
}

const HOSTILE_SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100" onload="window.hacked = true">
  <script>window.hacked = true</script>
  <image href="${ELSEWHERE}/from-svg.png" width="10" height="10"/>
  <foreignObject width="100" height="50"><iframe xmlns="http://www.w3.org/1999/xhtml" src="${ELSEWHERE}/frame"/></foreignObject>
  <circle cx="100" cy="50" r="40" fill="teal"/>
</svg>`;

const HOSTILE_HTML = `<!doctype html><title>Report</title><script>window.hacked = true</script>
<img src="${ELSEWHERE}/from-html.png" onerror="window.hacked = true"><p>A paragraph</p>
`;

const MARKDOWN = `# Release notes

Some *emphasis*, some **weight**, some \`code\` and ~~a mistake~~.

| Part | Done |
| :--- | ---: |
| viewer | 9 |
| lightbox | 1 |

- [x] written
- [ ] tested
  1. first
  2. second

> A quotation

\`\`\`ts
const answer = 42;
\`\`\`

[a page](https://example.com/page) [a script](javascript:window.hacked=true) [data](data:text/html,x) <mailto:a@example.com>

![a chart](${ELSEWHERE}/from-markdown.png) <img src="${ELSEWHERE}/raw.png" onerror="window.hacked = true">

<script>window.hacked = true</script>

A note.[^1]

[^1]: The note itself.
`;

const CSV = `name;size;comment
build.log;1024;"several
lines"
photo.png;99;"with ""quotes"" and ; in it"
=HYPERLINK("${ELSEWHERE}");1;<b>bold</b>
`;

const JSON_TEXT = `{
  "name": "sample",
  "id": 12345678901234567890,
  "price": 1.10,
  "list": [1, 2, {"deep": {"deeper": {"deepest": true}}}],
  "nothing": null,
  "html": "<img src=x onerror=alert(1)>"
}
`;

/** Each color of a terminal, as text and as background. */
const COLORED_LOG = Array.from(
  { length: 8 },
  (_, color) =>
    `\u001b[3${color}mcolor ${color}\u001b[0m \u001b[9${color}mbright \u001b[4${color}m badge \u001b[0m \u001b[2mdim\u001b[0m\n`,
).join('');

const EMAIL = [
  'From: =?utf-8?Q?J=C3=BCrgen?= <juergen@example.com>',
  'To: "Reviewers" <review@example.com>, second@example.com',
  'Cc: third@example.com',
  'Date: Sat, 14 Mar 2026 15:09:26 +0100',
  'Subject: =?utf-8?B?4oKsIDEwMA==?= are missing',
  'X-Mailer: Sample',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary=outer',
  '',
  '--outer',
  'Content-Type: multipart/alternative; boundary=inner',
  '',
  '--inner',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'Hello,',
  'see the attachment.',
  '--inner',
  'Content-Type: text/html; charset=utf-8',
  '',
  `<p>Hello</p><img src="${ELSEWHERE}/from-mail.png"><script>window.hacked = true</script>`,
  '--inner--',
  '--outer',
  'Content-Type: text/csv; name="../figures.csv"',
  'Content-Disposition: attachment; filename="../figures.csv"',
  'Content-Transfer-Encoding: base64',
  '',
  Buffer.from('a,b\n1,2\n').toString('base64'),
  '--outer--',
  '',
].join('\r\n');

/** One small real file of each previewable kind, by name, including hostile ones. */
export function sampleFiles(): Readonly<Record<string, Buffer>> {
  return {
    'picture.png': samplePng(64, 48),
    'photo.png': pngWith(exifData(SAMPLE_EXIF, true)),
    'hostile.svg': Buffer.from(HOSTILE_SVG),
    'broken.png': Buffer.from('no picture'),
    'tone.wav': sampleWav(1),
    'broken.mp4': Buffer.from('no film'),
    'three pages.pdf': samplePdf(['First page', 'Second page', 'Third page']),
    'locked.pdf': lockedPdf(),
    'broken.pdf': Buffer.from('no document'),
    'notes.txt': Buffer.from('First line\r\nSecond line\r\nGrüße 😀\r\n'),
    'utf-16.txt': Buffer.from('\ufeffFirst line\nGrüße 😀\n', 'utf16le'),
    'old.log': Buffer.from('Gr\xfc\xdfe\n', 'latin1'),
    'colors.log': Buffer.from(COLORED_LOG),
    'binary.txt': samplePng(8, 8),
    'hostile.html': Buffer.from(HOSTILE_HTML),
    'release notes.md': Buffer.from(MARKDOWN),
    'table.csv': Buffer.from(CSV),
    'table.tsv': Buffer.from('name\tsize\na\t1\n'),
    'data.json': Buffer.from(JSON_TEXT),
    'broken.json': Buffer.from('{\n  "a": 1,\n  "b": oops\n}\n'),
    'events.jsonl': Buffer.from('{"event": "start"}\n{"event": "stop"}\nnot json\n'),
    'shop.har': Buffer.from(sampleHar()),
    'results.trx': Buffer.from(SAMPLE_TRX),
    'junit.xml': Buffer.from(SAMPLE_JUNIT),
    'analysis.ipynb': Buffer.from(sampleNotebook(ELSEWHERE)),
    'archive.zip': sampleZip(),
    'trace.zip': sampleTrace(),
    'locked.zip': encryptedZip(),
    'broken.zip': Buffer.from('no archive'),
    'runs.xlsm': sampleWorkbook(),
    'report.docx': sampleWord(),
    'plan.pptx': samplePresentation(),
    'mail.eml': Buffer.from(EMAIL),
    'mail.msg': usualMsg(),
  };
}
