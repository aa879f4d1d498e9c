/**
 * Loader of webpack for the parser of pdf.js. Where the parser leaves out content of a page with no more than a warning,
 * it adds a mark to the operations of the page, from which `src/gallery/viewers/pdf/omissions.ts` learns about it. A page
 * cannot contain such a mark: the parser skips marked points in files.
 */
const MARK = 'operatorList.addOp(OPS.markPoint, ["StaplerOmission"]);';

/** Starts of statements that follow the decision to leave something out. */
const PLACES = [
  'warn("Image dimensions are missing, or not numbers.");',
  'const msg = "Image exceeded maximum allowed size and was removed.";',
  'const msg = `Unable to decode inline image: ',
  'warn(`handleTilingType - ignoring pattern: ',
  'warn(`getOperatorList - ignoring XObject: ',
  'warn(`getOperatorList - ignoring Shading: ',
  'warn(`getOperatorList - ignoring errors during ',
];

/** @param {string} source @throws Error for a version of the library with other places */
module.exports = function markOmissions(source) {
  return PLACES.reduce((text, place) => {
    const [before, after, ...others] = text.split(place);
    if (after === undefined || others.length > 0)
      throw new Error(`pdf.js has changed: adapt tools/pdf-omissions.cjs to it (${place}).`);
    return `${before}${MARK} ${place}${after}`;
  }, source);
};
