import { partsOf } from './parts';
import type { Position } from './position';
import { positionAt } from './position';
import type { Slices } from './slices';
import { nameAt } from './slices';

/** Mark of XMP in a segment of a JPEG. Others have Exif data, or the rest of long XMP. */
const JPEG_MARK = 'http://ns.adobe.com/xap/1.0/\0';

/** Mark of XMP without compression in a text of a PNG. */
const PNG_MARK = 'XML:com.adobe.xmp\0\0';

/** Names of the parts that can have XMP, with the mark in them. Source: XMP specification, part 3. */
const MARKS: ReadonlyMap<string, string> = new Map([
  ['APP1', JPEG_MARK],
  ['iTXt', PNG_MARK],
  ['XMP ', ''],
]);

/** Maximum length that is read, in bytes. The position is before thumbnails and a history of changes. */
const MAX_BYTES = 256 * 1024;

/**
 * Reads the position in the XMP data of a JPEG, PNG or WebP. `undefined` without.
 *
 * @throws RangeError for a damaged file.
 */
export async function readXmpPosition(file: Slices): Promise<Position | undefined> {
  for await (const { name, at, length } of partsOf(file)) {
    const mark = MARKS.get(name);
    if (mark === undefined || length < mark.length) continue;
    if (nameAt(await file.read(at, mark.length), 0, mark.length) !== mark) continue;
    const text = new TextDecoder().decode(await file.read(at, Math.min(length, MAX_BYTES)));
    return positionAt(degreesOf(valueIn(text, 'GPSLatitude')), degreesOf(valueIn(text, 'GPSLongitude')));
  }
  return undefined;
}

/** Returns the value of an attribute or element. A parser of XML would be larger than the viewer of pictures. */
function valueIn(text: string, name: string): string {
  const [, attribute, content] =
    new RegExp(`exif:${name}(?:\\s*=\\s*["']([^"'<]{0,40})|\\s*>([^<]{0,40}))`).exec(text) ?? [];
  return (attribute ?? content ?? '').trim();
}

/** Degrees of `48,51.5N`, `48,51,30N`, or of a number as some programs write it; NaN for others. */
function degreesOf(value: string): number {
  const [match, sign, degrees, minutes = 0, seconds = 0, direction = ''] =
    /^([+-]?)(\d+(?:\.\d+)?)(?:,(\d+(?:\.\d+)?))?(?:,(\d+(?:\.\d+)?))?\s*([NSEW]?)$/.exec(value) ?? [];
  if (match === undefined) return NaN;
  const isNegative = sign === '-' || direction === 'S' || direction === 'W';
  return (isNegative ? -1 : 1) * (Number(degrees) + Number(minutes) / 60 + Number(seconds) / 3600);
}
