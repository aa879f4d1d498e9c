import type { PageViewport, PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { useLoading } from '../hooks';
import type { Rotation } from '../rotation';
import { rotatedSize } from '../rotation';
import { hasOmissions } from './omissions';
import type { OpenPdf } from './open-pdf';
import { canvasDensity, PX_PER_POINT, scaleToWidth, shownHeight } from './page-scale';
import { readPageText } from './page-text';
import { PageTextLayer } from './page-text-layer';
import type { PageMatch } from './search-pages';
import type { ScrollTarget } from './use-match-scrolling';
import type { PageZoom } from './use-page-zoom';

/** Time for a page to appear, in milliseconds. */
const SLOW_MS = 10_000;

/** State of the image of a page. */
type Drawing = 'pending' | 'complete' | 'incomplete' | 'failed';

/** One page as an image below its text, without links. Unmounting it frees its resources. */
export function PdfPage(props: {
  opened: OpenPdf;
  /** 1-based. */
  number: number;
  zoom: PageZoom;
  /** Width to fit this page into, in CSS pixels, instead of the scale of all pages. */
  fitWidth: number | undefined;
  /** Search matches on this page, in order. Memoized. */
  matches: readonly PageMatch[];
  /** Current match, if on this page. */
  current: PageMatch | undefined;
  scrollTarget: ScrollTarget;
}): React.JSX.Element {
  const { opened, number, zoom, fitWidth, matches, current, scrollTarget } = props;
  const { pdf, firstPage, isFontMissing } = opened;
  const { rotation, maxScale } = zoom;
  const page = useLoading(React.useCallback(() => readPage(pdf, number), [pdf, number]));
  const loaded = page.status === 'ready' ? page.value : undefined;
  const size = rotatedSize(loaded?.size ?? firstPage, rotation);
  // A page wider than the others would not be in sight.
  const scale = fitWidth === undefined ? zoom.scale : scaleToWidth(size, fitWidth, maxScale);
  const { canvas, drawing } = useDrawing(loaded, scale, rotation, isFontMissing);
  const hasFailed = drawing === 'failed' || page.status === 'failed';
  const isSlow = useDelay(SLOW_MS, drawing === 'pending' && !hasFailed);
  const toView = React.useMemo(
    () => loaded && (viewportOf(loaded.page, 1, rotation).transform as readonly number[]),
    [loaded, rotation],
  );
  const width = size.width * scale;
  return (
    <>
      {drawing === 'incomplete' && (
        <PageNote width={width}>
          {t("Some text or images on this page can't be shown here. Download the file to see them.")}
        </PageNote>
      )}
      {loaded && loaded.text.runs.length > 0 && loaded.text.isPartial && (
        <PageNote width={width}>
          {t('Only part of the text on this page can be selected and searched.')}
        </PageNote>
      )}
      <div
        className="viewer-page"
        role="group"
        aria-label={t('Page {page, number}', { page: number })}
        style={{ width, height: shownHeight(size, scale) }}
      >
        <canvas ref={canvas} aria-hidden="true" />
        {loaded && toView && (
          <PageTextLayer {...{ toView, size, scale, matches, current, scrollTarget }} text={loaded.text} />
        )}
        {hasFailed && (
          <p className="viewer-page-words" role="alert">
            {t("Page {page, number} is damaged and can't be shown.", { page: number })}
          </p>
        )}
        {isSlow && (
          <p className="viewer-page-words" role="status">
            {t('Page {page, number} takes too long to draw. Download the file to see it.', { page: number })}
          </p>
        )}
      </div>
    </>
  );
}

/** Message above a page of this width, in CSS pixels. */
function PageNote({ width, children }: { width: number; children: string }): React.JSX.Element {
  return (
    <p className="viewer-note viewer-page-note" role="status" style={{ width }}>
      {children}
    </p>
  );
}

/** Draws a page once it is loaded, and again after each change. */
function useDrawing(
  loaded: LoadedPage | undefined,
  scale: number,
  rotation: Rotation,
  isFontMissing: OpenPdf['isFontMissing'],
): { readonly canvas: React.RefObject<HTMLCanvasElement>; readonly drawing: Drawing } {
  const canvas = React.useRef<HTMLCanvasElement>(null);
  const [drawing, setDrawing] = React.useState<Drawing>('pending');
  React.useEffect(() => {
    const { current } = canvas;
    if (!loaded || !current) return undefined;
    const density = canvasDensity(loaded.size, scale, window.devicePixelRatio);
    const viewport = viewportOf(loaded.page, scale * density, rotation);
    current.width = Math.ceil(viewport.width);
    current.height = Math.ceil(viewport.height);
    const task = loaded.page.render({ canvas: current, viewport });
    let isCancelled = false;
    task.promise.then(
      () => setDrawing(hasOmissions(loaded.page, isFontMissing()) ? 'incomplete' : 'complete'),
      () => isCancelled || setDrawing('failed'),
    );
    return () => {
      isCancelled = true;
      task.cancel();
    };
  }, [loaded, scale, rotation, isFontMissing]);
  React.useEffect(() => () => void loaded?.page.cleanup(), [loaded]);
  return { canvas, drawing };
}

/** Whether `delayMs` have passed since `isPending` became true. `false` when it is not. */
function useDelay(delayMs: number, isPending: boolean): boolean {
  const [hasPassed, setHasPassed] = React.useState(false);
  React.useEffect(() => {
    if (!isPending) return undefined;
    const timer = setTimeout(() => setHasPassed(true), delayMs);
    return () => {
      clearTimeout(timer);
      setHasPassed(false);
    };
  }, [delayMs, isPending]);
  return isPending && hasPassed;
}

/** @param scale CSS pixels of the page at 100 %. */
function viewportOf(page: PDFPageProxy, scale: number, rotation: Rotation): PageViewport {
  return page.getViewport({ scale: PX_PER_POINT * scale, rotation: (page.rotate + rotation) % 360 });
}

type LoadedPage = Awaited<ReturnType<typeof readPage>>;

async function readPage(pdf: PDFDocumentProxy, number: number) {
  const page = await pdf.getPage(number);
  const { width, height } = viewportOf(page, 1, 0);
  const text = await readPageText(page);
  return { page, text, size: { width, height } };
}
