import * as React from 'react';
import type { Rotation } from '../rotation';
import { nextRotation, rotatedSize } from '../rotation';
import type { ZoomActions } from '../zoom-keys';
import type { OpenPdf } from './open-pdf';
import type { PageSize } from './page-scale';
import { clampScale, maxScaleOf, scaleToWidth } from './page-scale';

/** Zoom factor of one button or key press. */
const STEP = 1.2;

/** Scale and rotation of all pages. */
export interface PageZoom {
  readonly scale: number;
  readonly maxScale: number;
  /** Whether the pages fit the width of the viewport. */
  readonly isFitted: boolean;
  readonly rotation: Rotation;
  /** Size of the first page after its rotation, the estimate for all others. */
  readonly firstPage: PageSize;
  readonly actions: ZoomActions;
  /** Rotates all pages by 90 degrees. */
  readonly rotate: () => void;
}

/** Keeps the zoom of a document. Its pages fit the width of the viewport until the user zooms. */
export function usePageZoom(opened: OpenPdf, viewport: PageSize | undefined): PageZoom {
  /** `undefined` while the pages fit. */
  const [chosen, setChosen] = React.useState<number>();
  const [rotation, setRotation] = React.useState<Rotation>(0);
  const firstPage = rotatedSize(opened.firstPage, rotation);
  const maxScale = maxScaleOf(firstPage, opened.pdf.numPages);
  const scale = chosen ?? (viewport ? scaleToWidth(firstPage, viewport.width, maxScale) : 1);
  const zoomTo = (wanted: number): void => setChosen(clampScale(wanted, maxScale));
  return {
    ...{ scale, maxScale, rotation, firstPage },
    isFitted: chosen === undefined,
    actions: {
      zoomIn: () => zoomTo(scale * STEP),
      zoomOut: () => zoomTo(scale / STEP),
      fit: () => setChosen(undefined),
      actualSize: () => zoomTo(1),
    },
    rotate: () => setRotation(nextRotation),
  };
}
