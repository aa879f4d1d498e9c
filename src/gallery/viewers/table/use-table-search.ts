import * as React from 'react';
import { createPause, createReportClock } from '../../../base/steps';
import { foldedPattern, foldText } from '../fold-text';
import { MAX_MATCHES } from '../matches';
import type { FindMatches, MatchSearch } from '../use-match-search';
import { useMatchSearch } from '../use-match-search';
import { MAX_COLUMNS } from './column-widths';

/** Time between two reports, in milliseconds: each one renders the rows on the screen. */
const REPORT_MS = 200;

/** Position of a cell with a match. */
export interface CellMatch {
  readonly row: number;
  readonly column: number;
}

/**
 * Searches the cells of a table.
 *
 * @param isCut Whether the file has more rows or columns.
 */
export function useTableSearch(rows: readonly (readonly string[])[], isCut: boolean): MatchSearch<CellMatch> {
  return useMatchSearch(
    React.useCallback<FindMatches<CellMatch>>(
      async (query, report, signal) => {
        const pattern = foldedPattern(query);
        const pause = createPause(signal);
        const isDue = createReportClock(REPORT_MS);
        const matches: CellMatch[] = [];
        const tell = (isSearching: boolean): void =>
          report({
            matches: [...matches],
            isSearching,
            isPartial: isCut,
            // Later matches are added at the end.
            indexOf: (current) =>
              current
                ? matches.findIndex(({ row, column }) => row === current.row && column === current.column)
                : 0,
          });
        for (const [row, cells] of rows.entries()) {
          for (const [column, cell] of cells.slice(0, MAX_COLUMNS).entries())
            // A query of accents alone is empty.
            if (foldText(cell).text.match(pattern)?.[0]) matches.push({ row, column });
          if (matches.length >= MAX_MATCHES) break;
          await pause();
          if (isDue()) tell(true);
        }
        matches.splice(MAX_MATCHES);
        tell(false);
      },
      [rows, isCut],
    ),
  );
}
