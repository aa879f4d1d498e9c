/** Alignment of a cell, as one letter: at the start by the direction of its text, left, center, or right. */
export type Alignment = 's' | 'l' | 'c' | 'r';

/** Merged cells, by the first one. Positions are from 0. */
export interface Merge {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

/** Places of texts in the cells of a table. */
export interface CellLayout {
  /** Alignments of each row, one letter for each of its cells. */
  readonly alignments: readonly string[];
  /** Merged cells within the table, which do not overlap. Only the first cell of each has text. */
  readonly merges: readonly Merge[];
}

/** Cell to draw, over one or more columns. */
export interface PlacedCell {
  readonly column: number;
  readonly columns: number;
  /** Number of rows, counted from this one. */
  readonly rows: number;
  /** Whether it is part of a merged cell that starts in a row above. */
  readonly isContinued: boolean;
}

const CLASSES: Readonly<Record<string, string>> = {
  l: 'viewer-cell-left',
  c: 'viewer-cell-center',
  r: 'viewer-cell-right',
};

/** Returns the class of an alignment. */
export function classOfAlignment(alignment: string | undefined): string {
  return CLASSES[alignment ?? ''] ?? '';
}

/**
 * Returns the cells of a row. Each row draws its own part of a cell that is merged with rows below, because only the
 * visible rows of a table are drawn.
 *
 * @param merges Merged cells that can be in this row.
 */
export function cellsOfRow(row: number, columns: number, merges: readonly Merge[]): readonly PlacedCell[] {
  const here = new Map(
    merges
      .filter((merge) => merge.row <= row && row < merge.row + merge.rows)
      .map((merge) => [merge.column, merge]),
  );
  const cells: PlacedCell[] = [];
  for (let column = 0; column < columns;) {
    const merge = here.get(column);
    const width = merge?.columns ?? 1;
    cells.push({
      column,
      columns: width,
      rows: merge ? merge.row + merge.rows - row : 1,
      isContinued: merge !== undefined && merge.row < row,
    });
    column += width;
  }
  return cells;
}
