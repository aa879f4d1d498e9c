import * as React from 'react';
import type { Code } from '../text/highlight-code';
import type { CodeRuns } from '../text/highlight-emitter';
import { languageOf } from '../text/highlight-languages';
import { useHighlighted } from '../text/use-syntax';
import type { NotebookRow } from './notebook-rows';

/** Maximum length of all code with colors, in UTF-16 units. */
const MAX_LENGTH = 1024 * 1024;

interface ColoredRows {
  readonly indexes: readonly number[];
  readonly codes: readonly Code[];
}

/** Returns the runs of code cells in the colors of their language, by the index of their row. */
export function useCellColors(language: string, rows: readonly NotebookRow[]): ReadonlyMap<number, CodeRuns> {
  const { indexes, codes } = React.useMemo(() => coloredRows(language, rows), [language, rows]);
  const runs = useHighlighted(codes);
  return React.useMemo(
    () => new Map(indexes.flatMap((row, at) => (runs[at] ? [[row, runs[at]] as const] : []))),
    [indexes, runs],
  );
}

function coloredRows(name: string, rows: readonly NotebookRow[]): ColoredRows {
  const language = languageOf(name);
  const cells = language ? rows.flatMap((row) => (row.kind === 'code' ? [row] : [])) : [];
  const isTooLong = cells.reduce((sum, { source }) => sum + source.length, 0) > MAX_LENGTH;
  if (!language || isTooLong) return { indexes: [], codes: [] };
  return {
    indexes: cells.map(({ index }) => index),
    codes: cells.map(({ source }) => ({ language, text: source })),
  };
}
