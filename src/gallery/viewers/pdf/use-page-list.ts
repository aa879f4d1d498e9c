import type { Virtualizer } from '@tanstack/react-virtual';
import { useVirtualizer } from '@tanstack/react-virtual';
import * as React from 'react';
import type { Rotation } from '../rotation';
import type { PageSize } from './page-scale';
import { shownHeight } from './page-scale';
import type { PageZoom } from './use-page-zoom';

/** Space between pages, in CSS pixels. */
export const GAP_PX = 12;

/** Virtual list of the pages. */
export interface PageList {
  readonly virtualizer: Virtualizer<HTMLDivElement, Element>;
  /** Index of the page in the middle of the viewport. */
  readonly current: number;
  /** The same after the last render. */
  readonly latest: React.RefObject<number>;
  readonly goTo: (index: number) => void;
}

/** Keeps the list of the pages, and the visible page in its place when their scale or rotation changes. */
export function usePageList(
  scroller: React.RefObject<HTMLDivElement>,
  viewport: PageSize | undefined,
  count: number,
  { firstPage, scale, rotation }: PageZoom,
): PageList {
  const pageHeight = shownHeight(firstPage, scale);
  const viewportHeight = viewport?.height ?? 0;
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => pageHeight + GAP_PX,
    paddingStart: GAP_PX,
    overscan: 1,
  });
  const pages = virtualizer.getVirtualItems();
  const middle = (virtualizer.scrollOffset ?? 0) + viewportHeight / 2;
  const current = (pages.find(({ end }) => end > middle) ?? pages.at(-1))?.index ?? 0;
  const latest = React.useRef(current);
  useSteadyPlace(virtualizer, scale, rotation, latest);
  React.useEffect(() => void (latest.current = current));
  return {
    ...{ virtualizer, current, latest },
    // The middle of the viewport decides on the current page.
    goTo: (index) =>
      virtualizer.scrollToIndex(index, { align: pageHeight < viewportHeight ? 'center' : 'start' }),
  };
}

/**
 * Measures the pages again after a change of their size, and keeps the visible one in place.
 *
 * @param current Index of the page on the screen before the change.
 */
function useSteadyPlace(
  virtualizer: PageList['virtualizer'],
  scale: number,
  rotation: Rotation,
  current: React.RefObject<number>,
): void {
  const rendered = React.useRef({ scale, rotation });
  React.useEffect(() => {
    const before = rendered.current;
    rendered.current = { scale, rotation };
    virtualizer.measure();
    if (before.rotation !== rotation) virtualizer.scrollToIndex(current.current ?? 0, { align: 'start' });
    else virtualizer.scrollToOffset(((virtualizer.scrollOffset ?? 0) * scale) / before.scale);
  }, [virtualizer, scale, rotation, current]);
}
