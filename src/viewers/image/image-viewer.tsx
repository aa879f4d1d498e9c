import * as React from 'react';
import { t } from '../../i18n/translate';
import { extensionOf } from '../../model/file-kind';
import { isForField, useKeys } from '../use-keys';
import { useObjectUrl } from '../use-object-url';
import { useSize } from '../use-size';
import type { ViewerProps } from '../viewer';
import { ViewerFrame, ViewerError } from '../viewer-frame';
import { zoomByKey } from '../zoom-keys';
import './image.css';
import { useGestures } from './use-gestures';
import type { ZoomControl } from './use-zoom';
import { useZoom } from './use-zoom';
import type { Point, Size } from './zoom';

/** How far an arrow key moves a picture, in CSS pixels. */
const ARROW_PX = 60;

const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: ARROW_PX, y: 0 },
  ArrowRight: { x: -ARROW_PX, y: 0 },
  ArrowUp: { x: 0, y: ARROW_PX },
  ArrowDown: { x: 0, y: -ARROW_PX },
};

/** From this scale on a pixel is a square, not a blur. */
const SQUARES_FROM = 3;

/** A drawing without a size of its own. */
const UNSIZED: Size = { width: 512, height: 512 };

/**
 * Shows a picture. A vector graphic is one like the others: as the source of an `img` it can neither run nor load
 * anything, whatever it holds.
 */
export function ImageViewer({ file }: ViewerProps): React.JSX.Element {
  const isVector = extensionOf(file.name) === 'svg';
  // Of other pictures the browser looks at the bytes alone.
  const url = useObjectUrl(file.bytes, isVector ? 'image/svg+xml' : '');
  const [seen, setSeen] = React.useState<{ url: string; picture: Size | 'no-image' }>();
  const known = seen?.url === url ? seen?.picture : undefined;
  const picture = known === 'no-image' ? undefined : known;
  const stage = React.useRef<HTMLDivElement>(null);
  const place = useSize(stage);
  const control = useZoom(picture, place);
  const { zoom, isCut } = control;
  useGestures(stage, { onPan: control.pan, onZoom: control.zoomBy });
  useArrows(control);

  return (
    <ViewerFrame
      controls={<ZoomButtons control={control} picture={picture} />}
      onKeyDown={(event) => zoomByKey(event, control)}
    >
      {known === 'no-image' && <ViewerError kind="no-image" name={file.name} />}
      <div
        ref={stage}
        className={`viewer-stage ${isCut ? 'viewer-movable' : ''}`}
        hidden={known === 'no-image'}
        role="region"
        aria-label={t('Picture in {name}', { name: file.name })}
        tabIndex={0}
        onDoubleClick={({ clientX, clientY, currentTarget }) => {
          const { left, top } = currentTarget.getBoundingClientRect();
          control.toggle({ x: clientX - left, y: clientY - top });
        }}
      >
        {url !== undefined && known !== 'no-image' && (
          <img
            src={url}
            alt={file.name}
            draggable={false}
            className={zoom && zoom.scale >= SQUARES_FROM && !isVector ? 'viewer-squares' : undefined}
            style={zoom && picture ? styleOf(zoom, picture) : { visibility: 'hidden' }}
            onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) =>
              setSeen({ url, picture: width > 0 && height > 0 ? { width, height } : UNSIZED })
            }
            onError={() => setSeen({ url, picture: 'no-image' })}
          />
        )}
      </div>
    </ViewerFrame>
  );
}

function styleOf({ x, y, scale }: Point & { scale: number }, { width, height }: Size): React.CSSProperties {
  return { width: width * scale, height: height * scale, transform: `translate(${x}px, ${y}px)` };
}

function ZoomButtons(props: { control: ZoomControl; picture: Size | undefined }): React.JSX.Element {
  const { control, picture } = props;
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
        {picture &&
          zoom &&
          `${picture.width} × ${picture.height} · ${t('{percent, number} %', { percent: Math.round(zoom.scale * 100) })}`}
      </span>
    </>
  );
}

/** The arrows move the picture as long as there is more of it to see, and lead to other files otherwise. */
function useArrows(control: ZoomControl): void {
  useKeys((event) => {
    const by = ARROWS[event.key];
    if (!by || !control.isCut) return false;
    if (isForField(event) || event.ctrlKey || event.metaKey || event.altKey) return false;
    control.pan(by);
    return true;
  });
}
