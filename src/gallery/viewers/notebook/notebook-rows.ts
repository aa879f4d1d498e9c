import type { Pictures } from '../markdown/markdown-pictures';
import type { MarkdownText } from '../markdown/parse-markdown';
import type { Notebook, Output, ShownOutput } from './notebook';

/** Part of a notebook that is drawn at once. A cell has one or more. */
export type NotebookRow = {
  /** 0-based. */
  readonly index: number;
  /** Whether it is the first one of its cell. */
  readonly startsCell: boolean;
} & RowContent;

type RowContent =
  | {
      readonly kind: 'markdown';
      readonly text: MarkdownText;
      readonly pictures: Pictures;
      /** Index of the part to draw, or the number of parts for the footnotes. */
      readonly part: number;
    }
  | { readonly kind: 'raw'; readonly text: string }
  | { readonly kind: 'code'; readonly source: string; readonly runNumber: number | undefined }
  | { readonly kind: 'output'; readonly shown: Exclude<ShownOutput, { kind: 'markdown' }> }
  | { readonly kind: 'hidden'; readonly types: readonly string[]; readonly hasText: boolean }
  /** A sentence for outputs beyond the limit. */
  | { readonly kind: 'more-outputs'; readonly shown: number; readonly total: number };

const NO_PICTURES: Pictures = new Map();

/** Returns the rows of a notebook, in order. */
export function rowsOf(notebook: Notebook): readonly NotebookRow[] {
  const rows: NotebookRow[] = [];
  for (const cell of notebook.cells) {
    const contents = cell.kind === 'markdown' ? markdownRows(cell.text, cell.pictures) : cellRows(cell);
    contents.forEach((content, place) =>
      rows.push({ ...content, index: rows.length, startsCell: place === 0 }),
    );
  }
  return rows;
}

function cellRows(cell: Exclude<Notebook['cells'][number], { kind: 'markdown' }>): readonly RowContent[] {
  if (cell.kind === 'raw') return [cell];
  const { source, runNumber, outputs, read, total } = cell;
  return [
    { kind: 'code', source, runNumber },
    ...outputs.flatMap(outputRows),
    ...(read < total ? [{ kind: 'more-outputs' as const, shown: read, total }] : []),
  ];
}

function markdownRows(text: MarkdownText, pictures: Pictures): readonly RowContent[] {
  const count = text.parts.length + (text.footnotes.size > 0 ? 1 : 0);
  return Array.from({ length: count }, (_, part) => ({ kind: 'markdown', text, pictures, part }));
}

function outputRows({ shown, hidden }: Output): readonly RowContent[] {
  const rows: RowContent[] = [];
  if (shown?.kind === 'markdown') rows.push(...markdownRows(shown.text, NO_PICTURES));
  else if (shown) rows.push({ kind: 'output', shown });
  if (hidden.length > 0) rows.push({ kind: 'hidden', types: hidden, hasText: shown?.kind === 'text' });
  return rows;
}
