import * as React from 'react';

/** Parts of a long file, which appear one after the other, with input in between. */
export function Gradually(props: {
  count: number;
  /** Renders a part as a memoized component: it is called for all parts as each one appears. */
  renderItem: (index: number) => React.ReactNode;
  /** Appears after the last part. */
  end?: React.ReactNode;
}): React.JSX.Element {
  const { count, renderItem, end } = props;
  const [shown, setShown] = React.useState(1);
  const isWhole = shown >= count;
  React.useEffect(() => {
    if (isWhole) return undefined;
    const timer = setTimeout(() => setShown(shown + 1));
    return () => clearTimeout(timer);
  }, [shown, isWhole]);
  return (
    <>
      {Array.from({ length: Math.min(shown, count) }, (_, index) => renderItem(index))}
      {isWhole && end}
    </>
  );
}
