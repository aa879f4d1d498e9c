import type { Hue } from '../office/hue';
import { hueOf } from '../office/hue';
import type { XmlElement } from '../office/xml-tree';
import { attributeOf, childOf, valueOf } from '../office/xml-tree';

/** Hue of a text or its background. `none` switches off that of a style; `undefined` if it is not said here. */
export type SetHue = Hue | 'none' | undefined;

/** Colors of highlights by their names in Word. */
const HIGHLIGHTS: ReadonlyMap<string, Hue> = new Map([
  ['yellow', 'yellow'],
  ['darkYellow', 'yellow'],
  ['green', 'green'],
  ['darkGreen', 'green'],
  ['cyan', 'cyan'],
  ['darkCyan', 'cyan'],
  ['blue', 'blue'],
  ['darkBlue', 'blue'],
  ['magenta', 'magenta'],
  ['darkMagenta', 'magenta'],
  ['red', 'red'],
  ['darkRed', 'red'],
  ['black', 'gray'],
  ['darkGray', 'gray'],
  ['lightGray', 'gray'],
]);

/** Returns the hue of a text by its properties. */
export function colorIn(text: XmlElement | undefined): SetHue {
  const color = valueOf(text, 'color');
  return color === undefined ? undefined : (hueOf(color) ?? 'none');
}

/** Returns the hue behind a text by its properties: of its highlight, or its shading. */
export function highlightIn(text: XmlElement | undefined): SetHue {
  const highlight = valueOf(text, 'highlight');
  if (highlight !== undefined) return HIGHLIGHTS.get(highlight) ?? 'none';
  const shading = childOf(text, 'shd');
  return shading && (hueOf(attributeOf(shading, 'fill') ?? '') ?? 'none');
}
