import * as React from 'react';
import type { LongListProps } from '../../../../src/ui/list-row';

/** A list with all rows in the DOM, because jsdom has no layout. */
export function AllRows<Row>({ rows, keyOf, renderRow }: LongListProps<Row>): React.JSX.Element {
  return (
    <>
      {rows.map((row) => (
        <div key={keyOf(row)} role="listitem">
          {renderRow(row)}
        </div>
      ))}
    </>
  );
}
