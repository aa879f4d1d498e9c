/** @jest-environment jsdom */
import '../../../../helpers/browser-parts';
import * as React from 'react';
import type { Workbook } from '../../../../../src/gallery/viewers/workbook/read-workbook';
import { columnName, describeSize } from '../../../../../src/gallery/viewers/workbook/workbook-sentences';
import type { ViewerProblemKind } from '../../../../../src/gallery/viewers/viewer-problem';
import { ViewerProblem } from '../../../../../src/gallery/viewers/viewer-problem';
import { WorkbookViewer } from '../../../../../src/gallery/viewers/workbook/workbook-viewer';
import type { RunTask } from '../../../../../src/gallery/workers/tasks';
import { clearAll, click, render, type, until } from '../../../../helpers/render';

jest.mock('../../../../../src/gallery/viewers/archive/open-archive', () => ({
  openArchive: () => Promise.resolve({ entries: [], isTruncated: false }),
}));

const WORKBOOK: Workbook = {
  sheets: [
    { name: 'One', isHidden: false },
    { name: 'Two\u202e', isHidden: true },
  ],
  sheet: 0,
  rows: [['a', 'b'], ['c']],
  alignments: ['sr', 's'],
  merges: [],
  columns: 2,
  totalRows: 2,
  inert: {
    ...{ hasMacros: true, hasConnections: true, hasHeaders: false, hasHiddenText: false },
    ...{ charts: 2, diagrams: 0, pictures: 1, recordings: 0, controls: 1, objects: 1, links: 1 },
  },
};

/** Shows a workbook whose sheets are read by `readSheet`. */
async function show(readSheet: (sheet: number | undefined) => Promise<Workbook>): Promise<HTMLElement> {
  const runTask = ((_: string, { sheet }: { sheet: number | undefined }) => readSheet(sheet)) as RunTask;
  const file = { name: 'a.xlsx', bytes: new Blob([]) };
  const place = await render(<WorkbookViewer file={file} saveAs={undefined} runTask={runTask} />);
  await until(() => !place.textContent.includes('Reading'));
  return place;
}

function choose(place: HTMLElement, sheet: number): void {
  const field = place.querySelector('select')!;
  field.value = String(sheet);
  field.dispatchEvent(new Event('change', { bubbles: true }));
}

function fail(kind: ViewerProblemKind): Promise<never> {
  return Promise.reject(new ViewerProblem(kind));
}

/** Text without the marks that isolate names. */
function textOf(place: HTMLElement): string {
  return place.textContent.replace(/[\u2068\u2069]/g, '');
}

afterEach(clearAll);

test('WorkbookViewer shows rows under the letters of their columns, and names the rest', async () => {
  const place = await show(() => Promise.resolve(WORKBOOK));
  const headers = Array.from(place.querySelectorAll('[role=columnheader]'), (each) => each.textContent);
  expect(headers).toEqual(['#', 'A', 'B']);
  expect(place.querySelector('[role=row][aria-rowindex="2"]')?.textContent).toBe('1ab');
  expect(textOf(place)).toContain('2 rows');
  expect(textOf(place)).toContain(
    'Not shown: macros, data connections, 2 charts, 1 image, 1 control, 1 embedded object, 1 external link.',
  );
  const options = Array.from(place.querySelectorAll('option'), (option) => option.textContent);
  expect(options).toEqual(['One', 'Two⟨U+202E⟩ (hidden)']);
});

test('WorkbookViewer reads the chosen sheet, and says if it cannot be shown', async () => {
  const place = await show((sheet) => (sheet === 1 ? fail('entry-damaged') : Promise.resolve(WORKBOOK)));
  choose(place, 1);
  await until(() => place.querySelector('[role=alert]') !== null);
  expect(textOf(place)).toContain("The sheet “Two⟨U+202E⟩” can't be shown.");
  expect(place.querySelector('[role=table]')).toBeNull();
  choose(place, 0);
  await until(() => place.querySelector('[role=table]') !== null);
});

test('WorkbookViewer aligns cells, and shows merged ones as one', async () => {
  const place = await show(() =>
    Promise.resolve({
      ...WORKBOOK,
      rows: [
        ['Title', ''],
        ['left', '1'],
        ['', '2'],
      ],
      alignments: ['cs', 'sr', 'sr'],
      merges: [
        { row: 0, column: 0, rows: 1, columns: 2 },
        { row: 1, column: 0, rows: 2, columns: 1 },
      ],
      totalRows: 3,
    }),
  );
  const cells = Array.from(place.querySelectorAll('[role=cell]'), (cell) => [
    cell.textContent,
    ...['aria-colindex', 'aria-colspan', 'aria-rowspan'].map((name) => cell.getAttribute(name)),
    /viewer-cell-(\w+)/.exec(cell.className)?.[1],
  ]);
  expect(cells).toEqual([
    ['Title', '2', '2', null, 'center'],
    ['left', '2', null, '2', 'continues'],
    ['1', '3', null, null, 'right'],
    ['2', '3', null, null, 'right'],
  ]);
});

test('WorkbookViewer says that a sheet is empty', async () => {
  const place = await show(() => Promise.resolve({ ...WORKBOOK, rows: [], totalRows: 0, columns: 0 }));
  expect(textOf(place)).toContain('The sheet is empty.');
});

test.each(['entry-damaged', 'too-many-parts', 'takes-too-long', 'no-archive'] as const)(
  'WorkbookViewer lists the parts if it fails with %s',
  async (kind) => {
    const place = await show(() => fail(kind));
    await until(() => place.textContent.includes('The archive is empty.'));
    expect(textOf(place)).toContain("“a.xlsx” can't be shown as a workbook, so its parts are listed.");
  },
);

test('WorkbookViewer says that a workbook has a password', async () => {
  const place = await show(() => fail('locked'));
  expect(textOf(place)).toContain('“a.xlsx” is password-protected.');
});

test('WorkbookViewer lists the parts on request', async () => {
  const place = await show(() => Promise.resolve(WORKBOOK));
  click(place, 'Parts');
  await until(() => place.textContent.includes('The archive is empty.'));
  expect(textOf(place)).not.toContain('so its parts are listed');
  click(place, 'Table');
  await until(() => place.querySelector('[role=table]') !== null);
});

test('WorkbookViewer says that it searches only the part shown of a sheet', async () => {
  const place = await show(() => Promise.resolve({ ...WORKBOOK, totalRows: undefined }));
  const field = place.querySelector('input')!;
  type(field, 'zzz');
  await until(() => place.textContent.includes('Nothing found in the part shown'));
  type(field, 'c');
  await until(() => place.textContent.includes('1 of 1+'));
});

test.each([
  [0, 'A'],
  [25, 'Z'],
  [26, 'AA'],
  [701, 'ZZ'],
  [702, 'AAA'],
  [16_383, 'XFD'],
])('columnName names the column %i %s', (index, name) => {
  expect(columnName(index)).toBe(name);
});

test('describeSize names the limits', () => {
  const rows = Array.from({ length: 1_234 }, () => []);
  expect(describeSize({ ...WORKBOOK, rows, totalRows: 1_234 })).toBe('1,234 rows');
  expect(describeSize({ ...WORKBOOK, rows, totalRows: 1_000_000 })).toBe('First 1,234 of 1,000,000 rows');
  expect(describeSize({ ...WORKBOOK, rows, totalRows: undefined, columns: 300 })).toBe(
    'First 1,234 rows · First 200 of 300 columns',
  );
});
