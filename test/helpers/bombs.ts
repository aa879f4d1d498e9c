import { deflateSync, strToU8, zipSync } from 'fflate';
import { crowdedPdf } from './sample-pdf';
import { PNG_MARK, pngChunk, pngHeader } from 'azure-devops-emulator/png';
import { attachment, recipient, sampleMsg } from './sample-msg';
import { codeCell, notebookOf } from './sample-notebook';
import { line, presentationOf, shape } from './sample-presentation';
import { paragraph, run, table, wordOf } from './sample-word';

/** A file that costs a careless viewer minutes or gigabytes. */
export interface Bomb {
  readonly name: string;
  readonly content: Buffer;
  /** Text that its preview shows in the end: content of the file, or the reason for its absence. */
  readonly shows: RegExp;
}

const MIB = 1024 * 1024;
const SOURCE = /so its source is shown/;

/** Files that are small or usual in size, and expensive to show. */
export function bombs(): readonly Bomb[] {
  return [
    ...svgBombs(),
    ...markdownBombs(),
    ...dataBombs(),
    ...resultBombs(),
    ...evidenceBombs(),
    ...notebookBombs(),
    ...mailBombs(),
    ...outlookBombs(),
    ...officeBombs(),
    ...binaryBombs(),
  ];
}

function bomb(name: string, content: string | Uint8Array, shows: RegExp): Bomb {
  return { name, content: Buffer.from(content as string), shows };
}

function svgBombs(): readonly Bomb[] {
  const levels = Array.from({ length: 8 }, (_, level) => level + 1);
  const svg = (inside: string): string =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100">${inside}</svg>`;
  const uses = levels
    .map((level) => `<g id="g${level}">${`<use href="#g${level - 1}"/>`.repeat(10)}</g>`)
    .join('');
  const patterns = levels
    .map(
      (level) =>
        `<pattern id="p${level}" width="1" height="1" patternUnits="userSpaceOnUse">${`<rect width="9" height="9" fill="url(#p${level - 1})"/>`.repeat(10)}</pattern>`,
    )
    .join('');
  const masks = levels
    .map(
      (level) =>
        `<mask id="m${level}">${`<rect width="9" height="9" mask="url(#m${level - 1})"/>`.repeat(10)}</mask>`,
    )
    .join('');
  return [
    bomb(
      'use.svg',
      svg(`<defs><rect id="g0" width="1" height="1"/>${uses}</defs><use href="#g8"/>`),
      /too complex/,
    ),
    bomb(
      'pattern.svg',
      svg(`<defs>${patterns}</defs><rect width="99" height="99" fill="url(#p8)"/>`),
      /too complex/,
    ),
    bomb(
      'mask.svg',
      svg(`<defs>${masks}</defs><rect width="99" height="99" mask="url(#m8)"/>`),
      /too complex/,
    ),
  ];
}

/** Texts that take time proportional to the square of their length, or worse. */
function markdownBombs(): readonly Bomb[] {
  const slow = (name: string, text: string): Bomb =>
    bomb(name, text, /takes too long to format, so its source/);
  const formatted = (name: string, text: string): Bomb => bomb(name, text, SOURCE);
  return [
    slow('brackets.md', ']'.repeat(60_000)),
    slow('setext.md', 'a\n=\n'.repeat(15_000)),
    slow('emphasis.md', '*a_ '.repeat(15_000)),
    formatted('strong.md', 'a**b'.repeat(16_000)),
    formatted('quotes.md', '>'.repeat(60_000)),
    formatted('lists.md', '- '.repeat(30_000)),
    formatted('many-words.md', `${'*a* '.repeat(1_000)}\n\n`.repeat(250)),
    bomb(
      'table.md',
      `| a | b |\n| --- | --- |\n${'| 1 | 2 |\n'.repeat(12_000)}`,
      /so its source is shown|^1$/m,
    ),
  ];
}

function dataBombs(): readonly Bomb[] {
  return [
    bomb('deep.json', '['.repeat(200_000) + ']'.repeat(200_000), /1 item/),
    bomb('numbers.json', `[${'1,'.repeat(2_000_000)}1]`, /2,000,001 items/),
    bomb('string.json', JSON.stringify({ text: 'x'.repeat(4 * MIB) }), /characters left/),
    bomb('digits.json', '1'.repeat(4 * MIB), /characters left/),
    bomb('key.json', JSON.stringify({ ['k'.repeat(4 * MIB)]: 1 }), /1 member/),
    bomb('line.jsonl', `{"a":1}\n${JSON.stringify(Array.from({ length: 1_000_000 }, () => 1))}`, /Line 2/),
    bomb('columns.csv', ','.repeat(500_000), /first 200 of 500,001 columns/),
    // Each quoted cell makes the library look for the next delimiter, to the end of the text.
    bomb('quoted.csv', '"a"\n'.repeat(130_000), /129,\d{3} rows|rows|source is shown/),
    bomb('open-quote.csv', `a,b\n"${'x,\n'.repeat(150_000)}`, /row/),
    bomb('long-line.txt', 'x'.repeat(30 * MIB), /xxxxxxxx/),
  ];
}

function resultBombs(): readonly Bomb[] {
  const entities = Array.from(
    { length: 9 },
    (_, level) => `<!ENTITY e${level + 1} "${`&e${level};`.repeat(10)}">`,
  ).join('');
  const test = (content: string): string =>
    `<testsuite><testcase name="a"><failure>${content}</failure></testcase></testsuite>`;
  return [
    bomb('suites.xml', '<testsuite>'.repeat(100_000), /too many parts to format, so its source/),
    bomb('entities.xml', `<!DOCTYPE a [<!ENTITY e0 "x">${entities}]>${test('&e9;')}`, /1 failed/),
    bomb(
      'tests.xml',
      `<testsuite>${'<testcase name="a"/>'.repeat(1_000_000)}</testsuite>`,
      /first 50,000 of 1,000,000|source is shown/,
    ),
    bomb('references.xml', test('&amp;'.repeat(5_000_000)), /1 failed|source is shown/),
  ];
}

/** HAR files, and traces of Playwright. */
function evidenceBombs(): readonly Bomb[] {
  const har = (name: string, entries: string, shows: RegExp): Bomb =>
    bomb(name, `{"log":{"entries":[${entries}]}}`, shows);
  const request = (text: string): string =>
    `{"request":{"method":"GET","url":"https://a.example/"},"response":{"status":200,"content":{"text":"${text}"}}}`;
  const options = '{"version":8,"type":"context-options","browserName":"chromium","platform":"linux"}\n';
  const trace = (name: string, events: string, shows: RegExp): Bomb =>
    bomb(name, zipSync({ 'trace.trace': strToU8(options + events) }), shows);
  return [
    har('deep.har', '['.repeat(5_000_000), /has no HAR requests|can't be read|incomplete/),
    har('many.har', `${request('')},`.repeat(200_000) + request(''), /first 10,000 of 200,001 requests/),
    har('escapes.har', request('\\\\\\"'.repeat(10_000_000)), /1 request/),
    har(
      'headers.har',
      `{"request":{"url":"a","headers":[${'{"name":"a"},'.repeat(1_000_000)}{}]}}`,
      /1 request/,
    ),
    trace(
      'events.zip',
      '{"type":"before","callId":"a"}\n'.repeat(500_000),
      /first|Actions|entries are listed/,
    ),
    trace('line.zip', `{"type":"${'x'.repeat(100 * MIB)}"}\n`, /1 event that is too long|entries are listed/),
  ];
}

function notebookBombs(): readonly Bomb[] {
  const stream = (text: string, name = 'stdout'): Record<string, string> => ({
    ...{ output_type: 'stream', name, text },
  });
  return [
    bomb('deep.ipynb', `{"nbformat":4,"cells":${'['.repeat(200_000)}`, /isn't valid JSON/),
    bomb('cells.ipynb', notebookOf(Array.from({ length: 50_000 }, () => codeCell('x'))), /first 5,000 of/),
    bomb(
      'outputs.ipynb',
      notebookOf([
        codeCell(
          'x',
          Array.from({ length: 100_000 }, (_, index) => stream('y', `${index % 2}`)),
        ),
      ]),
      /Code \[/,
    ),
    bomb('lines.ipynb', notebookOf([codeCell('x', [stream('\n'.repeat(5_000_000))])]), /characters left/),
    bomb(
      'words.ipynb',
      notebookOf(
        Array.from({ length: 100 }, () => ({ cell_type: 'markdown', source: '*a* '.repeat(2_000) })),
      ),
      SOURCE,
    ),
  ];
}

function mailBombs(): readonly Bomb[] {
  const mail = (type: string, body: string): string =>
    `From: a@example.com\r\nSubject: Hello\r\nContent-Type: ${type}\r\n\r\n${body}`;
  const open = Array.from({ length: 5_000 }, (_, index) => `<b id=${index}>`).join('');
  const parts = Array.from(
    { length: 2_000 },
    (_, index) => `--p${index}\r\nContent-Type: multipart/mixed; boundary=p${index + 1}\r\n\r\n`,
  );
  const headers = Array.from({ length: 50_000 }, (_, index) => `X-${index}: y`).join('\r\n');
  return [
    bomb('tree.eml', mail('text/html', open + '<p>x'.repeat(5_000)), /Only its text|source is shown/),
    bomb(
      'nested.eml',
      mail('multipart/mixed; boundary=p0', parts.join('')),
      /Hello|source is shown|Can't preview/,
    ),
    bomb('headers.eml', `From: a@example.com\r\n${headers}\r\n\r\nWords`, /All headers|source is shown/),
    bomb(
      'addresses.eml',
      `To: ${'a@example.com, '.repeat(60_000)}\r\nFrom: a@example.com\r\n\r\nWords`,
      /characters left|source is shown/,
    ),
    bomb(
      'long.eml',
      mail('text/plain', 'words and more words\r\n'.repeat(150_000)),
      /characters left|source is shown/,
    ),
  ];
}

function outlookBombs(): readonly Bomb[] {
  const cyclic = sampleMsg({ 0x0037: 'Hello', 0x1000: 'x'.repeat(MIB) });
  // Each sector is followed by the first one.
  cyclic.fill(0, (cyclic.readUInt32LE(76) + 1) * 512);
  const shared = sampleMsg(
    { 0x0037: 'Hello', 0x1000: 'x'.repeat(MIB) },
    Object.fromEntries(
      Array.from({ length: 400 }, (_, index) => [
        `__attach_version1.0_#${index.toString(16).toUpperCase().padStart(8, '0')}`,
        attachment('a.bin', Buffer.alloc(4_096)),
      ]),
    ),
  );
  const directory = (shared.readUInt32LE(48) + 1) * 512;
  // All attachments have the bytes of the text.
  const table = (shared.readUInt32LE(76) + 1) * 512;
  for (let entry = directory; entry < table; entry += 128)
    if (shared.readUInt32LE(entry + 120) === 4_096) {
      shared.writeUInt32LE(0, entry + 116);
      shared.writeUInt32LE(2 * MIB, entry + 120);
    }
  const recipients = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, index) => [
      `__recip_version1.0_#${index.toString(16).toUpperCase().padStart(8, '0')}`,
      recipient(1, `Name ${index}`, ''),
    ]),
  );
  return [
    bomb('cyclic.msg', cyclic, /Can't preview/),
    bomb('shared.msg', shared, /too many parts to format|doesn't look like text/),
    bomb('recipients.msg', sampleMsg({ 0x0037: 'Hello' }, recipients), /characters left/),
  ];
}

function officeBombs(): readonly Bomb[] {
  const word = (name: string, body: string, shows: RegExp): Bomb => bomb(name, wordOf({ body }), shows);
  const parts = /can't be shown as a document, so its parts/;
  const shapes = shape(line('x').repeat(200));
  return [
    word('nested.docx', '<w:sdt>'.repeat(100_000), parts),
    word('paragraphs.docx', paragraph(run('x')).repeat(200_000), /too long to show|its parts are listed/),
    word(
      'runs.docx',
      paragraph((run('a', '<w:b/>') + run('b')).repeat(150_000)),
      /too long to show|its parts are listed/,
    ),
    word(
      'rows.docx',
      table(Array.from({ length: 30_000 }, () => [paragraph(run('x')), paragraph(run('y'))])),
      /too long to show|its parts are listed/,
    ),
    word('text.docx', paragraph(run('words '.repeat(1_000_000))), /too long to show|characters left/),
    bomb(
      'slides.pptx',
      presentationOf({ slides: Array.from({ length: 600 }, () => ({ shapes })) }),
      /First [\d,]+ of 600 slides|its parts are listed/,
    ),
  ];
}

function binaryBombs(): readonly Bomb[] {
  const zeros = new Uint8Array(200 * MIB);
  const many = Object.fromEntries(
    Array.from({ length: 20_000 }, (_, index) => [`folder/${index}.txt`, new Uint8Array()]),
  );
  return [
    bomb('zeros.zip', zipSync({ 'zeros.bin': [zeros, { level: 9 }] }), /zeros\.bin/),
    bomb('many.zip', zipSync(many), /19999|20,000|0\.txt/),
    bomb('huge.png', hugePng(25_000), /Can't preview|huge\.png/),
    bomb('words.pdf', crowdedPdf(60_000), /Only part of the text/),
    bomb('cut.pdf', strToU8('%PDF-1.7\n1 0 obj\n<< /Type /Catalog'), /Can't preview/),
  ];
}

/** A black picture of this many pixels a side. */
function hugePng(side: number): Buffer {
  const rows = Buffer.alloc(side * (1 + Math.ceil(side / 8)));
  const header = pngHeader(side, side, 'rgba');
  return Buffer.concat([PNG_MARK, header, pngChunk('IDAT', deflateSync(rows)), pngChunk('IEND')]);
}
