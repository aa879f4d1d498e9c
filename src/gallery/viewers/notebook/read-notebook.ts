import { createPause } from '../../../base/steps';
import type { TaskContext } from '../../workers/task-context';
import type { Pictures } from '../markdown/markdown-pictures';
import type { MarkdownText } from '../markdown/parse-markdown';
import { formatMarkdown, MAX_NODES } from '../markdown/parse-markdown';
import { readWholeText } from '../text/encoding';
import { ViewerProblem } from '../viewer-problem';
import type { Fields } from '../json-fields';
import { fieldsOf, isObject, itemsOf } from '../json-fields';
import { numberOf, textOf } from './json-values';
import type { Cell, Notebook, NotebookResult } from './notebook';
import type { FormatMarkdown } from './read-output';
import { imageIn, joinStreams, readOutput } from './read-output';

/** Maximum number of cells to show. */
const MAX_CELLS = 5_000;

/** Maximum number of outputs of a cell to show. Streams in pieces count each. */
const MAX_OUTPUTS = 2_000;

/** Maximum size on a page, where nothing ends the work, in bytes. */
const MAX_BYTES_ON_PAGE = 4 * 1024 * 1024;

/**
 * Reads a Jupyter notebook (nbformat 3 and 4).
 *
 * @throws ViewerProblem `too-many-parts` If its Markdown would make the page slow; `takes-too-long` if it is too large
 *   for the page.
 */
export async function readNotebook(bytes: Blob, context: TaskContext): Promise<NotebookResult> {
  if (!context.isInWorker && bytes.size > MAX_BYTES_ON_PAGE) throw new ViewerProblem('takes-too-long');
  const value = parse(await readWholeText(bytes));
  if (value === undefined) return { status: 'no-json' };
  const file = fieldsOf(value);
  const cells = cellsOf(file);
  if (!cells) return { status: 'other-json' };
  return { status: 'notebook', notebook: await toNotebook(file, cells, context) };
}

/** Returns `undefined` for text that is no JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Returns the cells, in `worksheets` up to nbformat 3, or `undefined` if the file is no notebook. */
function cellsOf(file: Fields): readonly unknown[] | undefined {
  if (numberOf(file['nbformat']) === undefined) return undefined;
  const { cells, worksheets } = file;
  if (Array.isArray(cells)) return itemsOf(cells);
  if (!Array.isArray(worksheets)) return undefined;
  return itemsOf(worksheets).flatMap((sheet) => itemsOf(fieldsOf(sheet)['cells']));
}

/** Returns a function that formats texts with at most `MAX_NODES` nodes altogether. */
function createFormat(context: TaskContext): FormatMarkdown {
  let nodes = 0;
  return async (source): Promise<MarkdownText> => {
    const text = await formatMarkdown(source, context);
    nodes += text.nodeCount;
    if (nodes > MAX_NODES) throw new ViewerProblem('too-many-parts');
    return text;
  };
}

async function toNotebook(file: Fields, all: readonly unknown[], context: TaskContext): Promise<Notebook> {
  const format = createFormat(context);
  const pause = createPause(context.signal);
  const metadata = fieldsOf(file['metadata']);
  const [kernel, info] = [fieldsOf(metadata['kernelspec']), fieldsOf(metadata['language_info'])];
  const cells: Cell[] = [];
  for (const cell of all.slice(0, MAX_CELLS)) {
    cells.push(await readCell(fieldsOf(cell), format));
    await pause();
  }
  const firstCode = fieldsOf(all.find((cell) => isObject(cell) && 'language' in cell));
  const language = [info['name'], kernel['language'], firstCode['language']].map(textOf).find(Boolean) ?? '';
  return {
    kernel: textOf(kernel['display_name']),
    language: language.toLowerCase(),
    cells,
    total: all.length,
  };
}

async function readCell(cell: Fields, format: FormatMarkdown): Promise<Cell> {
  const source = textOf(cell['source'] ?? cell['input']);
  switch (cell['cell_type']) {
    case 'markdown':
      return { kind: 'markdown', text: await format(source), pictures: picturesOf(cell['attachments']) };
    case 'heading': {
      const level = Math.min(6, Math.max(1, Math.floor(numberOf(cell['level']) ?? 1)));
      const text = await format(`${'#'.repeat(level)} ${source}`);
      return { kind: 'markdown', text, pictures: new Map() };
    }
    case 'code':
      return readCode(cell, source, format);
    default:
      return { kind: 'raw', text: source };
  }
}

/** Reads the pictures that are attached to a cell, by name. */
function picturesOf(attachments: unknown): Pictures {
  const pictures = new Map<string, Blob>();
  for (const [name, forms] of Object.entries(fieldsOf(attachments))) {
    const bytes = imageIn(fieldsOf(forms));
    if (bytes) pictures.set(name, bytes);
  }
  return pictures;
}

async function readCode(cell: Fields, source: string, format: FormatMarkdown): Promise<Cell> {
  const all = itemsOf(cell['outputs']);
  const outputs = [];
  for (const output of all.slice(0, MAX_OUTPUTS)) outputs.push(await readOutput(fieldsOf(output), format));
  return {
    kind: 'code',
    source,
    runNumber: numberOf(cell['execution_count'] ?? cell['prompt_number']),
    outputs: joinStreams(outputs),
    read: outputs.length,
    total: all.length,
  };
}
