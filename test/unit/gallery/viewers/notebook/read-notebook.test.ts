import type { Notebook, Output } from '../../../../../src/gallery/viewers/notebook/notebook';
import { readNotebook } from '../../../../../src/gallery/viewers/notebook/read-notebook';
import type { SampleCell } from '../../../../helpers/sample-notebook';
import { codeCell, notebookOf, OLD_NOTEBOOK, sampleNotebook } from '../../../../helpers/sample-notebook';

const context = { signal: new AbortController().signal, isInWorker: true };

async function read(text: string): Promise<Notebook> {
  const result = await readNotebook(new Blob([text]), context);
  if (result.status !== 'notebook') throw new Error(result.status);
  return result.notebook;
}

async function outputsOf(...outputs: SampleCell[]): Promise<readonly Output[]> {
  const [cell] = (await read(notebookOf([codeCell('', outputs)]))).cells;
  return cell?.kind === 'code' ? cell.outputs : [];
}

const display = (data: unknown): SampleCell => ({ output_type: 'display_data', data });

test('readNotebook returns the cells in order, with the name of the kernel', async () => {
  const { cells, kernel, language, total } = await read(sampleNotebook('https://example.invalid'));
  expect({ kernel, language, total }).toEqual({
    kernel: 'Python 3 (ipykernel)',
    language: 'python',
    total: 5,
  });
  expect(cells.map(({ kind }) => kind)).toEqual(['markdown', 'code', 'code', 'code', 'raw']);
  expect(cells[1]).toMatchObject({
    source:
      '"""Reads the durations\nof a night."""\nimport csv  # standard\nrows = [("a", 12.5)]\nprint(len(rows))',
    runNumber: 1,
  });
  expect(cells[3]).toMatchObject({ source: 'rows[7]', runNumber: undefined });
});

test('readNotebook joins the pieces of a stream', async () => {
  const { cells } = await read(sampleNotebook(''));
  expect(cells[1]).toMatchObject({
    outputs: [
      { shown: { kind: 'stream', isError: false, text: '10%\r100%\n1\n' } },
      { shown: { kind: 'stream', isError: true } },
    ],
    read: 3,
  });
});

test('readNotebook reads nbformat 3', async () => {
  const { cells, language } = await read(OLD_NOTEBOOK);
  expect(language).toBe('python');
  expect(cells[0]).toMatchObject({ kind: 'markdown', text: { parts: [[{ type: 'heading', depth: 2 }]] } });
  expect(cells[1]).toMatchObject({
    ...{ source: '1 + 1', runNumber: 7 },
    outputs: [
      { shown: { kind: 'text', text: '2' }, hidden: ['text/html'] },
      { shown: { kind: 'stream', isError: true, text: 'late' } },
      { shown: { kind: 'image' }, hidden: [] },
      { shown: { kind: 'error', title: 'E', traceback: 'line' } },
    ],
  });
});

test('readNotebook gives images a fixed type', async () => {
  const [output] = await outputsOf(display({ 'image/jpeg': 'AAEC\n' }));
  if (output?.shown?.kind !== 'image') throw new Error('There is no image.');
  expect(output.shown.bytes.type).toBe('image/jpeg');
  expect(Array.from(new Uint8Array(await output.shown.bytes.arrayBuffer()))).toEqual([0, 1, 2]);
});

test.each<[SampleCell, string | undefined, readonly string[]]>([
  [{ 'text/html': 'x' }, undefined, ['text/html']],
  [{ 'text/html': 'x', 'text/plain': 'words' }, 'text', ['text/html']],
  [{ 'image/svg+xml': '<svg/>' }, undefined, ['image/svg+xml']],
  [{ 'image/svg+xml': '<svg/>', 'image/png': 'AAAA' }, 'image', []],
  [{ 'image/png': 'no base64!' }, undefined, ['image/png']],
  [{ 'image/png': 'no base64!', 'text/plain': 'words' }, 'text', []],
  [{ 'application/javascript': 'x()' }, undefined, ['application/javascript']],
  [{ 'text/latex': '$x$' }, 'text', []],
  [{ 'application/json': [1] }, 'text', []],
  [{ 'text/markdown': '*x*', 'text/plain': 'x' }, 'markdown', []],
  [{}, undefined, []],
])('readNotebook chooses a form of %j', async (forms, kind, hidden) => {
  const [output] = await outputsOf(display(forms));
  expect({ kind: output?.shown?.kind, hidden: output?.hidden }).toEqual({ kind, hidden });
});

test('readNotebook reads the pictures of Markdown cells by name, of known types and bounded size', async () => {
  const attachments = {
    'a.png': { 'image/png': ['iVBO', 'Rw0K'] },
    'b.jpg': { 'image/jpeg': 'AAAA', 'text/plain': 'b' },
    'c.svg': { 'image/svg+xml': '<svg/>' },
    'd.png': { 'image/png': '%' },
    'e.png': { 'image/png': 'A'.repeat(16 * 1024 * 1024 + 4) },
    'f.png': 'AAAA',
  };
  const [cell] = (await read(notebookOf([{ cell_type: 'markdown', source: '', attachments }]))).cells;
  const pictures = cell?.kind === 'markdown' ? [...cell.pictures] : [];
  expect(pictures.map(([name, { type, size }]) => [name, type, size])).toEqual([
    ['a.png', 'image/png', 6],
    ['b.jpg', 'image/jpeg', 3],
  ]);
});

test('readNotebook writes JSON with indents, and deep JSON without', async () => {
  let deep: unknown = 1;
  for (let depth = 0; depth < 3_000; depth++) deep = [deep];
  const outputs = await outputsOf(
    display({ 'application/json': { a: 1 } }),
    display({ 'application/json': deep }),
  );
  expect(outputs[0]?.shown).toEqual({ kind: 'text', text: '{\n  "a": 1\n}' });
  expect(outputs[1]?.shown).toEqual({ kind: 'text', text: `${'['.repeat(3_000)}1${']'.repeat(3_000)}` });
});

test.each([
  ['{"cells": [', 'no-json'],
  ['', 'no-json'],
  ['[]', 'other-json'],
  ['null', 'other-json'],
  ['{"cells": []}', 'other-json'],
  ['{"nbformat": 4, "cells": 1}', 'other-json'],
])('readNotebook tells that %s is no notebook', async (text, status) => {
  expect(await readNotebook(new Blob([text]), context)).toEqual({ status });
});

test('readNotebook survives members of any type', async () => {
  const values = [null, 1, 'text', [], {}, [null], { data: null }];
  const cells = values.flatMap((value) => [
    value,
    { cell_type: value, source: value },
    ...['code', 'markdown', 'heading'].map((kind) => ({
      cell_type: kind,
      source: value,
      level: value,
      outputs: value,
    })),
    codeCell('', [value as SampleCell]),
    ...['stream', 'error', 'display_data'].map((kind) =>
      codeCell('', [
        ...[{ output_type: kind, text: value, traceback: value, data: value }],
        { output_type: kind, data: { 'text/plain': value, 'image/png': value, 'text/html': value } },
      ]),
    ),
  ]);
  const { total } = await read(notebookOf(cells as SampleCell[]));
  expect(total).toBe(cells.length);
});

test('readNotebook returns the first cells and outputs of many', async () => {
  const outputs = Array.from({ length: 2_100 }, (_, index) => ({
    ...{ output_type: 'stream', text: 'x', name: index % 2 === 0 ? 'stdout' : 'stderr' },
  }));
  const cells = Array.from({ length: 5_001 }, () => codeCell('x'));
  const notebook = await read(notebookOf([codeCell('', outputs), ...cells]));
  expect(notebook.cells).toHaveLength(5_000);
  expect(notebook.total).toBe(5_002);
  expect(notebook.cells[0]).toMatchObject({ read: 2_000, total: 2_100 });
});

test('readNotebook refuses more Markdown than the page can draw', async () => {
  const cell = { cell_type: 'markdown', source: `${'*a* '.repeat(1_000)}\n\n`.repeat(10) };
  await expect(read(notebookOf([cell, cell, cell, cell]))).rejects.toMatchObject({ kind: 'too-many-parts' });
});

test('readNotebook leaves a large file to the source where there is no worker', async () => {
  const text = notebookOf([codeCell('x'.repeat(5_000_000))]);
  await expect(readNotebook(new Blob([text]), { ...context, isInWorker: false })).rejects.toMatchObject({
    kind: 'takes-too-long',
  });
});
