/** @jest-environment jsdom */
import '../../../../helpers/browser-parts';
import * as React from 'react';
import { MarkdownViewer } from '../../../../../src/gallery/viewers/markdown/markdown-viewer';
import { NotebookViewer } from '../../../../../src/gallery/viewers/notebook/notebook-viewer';
import { RunTaskContext } from '../../../../../src/gallery/viewers/run-task-context';
import { TextViewer } from '../../../../../src/gallery/viewers/text/text-viewer';
import type { Viewer } from '../../../../../src/gallery/viewers/viewer';
import { runOnPage } from '../../../../../src/gallery/workers/file-work';
import { clearAll, render, type, until } from '../../../../helpers/render';
import { codeCell, notebookOf } from '../../../../helpers/sample-notebook';

async function show(Shown: Viewer, name: string, content: string): Promise<HTMLElement> {
  const file = { name, bytes: new Blob([content]) };
  const place = await render(
    <RunTaskContext.Provider value={runOnPage}>
      <Shown file={file} saveAs={undefined} runTask={runOnPage} />
    </RunTaskContext.Provider>,
  );
  await until(() => place.querySelector('.viewer-scroll, .viewer-notebook') !== null);
  return place;
}

function words(place: HTMLElement, kind: string): (string | null)[] {
  return Array.from(place.querySelectorAll(`.code-${kind}`), ({ textContent }) => textContent);
}

afterEach(clearAll);

test('TextViewer colors code, with a comment over several lines', async () => {
  const place = await show(TextViewer, 'cart.cs', 'int a; /* one\r\ntwo */ return "x";\r\n');
  await until(() => words(place, 'keyword').length > 0);
  expect(words(place, 'comment')).toEqual(['/* one', 'two */']);
  expect(words(place, 'string')).toEqual(['"x"']);
});

test('TextViewer marks a match inside of a colored word', async () => {
  const place = await show(TextViewer, 'cart.cs', 'return "value";');
  await until(() => words(place, 'string').length > 0);
  type(place.querySelector('input')!, 'alu');
  await until(() => place.querySelector('mark') !== null);
  expect(place.querySelector('mark')?.textContent).toBe('alu');
  expect(words(place, 'string')).toEqual(['"v', 'alu', 'e"']);
});

test('TextViewer keeps the colors of a terminal', async () => {
  const place = await show(TextViewer, 'run.sh', 'if true # \u001b[31mred\u001b[0m\n');
  await until(() => place.querySelector('.ansi-red') !== null);
  expect(place.querySelector('[class^=code-]')).toBeNull();
});

test('TextViewer shows code without colors where a task fails', async () => {
  const place = await render(
    <RunTaskContext.Provider value={() => Promise.reject(new Error('No worker.'))}>
      <TextViewer
        file={{ name: 'cart.cs', bytes: new Blob(['return 1;']) }}
        saveAs={undefined}
        runTask={runOnPage}
      />
    </RunTaskContext.Provider>,
  );
  await until(() => place.textContent.includes('return 1;'));
  expect(place.querySelector('[class^=code-]')).toBeNull();
});

test('MarkdownViewer colors code blocks in a known language', async () => {
  const text = '```ts\nconst a = `x\ny`;\n```\n\n- item\n\n  ```unknown\n  const b\n  ```\n';
  const place = await show(MarkdownViewer, 'notes.md', text);
  await until(() => words(place, 'keyword').length > 0);
  expect(words(place, 'keyword')).toEqual(['const']);
  expect(words(place, 'string')).toEqual(['`x\ny`']);
  expect(Array.from(place.querySelectorAll('pre'), ({ textContent }) => textContent)).toEqual([
    'const a = `x\ny`;',
    'const b',
  ]);
});

test('NotebookViewer colors code cells', async () => {
  const content = notebookOf([codeCell('def f():\n  """one\n  two"""'), codeCell('import csv')]);
  const place = await show(NotebookViewer, 'a.ipynb', content);
  await until(() => words(place, 'keyword').length > 0);
  expect(words(place, 'keyword')).toEqual(['def', 'import']);
  expect(words(place, 'string')).toEqual(['"""one', '  two"""']);
});
