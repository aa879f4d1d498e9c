/** @jest-environment jsdom */
import '../../../../helpers/browser-parts';
import * as React from 'react';
import type { TextRun } from '../../../../../src/gallery/viewers/office/nodes';
import type { Presentation, Slide } from '../../../../../src/gallery/viewers/slides/read-slides';
import { SlidesViewer } from '../../../../../src/gallery/viewers/slides/slides-viewer';
import { ViewerProblem } from '../../../../../src/gallery/viewers/viewer-problem';
import { clearAll, render, until } from '../../../../helpers/render';

jest.mock('../../../../../src/gallery/viewers/archive/open-archive', () => ({
  openArchive: () => Promise.resolve({ entries: [], isTruncated: false }),
}));

const INERT: Presentation['inert'] = {
  ...{ hasMacros: true, hasConnections: false, hasHeaders: false, hasHiddenText: false },
  ...{ charts: 0, diagrams: 0, pictures: 0, recordings: 1, controls: 0, objects: 0, links: 0 },
};

function words(text: string): TextRun {
  return { type: 'text', text, marks: [], href: undefined, change: undefined };
}

function slideOf(number: number, rest: Partial<Slide> = {}): Slide {
  const empty = { isHidden: false, blocks: [], notes: [], comments: [], isDamaged: false };
  return { number, title: [words(`Title ${number}`)], ...empty, ...rest };
}

async function show(read: () => Promise<Presentation>): Promise<HTMLElement> {
  const file = { name: 'a.pptx', bytes: new Blob([]) };
  const place = await render(<SlidesViewer file={file} saveAs={undefined} runTask={read} />);
  await until(() => !place.textContent.includes('Reading'));
  return place;
}

/** Text without the marks that isolate names. */
function textOf(place: Element | null | undefined): string {
  return place?.textContent.replace(/[\u2068\u2069]/g, '') ?? '';
}

afterEach(clearAll);

test('SlidesViewer shows slides with titles and notes, and marks those that are hidden or damaged', async () => {
  const paragraph = { type: 'paragraph', heading: undefined, list: undefined } as const;
  const slides = [
    slideOf(1, { notes: [{ ...paragraph, content: [words('Say hello.')] }] }),
    slideOf(2, { isHidden: true }),
    slideOf(3, { isDamaged: true }),
  ];
  const place = await show(() => Promise.resolve({ slides, total: 3, inert: INERT, isCut: false }));
  await until(() => place.querySelectorAll('section').length === 3);
  expect(Array.from(place.querySelectorAll('h3'), textOf)).toEqual([
    'Slide 1 Title 1',
    'Slide 2 (hidden) Title 2',
    'Slide 3 Title 3',
  ]);
  expect(textOf(place.querySelector('[aria-label="Notes"]'))).toBe('NotesSay hello.');
  expect(textOf(place)).toContain('This slide is damaged');
  expect(textOf(place)).toContain('3 slides');
  expect(textOf(place)).toContain('Not shown: macros, 1 recording.');
});

test('SlidesViewer says how many slides are shown', async () => {
  const place = await show(() =>
    Promise.resolve({ slides: [slideOf(1)], total: 1_200, inert: INERT, isCut: false }),
  );
  expect(textOf(place)).toContain('First 1 of 1,200 slides');
});

test('SlidesViewer says that there are no slides', async () => {
  const place = await show(() => Promise.resolve({ slides: [], total: 0, inert: INERT, isCut: false }));
  expect(textOf(place)).toContain('The presentation has no slides.');
});

test('SlidesViewer lists the parts if the slides cannot be shown', async () => {
  const place = await show(() => Promise.reject(new ViewerProblem('entry-damaged')));
  await until(() => place.textContent.includes('The archive is empty.'));
  expect(textOf(place)).toContain("“a.pptx” can't be shown as a presentation, so its parts are listed.");
});
