import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** Mark in a list of operations where `tools/pdf-omissions.cjs` makes the library note omitted content. */
const OMISSION = 'StaplerOmission';

/** Operations of a page or a pattern, with the same index in both lists. */
interface Operations {
  readonly fnArray: readonly number[];
  readonly argsArray: readonly unknown[];
}

type Page = Pick<PDFPageProxy, 'objs' | 'commonObjs' | '_intentStates'>;

/**
 * Whether the library has left out a part of a drawn page, such as a damaged picture or text without a character map.
 *
 * @param isFontMissing Whether a standard font could not be loaded. The browser replaces it, as far as it can.
 */
export function hasOmissions(page: Page, isFontMissing: boolean): boolean {
  // The list that was drawn; `getOperatorList` would parse the page again.
  const states = [...page._intentStates.values()] as readonly { readonly operatorList?: Operations }[];
  const drawing: Drawing = { page, isFontMissing, seen: new Set() };
  return states.some(({ operatorList }) => operatorList && isIncomplete(operatorList, drawing));
}

/** A drawn page. */
interface Drawing {
  readonly page: Page;
  readonly isFontMissing: boolean;
  /** Operations of glyphs found complete. A page can use each of them many times, and glyphs in glyphs. */
  readonly seen: Set<Operations>;
}

function isIncomplete(operations: Operations, drawing: Drawing): boolean {
  const { page, isFontMissing } = drawing;
  let font: unknown;
  return operations.fnArray.some((fn, index) => {
    const args = operations.argsArray[index];
    if (!Array.isArray(args)) return false;
    const [first, , third] = args as readonly unknown[];
    switch (fn) {
      case OPS.markPoint:
        return first === OMISSION;
      case OPS.paintImageXObject:
      case OPS.paintImageXObjectRepeat:
        return isPictureIncomplete(valueOf(page, first));
      case OPS.setFont:
        font = valueOf(page, first);
        return isUnusable(font, isFontMissing);
      case OPS.showText:
        return hasDrawnGlyphs(font) && lacksGlyphs(font, first, drawing);
      case OPS.setFillColorN:
      case OPS.setStrokeColorN:
        return first === 'TilingPattern' && isIncomplete(third as Operations, drawing);
      default:
        return false;
    }
  });
}

/** @param picture `null` if it could not be decoded. */
function isPictureIncomplete(picture: unknown): boolean {
  return (
    picture === null ||
    (typeof picture === 'object' && 'staplerOmission' in picture && picture.staplerOmission === true)
  );
}

/** A font of Type 3: its glyphs are operations. */
interface DrawnFont {
  readonly charProcOperatorList: Readonly<Record<string, Operations | undefined>>;
}

function hasDrawnGlyphs(font: unknown): font is DrawnFont {
  return (
    typeof font === 'object' &&
    font !== null &&
    'charProcOperatorList' in font &&
    typeof font.charProcOperatorList === 'object' &&
    font.charProcOperatorList !== null
  );
}

/** @param glyphs Glyphs, and numbers for the space between them. */
function lacksGlyphs(font: DrawnFont, glyphs: unknown, drawing: Drawing): boolean {
  if (!Array.isArray(glyphs)) return false;
  const drawn = glyphs.filter((glyph) => typeof glyph === 'object' && glyph !== null) as readonly {
    readonly operatorListId?: string;
    readonly isSpace?: boolean;
  }[];
  return drawn.some(({ operatorListId, isSpace }) => {
    const operations = font.charProcOperatorList[operatorListId ?? ''];
    if (!operations) return isSpace !== true;
    if (drawing.seen.has(operations)) return false;
    drawing.seen.add(operations);
    return isIncomplete(operations, drawing);
  });
}

/** Value of an object of the page or the document. */
function valueOf({ objs, commonObjs }: Page, id: unknown): unknown {
  if (typeof id !== 'string') return undefined;
  return [objs, commonObjs].find((each) => each.has(id))?.get(id);
}

/** @param font An error message in place of a font that could not be read, for example without its character map. */
function isUnusable(font: unknown, isFontMissing: boolean): boolean {
  if (typeof font === 'string') return true;
  return (
    isFontMissing &&
    typeof font === 'object' &&
    font !== null &&
    'missingFile' in font &&
    font.missingFile === true
  );
}
