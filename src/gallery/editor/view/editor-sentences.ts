import { formatNumber } from '../../../base/format';
import { t } from '../../../base/i18n/translate';
import { quoteName } from '../../../upload/messages/problems';
import type { EditorProblemKind } from '../editor-problem';
import { upright } from '../model/area';
import type { Drawing } from '../model/drawing';
import { numberOf } from '../model/drawing';
import type { Tool } from '../model/editor';
import type { Color, Look, Shape, ShapeKind, Weight } from '../model/shapes';
import { MAX_PIXELS } from '../open-picture';

const TOOL_NAMES: Readonly<Record<Tool, () => string>> = {
  select: () => t('Select'),
  redact: () => t('Redact'),
  arrow: () => t('Arrow'),
  line: () => t('Line'),
  box: () => t('Box'),
  ellipse: () => t('Ellipse'),
  pen: () => t('Pen'),
  text: () => t('Text'),
  step: () => t('Numbered step'),
  crop: () => t('Crop'),
};

/** `Arrow`. */
export function nameTool(tool: Tool): string {
  return TOOL_NAMES[tool]();
}

const COLOR_NAMES: Readonly<Record<Color, () => string>> = {
  red: () => t('Red'),
  yellow: () => t('Yellow'),
  green: () => t('Green'),
  blue: () => t('Blue'),
  black: () => t('Black'),
  white: () => t('White'),
};

/** `Red`. */
export function nameColor(color: Color): string {
  return COLOR_NAMES[color]();
}

const WEIGHT_NAMES: Readonly<Record<Weight, () => string>> = {
  thin: () => t('Thin'),
  medium: () => t('Medium'),
  thick: () => t('Thick'),
};

/** `Thin`. */
export function nameWeight(weight: Weight): string {
  return WEIGHT_NAMES[weight]();
}

/** `Solid`. */
export function nameLook(look: Look): string {
  return look === 'solid' ? t('Solid') : t('Mosaic look');
}

const SHAPE_NAMES: Readonly<Record<ShapeKind, (number: number, text: string) => string>> = {
  redact: (number) => t('Redaction {number, number}', { number }),
  arrow: (number) => t('Arrow {number, number}', { number }),
  line: (number) => t('Line {number, number}', { number }),
  box: (number) => t('Box {number, number}', { number }),
  ellipse: (number) => t('Ellipse {number, number}', { number }),
  pen: (number) => t('Pen {number, number}', { number }),
  text: (_number, text) => t('Text “{text}”', { text }),
  step: (number) => t('Step {number, number}', { number }),
  crop: () => t('Crop'),
};

/** `Arrow 2`: the number is that among the shapes of its kind. */
export function nameShape(drawing: Drawing, shape: Shape): string {
  return SHAPE_NAMES[shape.kind](numberOf(drawing, shape), shape.text);
}

/** `Arrow 2: 120, 80, 140 × 90`. */
export function describeShape(drawing: Drawing, shape: Shape): string {
  const { x, y, width, height } = upright(shape.area);
  return t('{shape}: {left}, {top}, {width} × {height}', {
    shape: nameShape(drawing, shape),
    left: formatNumber(Math.round(x)),
    top: formatNumber(Math.round(y)),
    width: formatNumber(Math.round(width)),
    height: formatNumber(Math.round(height)),
  });
}

/** Sentence about an image that cannot be edited, and what helps. */
export function describeEditorProblem(kind: EditorProblemKind, fileName: string): string {
  const name = quoteName(fileName);
  switch (kind) {
    case 'vector':
      return t("{name} is an SVG. It has no pixels, so it can't be edited here.", { name });
    case 'animated':
      return t("{name} is animated. It can't be edited here, because only one frame would be left.", {
        name,
      });
    case 'too-many-pixels':
      return t('{name} is too large. Images of up to {count, number} megapixels can be edited.', {
        name,
        count: MAX_PIXELS / 1_000_000,
      });
    case 'undecodable':
      return t("This browser can't open {name}. Convert it to PNG or JPEG, then edit that file.", { name });
    case 'pixels-changed':
      return t(
        "This browser changes the pixels of edited images to protect your privacy. {name} can't be edited here.",
        { name },
      );
    case 'not-encoded':
      return t("There isn't enough memory to save {name}. Crop the image, or close other tabs.", { name });
  }
}
