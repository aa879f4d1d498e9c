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

/** Property of a stream or a picture with omitted content. */
const FLAG = 'staplerOmission = true;';

/**
 * Other places: text of the library, and text to add before or after it.
 *
 * @type {readonly { place: string; before?: string; after?: string }[]}
 */
const FLAGS = [
  // A glyph of a Type 3 font.
  {
    place: 'charProcOperatorList[key] = dummyOperatorList.getIR();',
    before: `dummyO${MARK.slice(1)}`,
  },
  // Page content: a stream that cannot be read, one that ends too early, one of several that is damaged, and commands
  // without their arguments.
  {
    place: 'operatorList: opList\n      })',
    after: `.catch((reason) => {
        if (task.terminated) throw reason;
        opList.addOp(OPS.markPoint, ["StaplerOmission"]);
      })`,
  },
  { place: '#endsStreamOnError(err) {', after: `this.${FLAG}` },
  { place: 'this._onError(reason, stream.dict?.objId);', before: `this.${FLAG}` },
  {
    place: 'chunk = stream.getBytes();',
    after: 'this.staplerOmission ||= stream.staplerOmission;',
  },
  { place: 'warn(`Skipping ${partialMsg}`);', before: `this.${FLAG}` },
  {
    place: 'closePendingRestoreOPS();\n      resolve();',
    before: `if (stream.staplerOmission || preprocessor.staplerOmission) ${MARK}`,
  },
  // A JPEG without a scan, or with one that ends too early. Its last mark can be missing.
  { place: 'warn(`${ex.message} -- ignoring the rest of the image data.`);', before: `this.${FLAG}` },
  { place: 'offset += processed;', after: 'this.staplerOmission = offset > data.length + 8;' },
  {
    place: 'jpegImage.parse(bytes);',
    after: 'this.staplerOmission = jpegImage.staplerOmission !== false;',
  },
  {
    place: 'imgData.ref = imageRef;',
    after: 'if (imageObj.image.staplerOmission) imgData.staplerOmission = true;',
  },
];

/** @param {string} source @throws Error for a version of the library with other places */
module.exports = function markOmissions(source) {
  const marks = PLACES.map((place) => ({ place, before: MARK }));
  return [...marks, ...FLAGS].reduce((text, { place, before = '', after = '' }) => {
    const [start, end, ...others] = text.split(place);
    if (end === undefined || others.length > 0)
      throw new Error(`pdf.js has changed: adapt tools/pdf-omissions.cjs to it (${place}).`);
    return `${start}${before} ${place} ${after}${end}`;
  }, source);
};
