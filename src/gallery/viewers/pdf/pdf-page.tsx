import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { useLoading } from '../hooks';
import type { PageSize } from './page-scale';
import { canvasDensity, PX_PER_POINT, scaleToWidth } from './page-scale';
import { readPageText } from './page-text';

/**
 * One page as an image, with its text for screen readers and without links. Unmounting it frees its resources.
 */
export function PdfPage(props: {
  pdf: PDFDocumentProxy;
  /** 1-based. */
  number: number;
  /** Scale of all pages. */
  scale: number;
  /** Width to fit this page into, in CSS pixels, instead of the scale. */
  fitWidth: number | undefined;
  /** Size until the page is loaded. */
  estimatedSize: PageSize;
}): React.JSX.Element {
  const { pdf, number, fitWidth, estimatedSize } = props;
  const canvas = React.useRef<HTMLCanvasElement>(null);
  const page = useLoading(React.useCallback(() => readPage(pdf, number), [pdf, number]));
  const loaded = page.status === 'ready' ? page.value : undefined;
  const size = loaded?.size ?? estimatedSize;
  const { width, height } = size;
  // A page wider than the others would not be in sight.
  const scale = fitWidth === undefined ? props.scale : scaleToWidth(size, fitWidth);
  const [hasFailed, setHasFailed] = React.useState(false);

  React.useEffect(() => {
    const { current } = canvas;
    if (!loaded || !current) return undefined;
    const density = canvasDensity(loaded.size, scale, window.devicePixelRatio);
    const viewport = loaded.page.getViewport({ scale: PX_PER_POINT * scale * density });
    current.width = Math.ceil(viewport.width);
    current.height = Math.ceil(viewport.height);
    const drawing = loaded.page.render({ canvas: current, viewport });
    let isCancelled = false;
    drawing.promise.then(
      () => setHasFailed(false),
      () => isCancelled || setHasFailed(true),
    );
    return () => {
      isCancelled = true;
      drawing.cancel();
    };
  }, [loaded, scale]);
  React.useEffect(() => () => void loaded?.page.cleanup(), [loaded]);

  return (
    <div
      className="viewer-page"
      role="group"
      aria-label={t('Page {page, number}', { page: number })}
      style={{ width: width * scale, height: height * scale }}
    >
      <canvas ref={canvas} aria-hidden="true" />
      {loaded && <p className="for-screen-readers">{loaded.text}</p>}
      {(hasFailed || page.status === 'failed') && (
        <p className="viewer-page-words" role="alert">
          {t('Page {page, number} is damaged and cannot be shown.', { page: number })}
        </p>
      )}
    </div>
  );
}

async function readPage(pdf: PDFDocumentProxy, number: number) {
  const page = await pdf.getPage(number);
  const { width, height } = page.getViewport({ scale: PX_PER_POINT });
  const text = await readPageText(page);
  return { page, text, size: { width, height } };
}
