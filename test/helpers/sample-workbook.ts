import { zipOf } from './sample-zip';

/** Sheet of a workbook that a test makes. */
export interface SampleSheet {
  readonly name: string;
  readonly state?: 'hidden' | 'veryHidden';
  /** Elements of `sheetData`. */
  readonly rows: string;
  /** Elements before `sheetData`. */
  readonly head?: string;
  /** Elements after `sheetData`. */
  readonly tail?: string;
}

/** Content of a workbook that a test makes. */
export interface SampleWorkbook {
  readonly sheets: readonly SampleSheet[];
  /** Shared strings, as the content of their elements `si`. */
  readonly strings?: readonly string[];
  /** Codes of number formats. The style n + 1 has the format n; the style 0 is General. */
  readonly formats?: readonly string[];
  /** Horizontal alignments, for the styles after those of the formats. */
  readonly alignments?: readonly string[];
  readonly is1904?: boolean;
  /** Further parts by path. */
  readonly parts?: Readonly<Record<string, string>>;
}

const TYPES = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';

/** Parts of a workbook by path. */
export function workbookParts(workbook: SampleWorkbook): Record<string, string> {
  const { sheets, strings = [], formats = [], alignments = [], is1904 = false, parts = {} } = workbook;
  const relationships = [
    ...sheets.map((_, index) => relationship(`s${index}`, 'worksheet', `worksheets/sheet${index + 1}.xml`)),
    relationship('styles', 'styles', 'styles.xml'),
    relationship('strings', 'sharedStrings', '/xl/sharedStrings.xml'),
  ];
  const sheetTags = sheets.map(
    ({ name, state = 'visible' }, index) =>
      `<sheet name="${escapeXml(name)}" sheetId="${index + 1}" state="${state}" r:id="s${index}"/>`,
  );
  const codes = formats.map(
    (code, index) => `<numFmt numFmtId="${164 + index}" formatCode="${escapeXml(code)}"/>`,
  );
  const styles = [
    '<xf numFmtId="0"/>',
    ...formats.map((_, index) => `<xf numFmtId="${164 + index}"/>`),
    ...alignments.map((each) => `<xf numFmtId="0"><alignment horizontal="${each}"/></xf>`),
  ];
  return {
    '[Content_Types].xml': `${HEAD}<Types/>`,
    '_rels/.rels': relationshipsOf([relationship('rId1', 'officeDocument', 'xl/workbook.xml')]),
    'xl/workbook.xml': `${HEAD}<workbook ${MAIN} xmlns:r="${TYPES}"><workbookPr date1904="${is1904 ? 1 : 0}"/><sheets>${sheetTags.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relationshipsOf(relationships),
    'xl/styles.xml': `${HEAD}<styleSheet ${MAIN}><numFmts>${codes.join('')}</numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs>${styles.join('')}</cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `${HEAD}<sst ${MAIN}>${strings.map((string) => `<si>${string}</si>`).join('')}</sst>`,
    ...Object.fromEntries(
      sheets.map(({ rows, head = '', tail = '' }, index) => [
        `xl/worksheets/sheet${index + 1}.xml`,
        `${HEAD}<worksheet ${MAIN}>${head}<sheetData>${rows}</sheetData>${tail}</worksheet>`,
      ]),
    ),
    ...parts,
  };
}

/** A workbook in the format of Office Open XML. */
export function workbookOf(workbook: SampleWorkbook): Buffer {
  return zipOf(workbookParts(workbook));
}

/** A workbook with two sheets, dates, a percentage, and parts that are not shown. */
export function sampleWorkbook(): Buffer {
  return workbookOf({
    sheets: [
      {
        name: 'Runs',
        head: '<dimension ref="A1:D3"/>',
        rows: [
          '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>Passed</t></is></c></row>',
          '<row r="2"><c r="A2" s="1"><v>46095</v></c><c r="B2" s="2"><v>46095.631944444445</v></c><c r="C2" s="3"><v>0.975</v></c></row>',
          '<row r="3"><c r="A3" t="b"><v>1</v></c><c r="B3" t="e"><v>#DIV/0!</v></c><c r="C3" s="4"><f>SUM(1,2)</f><v>-1234.5</v></c></row>',
        ].join(''),
      },
      { name: 'Totals', rows: '<row r="1"><c r="A1" t="str"><f>"all"</f><v>All of them</v></c></row>' },
      {
        name: 'Plan',
        rows: [
          '<row r="1"><c r="A1" t="inlineStr" s="5"><is><t>Test plan of the third release</t></is></c><c r="B1"><v>9</v></c></row>',
          '<row r="2"><c r="A2" t="inlineStr"><is><t>Windows</t></is></c><c r="B2" t="inlineStr"><is><t>Install</t></is></c><c r="C2"><v>12</v></c></row>',
          '<row r="3"><c r="B3" t="inlineStr"><is><t>Update</t></is></c><c r="C3"><v>7.5</v></c></row>',
          '<row r="4"><c r="A4" t="inlineStr"><is><t>macOS</t></is></c><c r="B4" t="inlineStr" s="6"><is><t>Install</t></is></c><c r="C4" t="b"><v>1</v></c></row>',
        ].join(''),
        tail: '<mergeCells count="2"><mergeCell ref="A1:C1"/><mergeCell ref="A2:A3"/></mergeCells>',
      },
      { name: 'Kept', state: 'hidden', rows: '' },
    ],
    strings: ['<t>Date</t>', '<r><t>Start</t></r><r><t xml:space="preserve"> time</t></r>'],
    formats: ['yyyy-mm-dd', 'h:mm AM/PM', '0.0%', '#,##0.00;[Red](#,##0.00)'],
    alignments: ['center', 'right'],
    parts: {
      'xl/vbaProject.bin': 'Not a real program.',
      'xl/charts/chart1.xml': '<chart/>',
      'xl/charts/chart2.xml': '<chart/>',
      'xl/charts/style1.xml': '<style/>',
      'xl/externalLinks/externalLink1.xml': '<externalLink/>',
      'xl/externalLinks/_rels/externalLink1.xml.rels': '<Relationships/>',
    },
  });
}

function relationship(id: string, type: string, target: string): string {
  return `<Relationship Id="${id}" Type="${TYPES}/${type}" Target="${target}"/>`;
}

function relationshipsOf(relationships: readonly string[]): string {
  return `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relationships.join('')}</Relationships>`;
}

function escapeXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
}
