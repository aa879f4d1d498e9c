import type { Graphics } from './graphics';
import type { InlineWriter } from './inline-writer';
import type { Relationships } from './open-package';
import type { XmlElement } from './xml-tree';
import { attributeOf, childOf, findAll, integerOf, prefixedOf } from './xml-tree';

/** Relationships of a part, and the graphics of its document. */
export interface DrawingContext {
  readonly relationships: Relationships;
  readonly graphics: Graphics;
}

/** English Metric Units per CSS pixel: 914,400 per inch. */
const UNITS_PER_PX = 9_525;

/** CSS pixels per point. */
const PX_PER_POINT = 96 / 72;

/** Maximum length of an alternative text, in UTF-16 units. */
const MAX_ALT_LENGTH = 1_000;

/** Returns the path of the part with an id, unless it is missing or outside of the file. */
function partOf(relationships: Relationships, id: string | undefined): string | undefined {
  const found = relationships.get(id ?? '');
  return found && !found.isExternal ? found.target : undefined;
}

/** Returns the alternative text in the properties of a drawing: `docPr`, `cNvPr`. */
export function altOf(properties: XmlElement | undefined): string {
  const text = attributeOf(properties, 'descr') ?? attributeOf(properties, 'title') ?? '';
  return text.slice(0, MAX_ALT_LENGTH);
}

/** Adds a picture of DrawingML, such as `pic:pic`. */
export function addPicture(
  element: XmlElement,
  writer: InlineWriter,
  { relationships }: DrawingContext,
  outer?: { readonly alt: string; readonly extent: XmlElement | undefined },
): void {
  const [blip] = findAll(element, new Set(['blip']));
  if (!blip) return;
  const [own] = findAll(element, new Set(['cNvPr']));
  const [size] = findAll(element, new Set(['xfrm']));
  const extent = outer?.extent ?? childOf(size, 'ext');
  writer.add({
    type: 'picture',
    part: partOf(relationships, prefixedOf(blip, 'embed')),
    alt: outer?.alt || altOf(own),
    width: pixelsOf(attributeOf(extent, 'cx')),
    height: pixelsOf(attributeOf(extent, 'cy')),
  });
}

/** Adds the content of `a:graphicData`, if it is a chart or a diagram. */
export function addGraphic(element: XmlElement, writer: InlineWriter, context: DrawingContext): boolean {
  const { relationships, graphics } = context;
  const [found] = findAll(element, new Set(['chart', 'relIds']));
  if (!found) return false;
  const isChart = found.name === 'chart';
  const part = partOf(relationships, prefixedOf(found, isChart ? 'id' : 'dm'));
  writer.add(graphics.add(isChart ? 'chart' : 'diagram', part));
  return true;
}

/** Adds a picture of VML: `v:imagedata` in a shape with a size in its style. */
export function addOldPicture(
  shape: XmlElement,
  data: XmlElement,
  writer: InlineWriter,
  { relationships }: DrawingContext,
): void {
  const style = attributeOf(shape, 'style') ?? '';
  const points = (name: string): number | undefined => {
    const [, value] = new RegExp(`(?:^|;)\\s*${name}:\\s*([\\d.]{1,9})pt`).exec(style) ?? [];
    return value === undefined ? undefined : Math.round(Number(value) * PX_PER_POINT);
  };
  writer.add({
    type: 'picture',
    part: partOf(relationships, prefixedOf(data, 'id') ?? prefixedOf(data, 'pict')),
    alt: (attributeOf(shape, 'alt') ?? '').slice(0, MAX_ALT_LENGTH),
    width: points('width'),
    height: points('height'),
  });
}

function pixelsOf(units: string | undefined): number | undefined {
  const number = integerOf(units);
  return number === undefined || number <= 0 ? undefined : Math.max(1, Math.round(number / UNITS_PER_PX));
}
