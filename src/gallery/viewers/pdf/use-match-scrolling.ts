import * as React from 'react';
import type { PageMatch } from './search-pages';
import type { PageSearch } from './use-page-search';

/** A match to scroll to, once its page has its text. */
export type ScrollTarget = React.MutableRefObject<PageMatch | undefined>;

/**
 * Scrolls to the current match on request: here to its page, and the page to the match itself.
 *
 * @param showPage Scrolls to a page unless it is rendered.
 */
export function useMatchScrolling(
  { current, scrollRequests }: PageSearch,
  showPage: (index: number) => void,
): ScrollTarget {
  const target = React.useRef<PageMatch>();
  const handled = React.useRef(0);
  React.useLayoutEffect(() => {
    if (handled.current === scrollRequests) return;
    handled.current = scrollRequests;
    target.current = current;
    if (current) showPage(current.page);
  });
  return target;
}
