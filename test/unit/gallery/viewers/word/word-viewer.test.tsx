/** @jest-environment jsdom */
import '../../../../helpers/browser-parts';
import * as React from 'react';
import { act } from 'react-dom/test-utils';
import type {
  Block,
  Inline,
  Paragraph,
  Picture,
  TextRun,
} from '../../../../../src/gallery/viewers/office/nodes';
import type { PictureContent } from '../../../../../src/gallery/viewers/office/read-picture';
import { ViewerProblem } from '../../../../../src/gallery/viewers/viewer-problem';
import type { ViewerProblemKind } from '../../../../../src/gallery/viewers/viewer-problem';
import type { WordDocument } from '../../../../../src/gallery/viewers/word/read-word';
import { WordViewer } from '../../../../../src/gallery/viewers/word/word-viewer';
import type { RunTask } from '../../../../../src/gallery/workers/tasks';
import { clearAll, click, render, tell, until } from '../../../../helpers/render';

jest.mock('../../../../../src/gallery/viewers/archive/open-archive', () => ({
  openArchive: () => Promise.resolve({ entries: [], isTruncated: false }),
}));

/** Reports that an observed element comes near the screen, or leaves it. */
const observed = new Map<Element, (isIntersecting: boolean) => void>();

class FakeObserver {
  constructor(private readonly callback: (entries: readonly object[]) => void) {}

  observe(target: Element): void {
    observed.set(target, (isIntersecting) => this.callback([{ target, isIntersecting }]));
  }

  unobserve(target: Element): void {
    observed.delete(target);
  }
}

/** Brings all pictures near the screen, or away from it. */
async function move(isNear: boolean): Promise<void> {
  await until(() => observed.size > 0);
  for (const report of observed.values()) act(() => report(isNear));
}

const INERT: WordDocument['inert'] = {
  ...{ hasMacros: false, hasConnections: false, hasHeaders: false, hasHiddenText: false },
  ...{ charts: 0, diagrams: 0, pictures: 0, recordings: 0, controls: 0, objects: 0, links: 0 },
};

function words(text: string, rest: Partial<TextRun> = {}): TextRun {
  return { type: 'text', text, marks: [], href: undefined, change: undefined, ...rest };
}

function paragraph(content: readonly Inline[], rest: Partial<Paragraph> = {}): Paragraph {
  return { type: 'paragraph', heading: undefined, list: undefined, content, ...rest };
}

function listItem(text: string, marker: string, level: number, isOrdered = true): Paragraph {
  return paragraph([words(text)], { list: { level, marker, isOrdered } });
}

/** Shows a document, whose pictures are loaded by `load`. */
async function show(
  read: WordDocument | ViewerProblemKind,
  load: () => Promise<PictureContent> = () => Promise.reject(new ViewerProblem('no-image')),
): Promise<HTMLElement> {
  const runTask = ((task: string) => {
    if (task === 'readPicture') return load();
    return typeof read === 'string' ? Promise.reject(new ViewerProblem(read)) : Promise.resolve(read);
  }) as RunTask;
  const file = { name: 'a.docx', bytes: new Blob([]) };
  const place = await render(<WordViewer file={file} saveAs={undefined} runTask={runTask} />);
  await until(() => !place.textContent.includes('Reading'));
  return place;
}

function showBlocks(...blocks: readonly Block[]): Promise<HTMLElement> {
  return show({ parts: [blocks], inert: INERT, isCut: false });
}

/** Text without the marks that isolate names. */
function textOf(place: Element): string {
  return place.textContent.replace(/[\u2068\u2069]/g, '');
}

beforeAll(() => Object.assign(window, { IntersectionObserver: FakeObserver }));

afterEach(() => {
  clearAll();
  observed.clear();
});

test('A long paragraph appears in slices, in its order', async () => {
  const content = Array.from({ length: 2_500 }, (_, index) => words(`${index} `));
  const place = await show({ parts: [[paragraph(content)]], inert: INERT, isCut: false });
  const shown = (): string[] => place.querySelector('p')?.textContent.trim().split(' ') ?? [];
  expect(shown()).toHaveLength(1_000);
  await until(() => shown().length === 2_500);
  expect(shown()).toEqual(content.map((_, index) => String(index)));
});

test('WordViewer shows headings, formats, and changes with their authors', async () => {
  const place = await showBlocks(
    paragraph([words('Title')], { heading: 1 }),
    paragraph([
      words('bold', { marks: ['strong', 'em'] }),
      words('new', { change: { kind: 'ins', author: 'Ana\u202e' } }),
      words('old', { change: { kind: 'del', author: '' } }),
      words('hid\u200bden'),
    ]),
  );
  expect(place.querySelector('h3')?.textContent).toBe('Title');
  expect(place.querySelector('em > strong')?.textContent).toBe('bold');
  expect(textOf(place)).toContain('hid⟨U+200B⟩den');
  expect(place.querySelector('ins')?.title.replace(/[\u2068\u2069]/g, '')).toBe('Inserted by Ana⟨U+202E⟩');
  expect(place.querySelector('del')?.title).toBe('Deleted');
});

test('WordViewer shows alignments, colors and highlights by classes of its own', async () => {
  const place = await showBlocks(
    paragraph([words('red', { color: 'red', marks: ['strong'] }), words('late', { highlight: 'yellow' })], {
      alignment: 'center',
    }),
  );
  expect(place.querySelector('p')?.className).toBe('viewer-align-center');
  expect(place.querySelector('strong > .viewer-color-red')?.textContent).toBe('red');
  expect(place.querySelector('mark.viewer-highlight-yellow')?.textContent).toBe('late');
  expect(place.querySelector('.viewer-document [style]')).toBeNull();
});

test('WordViewer opens only safe links, and shows where they lead', async () => {
  const place = await showBlocks(
    paragraph([
      words('good', { href: 'https://example.com/a' }),
      words(' one', { href: 'https://example.com/a', marks: ['strong'] }),
      words('bad', { href: 'javascript:alert(1)' }),
      words('file', { href: 'file:///etc/passwd' }),
    ]),
  );
  const links = [...place.querySelectorAll('a')];
  expect(links.map(({ textContent, href, title }) => [textContent, href, title])).toEqual([
    ['good one', 'https://example.com/a', 'https://example.com/a'],
  ]);
  expect(links[0]?.rel).toBe('noreferrer noopener');
  expect(place.textContent).toContain('badfile');
});

test('WordViewer nests lists by level, with the markers of the file', async () => {
  const place = await showBlocks(
    listItem('one', '1.', 0),
    listItem('deep', 'a)', 1),
    listItem('deeper', '•', 2, false),
    listItem('two', '2.', 0),
    paragraph([words('between')]),
    listItem('three', '3.', 0),
  );
  expect(place.querySelectorAll('.viewer-part > ol')).toHaveLength(2);
  expect(place.querySelectorAll('ol ol ul > li')).toHaveLength(1);
  expect(place.querySelector('ol')?.textContent).toBe('1.onea)deep•deeper2.two');
});

test('WordViewer shows tables with merged cells, and boxes', async () => {
  const place = await showBlocks(
    {
      type: 'table',
      groups: [
        [
          { isHeader: true, cells: [{ columns: 2, rows: 1, content: [paragraph([words('Head')])] }] },
          { isHeader: false, cells: [{ columns: 1, rows: 2, content: [paragraph([words('tall')])] }] },
        ],
      ],
    },
    { type: 'box', content: [paragraph([words('boxed')])] },
  );
  expect(place.querySelector('th')?.colSpan).toBe(2);
  expect(place.querySelector('td')?.rowSpan).toBe(2);
  expect(place.querySelector('[aria-label="Text box"]')?.textContent).toBe('boxed');
});

test('WordViewer leads from a reference to its note and back', async () => {
  const place = await showBlocks(paragraph([words('text'), { type: 'note', kind: 'footnote', number: 1 }]), {
    ...{ type: 'note', kind: 'footnote', number: 1, isFirst: true, author: '' },
    content: [paragraph([words('the note')])],
  });
  click(place, 'Footnote 1');
  expect(document.activeElement?.closest('.viewer-notes')?.textContent).toContain('the note');
  click(place, 'Back to the text');
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Footnote 1');
});

test('WordViewer names the parts that are not shown, and says that the end is missing', async () => {
  const place = await show({
    parts: [[paragraph([{ type: 'omission', kind: 'chart', words: 'Revenue' }])]],
    inert: { ...INERT, hasMacros: true, hasHeaders: true, hasHiddenText: true, charts: 1, diagrams: 2 },
    isCut: true,
  });
  expect(textOf(place)).toContain('[chart: Revenue]');
  expect(textOf(place)).toContain(
    'Not shown: macros, headers and footers, hidden text, 1 chart, 2 diagrams.',
  );
  expect(textOf(place)).toContain('“a.docx” is too long to show completely.');
});

const PICTURE: Picture = {
  ...{ type: 'picture', part: 'word/media/a.png', alt: 'A cat', width: 40, height: 30 },
};

test('WordViewer loads a picture only while it is near the screen', async () => {
  let loads = 0;
  const content = { bytes: new ArrayBuffer(1), type: 'image/png', width: 10, height: 10 };
  const place = await show({ parts: [[paragraph([PICTURE])]], inert: INERT, isCut: false }, () => {
    loads++;
    return Promise.resolve(content);
  });
  expect(loads).toBe(0);
  await move(true);
  await until(() => place.querySelector('img') !== null);
  expect(place.querySelector('img')?.alt).toBe('A cat');
  await move(false);
  await until(() => place.querySelector('img') === null);
  await move(true);
  await until(() => place.querySelector('img') !== null);
  expect(loads).toBe(2);
  tell(place.querySelector('img')!, 'error');
  expect(textOf(place)).toContain('[image not shown: A cat]');
});

test('WordViewer shows no more pictures at once than fit in memory', async () => {
  const content = { bytes: new ArrayBuffer(1), type: 'image/png', width: 8_000, height: 5_000 };
  const place = await show(
    { parts: [[paragraph([PICTURE, PICTURE, PICTURE])]], inert: INERT, isCut: false },
    () => Promise.resolve(content),
  );
  await move(true);
  await until(() => place.querySelectorAll('img').length === 2);
  await until(() => textOf(place).includes('[image not shown: A cat]'));
});

test('WordViewer tries a picture only once that cannot be shown', async () => {
  let loads = 0;
  const place = await show({ parts: [[paragraph([PICTURE])]], inert: INERT, isCut: false }, () => {
    loads++;
    return Promise.reject(new ViewerProblem('no-image'));
  });
  await move(true);
  await until(() => textOf(place).includes('[image not shown: A cat]'));
  await until(() => observed.size === 0);
  expect(loads).toBe(1);
});

test('WordViewer keeps the size of a picture that was loaded', async () => {
  const unknown = { ...PICTURE, width: undefined, height: undefined };
  const content = { bytes: new ArrayBuffer(1), type: 'image/png', width: 12, height: 10 };
  const place = await show({ parts: [[paragraph([unknown])]], inert: INERT, isCut: false }, () =>
    Promise.resolve(content),
  );
  await move(true);
  await until(() => place.querySelector('img') !== null);
  await move(false);
  await until(() => place.querySelector('img') === null);
  expect(place.querySelector<HTMLElement>('[role=img]')?.style.width).toBe('12px');
});

test('WordViewer names a picture outside of the file', async () => {
  const place = await showBlocks(paragraph([{ ...PICTURE, part: undefined, alt: '' }]));
  expect(textOf(place)).toContain('[image not shown]');
});

test.each(['entry-damaged', 'too-many-parts', 'takes-too-long', 'no-archive'] as const)(
  'WordViewer lists the parts if it fails with %s',
  async (kind) => {
    const place = await show(kind);
    await until(() => place.textContent.includes('The archive is empty.'));
    expect(textOf(place)).toContain("“a.docx” can't be shown as a document, so its parts are listed.");
  },
);

test('WordViewer says that a document has a password', async () => {
  expect(textOf(await show('locked'))).toContain('“a.docx” is password-protected.');
});

test('WordViewer lists the parts on request, and says that a document is empty', async () => {
  const place = await show({ parts: [], inert: INERT, isCut: false });
  expect(textOf(place)).toContain('The document has no text.');
  click(place, 'Parts');
  await until(() => place.textContent.includes('The archive is empty.'));
  click(place, 'Document');
  await until(() => place.textContent.includes('The document has no text.'));
});
