import * as React from 'react';

/** So many more are shown with each frame: as many as fill a screen, and as take no longer than a frame may. */
const PART = 40;

/**
 * Lets a long list appear part by part, so that the first of it is there at once and no part keeps the page busy.
 *
 * @param length How many there are to show.
 * @returns How many to show by now.
 */
export function useGrowing(length: number): number {
  const [limit, setLimit] = React.useState(PART);
  React.useEffect(() => {
    if (limit >= length) return;
    const frame = requestAnimationFrame(() => setLimit(limit + PART));
    return () => cancelAnimationFrame(frame);
  }, [limit, length]);
  return Math.min(limit, length);
}
