import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { useSize } from '../../viewers/hooks';
import type { ZoomControl } from '../../viewers/image/use-zoom';
import type { Point, Size, Zoom } from '../../viewers/image/zoom';
import { upright } from '../model/area';
import type { Drawing } from '../model/drawing';
import { shapeOf, shapesOf } from '../model/drawing';
import type { Editor, EditorState } from '../model/editor';
import { paint } from '../paint';
import { handlesOf, pointIn, useDrawing } from './use-drawing';

/** Side of a handle, in CSS pixels. */
const HANDLE_PX = 10;

/** Minimum scale for drawing pixels as squares instead of smoothing them. */
const MIN_PIXELATED_SCALE = 3;

/** Zoom factor per CSS pixel of wheel movement. */
const ZOOM_PER_WHEEL_PX = 1.002;

/** The image with its shapes. Its keys are handled by the editor around it. */
export function Stage(props: {
  stage: React.RefObject<HTMLDivElement>;
  name: string;
  /** Id of the element that explains the keys. */
  describedBy: string;
  picture: ImageBitmap;
  editor: Editor;
  state: EditorState;
  control: ZoomControl;
  onAdded: () => void;
}): React.JSX.Element {
  const { stage, name, describedBy, picture, editor, state, control, onAdded } = props;
  const { zoom, pan, zoomBy } = control;
  const drawing = state.history.present;
  useDrawing(stage, { editor, zoom, pan, onAdded });
  useWheel(stage, zoomBy);
  return (
    <div
      ref={stage}
      className={state.tool === 'select' ? 'editor-stage' : 'editor-stage editor-drawing'}
      role="application"
      aria-label={t('Image in {name}', { name })}
      aria-describedby={describedBy}
      tabIndex={0}
    >
      {zoom && <Picture {...{ stage, picture, drawing, zoom, size: editor.size }} />}
      {zoom && <Marks drawing={drawing} selected={state.selected} zoom={zoom} size={editor.size} />}
    </div>
  );
}

/** The visible part of the image, in the pixels of the screen. */
function Picture(props: {
  stage: React.RefObject<HTMLDivElement>;
  picture: ImageBitmap;
  drawing: Drawing;
  zoom: Zoom;
  size: Size;
}): React.JSX.Element {
  const { stage, picture, drawing, zoom, size } = props;
  const canvas = React.useRef<HTMLCanvasElement>(null);
  const viewport = useSize(stage);
  React.useLayoutEffect(() => {
    const { current } = canvas;
    const context = current?.getContext('2d');
    if (!current || !context || !viewport) return;
    const ratio = window.devicePixelRatio;
    current.width = Math.max(1, Math.round(viewport.width * ratio));
    current.height = Math.max(1, Math.round(viewport.height * ratio));
    const scale = zoom.scale * ratio;
    context.setTransform(scale, 0, 0, scale, zoom.x * ratio, zoom.y * ratio);
    context.imageSmoothingEnabled = zoom.scale < MIN_PIXELATED_SCALE;
    context.imageSmoothingQuality = 'high';
    paint(context, picture, drawing, size);
  });
  // Frees the pixels of the image at once.
  React.useEffect(() => {
    const { current } = canvas;
    return () => {
      if (current) Object.assign(current, { width: 0, height: 0 });
    };
  }, []);
  const { x, y, scale } = zoom;
  const place = { left: x, top: y, width: size.width * scale, height: size.height * scale };
  return (
    <>
      <div className="editor-ground" style={place} />
      <canvas ref={canvas} className="editor-canvas" aria-hidden="true" />
    </>
  );
}

/** Marks that are not in the file: the selected shape, and the parts that a crop takes away. */
function Marks(props: {
  drawing: Drawing;
  selected: number | undefined;
  zoom: Zoom;
  size: Size;
}): React.JSX.Element {
  const { drawing, selected, zoom, size } = props;
  const onScreen = ({ x, y }: Point): Point => ({ x: zoom.x + x * zoom.scale, y: zoom.y + y * zoom.scale });
  const shape = shapeOf(drawing, selected);
  const [crop] = shapesOf(drawing, 'crop');
  const rectangle = (area: Point & Size): string => {
    const { x, y } = onScreen(area);
    return `M${x} ${y}h${area.width * zoom.scale}v${area.height * zoom.scale}h${-area.width * zoom.scale}z`;
  };
  return (
    <svg className="editor-marks" aria-hidden="true" focusable="false">
      {crop && (
        <path
          className="editor-cut"
          fillRule="evenodd"
          d={rectangle({ x: 0, y: 0, ...size }) + rectangle(crop.area)}
        />
      )}
      {crop && <path className="editor-edge" d={rectangle(crop.area)} />}
      {shape && (
        <>
          <path className="editor-selected" d={rectangle(upright(shape.area))} />
          {handlesOf(shape).map(({ at }, index) => {
            const { x, y } = onScreen(at);
            return (
              <rect
                key={index}
                className="editor-handle"
                x={x - HANDLE_PX / 2}
                y={y - HANDLE_PX / 2}
                width={HANDLE_PX}
                height={HANDLE_PX}
              />
            );
          })}
        </>
      )}
    </svg>
  );
}

/** Zooms by the wheel, with or without Ctrl. Browsers report a pinch on a touchpad as the wheel with Ctrl. */
function useWheel(stage: React.RefObject<HTMLElement>, zoomBy: ZoomControl['zoomBy']): void {
  const latest = React.useRef(zoomBy);
  React.useEffect(() => {
    latest.current = zoomBy;
  });
  React.useEffect(() => {
    const { current: element } = stage;
    if (!element) return undefined;
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      latest.current(ZOOM_PER_WHEEL_PX ** (-event.deltaY * pixels), pointIn(element, event));
    };
    // React adds passive wheel listeners, unable to prevent scrolling.
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [stage]);
}
