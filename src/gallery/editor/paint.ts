import type { Size } from '../viewers/image/zoom';
import { endOf, upright } from './model/area';
import { css, outlineOf, rgbOf } from './model/colors';
import type { Drawing } from './model/drawing';
import { numberOf, shapesOf } from './model/drawing';
import { mosaicOf } from './model/mosaic';
import type { MeasureText, Shape, Weight } from './model/shapes';
import { LINE_HEIGHT, unitOf } from './model/shapes';

/** The used part of a canvas context. */
export type Painting = Pick<
  CanvasRenderingContext2D,
  | 'save'
  | 'restore'
  | 'beginPath'
  | 'moveTo'
  | 'lineTo'
  | 'rect'
  | 'ellipse'
  | 'stroke'
  | 'fill'
  | 'clearRect'
  | 'fillRect'
  | 'fillText'
  | 'strokeText'
  | 'measureText'
  | 'strokeStyle'
  | 'fillStyle'
  | 'lineWidth'
  | 'lineJoin'
  | 'lineCap'
  | 'font'
  | 'textAlign'
  | 'textBaseline'
> & {
  readonly drawImage: (picture: CanvasImageSource, x: number, y: number) => void;
};

/** Widths of lines, as a multiple of `unitOf`. */
const WIDTHS: Readonly<Record<Weight, number>> = { thin: 2, medium: 4, thick: 8 };

/** Width of the outline on each side, as a part of the width of the line. */
const OUTLINE_PART = 0.35;

/** Length of the head of an arrow, as a multiple of the width of its line. */
const HEAD_LENGTHS = 4;

/** Angle between the line of an arrow and each side of its head. */
const HEAD_ANGLE = Math.PI / 6;

/** Size of a block of a mosaic, as a multiple of `unitOf`. */
const BLOCK_UNITS = 8;

/** Size of the number of a step, as a part of its diameter. */
const NUMBER_PART = 0.6;

const FONT = 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

/**
 * Paints an image with its shapes, on the screen and for the file. The parts of redactions are taken out of the image
 * first, so that nothing painted later is mixed with them.
 *
 * @param size Size of the image in pixels.
 */
export function paint(context: Painting, picture: CanvasImageSource, drawing: Drawing, size: Size): void {
  context.drawImage(picture, 0, 0);
  for (const { area } of shapesOf(drawing, 'redact'))
    context.clearRect(area.x, area.y, area.width, area.height);
  for (const shape of drawing) {
    context.save();
    paintShape(context, shape, drawing, unitOf(size));
    context.restore();
  }
}

/** Returns the function to measure texts with a context. */
export function measureWith(context: Pick<Painting, 'measureText' | 'font'>): MeasureText {
  return (text, fontPx) => {
    context.font = fontOf(fontPx);
    return context.measureText(text).width;
  };
}

function fontOf(px: number): string {
  return `600 ${px}px ${FONT}`;
}

function paintShape(context: Painting, shape: Shape, drawing: Drawing, unit: number): void {
  const { x, y, width, height } = upright(shape.area);
  switch (shape.kind) {
    case 'redact':
      paintRedaction(context, shape, unit);
      break;
    case 'arrow':
      strokeTwice(context, shape, unit, () => traceArrow(context, shape, unit));
      break;
    case 'line':
      strokeTwice(context, shape, unit, () => traceLine(context, shape));
      break;
    case 'box':
      strokeTwice(context, shape, unit, () => context.rect(x, y, width, height));
      break;
    case 'ellipse':
      strokeTwice(context, shape, unit, () => traceEllipse(context, shape));
      break;
    case 'pen':
      strokeTwice(context, shape, unit, () => tracePen(context, shape));
      break;
    case 'text':
      paintText(context, shape);
      break;
    case 'step':
      paintStep(context, shape, numberOf(drawing, shape));
      break;
    case 'crop':
      // The edges of the file.
      break;
  }
}

function paintRedaction(context: Painting, { area, look, id }: Shape, unit: number): void {
  const blocks = look === 'mosaic' ? mosaicOf(area, BLOCK_UNITS * unit, id) : [{ ...area, gray: 0 }];
  for (const { x, y, width, height, gray } of blocks) {
    context.fillStyle = css([gray, gray, gray]);
    context.fillRect(x, y, width, height);
  }
}

/** Strokes a path with its outline first. */
function strokeTwice(context: Painting, { color, weight }: Shape, unit: number, trace: () => void): void {
  const width = WIDTHS[weight] * unit;
  const rgb = rgbOf(color);
  context.lineJoin = 'round';
  context.lineCap = 'round';
  for (const [style, lineWidth] of [
    [outlineOf(rgb), width * (1 + 2 * OUTLINE_PART)],
    [rgb, width],
  ] as const) {
    context.strokeStyle = css(style);
    context.lineWidth = lineWidth;
    context.beginPath();
    trace();
    context.stroke();
  }
}

function traceLine(context: Painting, { area }: Shape): void {
  const end = endOf(area);
  context.moveTo(area.x, area.y);
  context.lineTo(end.x, end.y);
}

function traceArrow(context: Painting, shape: Shape, unit: number): void {
  const { area, weight } = shape;
  const end = endOf(area);
  const angle = Math.atan2(area.height, area.width);
  const length = Math.min(WIDTHS[weight] * unit * HEAD_LENGTHS, Math.hypot(area.width, area.height));
  traceLine(context, shape);
  for (const side of [angle + Math.PI - HEAD_ANGLE, angle + Math.PI + HEAD_ANGLE]) {
    context.moveTo(end.x, end.y);
    context.lineTo(end.x + length * Math.cos(side), end.y + length * Math.sin(side));
  }
}

function traceEllipse(context: Painting, { area }: Shape): void {
  const { x, y, width, height } = upright(area);
  context.ellipse(x + width / 2, y + height / 2, width / 2, height / 2, 0, 0, 2 * Math.PI);
}

function tracePen(context: Painting, { area, path }: Shape): void {
  path.forEach((point, index) => {
    const [x, y] = [area.x + point.x * area.width, area.y + point.y * area.height];
    if (index === 0) context.moveTo(x, y);
    context.lineTo(x, y);
  });
}

function paintText(context: Painting, { area, text, color }: Shape): void {
  const { x, y, height } = upright(area);
  const fontPx = height / LINE_HEIGHT;
  paintLetters(context, text, { x, y: y + height / 2, fontPx, align: 'left' }, rgbOf(color));
}

function paintStep(context: Painting, shape: Shape, number: number): void {
  const { x, y, width, height } = upright(shape.area);
  const rgb = rgbOf(shape.color);
  const outline = outlineOf(rgb);
  // The line is inside, so that the circle keeps its size.
  const line = Math.max(1, width / 16);
  context.beginPath();
  context.ellipse(x + width / 2, y + height / 2, (width - line) / 2, (height - line) / 2, 0, 0, 2 * Math.PI);
  context.fillStyle = css(rgb);
  context.fill();
  context.lineWidth = line;
  context.strokeStyle = css(outline);
  context.stroke();
  context.fillStyle = css(outline);
  context.font = fontOf((height * NUMBER_PART) / Math.max(1, String(number).length * 0.6));
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(String(number), x + width / 2, y + height / 2 + line / 2);
}

function paintLetters(
  context: Painting,
  text: string,
  at: { x: number; y: number; fontPx: number; align: CanvasTextAlign },
  rgb: ReturnType<typeof rgbOf>,
): void {
  context.font = fontOf(at.fontPx);
  context.textAlign = at.align;
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = Math.max(1, at.fontPx / 6);
  context.strokeStyle = css(outlineOf(rgb));
  context.strokeText(text, at.x, at.y);
  context.fillStyle = css(rgb);
  context.fillText(text, at.x, at.y);
}
