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
  return states.some(({ operatorList }) => operatorList && isIncomplete(operatorList, page, isFontMissing));
}

function isIncomplete(operations: Operations, page: Page, isFontMissing: boolean): boolean {
  return operations.fnArray.some((fn, index) => {
    const args = operations.argsArray[index];
    if (!Array.isArray(args)) return false;
    const [first, , third] = args as readonly unknown[];
    switch (fn) {
      case OPS.markPoint:
        return first === OMISSION;
      case OPS.paintImageXObject:
      case OPS.paintImageXObjectRepeat:
        // `null` for a picture that could not be decoded.
        return valueOf(page, first) === null;
      case OPS.setFont:
        return isUnusable(valueOf(page, first), isFontMissing);
      case OPS.setFillColorN:
      case OPS.setStrokeColorN:
        return first === 'TilingPattern' && isIncomplete(third as Operations, page, isFontMissing);
      default:
        return false;
    }
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
