/** @jest-environment jsdom */
import '../../../../helpers/browser-parts';
import * as React from 'react';
import { act } from 'react-dom/test-utils';
import { NotebookViewer } from '../../../../../src/gallery/viewers/notebook/notebook-viewer';
import { runOnPage } from '../../../../../src/gallery/workers/file-work';
import { clearAll, click, render, until } from '../../../../helpers/render';
import type { SampleCell } from '../../../../helpers/sample-notebook';
import { codeCell, notebookOf, PIXEL, sampleNotebook } from '../../../../helpers/sample-notebook';

async function show(content: string): Promise<HTMLElement> {
  const file = { name: 'analysis.ipynb', bytes: new Blob([content]) };
  const place = await render(<NotebookViewer file={file} saveAs={undefined} runTask={runOnPage} />);
  await until(() => !place.textContent.includes('Reading'));
  return place;
}

afterEach(clearAll);

/** Cells of the sample with these indexes. jsdom has no layout, so only the first rows of a list are rendered. */
function sampleCells(...indexes: number[]): string {
  const { cells } = JSON.parse(sampleNotebook('https://example.invalid')) as { cells: SampleCell[] };
  return notebookOf(indexes.map((index) => cells[index] ?? {}));
}

test('NotebookViewer shows formatted text, code and its outputs', async () => {
  const place = await show(sampleCells(0, 1));
  expect(place.textContent).toContain('2 cells · Python 3 (ipykernel)');
  expect(place.querySelector('h3')?.textContent).toBe('Nightly analysis');
  expect(place.textContent).toContain('Code [1]');
  // A progress bar shows its last state.
  expect(place.textContent).not.toContain('10%');
  expect(place.querySelector('.ansi-yellow')?.textContent).toBe('one row');
  expect(place.textContent).toContain('Error output');
});

test('NotebookViewer shows the pictures of Markdown cells, and names others', async () => {
  const source = [
    '![](attachment:a.png) ![again](attachment:a.png) ![by reference][it]\n\n[it]: attachment:a.png\n\n',
    '![script](attachment:b.svg) ![missing](attachment:c.png) ![odd](attachment:%) ![far](https://example.com/a.png)',
  ];
  const attachments = { 'a.png': { 'image/png': PIXEL }, 'b.svg': { 'image/svg+xml': '<svg/>' } };
  const place = await show(notebookOf([{ cell_type: 'markdown', source, attachments }]));
  await until(() => place.querySelector('img') !== null);
  const images = [...place.querySelectorAll('img')];
  expect(images.map(({ alt }) => alt)).toEqual(['a.png', 'again', 'by reference']);
  expect(new Set(images.map(({ src }) => src)).size).toBe(1);
  act(() => void images[1]?.dispatchEvent(new Event('error')));
  for (const words of ['again', 'script', 'missing', 'odd', 'far'])
    expect(place.textContent.replace(/[\u2068\u2069]/g, '')).toContain(`[image: ${words}]`);
});

test('NotebookViewer names the outputs that are not shown', async () => {
  const place = await show(sampleCells(2));
  expect(place.textContent).toContain('0      a     12.5');
  expect(place.textContent).toContain('This output is HTML. Only its text is shown.');
  expect(place.textContent).toContain("This output is HTML and isn't shown.");
  expect(place.textContent).toContain("This output has parts that aren't shown: image/svg+xml.");
  expect(place.querySelector('img')?.getAttribute('alt')).toBe('<Figure size 1x1>');
  expect(place.querySelector('script, table')).toBeNull();
});

test('NotebookViewer shows errors and raw cells', async () => {
  const place = await show(sampleCells(3, 4));
  expect(place.textContent).toContain('Code, not run');
  expect(place.querySelector('.field-error')?.textContent).toBe('IndexError: list index out of range');
  expect(place.querySelector('.ansi-red')?.textContent).toBe('IndexError');
  expect(place.textContent).toContain('Raw textOnly for nbconvert');
});

test('NotebookViewer shows the rest of a long output on request', async () => {
  const output = { output_type: 'stream', name: 'stdout', text: `${'words\n'.repeat(1_000)}end\n` };
  const place = await show(notebookOf([codeCell('loop()', [output])]));
  expect(place.textContent).not.toContain('end');
  click(place, /characters left/);
  expect(place.textContent).toContain('end');
});

test('NotebookViewer shows other JSON as a tree, with the reason', async () => {
  const place = await show('{"name": "sample"}');
  await until(() => place.textContent.includes('sample'));
  expect(place.textContent).toContain("isn't a notebook, so it's shown as JSON.");
});

test('NotebookViewer shows the source of a damaged notebook', async () => {
  const place = await show(sampleNotebook('').slice(0, 500));
  await until(() => place.textContent.includes("isn't valid JSON (line 1,"));
  expect(place.textContent).toContain('"cell_type":"markdown"');
});

test('NotebookViewer says that a notebook is empty', async () => {
  expect((await show(notebookOf([]))).textContent).toContain('The notebook is empty.');
});
