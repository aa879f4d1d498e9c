import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { useLoading, useSize } from '../hooks';
import { groupMatches } from '../matches';
import type { ViewerProps } from '../viewer';
import { Loaded, ViewerFrame } from '../viewer-frame';
import { zoomByKey } from '../zoom-keys';
import { openInWorker } from './open-in-worker';
import type { OpenPdf } from './open-pdf';
import './pdf.css';
import { PdfControls } from './pdf-controls';
import { PdfPage } from './pdf-page';
import type { PageMatch } from './search-pages';
import { useMatchScrolling } from './use-match-scrolling';
import { GAP_PX, usePageList } from './use-page-list';
import { usePageSearch } from './use-page-search';
import { usePageZoom } from './use-page-zoom';

const NO_MATCHES: readonly PageMatch[] = [];

/** Shows the pages of a PDF. Renders only visible pages. */
export function PdfViewer({ file }: ViewerProps): React.JSX.Element {
  const loading = useLoading(
    React.useCallback((signal: AbortSignal) => openInWorker(file.bytes, signal), [file]),
  );
  return (
    <Loaded name={file.name} loading={loading}>
      {(opened) => <Pages name={file.name} opened={opened} />}
    </Loaded>
  );
}

function Pages({ name, opened }: { name: string; opened: OpenPdf }): React.JSX.Element {
  const count = opened.pdf.numPages;
  const scroller = React.useRef<HTMLDivElement>(null);
  const viewport = useSize(scroller);
  const zoom = usePageZoom(opened, viewport);
  const { scale, isFitted, firstPage } = zoom;
  const { virtualizer, current, latest, goTo } = usePageList(scroller, viewport, count, zoom);
  const pages = virtualizer.getVirtualItems();
  const search = usePageSearch(
    opened.pdf,
    React.useCallback(() => latest.current ?? 0, [latest]),
  );
  const scrollTarget = useMatchScrolling(search, (page) => {
    if (!pages.some(({ index }) => index === page)) virtualizer.scrollToIndex(page, { align: 'center' });
  });
  const matchesByPage = React.useMemo(
    () => groupMatches(search.matches, ({ page }) => page),
    [search.matches],
  );
  const onKeyDown = (event: React.KeyboardEvent): void => {
    // The browser's own scrolling stops at a page of another size.
    if (event.key === 'Home') virtualizer.scrollToOffset(0);
    else if (event.key === 'End') virtualizer.scrollToIndex(count - 1, { align: 'end' });
    else return;
    event.preventDefault();
  };
  return (
    <ViewerFrame
      onKeyDown={(event) => zoomByKey(event, zoom.actions)}
      controls={
        <PdfControls {...{ search, zoom, count }} page={current + 1} onGo={(page) => goTo(page - 1)} />
      }
    >
      <div
        ref={scroller}
        className="viewer-scroll viewer-pages"
        role="region"
        aria-label={t('Pages of {name}', { name })}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <div
          className="viewer-rows"
          style={{ height: virtualizer.getTotalSize(), minWidth: isFitted ? 0 : firstPage.width * scale }}
        >
          {viewport &&
            pages.map(({ index, start }) => (
              <div
                key={index}
                ref={virtualizer.measureElement}
                data-index={index}
                className="viewer-row"
                style={{ transform: `translateY(${start}px)`, paddingBottom: GAP_PX }}
              >
                <PdfPage
                  {...{ opened, zoom, scrollTarget }}
                  number={index + 1}
                  fitWidth={isFitted ? viewport.width : undefined}
                  matches={matchesByPage.get(index) ?? NO_MATCHES}
                  current={search.current?.page === index ? search.current : undefined}
                />
              </div>
            ))}
        </div>
      </div>
    </ViewerFrame>
  );
}
