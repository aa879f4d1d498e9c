import { useVirtualizer } from '@tanstack/react-virtual';
import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { useLoading, useSize } from '../hooks';
import type { ViewerProps } from '../viewer';
import { Loaded, ViewerFrame } from '../viewer-frame';
import type { ZoomActions } from '../zoom-keys';
import { zoomByKey } from '../zoom-keys';
import { openInWorker } from './open-in-worker';
import type { OpenPdf } from './open-pdf';
import { clampScale, maxScaleOf, scaleToWidth } from './page-scale';
import './pdf.css';
import { PdfPage } from './pdf-page';

/** Zoom factor of one button or key press. */
const STEP = 1.2;

/** Space between pages, in CSS pixels. */
const GAP_PX = 12;

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
  const { pdf, firstPage } = opened;
  const scroller = React.useRef<HTMLDivElement>(null);
  const viewport = useSize(scroller);
  /** `undefined` while the pages fit the width of the viewport. */
  const [chosen, setChosen] = React.useState<number>();
  const maxScale = maxScaleOf(firstPage, pdf.numPages);
  const scale = chosen ?? (viewport ? scaleToWidth(firstPage, viewport.width, maxScale) : 1);
  const virtualizer = useVirtualizer({
    count: pdf.numPages,
    getScrollElement: () => scroller.current,
    estimateSize: () => firstPage.height * scale + GAP_PX,
    paddingStart: GAP_PX,
    overscan: 1,
  });
  const renderedScale = React.useRef(scale);
  React.useEffect(() => {
    const growth = scale / renderedScale.current;
    renderedScale.current = scale;
    // Measures the pages again and keeps the visible one in place.
    virtualizer.measure();
    virtualizer.scrollToOffset((virtualizer.scrollOffset ?? 0) * growth);
  }, [virtualizer, scale]);

  const pages = virtualizer.getVirtualItems();
  const middle = (virtualizer.scrollOffset ?? 0) + (viewport?.height ?? 0) / 2;
  const current = (pages.find(({ end }) => end > middle) ?? pages.at(-1))?.index ?? 0;
  const zoomTo = (wanted: number): void => setChosen(clampScale(wanted, maxScale));
  const zoom: ZoomActions = {
    zoomIn: () => zoomTo(scale * STEP),
    zoomOut: () => zoomTo(scale / STEP),
    fit: () => setChosen(undefined),
    actualSize: () => zoomTo(1),
  };
  return (
    <ViewerFrame
      onKeyDown={(event) => zoomByKey(event, zoom)}
      controls={
        <>
          <button type="button" className="viewer-button" aria-label={t('Zoom out')} onClick={zoom.zoomOut}>
            −
          </button>
          <button type="button" className="viewer-button" aria-label={t('Zoom in')} onClick={zoom.zoomIn}>
            +
          </button>
          <button
            type="button"
            className="viewer-button"
            aria-pressed={chosen === undefined}
            onClick={zoom.fit}
          >
            {t('Fit width')}
          </button>
          <span className="quiet" role="status">
            {t('Page {page, number} of {count, number}', { page: current + 1, count: pdf.numPages })}
            {' · '}
            {t('{percent, number} %', { percent: Math.round(scale * 100) })}
          </span>
        </>
      }
    >
      <div
        ref={scroller}
        className="viewer-scroll viewer-pages"
        role="region"
        aria-label={t('Pages of {name}', { name })}
        tabIndex={0}
      >
        <div
          className="viewer-rows"
          style={{
            height: virtualizer.getTotalSize(),
            minWidth: chosen === undefined ? 0 : firstPage.width * scale,
          }}
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
                  opened={opened}
                  number={index + 1}
                  scale={scale}
                  fitWidth={chosen === undefined ? viewport.width : undefined}
                  maxScale={maxScale}
                />
              </div>
            ))}
        </div>
      </div>
    </ViewerFrame>
  );
}
