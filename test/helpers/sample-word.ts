import type { SamplePart, SampleRelationship } from './sample-office';
import { NAMESPACES, officeParts, officeZipOf, relationshipsOf } from './sample-office';
import { samplePng } from './sample-png';

/** Content of a Word document that a test makes. */
export interface SampleWord {
  /** Elements of `w:body`. */
  readonly body: string;
  /** Elements of `w:styles`. */
  readonly styles?: string;
  /** Elements of `w:numbering`. */
  readonly numbering?: string;
  /** Elements of the notes, by kind. */
  readonly notes?: Partial<Record<'footnotes' | 'endnotes' | 'comments', string>>;
  readonly relationships?: readonly SampleRelationship[];
  /** Further parts by path. */
  readonly parts?: Readonly<Record<string, SamplePart>>;
}

/** Parts of a Word document by path. */
export function wordParts(word: SampleWord): Record<string, SamplePart> {
  const { body, styles = '', numbering = '', notes = {}, relationships = [], parts = {} } = word;
  const noteParts = Object.entries(notes).map(([kind, content]): [string, string] => [
    `word/${kind}.xml`,
    `<w:${kind} ${NAMESPACES}>${content}</w:${kind}>`,
  ]);
  return {
    ...officeParts('word/document.xml'),
    'word/document.xml': `<w:document ${NAMESPACES}><w:body>${body}<w:sectPr/></w:body></w:document>`,
    'word/_rels/document.xml.rels': relationshipsOf([
      ['styles', 'styles', 'styles.xml'],
      ['numbering', 'numbering', 'numbering.xml'],
      ...Object.keys(notes).map((kind): SampleRelationship => [kind, kind, `${kind}.xml`]),
      ...relationships,
    ]),
    'word/styles.xml': `<w:styles ${NAMESPACES}>${styles}</w:styles>`,
    'word/numbering.xml': `<w:numbering ${NAMESPACES}>${numbering}</w:numbering>`,
    ...Object.fromEntries(noteParts),
    ...parts,
  };
}

/** A Word document in the format of Office Open XML. */
export function wordOf(word: SampleWord): Buffer {
  return officeZipOf(wordParts(word));
}

/** A paragraph with these runs, and properties. */
export function paragraph(runs: string, properties = ''): string {
  return `<w:p><w:pPr>${properties}</w:pPr>${runs}</w:p>`;
}

/** A text with properties, such as `<w:b/>`. */
export function run(text: string, properties = ''): string {
  return `<w:r><w:rPr>${properties}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`;
}

/** A paragraph in a list. */
export function item(text: string, list: number, level = 0): string {
  const place = `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${list}"/></w:numPr>`;
  return paragraph(run(text), place);
}

/** A table of rows of cells, each with the elements in it. */
export function table(rows: readonly (readonly string[])[]): string {
  const tags = rows.map(
    (cells, index) =>
      `<w:tr>${index === 0 ? '<w:trPr><w:tblHeader/></w:trPr>' : ''}${cells.map((cell) => `<w:tc>${cell}</w:tc>`).join('')}</w:tr>`,
  );
  return `<w:tbl><w:tblPr/><w:tblGrid/>${tags.join('')}</w:tbl>`;
}

/** A picture in a part, by the id of its relationship. */
export function picture(id: string, alt = ''): string {
  return `<w:r><w:drawing><wp:inline><wp:extent cx="609600" cy="457200"/><wp:docPr id="1" name="Picture 1" descr="${alt}"/><a:graphic><a:graphicData><pic:pic><pic:nvPicPr><pic:cNvPr id="0" name=""/></pic:nvPicPr><pic:blipFill><a:blip r:embed="${id}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`;
}

/** Styles of the sample: two headings and a strong text. */
export const STYLES = [
  '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>',
  '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:rPr><w:b/></w:rPr></w:style>',
  '<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Heading1"/></w:style>',
  '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>',
].join('');

const level = (index: number, style: string, text: string): string =>
  `<w:lvl w:ilvl="${index}"><w:start w:val="1"/><w:numFmt w:val="${style}"/><w:lvlText w:val="${text}"/></w:lvl>`;

/** Lists of the sample: 1 has numbers, 2 has bullets. */
export const NUMBERING = [
  `<w:abstractNum w:abstractNumId="0">${level(0, 'decimal', '%1.')}${level(1, 'lowerLetter', '%2)')}${level(2, 'decimal', '%1.%2.%3')}</w:abstractNum>`,
  `<w:abstractNum w:abstractNumId="1">${level(0, 'bullet', '\uf0b7')}${level(1, 'bullet', 'o')}</w:abstractNum>`,
  '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
  '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>',
].join('');

/** A document with each kind of content, and parts that are not shown. */
export function sampleWord(): Buffer {
  const heading = (text: string, style: string): string =>
    paragraph(run(text), `<w:pStyle w:val="${style}"/>`);
  const body = [
    heading('Release plan', 'Heading1'),
    paragraph(
      [
        run('Some '),
        run('bold', '<w:b/>'),
        run(', '),
        run('slanted', '<w:i/>'),
        run(' and ', ''),
        run('struck', '<w:strike/>'),
        run(' text, E=mc'),
        run('2', '<w:vertAlign w:val="superscript"/>'),
        run('. See '),
        `<w:hyperlink r:id="page">${run('the page', '<w:u w:val="single"/>')}</w:hyperlink>`,
        run(' or '),
        `<w:hyperlink r:id="script">${run('a script')}</w:hyperlink>`,
        run('.'),
        '<w:r><w:footnoteReference w:id="2"/></w:r>',
        '<w:r><w:commentReference w:id="0"/></w:r>',
      ].join(''),
    ),
    paragraph(
      [
        run('Blocked', '<w:color w:val="C00000"/>'),
        run(', '),
        run('at risk', '<w:highlight w:val="yellow"/>'),
        run(', '),
        run('late', '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="2E75B6"/>'),
        run(' or '),
        run('waiting', '<w:color w:val="808080"/>'),
      ].join(''),
      '<w:jc w:val="center"/>',
    ),
    heading('Steps', 'Heading2'),
    item('Build', 1),
    item('Compile', 1, 1),
    item('Test', 1, 1),
    item('Publish', 1),
    item('Tell the team', 2),
    item('by mail', 2, 1),
    table([
      [paragraph(run('Part')), paragraph(run('Owner'))],
      [`<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>${paragraph(run('Viewer'))}`, paragraph(run('Ana'))],
      [`<w:tcPr><w:vMerge/></w:tcPr>${paragraph('')}`, paragraph(run('Ben'))],
      [`<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>${paragraph(run('Both columns'))}`],
    ]),
    paragraph(
      [
        run('The date is '),
        `<w:del w:author="Ana"><w:r><w:delText>Monday</w:delText></w:r></w:del>`,
        `<w:ins w:author="Ben">${run('Tuesday')}</w:ins>`,
        run('.'),
      ].join(''),
    ),
    paragraph(picture('picture', 'A gradient') + picture('drawing', 'A plan')),
    paragraph(
      '<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><c:chart r:id="chart"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>',
    ),
    paragraph('<w:r><w:br w:type="page"/></w:r>'),
    paragraph(
      `${run('Beside a box')}<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent>${paragraph(run('In the box'))}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>${paragraph(run('In the box'))}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>`,
    ),
  ].join('');
  return wordOf({
    body,
    styles: STYLES,
    numbering: NUMBERING,
    notes: {
      footnotes: `<w:footnote w:type="separator" w:id="-1">${paragraph('')}</w:footnote><w:footnote w:id="2">${paragraph(run('Measured in May.'))}</w:footnote>`,
      comments: `<w:comment w:id="0" w:author="Ana">${paragraph(run('Is it true?'))}</w:comment>`,
    },
    relationships: [
      ['page', 'hyperlink', 'https://example.com/page', 'external'],
      ['script', 'hyperlink', 'javascript:window.hacked=true', 'external'],
      ['picture', 'image', 'media/image1.png'],
      ['drawing', 'image', 'media/image2.emf'],
      ['chart', 'chart', 'charts/chart1.xml'],
      ['header', 'header', 'header1.xml'],
    ],
    parts: {
      'word/media/image1.png': samplePng(64, 48),
      'word/media/image2.emf': 'Not a real drawing.',
      'word/charts/chart1.xml': `<c:chartSpace ${NAMESPACES}><c:title><a:t>Revenue</a:t></c:title><c:ser><c:tx><c:v>North</c:v></c:tx><c:val><c:v>5</c:v></c:val></c:ser></c:chartSpace>`,
      'word/header1.xml': `<w:hdr ${NAMESPACES}>${paragraph(run('Secret plan'))}</w:hdr>`,
      'word/vbaProject.bin': 'Not a real program.',
      'word/settings.xml': `<w:settings ${NAMESPACES}/>`,
    },
  });
}
