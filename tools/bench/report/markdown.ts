/** A column of a table. */
export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => string;
  /** Text on the left, figures on the right. */
  readonly isText?: boolean;
}

/** A Markdown table of `rows`. */
export function tableOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  return [
    columns.map(({ title }) => title),
    columns.map(({ isText }) => (isText ? '---' : '---:')),
    ...rows.map((row) => columns.map(({ cell }) => cell(row).replaceAll('|', '\\|'))),
  ]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}
