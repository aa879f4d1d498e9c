import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { useLoading } from '../hooks';
import { hasOmissions } from './omissions';
import type { OpenPdf } from './open-pdf';
import { canvasDensity, PX_PER_POINT, scaleToWidth } from './page-scale';
import { readPageText } from './page-text';

/** Time for a page to appear, in milliseconds. */
const SLOW_MS = 10_000;

/**
 * One page as an image, with its text for screen readers and without links. Unmounting it frees its resources.
 */
export function PdfPage(props: {
  opened: OpenPdf;
  /** 1-based. */
  number: number;
  /** Scale of all pages. */
  scale: number;
  /** Width to fit this page into, in CSS pixels, instead of the scale. */
  fitWidth: number | undefined;
  maxScale: number;
}): React.JSX.Element {
  const { opened, number, fitWidth, maxScale } = props;
  const { pdf, firstPage, isFontMissing } = opened;
  const canvas = React.useRef<HTMLCanvasElement>(null);
  const page = useLoading(React.useCallback(() => readPage(pdf, number), [pdf, number]));
  const loaded = page.status === 'ready' ? page.value : undefined;
  const size = loaded?.size ?? firstPage;
  const { width, height } = size;
  // A page wider than the others would not be in sight.
  const scale = fitWidth === undefined ? props.scale : scaleToWidth(size, fitWidth, maxScale);
  const [drawing, setDrawing] = React.useState<'pending' | 'complete' | 'incomplete' | 'failed'>('pending');
  const hasFailed = drawing === 'failed' || page.status === 'failed';
  const isSlow = useDelay(SLOW_MS, drawing === 'pending' && !hasFailed);

  React.useEffect(() => {
    const { current } = canvas;
    if (!loaded || !current) return undefined;
    const density = canvasDensity(loaded.size, scale, window.devicePixelRatio);
    const viewport = loaded.page.getViewport({ scale: PX_PER_POINT * scale * density });
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
  }, [loaded, scale, isFontMissing]);
  React.useEffect(() => () => void loaded?.page.cleanup(), [loaded]);

  return (
    <>
      {drawing === 'incomplete' && (
        <p className="viewer-note viewer-page-note" role="status" style={{ width: width * scale }}>
          {t("Some text or pictures on this page can't be shown here. Download the file to see them.")}
        </p>
      )}
      <div
        className="viewer-page"
        role="group"
        aria-label={t('Page {page, number}', { page: number })}
        style={{ width: width * scale, height: height * scale }}
      >
        <canvas ref={canvas} aria-hidden="true" />
        {loaded && <p className="for-screen-readers">{loaded.text}</p>}
        {hasFailed && (
          <p className="viewer-page-words" role="alert">
            {t('Page {page, number} is damaged and cannot be shown.', { page: number })}
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

async function readPage(pdf: PDFDocumentProxy, number: number) {
  const page = await pdf.getPage(number);
  const { width, height } = page.getViewport({ scale: PX_PER_POINT });
  const text = await readPageText(page);
  return { page, text, size: { width, height } };
}
