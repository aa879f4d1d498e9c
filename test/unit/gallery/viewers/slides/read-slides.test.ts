import type { Block, Inline } from '../../../../../src/gallery/viewers/office/nodes';
import type { Presentation } from '../../../../../src/gallery/viewers/slides/read-slides';
import { readSlides } from '../../../../../src/gallery/viewers/slides/read-slides';
import { NAMESPACES, officeZipOf } from '../../../../helpers/sample-office';
import type { SampleSlide } from '../../../../helpers/sample-presentation';
import {
  frame,
  line,
  presentationOf,
  presentationParts,
  samplePresentation,
  shape,
  title,
} from '../../../../helpers/sample-presentation';
import { zipOf } from '../../../../helpers/sample-zip';

const context = { signal: new AbortController().signal, isInWorker: true };

function read(bytes: Uint8Array): Promise<Presentation> {
  return readSlides(new Blob([Uint8Array.from(bytes)]), context);
}

/** Reads a slide with these shapes as lines. */
async function linesIn(shapes: string, rest: Partial<SampleSlide> = {}): Promise<readonly string[]> {
  const { slides } = await read(presentationOf({ slides: [{ shapes, ...rest }] }));
  return linesOf(slides[0]!.blocks);
}

function textOf(content: readonly Inline[]): string {
  return content
    .map((inline) => {
      if (inline.type === 'omission') return `{${inline.kind} ${inline.words}}`;
      if (inline.type === 'picture') return `{${inline.part} ${inline.alt} ${inline.width}}`;
      if (inline.type !== 'text') return '/';
      const marked = inline.marks.reduce((text, mark) => `<${mark}>${text}</${mark}>`, inline.text);
      return inline.href === undefined ? marked : `[${marked}](${inline.href})`;
    })
    .join('');
}

function linesOf(blocks: readonly Block[]): readonly string[] {
  return blocks.flatMap((block) => {
    if (block.type === 'paragraph')
      return [
        (block.list ? `${'  '.repeat(block.list.level)}${block.list.marker} ` : '') + textOf(block.content),
      ];
    if (block.type !== 'table') return [];
    return block.groups
      .flat()
      .map(
        ({ isHeader, cells }) =>
          `${isHeader ? '= ' : ''}${cells.map(({ columns, rows, content }) => `${linesOf(content).join('/')} ${columns}x${rows}`).join(' | ')}`,
      );
  });
}

test('readSlides reads slides in the order of the presentation, with notes, tables and words of graphics', async () => {
  const { slides, total, inert, isCut } = await read(samplePresentation());
  expect(slides.map((slide) => [slide.number, textOf(slide.title), slide.isHidden])).toEqual([
    [1, 'Quarterly plan', false],
    [2, 'Figures', false],
    [3, 'Kept back', true],
  ]);
  expect(linesOf(slides[0]!.blocks)).toEqual([
    '• First point',
    '  ◦ A detail',
    '• Second point',
    'A remark beside',
    '{ppt/media/image1.png A gradient 64}',
    '{ppt/media/image1.png The demo 64}{video The demo}',
  ]);
  expect(linesOf(slides[0]!.notes)).toEqual(['Say hello first.']);
  expect(linesOf(slides[1]!.blocks)).toEqual([
    '= Team 1x1 | Points 1x1',
    'North 1x1 | 5 1x1',
    '{chart Points by team}',
    '{diagram Plan · Do}',
    '{object Worksheet}',
  ]);
  expect([total, isCut]).toEqual([3, false]);
  expect(inert).toMatchObject({
    hasMacros: true,
    charts: 1,
    diagrams: 1,
    recordings: 1,
    objects: 1,
    links: 1,
  });
});

test('readSlides numbers items, and restarts after an outer one', async () => {
  const numbered = (text: string, attributes: string, type: string): string =>
    line(text, attributes, `<a:buAutoNum type="${type}"/>`);
  const paragraphs = [
    numbered('a', '', 'arabicPeriod'),
    numbered('deep', 'lvl="1"', 'alphaLcParenBoth'),
    numbered('deeper', 'lvl="1"', 'alphaLcParenBoth'),
    numbered('b', '', 'arabicPeriod'),
    numbered('again', 'lvl="1"', 'romanUcParenR'),
    line('plain', '', '<a:buNone/>'),
    line('c', '', '<a:buAutoNum type="arabicPlain" startAt="9"/>'),
    line('bullet', '', '<a:buChar char="§"/>'),
    line('dash', '', '<a:buChar char="–"/>'),
  ].join('');
  expect(await linesIn(shape(paragraphs, '<p:ph idx="1"/>'))).toEqual([
    '1. a',
    '  (a) deep',
    '  (b) deeper',
    '2. b',
    '  I) again',
    'plain',
    '9 c',
    '• bullet',
    '– dash',
  ]);
});

test('readSlides reads formats and links, and leaves out programs', async () => {
  const runs = `<a:p><a:r><a:rPr b="1" i="1"/><a:t>bold</a:t></a:r><a:br/><a:r><a:rPr baseline="30000"/><a:t>up</a:t></a:r><a:r><a:rPr><a:hlinkClick r:id="l"/></a:rPr><a:t>link</a:t></a:r><a:r><a:rPr><a:hlinkClick r:id="" action="ppaction://macro?name=x"/></a:rPr><a:t>macro</a:t></a:r></a:p>`;
  expect(
    await linesIn(shape(runs), { relationships: [['l', 'hyperlink', 'https://example.com/', 'external']] }),
  ).toEqual(['<em><strong>bold</strong></em>/<sup>up</sup>[link](https://example.com/)macro']);
});

test('readSlides joins the cells of a table', async () => {
  const cell = (text: string, attributes: string): string =>
    `<a:tc ${attributes}><a:txBody>${line(text)}</a:txBody></a:tc>`;
  const table = `<a:tbl><a:tr>${cell('wide', 'gridSpan="2"')}${cell('', 'hMerge="1"')}</a:tr><a:tr>${cell('tall', 'rowSpan="2"')}${cell('x', '')}</a:tr><a:tr>${cell('', 'vMerge="1"')}${cell('y', '')}</a:tr></a:tbl>`;
  expect(await linesIn(frame(table))).toEqual(['wide 2x1', 'tall 1x2 | x 1x1', 'y 1x1']);
});

test('readSlides names footers, which are the same on all slides', async () => {
  const { slides, inert } = await read(
    presentationOf({
      slides: [
        {
          shapes:
            shape(line('Confidential'), '<p:ph type="ftr"/>') + shape(line('7'), '<p:ph type="sldNum"/>'),
        },
      ],
    }),
  );
  expect(slides[0]?.blocks).toEqual([]);
  expect(inert.hasHeaders).toBe(true);
});

test('readSlides reads comments of old and new presentations', async () => {
  const comments = `<p:cmLst ${NAMESPACES}><p:cm><p:text>Old one</p:text></p:cm><p:cm><p:txBody>${line('New one')}</p:txBody></p:cm></p:cmLst>`;
  const { slides } = await read(
    presentationOf({
      slides: [{ shapes: '', relationships: [['c', 'comments', '../comments/comment1.xml']] }],
      parts: { 'ppt/comments/comment1.xml': comments },
    }),
  );
  expect(linesOf(slides[0]!.comments)).toEqual(['Old one', 'New one']);
});

test('readSlides goes on after a slide that is missing or damaged', async () => {
  const parts = presentationParts({
    slides: [{ shapes: title('One') }, { shapes: title('Two') }, { shapes: title('Three') }],
  });
  delete parts['ppt/slides/slide3.xml'];
  parts['ppt/slides/slide2.xml'] = `<p:sld ${NAMESPACES}>${title('Two')}${'<p:grpSp>'.repeat(300)}`;
  const { slides } = await read(officeZipOf(parts));
  expect(slides.map((slide) => [textOf(slide.title), slide.isDamaged])).toEqual([
    ['', true],
    ['Two', true],
    ['Three', false],
  ]);
});

describe('readSlides limits', () => {
  // The limit of time must not come first on a slow machine.
  beforeEach(() => void jest.spyOn(performance, 'now').mockReturnValue(0));
  afterEach(() => jest.restoreAllMocks());

  test('the number of slides', async () => {
    const slides = Array.from({ length: 510 }, () => ({ shapes: '' }));
    const presentation = await read(presentationOf({ slides }));
    expect(presentation.total).toBe(510);
    expect(presentation.slides.length).toBeLessThanOrEqual(500);
    expect(presentation.isCut).toBe(true);
  });

  test('the content of all slides together', async () => {
    const shapes = shape(line('x').repeat(4_000));
    const { slides, isCut, total } = await read(
      presentationOf({ slides: Array.from({ length: 20 }, () => ({ shapes })) }),
    );
    expect(isCut).toBe(true);
    expect(slides.length).toBeLessThan(total);
  });
});

test.each([
  ['no archive', Buffer.from('no archive'), 'no-archive'],
  ['an archive without a presentation', zipOf({ 'a.txt': 'a' }), 'entry-damaged'],
  ['a document', zipOf({ 'ppt/presentation.xml': '<w:document/>' }), 'entry-damaged'],
])('readSlides refuses %s', async (_, bytes, kind) => {
  await expect(read(bytes)).rejects.toMatchObject({ kind });
});
