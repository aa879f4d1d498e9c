import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { isForField, useKeys, useLoading, useSize } from '../hooks';
import type { ViewedFile, ViewerProps } from '../viewer';
import type { ViewerProblemKind } from '../viewer-problem';
import { ViewerFrame, ViewerError } from '../viewer-frame';
import { zoomByKey } from '../zoom-keys';
import './image.css';
import { isVector, openImage } from './image-source';
import { useGestures } from './use-gestures';
import type { ZoomControl } from './use-zoom';
import { useZoom } from './use-zoom';
import type { Point, Size } from './zoom';

/** Distance of one arrow key press, in CSS pixels. */
const ARROW_PX = 60;

const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: ARROW_PX, y: 0 },
  ArrowRight: { x: -ARROW_PX, y: 0 },
  ArrowUp: { x: 0, y: ARROW_PX },
  ArrowDown: { x: 0, y: -ARROW_PX },
};

/** Minimum scale for drawing pixels as squares instead of smoothing them. */
const MIN_PIXELATED_SCALE = 3;

/** Size of a vector image without dimensions. */
const DEFAULT_SIZE: Size = { width: 512, height: 512 };

/** Shows an image. */
export function ImageViewer({ file }: ViewerProps): React.JSX.Element {
  const { url, problem } = useImage(file);
  const [loaded, setLoaded] = React.useState<{ url: string; image: Size | 'no-image' }>();
  const result = loaded?.url === url ? loaded?.image : undefined;
  const failure = problem ?? (result === 'no-image' ? result : undefined);
  const image = result === 'no-image' ? undefined : result;
  const stage = React.useRef<HTMLDivElement>(null);
  const viewport = useSize(stage);
  const control = useZoom(image, viewport);
  const { zoom, canPan } = control;
  useGestures(stage, { onPan: control.pan, onZoom: control.zoomBy });
  useArrows(control);

  return (
    <ViewerFrame
      controls={<ZoomButtons control={control} image={image} />}
      onKeyDown={(event) => zoomByKey(event, control)}
    >
      {failure && <ViewerError kind={failure} name={file.name} />}
      <div
        ref={stage}
        className={`viewer-stage ${canPan ? 'viewer-movable' : ''}`}
        hidden={failure !== undefined}
        role="region"
        aria-label={t('Picture in {name}', { name: file.name })}
        tabIndex={0}
        onDoubleClick={({ clientX, clientY, currentTarget }) => {
          const { left, top } = currentTarget.getBoundingClientRect();
          control.toggle({ x: clientX - left, y: clientY - top });
        }}
      >
        {url !== undefined && !failure && (
          <img
            src={url}
            alt={file.name}
            draggable={false}
            className={
              zoom && zoom.scale >= MIN_PIXELATED_SCALE && !isVector(file.name) ? 'viewer-squares' : undefined
            }
            style={zoom && image ? styleOf(zoom, image) : { visibility: 'hidden' }}
            onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) =>
              setLoaded({ url, image: width > 0 && height > 0 ? { width, height } : DEFAULT_SIZE })
            }
            onError={() => setLoaded({ url, image: 'no-image' })}
          />
        )}
      </div>
    </ViewerFrame>
  );
}

/** Address of the image, released on unmount, or the reason for not showing it. */
function useImage({ bytes, name }: ViewedFile): { url?: string; problem?: ViewerProblemKind } {
  const loading = useLoading(
    React.useCallback((signal: AbortSignal) => openImage(bytes, name, signal), [bytes, name]),
  );
  if (loading.status === 'ready') return { url: loading.value };
  return loading.status === 'failed' ? { problem: loading.kind } : {};
}

function styleOf({ x, y, scale }: Point & { scale: number }, { width, height }: Size): React.CSSProperties {
  return { width: width * scale, height: height * scale, transform: `translate(${x}px, ${y}px)` };
}

function ZoomButtons(props: { control: ZoomControl; image: Size | undefined }): React.JSX.Element {
  const { control, image } = props;
  const { zoom } = control;
  return (
    <>
      <button type="button" className="viewer-button" aria-label={t('Zoom out')} onClick={control.zoomOut}>
        −
      </button>
      <button type="button" className="viewer-button" aria-label={t('Zoom in')} onClick={control.zoomIn}>
        +
      </button>
      <button type="button" className="viewer-button" onClick={control.fit}>
        {t('Fit')}
      </button>
      <button type="button" className="viewer-button" onClick={control.actualSize}>
        {t('Actual size')}
      </button>
      <span className="quiet" role="status">
        {image &&
          zoom &&
          `${image.width} × ${image.height} · ${t('{percent, number} %', { percent: Math.round(zoom.scale * 100) })}`}
      </span>
    </>
  );
}

/** Pans an overflowing image with the arrow keys. Otherwise, they switch between files. */
function useArrows(control: ZoomControl): void {
  useKeys((event) => {
    const delta = ARROWS[event.key];
    if (!delta || !control.canPan) return false;
    if (isForField(event) || event.ctrlKey || event.metaKey || event.altKey) return false;
    control.pan(delta);
    return true;
  });
}
