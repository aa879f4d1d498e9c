import { strToU8, zipSync } from 'fflate';
import type { Workbook } from '../../../../../src/gallery/viewers/workbook/read-workbook';
import { readWorkbook } from '../../../../../src/gallery/viewers/workbook/read-workbook';
import type { SampleWorkbook } from '../../../../helpers/sample-workbook';
import { sampleWorkbook, workbookOf, workbookParts } from '../../../../helpers/sample-workbook';
import { encryptedZip, lyingZip, zipOf } from '../../../../helpers/sample-zip';

const context = { signal: new AbortController().signal, isInWorker: true };

function read(bytes: Uint8Array, sheet?: number): Promise<Workbook> {
  return readWorkbook({ bytes: new Blob([Uint8Array.from(bytes)]), sheet }, context);
}

/** Reads a sheet with these rows. */
function readRows(rows: string, rest: Partial<SampleWorkbook> = {}, head = ''): Promise<Workbook> {
  return read(workbookOf({ sheets: [{ name: 'A', rows, head }], ...rest }));
}

/** Reads a row with these cells. */
async function readCells(cells: string, rest: Partial<SampleWorkbook> = {}): Promise<readonly string[]> {
  return (await readRows(`<row r="1">${cells}</row>`, rest)).rows[0]!;
}

test('readWorkbook returns the first visible sheet as Excel shows it', async () => {
  expect(await read(sampleWorkbook())).toEqual({
    sheets: [
      { name: 'Runs', isHidden: false },
      { name: 'Totals', isHidden: false },
      { name: 'Plan', isHidden: false },
      { name: 'Kept', isHidden: true },
    ],
    sheet: 0,
    rows: [
      ['Date', 'Start time', 'Passed'],
      ['2026-03-14', '3:10 PM', '97.5%'],
      ['TRUE', '#DIV/0!', '(1,234.50)'],
    ],
    alignments: ['sss', 'rrr', 'ccr'],
    merges: [],
    columns: 3,
    totalRows: 3,
    inert: {
      ...{ hasMacros: true, hasConnections: false, hasHeaders: false, hasHiddenText: false },
      ...{ charts: 2, diagrams: 0, pictures: 0, recordings: 0, controls: 0, objects: 0, links: 1 },
    },
  });
});

test('readWorkbook returns another sheet', async () => {
  expect(await read(sampleWorkbook(), 1)).toMatchObject({ sheet: 1, rows: [['All of them']] });
  expect(await read(sampleWorkbook(), 3)).toMatchObject({ sheet: 3, rows: [], columns: 0, totalRows: 0 });
});

test('readWorkbook skips hidden sheets at first, and sheets without cells', async () => {
  const parts = workbookParts({
    sheets: [
      { name: 'Hidden', state: 'veryHidden', rows: '' },
      { name: 'Chart', rows: '' },
      { name: 'Shown', rows: '' },
    ],
  });
  parts['xl/_rels/workbook.xml.rels'] = parts['xl/_rels/workbook.xml.rels']!.replace(
    /worksheet"( Target="worksheets\/sheet2)/,
    'chartsheet"$1',
  );
  const { sheets, sheet } = await read(zipOf(parts));
  expect(sheets.map(({ name }) => name)).toEqual(['Hidden', 'Shown']);
  expect(sheet).toBe(1);
});

test('readWorkbook keeps the places of rows and cells', async () => {
  const { rows, columns } = await readRows(
    '<row r="2"><c r="C2"><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row><row r="5"><c r="AB5" t="str"><v>x</v></c></row><row r="9"><c r="A9" s="0"/></row>',
  );
  expect(rows).toHaveLength(5);
  expect(rows.slice(0, 4)).toEqual([[], ['', '', '1', '2'], ['3'], []]);
  expect(rows[4]).toEqual([...Array.from({ length: 27 }, () => ''), 'x']);
  expect(columns).toBe(28);
});

test.each([
  ['<c><v>46095</v></c>', '46095'],
  ['<c t="n"><v>1E3</v></c>', '1000'],
  ['<c><v>0.1234567891234</v></c>', '0.123456789'],
  ['<c><v>not a number</v></c>', 'not a number'],
  ['<c><v>1e999</v></c>', '1e999'],
  ['<c t="b"><v>0</v></c>', 'FALSE'],
  ['<c t="e"><v>#N/A</v></c>', '#N/A'],
  ['<c t="d"><v>2026-03-14T15:09:26</v></c>', '2026-03-14T15:09:26'],
  ['<c t="str"><v>a &amp; b &#x20AC;</v></c>', 'a & b €'],
  ['<c t="str"><v>line_x000D_end _x005F_x000D_</v></c>', 'line\rend _x000D_'],
  ['<c t="inlineStr"><is><r><t>rich</t></r><r><t xml:space="preserve"> text</t></r></is></c>', 'rich text'],
  ['<c t="inlineStr"><is><t>東京</t><rPh sb="0" eb="2"><t>とうきょう</t></rPh></is></c>', '東京'],
  ['<c><f>SUM(A1:A2)</f></c>', '=SUM(A1:A2)'],
  ['<c><f>SUM(A1:A2)</f><v>3</v></c>', '3'],
  ['<x:c xmlns:x="y"><x:v>5</x:v></x:c>', '5'],
  ['<c t="inlineStr"><is><t>&lt;img src=x&gt;<!-- no --><![CDATA[ <b> ]]></t></is></c>', '<img src=x> <b> '],
])('readWorkbook reads the cell %s as %j', async (cell, text) => {
  expect(await readCells(cell)).toEqual([text]);
});

test('readWorkbook aligns a cell by its style, otherwise by the type of its value', async () => {
  const text = '<is><t>a</t></is>';
  const cells = [
    ...[`<c t="inlineStr">${text}</c>`, '<c t="s"><v>0</v></c>', '<c t="str"><v>1</v></c>'],
    ...['<c><v>1</v></c>', '<c t="n" s="1"><v>2</v></c>', '<c t="d"><v>2026-03-14</v></c>'],
    ...['<c t="b"><v>1</v></c>', '<c t="e"><v>#N/A</v></c>', '<c><f>A1</f></c>'],
    ...['<c s="2"><v>1</v></c>', `<c t="inlineStr" s="3">${text}</c>`, '<c t="b" s="4"><v>1</v></c>'],
    ...['<c s="5"><v>1</v></c>', '<c s="99"><v>1</v></c>', '<c r="P1"><v>1</v></c>'],
  ];
  const { alignments } = await readRows(
    `<row r="1">${cells.join('')}</row><row r="3"><c><v>1</v></c></row>`,
    {
      strings: ['<t>a</t>'],
      formats: ['yyyy-mm-dd'],
      alignments: ['left', 'right', 'general', 'constructor'],
    },
  );
  expect(alignments).toEqual(['sssrrrccslrcrrsr', '', 'r']);
});

describe('readWorkbook reads merged cells', () => {
  /** Reads the merged cells of a sheet of five rows and columns. */
  async function mergesOf(...ranges: readonly string[]): Promise<readonly (readonly number[])[]> {
    const row = `<row>${'<c><v>1</v></c>'.repeat(5)}</row>`;
    const tags = ranges.map((range) => `<mergeCell ref="${range}"/>`);
    const tail = `<autoFilter ref="A1:B2"/><mergeCells>${tags.join('')}</mergeCells>`;
    const { merges } = await read(workbookOf({ sheets: [{ name: 'A', rows: row.repeat(5), tail }] }));
    return merges.map(({ row, column, rows, columns }) => [row, column, rows, columns]);
  }

  test('from the top, and clips them to the rows and columns of the sheet', async () => {
    expect(await mergesOf('B4:C9', 'A1:B2', 'D1:XFD1')).toEqual([
      [0, 0, 2, 2],
      [0, 3, 1, 2],
      [3, 1, 2, 2],
    ]);
  });

  test('with corners in any order', async () => {
    expect(await mergesOf('C3:A1')).toEqual([[0, 0, 3, 3]]);
    expect(await mergesOf('A3:C1')).toEqual([[0, 0, 3, 3]]);
  });

  test('except for overlapping, single, distant and invalid ones', async () => {
    const invalid = ['', 'A1', 'A1:A1', 'A0:B0', '1:2', 'A:B', 'A1:B2:C3', 'AAAA1:B2', 'A1:B9999999', '🙂'];
    const rest = ['B2:C3', 'A1:B2', 'Z1:Z9', 'A7:B8', 'E5:F5'];
    expect(await mergesOf(...invalid, ...rest)).toEqual([[0, 0, 2, 2]]);
  });

  test('without the texts that they cover', async () => {
    const row = (number: number): string => `<row><c><v>${number}1</v></c><c><v>${number}2</v></c></row>`;
    const tail = '<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="A2:A3"/></mergeCells>';
    const { rows } = await read(
      workbookOf({ sheets: [{ name: 'A', rows: row(1) + row(2) + row(3), tail }] }),
    );
    expect(rows).toEqual([
      ['11', ''],
      ['21', '22'],
      ['', '32'],
    ]);
  });

  test('of a million in a sheet of 5,000 rows within seconds', async () => {
    const row = '<row><c r="A1"><v>1</v></c><c r="GR1"><v>1</v></c></row>';
    const tail = `<mergeCells>${'<mergeCell ref="A1:XFD1048576"/><mergeCell ref="GQ1:GR1048576"/>'.repeat(500_000)}</mergeCells>`;
    const started = performance.now();
    const { merges, rows } = await read(
      workbookOf({ sheets: [{ name: 'A', rows: row.repeat(5_000), tail }] }),
    );
    expect(merges).toEqual([{ row: 0, column: 0, rows: 5_000, columns: 200 }]);
    expect(rows[4_999]?.join('')).toBe('');
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  test('and ignores damage behind the rows', async () => {
    const tail = `<mergeCells>${'<a>'.repeat(1_000)}`;
    const { rows, merges } = await read(
      workbookOf({ sheets: [{ name: 'A', rows: '<row><c><v>1</v></c></row>', tail }] }),
    );
    expect([rows, merges]).toEqual([[['1']], []]);
  });
});

test('readWorkbook reads dates by the system of the workbook', async () => {
  const formats = ['yyyy-mm-dd'];
  expect(await readCells('<c s="1"><v>0</v></c>', { formats })).toEqual(['1900-01-00']);
  expect(await readCells('<c s="1"><v>0</v></c>', { formats, is1904: true })).toEqual(['1904-01-01']);
});

test('readWorkbook formats shared strings, and leaves missing ones empty', async () => {
  const cells =
    '<c t="s" s="1"><v>1</v></c><c t="s"><v>7</v></c><c t="s"><v>-1</v></c><c t="s"><v>x</v></c><c t="s"><v>0</v></c>';
  const strings = ['<t>zero</t>', '<t>one</t>'];
  expect(await readCells(cells, { strings, formats: ['"<"@">"'] })).toEqual(['<one>', '', '', '', 'zero']);
});

test('readWorkbook shows a sheet without styles and shared strings', async () => {
  const parts = workbookParts({
    sheets: [{ name: 'A', rows: '<row><c s="4"><v>1.5</v></c><c t="s"><v>0</v></c><c><v>2</v></c></row>' }],
  });
  delete parts['xl/styles.xml'];
  delete parts['xl/sharedStrings.xml'];
  expect((await read(zipOf(parts))).rows).toEqual([['1.5', '', '2']]);
});

test('readWorkbook finds the workbook by its relationship, in any case', async () => {
  const parts = workbookParts({ sheets: [{ name: 'A', rows: '<row><c><v>1</v></c></row>' }] });
  const moved = Object.fromEntries(
    Object.entries(parts).map(([path, text]) => [
      path.replace(/^xl\//, 'Other/').replace('workbook.xml', 'Book.xml'),
      text.replace('Target="xl/workbook.xml"', 'Target="/other/book.xml"'),
    ]),
  );
  expect((await read(zipOf(moved))).rows).toEqual([['1']]);
});

test('readWorkbook reads UTF-16', async () => {
  const parts = workbookParts({ sheets: [{ name: 'A', rows: '<row><c t="str"><v>Grüße 東</v></c></row>' }] });
  const path = 'xl/worksheets/sheet1.xml';
  const zip = zipSync({
    ...Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])),
    [path]: Uint8Array.from(Buffer.from(`\ufeff${parts[path]}`, 'utf16le')),
  });
  expect((await read(zip)).rows).toEqual([['Grüße 東']]);
});

test('readWorkbook names the parts that are not shown', async () => {
  const paths = [
    ...['xl/macrosheets/sheet1.xml', 'xl/connections.xml', 'xl/media/image1.png', 'xl/media/image2.emf'],
    ...['xl/activeX/activeX1.xml', 'xl/ctrlProps/ctrlProp1.xml', 'xl/embeddings/oleObject1.bin'],
    ...['xl/charts/chart1.xml', 'xl/charts/chartEx1.xml', 'xl/charts/colors1.xml'],
    ...['xl/externalLinks/externalLink1.xml', 'xl/externalLinks/externalLink2.xml'],
  ];
  const parts = Object.fromEntries(paths.map((path) => [path, '']));
  expect((await readRows('', { parts })).inert).toEqual({
    ...{ hasMacros: true, hasConnections: true, hasHeaders: false, hasHiddenText: false },
    ...{ charts: 2, diagrams: 0, pictures: 2, recordings: 0, controls: 2, objects: 1, links: 2 },
  });
});

describe('readWorkbook limits a sheet', () => {
  // Time stands still, so that a busy machine reads as many rows.
  let now: jest.SpyInstance;
  beforeEach(() => (now = jest.spyOn(performance, 'now').mockReturnValue(0)));
  afterEach(() => now.mockRestore());

  const manyRows = (count: number): string =>
    Array.from({ length: count }, (_, index) => `<row><c><v>${index}</v></c></row>`).join('');

  test('to 10,000 rows', async () => {
    const { rows, totalRows } = await readRows(manyRows(10_000));
    expect([rows.length, totalRows]).toEqual([10_000, 10_000]);
    const cut = await readRows(manyRows(10_001), {}, '<dimension ref="A1:A10001"/>');
    expect([cut.rows.length, cut.totalRows]).toEqual([10_000, 10_001]);
    const unknown = await readRows(manyRows(10_001));
    expect([unknown.rows.length, unknown.totalRows]).toEqual([10_000, undefined]);
  });

  test('of 300,000 rows, without reading the rest', async () => {
    const rows = `${manyRows(10_000)}${'<row><c t="str"><v>some text</v></c></row>'.repeat(300_000)}`;
    const bytes = workbookOf({ sheets: [{ name: 'A', rows, head: '<dimension ref="A1:A310000"/>' }] });
    // With damage at the end of the sheet.
    const sheet = bytes.indexOf('xl/worksheets/sheet1.xml', 0, 'latin1');
    bytes.fill(0xff, bytes.indexOf('PK', sheet, 'latin1') - 100, bytes.indexOf('PK', sheet, 'latin1'));
    expect(await read(bytes)).toMatchObject({ totalRows: 310_000, columns: 1 });
  });

  test('to the rows of two seconds', async () => {
    let time = 0;
    now.mockImplementation(() => (time += 1_500));
    const text = 'x'.repeat(1_000);
    const { rows, totalRows } = await readRows(`<row><c t="str"><v>${text}</v></c></row>`.repeat(5_000));
    expect(rows.length).toBeGreaterThan(0);
    expect([rows.length < 5_000, totalRows]).toEqual([true, undefined]);
  });

  test('to rows of up to 200 cells, and counts all columns', async () => {
    const row = `<row>${'<c><v>1</v></c>'.repeat(16_384)}</row>`;
    const { rows, columns } = await readRows(row);
    expect([rows[0]?.length, columns]).toEqual([200, 16_384]);
    expect((await readRows(`<row>${'<c><v>1</v></c>'.repeat(100_000)}</row>`)).columns).toBe(16_384);
    expect((await readRows('<row><c r="ZZZ1"><v>1</v></c></row>')).columns).toBe(0);
  });

  test('to a million cells', async () => {
    const row = '<row><c r="GR1"><v>1</v></c></row>';
    const { rows, totalRows } = await readRows(row.repeat(9_000));
    expect([rows.length, totalRows]).toEqual([5_001, undefined]);
  });

  test('to texts that fit into memory', async () => {
    const text = 'x'.repeat(33_000);
    const shared = await readRows('<row><c t="s"><v>0</v></c></row>'.repeat(1_000), {
      strings: [`<t>${text}</t>`],
    });
    expect(shared.rows[0]?.[0]).toHaveLength(32_767);
    expect(shared.rows.length).toBeLessThan(1_000);
    const own = await readRows(`<row><c t="str"><v>${text}</v></c></row>`.repeat(800));
    expect(own.rows.length).toBeLessThan(800);
    expect(own.totalRows).toBeUndefined();
  });

  test('with rows out of order and in the distance', async () => {
    const { rows } = await readRows(
      '<row r="3"><c><v>3</v></c></row><row r="1"><c><v>1</v></c></row><row r="1048576"><c><v>9</v></c></row>',
    );
    expect(rows).toHaveLength(10_000);
    expect(rows.slice(0, 4)).toEqual([['1'], [], ['3'], []]);
    expect((await readRows('<row r="-5"><c><v>1</v></c></row><row r="x"/>')).rows).toEqual([['1']]);
  });
});

describe('readWorkbook survives', () => {
  const parts = workbookParts({ sheets: [{ name: 'A', rows: '<row><c t="s"><v>0</v></c></row>' }] });

  test('entities that grow, because they stay as they are', async () => {
    const entities = Array.from(
      { length: 30 },
      (_, level) => `<!ENTITY e${level + 1} "${`&e${level};`.repeat(10)}">`,
    );
    const strings = `<!DOCTYPE sst [<!ENTITY e0 "laugh">${entities.join('')}]><sst><si><t>&e30;</t></si></sst>`;
    expect((await read(zipOf({ ...parts, 'xl/sharedStrings.xml': strings }))).rows).toEqual([['&e30;']]);
  });

  test('external entities', async () => {
    const strings = `<!DOCTYPE sst [<!ENTITY e SYSTEM "file:///etc/passwd">]><sst><si><t>&e;</t></si></sst>`;
    expect((await read(zipOf({ ...parts, 'xl/sharedStrings.xml': strings }))).rows).toEqual([['&e;']]);
  });

  test.each([
    ['deep elements in a sheet', 'xl/worksheets/sheet1.xml', '<a>'.repeat(100_000)],
    ['deep elements in the workbook', 'xl/workbook.xml', '<a>'.repeat(100_000)],
    ['a large workbook part', 'xl/workbook.xml', `<workbook>${' '.repeat(5_000_000)}</workbook>`],
    ['many sheets', 'xl/workbook.xml', `<workbook>${'<sheet name="a"/>'.repeat(10_000)}</workbook>`],
    ['many relationships', '_rels/.rels', manyRelationships()],
    ['large styles', 'xl/styles.xml', `<styleSheet>${' '.repeat(17_000_000)}</styleSheet>`],
    ['large shared strings', 'xl/sharedStrings.xml', `<sst>${' '.repeat(35_000_000)}</sst>`],
  ])('%s', async (_, path, text) => {
    await expect(read(zipOf({ ...parts, [path]: text }))).rejects.toMatchObject({ kind: 'too-many-parts' });
  });

  test('a sheet that unpacks to 35 MB of nothing', async () => {
    const sheet = `<worksheet><sheetData><row><c><v>1</v></c></row>${' '.repeat(35_000_000)}`;
    const { rows, totalRows } = await read(zipOf({ ...parts, 'xl/worksheets/sheet1.xml': sheet }));
    expect([rows, totalRows]).toEqual([[['1']], undefined]);
  });

  test('a million shared strings', async () => {
    const strings = `<sst>${'<si><t>a</t></si>'.repeat(999_999)}<si><t>last</t></si></sst>`;
    const sheet = '<worksheet><sheetData><row><c t="s"><v>999999</v></c></row></sheetData></worksheet>';
    const { rows } = await read(
      zipOf({ ...parts, 'xl/sharedStrings.xml': strings, 'xl/worksheets/sheet1.xml': sheet }),
    );
    expect(rows).toEqual([['last']]);
  });

  test.each(['xl/workbook.xml', 'xl/worksheets/sheet1.xml', 'xl/_rels/workbook.xml.rels'])(
    'a workbook without %s',
    async (path) => {
      const others = Object.entries(parts).filter(([each]) => each !== path);
      await expect(read(zipOf(Object.fromEntries(others)))).rejects.toMatchObject({ kind: 'entry-damaged' });
    },
  );

  test.each([
    ['xl/workbook.xml', '<workbook>'],
    ['xl/worksheets/sheet1.xml', '<worksheet><sheetData><row><c><v>1</v></c>'],
    ['xl/worksheets/sheet1.xml', '{"no": "xml"}'],
    ['xl/worksheets/sheet1.xml', ''],
  ])('%s with the text %s', async (path, text) => {
    await expect(read(zipOf({ ...parts, [path]: text }))).rejects.toMatchObject({ kind: 'entry-damaged' });
  });

  test('a sheet that does not exist', async () => {
    await expect(read(zipOf(parts), 7)).rejects.toMatchObject({ kind: 'entry-damaged' });
  });

  test('archives that are no workbooks', async () => {
    await expect(read(zipOf({ 'a.txt': 'x' }))).rejects.toMatchObject({ kind: 'entry-damaged' });
    await expect(read(encryptedZip())).rejects.toMatchObject({ kind: 'entry-damaged' });
    await expect(read(lyingZip('0'.repeat(1_000), 10))).rejects.toMatchObject({ kind: 'entry-damaged' });
    await expect(read(sampleWorkbook().subarray(0, 1_000))).rejects.toMatchObject({ kind: 'no-archive' });
    await expect(read(Buffer.from('no archive'))).rejects.toMatchObject({ kind: 'no-archive' });
  });

  test('a workbook with a password', async () => {
    const compound = Buffer.alloc(2_048);
    compound.writeBigUInt64BE(0xd0cf11e0a1b11ae1n);
    // Sectors of 512 bytes. The second one is the directory.
    compound.writeUInt16LE(9, 30);
    compound.writeUInt32LE(1, 48);
    await expect(read(compound)).rejects.toMatchObject({ kind: 'no-archive' });
    compound.write('EncryptedPackage', 1_024 + 128, 'utf16le');
    await expect(read(compound)).rejects.toMatchObject({ kind: 'locked' });
  });

  test('a part that is larger than declared', async () => {
    const zip = Buffer.from(zipOf({ ...parts, 'xl/styles.xml': `<styleSheet>${' '.repeat(50_000)}` }));
    const name = zip.lastIndexOf('xl/styles.xml', undefined, 'latin1');
    zip.writeUInt32LE(20, name - 46 + 24);
    await expect(read(zip)).rejects.toMatchObject({ kind: 'entry-damaged' });
  });
});

function manyRelationships(): string {
  const each = Array.from({ length: 30_000 }, (_, index) => `<Relationship Id="r${index}" Target="a"/>`);
  return `<Relationships>${each.join('')}</Relationships>`;
}
