import type { FontMeasures } from './place-text';

/** Font size for measuring, in CSS pixels. */
const SIZE_PX = 100;

/** Usual height above the baseline, as a part of the font's height. */
const DEFAULT_ASCENT = 0.8;

/** Returns measures of the browser's fonts, by a canvas that is never shown. */
export function browserFonts(): FontMeasures {
  const context = document.createElement('canvas').getContext('2d');
  const ascents = new Map<string, number>();
  let family = '';
  const measure = (text: string, fontFamily: string): TextMetrics | undefined => {
    if (!context) return undefined;
    if (family !== fontFamily) context.font = `${SIZE_PX}px ${fontFamily}`;
    family = fontFamily;
    return context.measureText(text);
  };
  return {
    widthOf: (text, fontFamily) => (measure(text, fontFamily)?.width ?? 0) / SIZE_PX,
    ascentOf: (fontFamily) => {
      let ascent = ascents.get(fontFamily);
      if (ascent === undefined) {
        const { fontBoundingBoxAscent = 0, fontBoundingBoxDescent = 0 } = measure('', fontFamily) ?? {};
        const height = fontBoundingBoxAscent + fontBoundingBoxDescent;
        ascent = height > 0 ? fontBoundingBoxAscent / height : DEFAULT_ASCENT;
        ascents.set(fontFamily, ascent);
      }
      return ascent;
    },
  };
}
