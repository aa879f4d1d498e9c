import type { Budget } from './budget';
import type { Block, Cell, Row, Table } from './nodes';

/** Cell of a row to add. */
export interface RawCell {
  readonly columns: number;
  /** Whether the cell starts one that continues below, or continues one above. */
  readonly merge: 'start' | 'continued' | undefined;
  readonly content: readonly Block[];
}

/** Number of nodes in a group of rows. Drawing them takes some milliseconds. */
const NODES_OF_GROUP = 500;

type GrowingCell = { -readonly [K in keyof Cell]: Cell[K] };

/** Collects the rows of a table, and joins its merged cells. */
export class TableCollector {
  readonly #groups: Row[][] = [];
  /** Cells that can go on, by their first column. */
  readonly #open = new Map<number, GrowingCell>();
  #nodesBefore = 0;

  constructor(private readonly budget: Budget) {}

  /** Adds a row. */
  add(cells: readonly RawCell[], isHeader: boolean): void {
    if (this.#groups.length === 0 || this.budget.nodes - this.#nodesBefore > NODES_OF_GROUP) {
      this.#groups.push([]);
      // A cell cannot go on in the next group.
      this.#open.clear();
      this.#nodesBefore = this.budget.nodes;
    }
    const row: GrowingCell[] = [];
    let column = 0;
    for (const { columns, merge, content } of cells) {
      const above = this.#open.get(column);
      if (merge === 'continued' && above?.columns === columns) above.rows++;
      else {
        const cell = { columns, rows: 1, content };
        row.push(cell);
        if (merge === undefined) this.#open.delete(column);
        else this.#open.set(column, cell);
      }
      column += columns;
    }
    this.#groups.at(-1)?.push({ isHeader, cells: row });
  }

  /** Returns the table. */
  finish(): Table {
    return { type: 'table', groups: this.#groups };
  }
}
