import * as React from 'react';

/** Rows of a list that show their details. `toggle` is a stable function. */
export function useOpenRows(): {
  readonly openRows: ReadonlySet<number>;
  readonly toggle: (index: number) => void;
} {
  const [openRows, setOpenRows] = React.useState<ReadonlySet<number>>(new Set());
  const toggle = React.useCallback(
    (index: number) =>
      setOpenRows((open) => {
        const next = new Set(open);
        if (!next.delete(index)) next.add(index);
        return next;
      }),
    [],
  );
  return { openRows, toggle };
}
