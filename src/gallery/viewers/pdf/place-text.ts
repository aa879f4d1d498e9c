import type { PageText, TextRun } from './page-text';

/** Place and look of a run of text over a page, at scale 1, in CSS pixels from the top left corner. */
export interface PlacedText {
  readonly run: TextRun;
  readonly left: number;
  readonly top: number;
  readonly fontSize: number;
  /** A generic family, from the library. */
  readonly fontFamily: string;
  /** Clockwise, in radians. */
  readonly angle: number;
  /** Factor to give the text in the font of the browser the width it has on the page. */
  readonly stretch: number;
}

/** Measures of text in a font of the browser. */
export interface FontMeasures {
  /** Returns the width of a text, as a multiple of the font size. 0 if unknown. */
  readonly widthOf: (text: string, fontFamily: string) => number;
  /** Returns the height above the baseline, as a part of the font's height. */
  readonly ascentOf: (fontFamily: string) => number;
}

/** Matrix of a PDF: a, b, c, d, e, f. */
type Matrix = readonly number[];

/** Maximum font size, in CSS pixels: that of a letter as tall as a page. */
const MAX_FONT_PX = 2_000;

const DEFAULT_FAMILY = 'sans-serif';

/**
 * Places the text of a page over its picture. As the library does in its `TextLayer`, which cannot highlight matches and
 * does not limit the number of elements.
 *
 * @param toView Transformation from the page to CSS pixels at scale 1, from a viewport of the library.
 */
export function placeText({ runs }: PageText, toView: Matrix, fonts: FontMeasures): readonly PlacedText[] {
  const [a = 1, b = 0] = toView;
  const pxPerUnit = Math.hypot(a, b);
  return runs.map((run) => {
    const { style, text } = run;
    const isVertical = style?.vertical === true;
    const fontFamily = style?.fontFamily ?? DEFAULT_FAMILY;
    const [ta, tb, tc, td, x, y] = multiply(toView, run.transform as Matrix);
    const angle = Math.atan2(tb, ta) + (isVertical ? Math.PI / 2 : 0);
    const fontSize = Math.min(MAX_FONT_PX, Math.hypot(tc, td));
    const ascent = fontSize * fonts.ascentOf(fontFamily);
    const width = (isVertical ? run.height : run.width) * pxPerUnit;
    const natural = fonts.widthOf(text, fontFamily) * fontSize;
    return {
      ...{ run, fontSize, fontFamily, angle },
      left: x + ascent * Math.sin(angle),
      top: y - ascent * Math.cos(angle),
      stretch: width > 0 && natural > 0 ? width / natural : 1,
    };
  });
}

function multiply(first: Matrix, second: Matrix): readonly [number, number, number, number, number, number] {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = first;
  const [g = 1, h = 0, i = 0, j = 1, k = 0, l = 0] = second;
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}
