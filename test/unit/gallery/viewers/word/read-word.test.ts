import { strToU8, zipSync } from 'fflate';
import type { Block, Inline, Note, Paragraph, Table } from '../../../../../src/gallery/viewers/office/nodes';
import type { WordDocument } from '../../../../../src/gallery/viewers/word/read-word';
import { readWord } from '../../../../../src/gallery/viewers/word/read-word';
import { NAMESPACES, officeZipOf, relationshipsOf } from '../../../../helpers/sample-office';
import type { SampleWord } from '../../../../helpers/sample-word';
import {
  item,
  NUMBERING,
  paragraph,
  picture,
  run,
  sampleWord,
  STYLES,
  table,
  wordOf,
  wordParts,
} from '../../../../helpers/sample-word';
import { encryptedZip, lyingZip, zipOf } from '../../../../helpers/sample-zip';

const context = { signal: new AbortController().signal, isInWorker: true };

function read(bytes: Uint8Array): Promise<WordDocument> {
  return readWord(new Blob([Uint8Array.from(bytes)]), context);
}

/** Reads a document with this body. */
async function blocksOf(body: string, rest: Partial<SampleWord> = {}): Promise<readonly Block[]> {
  return (await read(wordOf({ body, styles: STYLES, numbering: NUMBERING, ...rest }))).parts.flat();
}

/** Reads the content of a paragraph with these runs. */
async function inlinesOf(runs: string, rest: Partial<SampleWord> = {}): Promise<readonly Inline[]> {
  const [block] = await blocksOf(paragraph(runs), rest);
  return (block as Paragraph).content;
}

/** Writes content as text: `*bold*`, `[link](address)`. */
function textOf(content: readonly Inline[]): string {
  return content
    .map((inline) => {
      if (inline.type === 'text') {
        const marked = inline.marks.reduce((text, mark) => `<${mark}>${text}</${mark}>`, inline.text);
        const changed = inline.change ? `<${inline.change.kind}>${marked}</${inline.change.kind}>` : marked;
        return inline.href === undefined ? changed : `[${changed}](${inline.href})`;
      }
      return `{${inline.type}${'part' in inline ? ` ${inline.part}` : ''}${'words' in inline ? ` ${inline.kind} ${inline.words}` : ''}}`;
    })
    .join('');
}

function linesOf(blocks: readonly Block[]): readonly string[] {
  return blocks.map((block) => {
    switch (block.type) {
      case 'paragraph': {
        const start = block.heading === undefined ? '' : `${'#'.repeat(block.heading)} `;
        const marker = block.list ? `${'  '.repeat(block.list.level)}${block.list.marker} ` : '';
        return start + marker + textOf(block.content);
      }
      case 'table':
        return block.groups
          .flat()
          .map(({ cells }) =>
            cells
              .map(
                ({ columns, rows, content }) =>
                  `${linesOf(content).join('/')}${columns > 1 ? ` c${columns}` : ''}${rows > 1 ? ` r${rows}` : ''}`,
              )
              .join(' | '),
          )
          .join('\n');
      case 'box':
        return `box(${linesOf(block.content).join('/')})`;
      case 'note':
        return `${block.kind} ${block.number}${block.author === '' ? '' : ` ${block.author}`}: ${linesOf(block.content).join('/')}`;
    }
  });
}

test('readWord reads each kind of content in the order of the document', async () => {
  const { parts, inert, isCut } = await read(sampleWord());
  expect(linesOf(parts.flat())).toEqual([
    '# Release plan',
    'Some <strong>bold</strong>, <em>slanted</em> and <s>struck</s> text, E=mc<sup>2</sup>. See [<u>the page</u>](https://example.com/page) or [a script](javascript:window.hacked=true).{note}{note}',
    'Blocked, at risk, late or waiting',
    '## Steps',
    '1. Build',
    '  a) Compile',
    '  b) Test',
    '2. Publish',
    '• Tell the team',
    '  ◦ by mail',
    'Part | Owner\nViewer r2 | Ana\nBen\nBoth columns c2',
    'The date is <del>Monday</del><ins>Tuesday</ins>.',
    '{picture word/media/image1.png}{picture word/media/image2.emf}',
    '{omission chart Revenue · North}',
    '{break}',
    'Beside a box',
    'box(In the box)',
    'footnote 1: Measured in May.',
    'comment 1 Ana: Is it true?',
  ]);
  expect(isCut).toBe(false);
  expect(inert).toMatchObject({ hasMacros: true, hasHeaders: true, charts: 1, pictures: 1, links: 0 });
});

test('readWord joins texts with the same format, which Word splits at each edit', async () => {
  const inlines = await inlinesOf(run('One ') + run('and ') + run('two', '<w:b/>') + run('!', '<w:b/>'));
  expect(textOf(inlines)).toBe('One and <strong>two!</strong>');
  expect(inlines).toHaveLength(2);
});

test('readWord applies styles with those they are based on, and formats that switch them off', async () => {
  const styles = `${STYLES}<w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="B"/><w:rPr><w:i/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/><w:rPr><w:b/></w:rPr></w:style>`;
  const body = paragraph(run('both') + run('one', '<w:b w:val="0"/>'), '<w:pStyle w:val="A"/>');
  expect(linesOf(await blocksOf(body, { styles }))).toEqual(['<em><strong>both</strong></em><em>one</em>']);
  expect(textOf(await inlinesOf(run('s', '<w:rStyle w:val="Strong"/>')))).toBe('<strong>s</strong>');
});

test.each([
  ['', undefined],
  ['<w:jc w:val="left"/>', undefined],
  ['<w:jc w:val="start"/>', undefined],
  ['<w:jc w:val="center"/>', 'center'],
  ['<w:jc w:val="right"/>', 'right'],
  ['<w:jc w:val="end"/>', 'right'],
  ['<w:jc w:val="both"/>', 'justify'],
  ['<w:jc w:val="constructor"/>', undefined],
  ['<w:bidi/>', 'right'],
  ['<w:bidi/><w:jc w:val="left"/>', 'right'],
  ['<w:bidi/><w:jc w:val="start"/>', 'right'],
  ['<w:bidi/><w:jc w:val="right"/>', 'left'],
  ['<w:bidi/><w:jc w:val="end"/>', 'left'],
  ['<w:bidi w:val="0"/><w:jc w:val="end"/>', 'right'],
  ['<w:pStyle w:val="Center"/>', 'center'],
  ['<w:pStyle w:val="Center"/><w:jc w:val="left"/>', undefined],
])('readWord aligns a paragraph with %j as %j', async (properties, alignment) => {
  const styles = `${STYLES}<w:style w:type="paragraph" w:styleId="Center"><w:pPr><w:jc w:val="center"/></w:pPr></w:style>`;
  const [block] = await blocksOf(paragraph(run('text'), properties), { styles });
  expect((block as Paragraph).alignment).toBe(alignment);
});

test.each([
  ['<w:color w:val="C00000"/>', 'red', undefined],
  ['<w:color w:val="1f3864"/>', 'blue', undefined],
  ['<w:color w:val="auto"/>', undefined, undefined],
  ['<w:color w:val="red;background:url(x)"/>', undefined, undefined],
  ['<w:highlight w:val="darkCyan"/>', undefined, 'cyan'],
  ['<w:highlight w:val="constructor"/>', undefined, undefined],
  ['<w:shd w:val="clear" w:fill="FFF2CC"/>', undefined, 'yellow'],
  ['<w:shd w:val="clear" w:fill="auto"/>', undefined, undefined],
  ['<w:highlight w:val="green"/><w:shd w:fill="FF0000"/>', undefined, 'green'],
  ['<w:color w:val="FF0000"/><w:highlight w:val="green"/>', undefined, 'green'],
  ['<w:rStyle w:val="Loud"/>', undefined, 'yellow'],
  ['<w:rStyle w:val="Loud"/><w:highlight w:val="none"/>', 'red', undefined],
  ['<w:rStyle w:val="Loud"/><w:highlight w:val="none"/><w:color w:val="auto"/>', undefined, undefined],
])('readWord reads the text format %j as the color %j on %j', async (properties, color, highlight) => {
  const styles = `${STYLES}<w:style w:type="character" w:styleId="Loud"><w:rPr><w:color w:val="FF0000"/><w:highlight w:val="yellow"/></w:rPr></w:style>`;
  const [inline] = await inlinesOf(run('text', properties), { styles });
  expect(inline).toMatchObject({ color, highlight });
});

test('readWord separates texts by color, except in links, and ignores the colors of headings', async () => {
  const red = '<w:color w:val="FF0000"/>';
  const link = `<w:hyperlink r:id="page">${run('link', red)}</w:hyperlink>`;
  const inlines = await inlinesOf(run('plain') + run('red', red) + link, {
    relationships: [['page', 'hyperlink', 'https://example.com', 'external']],
  });
  expect(inlines.map((inline) => inline.type === 'text' && [inline.text, inline.color])).toEqual([
    ['plain', undefined],
    ['red', 'red'],
    ['link', undefined],
  ]);
  const styles = `<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/><w:rPr>${red}</w:rPr></w:style>`;
  const [heading] = await blocksOf(paragraph(run('title'), '<w:pStyle w:val="H"/>'), { styles });
  expect((heading as Paragraph).content[0]).toMatchObject({ text: 'title', color: undefined });
});

test('readWord numbers lists as Word does', async () => {
  const restarted = `${NUMBERING}<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num><w:num w:numId="4"><w:abstractNumId w:val="0"/></w:num>`;
  const body = [
    item('a', 1),
    paragraph(run('between')),
    item('b', 1),
    item('deep', 1, 2),
    item('c', 3),
    item('d', 3),
    item('same definition', 4),
    item('missing', 99),
    item('none', 0),
  ].join('');
  expect(linesOf(await blocksOf(body, { numbering: restarted }))).toEqual([
    '1. a',
    'between',
    '2. b',
    '    2.a.1 deep',
    '7. c',
    '8. d',
    '9. same definition',
    'missing',
    'none',
  ]);
});

test('readWord reads links of fields, and the state of form fields', async () => {
  const field = (kind: string, inside = ''): string =>
    `<w:r><w:fldChar w:fldCharType="${kind}">${inside}</w:fldChar></w:r>`;
  const link = `${field('begin')}<w:r><w:instrText> HYPERLINK "https://example.com/" \\o "tip"</w:instrText></w:r>${field('separate')}${run('a link')}${field('end')}`;
  const box = field('begin', '<w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData>') + field('end');
  expect(textOf(await inlinesOf(link + run(' and ') + box))).toBe('[a link](https://example.com/) and ☒');
  const simple = `<w:fldSimple w:instr='HYPERLINK "https://example.com/b"'>${run('b')}</w:fldSimple>`;
  expect(textOf(await inlinesOf(simple))).toBe('[b](https://example.com/b)');
});

test('readWord writes equations as text', async () => {
  const r = (text: string): string => `<m:r><m:t>${text}</m:t></m:r>`;
  const equation = `<m:oMathPara><m:oMath>${r('y=')}<m:f><m:num>${r('a+b')}</m:num><m:den>${r('2')}</m:den></m:f>${r('+')}<m:sSup><m:e>${r('x')}</m:e><m:sup>${r('2')}</m:sup></m:sSup><m:rad><m:e>${r('z')}</m:e></m:rad><m:d><m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr><m:e>${r('q')}</m:e></m:d></m:oMath></m:oMathPara>`;
  expect(textOf(await inlinesOf(equation))).toBe('y=(a+b)/2+x^2√(z)[q]');
});

test('readWord reads content controls, old pictures, symbols and rubies', async () => {
  const control = `<w:sdt><w:sdtPr/><w:sdtContent>${run('chosen')}</w:sdtContent></w:sdt>`;
  const old =
    '<w:r><w:pict><v:shape style="width:30pt;height:15pt" alt="Old"><v:imagedata r:id="p"/></v:shape></w:pict></w:r>';
  const symbol = '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>';
  const ruby = `<w:r><w:ruby><w:rt>${run('kan')}</w:rt><w:rubyBase>${run('漢')}</w:rubyBase></w:ruby></w:r>`;
  const object = '<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>';
  const inlines = await inlinesOf(control + symbol + ruby + old + object, {
    relationships: [['p', 'image', '/word/media/old.png']],
  });
  expect(textOf(inlines)).toBe('chosen✓漢(kan){picture word/media/old.png}{omission object Excel.Sheet.12}');
  expect(inlines[1]).toMatchObject({ width: 40, height: 20, alt: 'Old' });
});

test('readWord names hidden text, links that would be loaded, and embedded documents', async () => {
  const { parts, inert } = await read(
    wordOf({
      body: paragraph(run('shown') + run('hidden', '<w:vanish/>') + picture('far')),
      relationships: [
        ['far', 'image', 'https://example.invalid/x.png', 'external'],
        ['chunk', 'aFChunk', 'chunk.mht'],
        ['settings', 'settings', 'settings.xml'],
      ],
      parts: {
        'word/_rels/settings.xml.rels': relationshipsOf([
          ['t', 'attachedTemplate', 'https://example.invalid/t.dotm', 'external'],
        ]),
      },
    }),
  );
  expect(linesOf(parts.flat())).toEqual(['shown{picture undefined}']);
  expect(inert).toMatchObject({ hasHiddenText: true, links: 2, objects: 1 });
});

test('readWord reads a document of another program, with another path and prefix', async () => {
  const document = officeZipOf({
    '_rels/.rels': relationshipsOf([['a', 'officeDocument', '/Text/Main.XML']]),
    'Text/Main.XML': `<x:document xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main"><x:body><x:p><x:pPr><x:outlineLvl x:val="1"/></x:pPr><x:r><x:t>Hello</x:t></x:r></x:p></x:body></x:document>`,
  });
  expect(linesOf((await read(document)).parts.flat())).toEqual(['## Hello']);
});

test('readWord cuts a table into groups, in which no cell goes on', async () => {
  const rows = Array.from({ length: 1_000 }, (_, index) => [
    `<w:tcPr><w:vMerge${index === 0 ? ' w:val="restart"' : ''}/></w:tcPr>${paragraph(run(`r${index}`))}`,
  ]);
  const [block] = await blocksOf(table(rows));
  const { groups } = block as Table;
  expect(groups.length).toBeGreaterThan(1);
  expect(groups.every((group) => group[0]?.cells.length === 1)).toBe(true);
  expect(groups.flat()).toHaveLength(1_000);
});

describe('readWord limits', () => {
  test('the number of paragraphs, and says so', async () => {
    const { parts, isCut } = await read(wordOf({ body: paragraph(run('x')).repeat(50_000) }));
    expect(isCut).toBe(true);
    expect(parts.flat().length).toBe(20_000);
    expect(Math.max(...parts.map(({ length }) => length))).toBeLessThanOrEqual(500);
  });

  test('a paragraph with a million runs of different formats', async () => {
    const body = paragraph((run('a', '<w:b/>') + run('b')).repeat(500_000));
    const { parts, isCut } = await read(wordOf({ body }));
    expect(isCut).toBe(true);
    expect((parts[0]?.[0] as Paragraph).content.length).toBeLessThanOrEqual(5_000);
  });

  test('tables inside each other', async () => {
    let body = paragraph(run('deep'));
    for (let depth = 0; depth < 40; depth++) body = table([[body]]);
    expect((await read(wordOf({ body }))).isCut).toBe(true);
  });

  test.each([
    ['too many levels', '<w:sdt>'.repeat(300), 'too-many-parts'],
    ['no body', '</w:body><w:other>', undefined],
  ])('a document with %s', async (_, body, kind) => {
    const reading = read(wordOf({ body }));
    if (kind) await expect(reading).rejects.toMatchObject({ kind });
    else expect((await reading).parts).toEqual([]);
  });

  test('a part that is larger than declared', async () => {
    const zip = zipSync({ 'word/document.xml': strToU8('<w:document>'.repeat(100)) });
    const lying = Buffer.from(zip);
    lying.writeUInt32LE(10, lying.indexOf('PK\u0001\u0002', 0, 'latin1') + 24);
    await expect(read(lying)).rejects.toMatchObject({ kind: 'entry-damaged' });
  });

  test('entities, which stay as they are', async () => {
    const parts = wordParts({ body: paragraph(run('&e9;')) });
    parts['word/document.xml'] =
      `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e0 "x"><!ENTITY e9 "&e0;&e0;">]>${String(parts['word/document.xml'])}`;
    expect(linesOf((await read(officeZipOf(parts))).parts.flat())).toEqual(['&e9;']);
  });
});

test('readWord shows a document without its other parts', async () => {
  const document = officeZipOf({
    'word/document.xml': `<w:document ${NAMESPACES}><w:body>${item('a', 1)}${picture('x')}${paragraph('<w:r><w:footnoteReference w:id="1"/></w:r>')}</w:body></w:document>`,
  });
  expect(linesOf((await read(document)).parts.flat())).toEqual(['a', '{note}']);
});

test.each([
  ['no archive', Buffer.from('no archive'), 'no-archive'],
  ['an archive without a document', zipOf({ 'a.txt': 'a' }), 'entry-damaged'],
  ['an encrypted archive', encryptedZip(), 'entry-damaged'],
  ['a workbook', zipOf({ 'word/document.xml': '<workbook/>' }), 'entry-damaged'],
  ['a false size', lyingZip('a', 3), 'entry-damaged'],
])('readWord refuses %s', async (_, bytes, kind) => {
  await expect(read(bytes)).rejects.toMatchObject({ kind });
});

test('readWord numbers notes by their first reference', async () => {
  const reference = (id: number): string => `<w:r><w:footnoteReference w:id="${id}"/></w:r>`;
  const note = (id: number): string =>
    `<w:footnote w:id="${id}">${paragraph(run(`note ${id}`))}</w:footnote>`;
  const blocks = await blocksOf(paragraph(reference(5) + reference(4) + reference(5)), {
    notes: { footnotes: note(3) + note(4) + note(5) },
  });
  const notes = blocks.filter((block): block is Note => block.type === 'note');
  expect(notes.map(({ number, isFirst }) => [number, isFirst])).toEqual([
    [2, true],
    [1, false],
  ]);
});
