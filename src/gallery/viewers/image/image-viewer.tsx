import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { isForField, useKeys, useLoading, useSize } from '../hooks';
import type { Rotation } from '../rotation';
import type { ViewedFile, ViewerProps } from '../viewer';
import type { ViewerProblemKind } from '../viewer-problem';
import { ViewerFrame, ViewerError } from '../viewer-frame';
import { zoomByKey } from '../zoom-keys';
import type { PictureFacts } from './facts/read-facts';
import { readFacts } from './facts/read-facts';
import { ImageControls } from './image-controls';
import { ImageDetails } from './image-details';
import './image.css';
import { isVector, openImage } from './image-source';
import { useGestures } from './use-gestures';
import type { ZoomControl } from './use-zoom';
import { useZoom } from './use-zoom';
import type { Point, Size, Zoom } from './zoom';
import { transformOf } from './zoom';

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

const NO_FACTS: PictureFacts = {};

/** Shows an image, and the facts in it. */
export function ImageViewer({ file }: ViewerProps): React.JSX.Element {
  const { url, problem } = useImage(file);
  const [loaded, setLoaded] = React.useState<{ url: string; image: Size | 'no-image' }>();
  const result = loaded?.url === url ? loaded?.image : undefined;
  const failure = problem ?? (result === 'no-image' ? result : undefined);
  const image = result === 'no-image' ? undefined : result;
  const stage = React.useRef<HTMLDivElement>(null);
  const viewport = useSize(stage);
  const control = useZoom(image, viewport);
  const { zoom, canPan, rotation } = control;
  useGestures(stage, { onPan: control.pan, onZoom: control.zoomBy });
  useArrows(control);
  const facts = useFacts(file);
  const [hasDetails, setHasDetails] = React.useState(false);

  return (
    <ViewerFrame
      controls={
        <ImageControls {...{ control, image, hasDetails }} onDetails={() => setHasDetails(!hasDetails)} />
      }
      onKeyDown={(event) => zoomByKey(event, control)}
    >
      {facts.position && (
        <p className="note viewer-note" role="status">
          <span>{t('This image includes the location where it was taken.')}</span>
        </p>
      )}
      {failure && <ViewerError kind={failure} name={file.name} />}
      <div className="viewer-picture">
        <div
          ref={stage}
          className={`viewer-stage ${canPan ? 'viewer-movable' : ''}`}
          hidden={failure !== undefined}
          role="region"
          aria-label={t('Image in {name}', { name: file.name })}
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
                zoom && zoom.scale >= MIN_PIXELATED_SCALE && !isVector(file.name)
                  ? 'viewer-squares'
                  : undefined
              }
              style={zoom && image ? styleOf(zoom, image, rotation) : { visibility: 'hidden' }}
              onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) =>
                setLoaded({ url, image: width > 0 && height > 0 ? { width, height } : DEFAULT_SIZE })
              }
              onError={() => setLoaded({ url, image: 'no-image' })}
            />
          )}
        </div>
        {hasDetails && <ImageDetails facts={facts} image={image} />}
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

/** Facts in an image; none until they are read. */
function useFacts({ bytes }: ViewedFile): PictureFacts {
  const loading = useLoading(React.useCallback(() => readFacts(bytes), [bytes]));
  return loading.status === 'ready' ? loading.value : NO_FACTS;
}

function styleOf(zoom: Zoom, image: Size, rotation: Rotation): React.CSSProperties {
  return {
    width: image.width * zoom.scale,
    height: image.height * zoom.scale,
    transform: transformOf(zoom, image, rotation),
  };
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
