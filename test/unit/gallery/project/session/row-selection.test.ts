import fc from 'fast-check';
import type { SelectMode } from '../../../../../src/gallery/model/selection';
import { NOTHING_SELECTED, select } from '../../../../../src/gallery/model/selection';
import {
  isRowSelected,
  NO_ROWS,
  selectAllRows,
  selectNoRows,
  selectRow,
} from '../../../../../src/gallery/project/session/row-selection';

const ROWS = 30;
const KEYS = Array.from({ length: ROWS }, (_, row) => String(row));
const MODES: readonly SelectMode[] = ['only', 'toggle', 'range', 'add-range', 'move'];

describe('selectRow', () => {
  test('selects the same rows as the selection of the Files tab after any steps', () => {
    const step = fc.record({ row: fc.nat(ROWS - 1), mode: fc.constantFrom(...MODES) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        let rows = NO_ROWS;
        let keys = NOTHING_SELECTED;
        for (const { row, mode } of steps) {
          rows = selectRow(rows, row, mode);
          keys = select(keys, KEYS, String(row), mode);
        }
        expect(KEYS.filter((_, row) => isRowSelected(rows, row))).toEqual(
          KEYS.filter((key) => keys.keys.has(key)),
        );
        expect(rows.count).toBe(keys.keys.size);
        expect([rows.anchor, rows.current].map((row) => row?.toString())).toEqual([
          keys.anchor,
          keys.current,
        ]);
        // Sorted, not empty, with gaps.
        for (const [at, { from, until }] of rows.ranges.entries()) {
          expect(from).toBeLessThan(until);
          expect(from).toBeGreaterThan(rows.ranges[at - 1]?.until ?? -1);
        }
      }),
    );
  });

  test('keeps a selection of 300,000 rows as one range', () => {
    const all = selectAllRows(NO_ROWS, 300_000);
    expect([all.ranges.length, all.count, isRowSelected(all, 299_999)]).toEqual([1, 300_000, true]);
    const rest = selectRow(all, 7, 'toggle');
    expect(rest.ranges).toEqual([
      { from: 0, until: 7 },
      { from: 8, until: 300_000 },
    ]);
    expect(selectNoRows(rest)).toEqual({ ...NO_ROWS, current: 7 });
  });

  test('selects nothing in an empty result', () => {
    expect(selectAllRows(NO_ROWS, 0)).toEqual(NO_ROWS);
  });
});
