import type { Virtualizer } from '@tanstack/react-virtual';
import { useVirtualizer } from '@tanstack/react-virtual';
import * as React from 'react';
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
  zoom: PageZoom,
): PageList {
  const pageHeight = shownHeight(zoom.firstPage, zoom.scale);
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
  useSteadyPlace(virtualizer, pageHeight, zoom, latest);
  React.useEffect(() => void (latest.current = current));
  return {
    ...{ virtualizer, current, latest },
    // The middle of the viewport decides on the current page.
    goTo: (index) =>
      virtualizer.scrollToIndex(index, { align: pageHeight < viewportHeight ? 'center' : 'start' }),
  };
}

/** Place in the list to scroll to: the start of a page, or a distance from it in CSS pixels. */
interface Place {
  readonly index: number;
  readonly distance: number | undefined;
}

/**
 * Measures the pages again after a change of their size, and keeps the visible one in place. The space between pages
 * does not change with their scale, so a place far down is kept by its page and not by its distance from the top.
 *
 * @param pageHeight On the screen, in CSS pixels.
 * @param current Index of the page on the screen before the change.
 */
function useSteadyPlace(
  virtualizer: PageList['virtualizer'],
  pageHeight: number,
  { scale, rotation }: Pick<PageZoom, 'scale' | 'rotation'>,
  current: React.RefObject<number>,
): void {
  const rendered = React.useRef({ scale, rotation });
  const place = React.useRef<Place>();
  // In the render after the one below, when the list has its new height: the browser stops at the end of the old one.
  React.useLayoutEffect(() => {
    if (!place.current) return;
    const { index, distance } = place.current;
    place.current = undefined;
    if (distance === undefined) virtualizer.scrollToIndex(index, { align: 'start' });
    else virtualizer.scrollToOffset(GAP_PX + index * (pageHeight + GAP_PX) + distance);
  });
  React.useLayoutEffect(() => {
    const before = rendered.current;
    rendered.current = { scale, rotation };
    if (before.scale === scale && before.rotation === rotation) return;
    // The offset of the virtualizer is that of the last event.
    const offset = virtualizer.scrollElement?.scrollTop ?? 0;
    const top = virtualizer.getVirtualItemForOffset(offset);
    if (before.rotation !== rotation) place.current = { index: current.current ?? 0, distance: undefined };
    else if (top)
      place.current = { index: top.index, distance: ((offset - top.start) * scale) / before.scale };
    virtualizer.measure();
  }, [virtualizer, scale, rotation, current]);
}
