import { hasOmissions } from '../../../../../src/gallery/viewers/pdf/omissions';

const OPS = {
  setFont: 37,
  setStrokeColorN: 52,
  setFillColorN: 54,
  showText: 44,
  markPoint: 67,
  paintImageXObject: 85,
  paintImageXObjectRepeat: 88,
};

jest.mock('pdfjs-dist/legacy/build/pdf.mjs', () => ({
  OPS: {
    setFont: 37,
    setStrokeColorN: 52,
    setFillColorN: 54,
    showText: 44,
    markPoint: 67,
    paintImageXObject: 85,
    paintImageXObjectRepeat: 88,
  },
}));

type Step = readonly [keyof typeof OPS, readonly unknown[]];

function listOf(steps: readonly Step[]) {
  return { fnArray: steps.map(([name]) => OPS[name]), argsArray: steps.map(([, args]) => args) };
}

/** A page that was drawn with these steps, from these objects of its own and of the document. */
function pageOf(steps: readonly Step[], own: object = {}, common: object = {}) {
  return {
    objs: new Map(Object.entries(own)),
    commonObjs: new Map(Object.entries(common)),
    // The first state belongs to another purpose than drawing.
    _intentStates: new Map<string, unknown>([
      ['text', {}],
      ['display', { operatorList: listOf(steps) }],
    ]),
  } as unknown as Parameters<typeof hasOmissions>[0];
}

const FONT = { missingFile: false };
const REPLACED_FONT = { missingFile: true };
const PICTURE = { width: 1, height: 1 };
const GLYPH = { fnArray: [], argsArray: [] };
const DAMAGED_GLYPH = { fnArray: [67], argsArray: [['StaplerOmission']] };
const A = { operatorListId: 'a', isSpace: false };
/** A page with text in a font of Type 3 with these glyphs. */
const textIn = (glyphs: object, text: readonly unknown[]): Parameters<typeof pageOf> => [
  [
    ['setFont', ['t3', 12]],
    ['showText', [text]],
  ],
  {},
  { t3: { charProcOperatorList: glyphs } },
];

test.each<[string, Parameters<typeof pageOf>]>([
  ['a mark of the parser', [[['markPoint', ['StaplerOmission']]]]],
  ['a picture that was not decoded', [[['paintImageXObject', ['img_1', 1, 1]]], { img_1: null }]],
  ['a picture of several pages', [[['paintImageXObject', ['g_1', 1, 1]]], {}, { g_1: null }]],
  [
    'a picture that ends too early',
    [[['paintImageXObject', ['img_1', 1, 1]]], { img_1: { staplerOmission: true } }],
  ],
  ['text without its glyphs', textIn({}, [A])],
  ['text with a damaged glyph', textIn({ a: DAMAGED_GLYPH }, [-20, A])],
  ['a repeated picture', [[['paintImageXObjectRepeat', ['img_1', 1, 1]]], { img_1: null }]],
  ['a font without its character map', [[['setFont', ['f1', 12]]], {}, { f1: 'No map.' }]],
  [
    'a pattern with a mark',
    [[['setFillColorN', ['TilingPattern', null, listOf([['markPoint', ['StaplerOmission']]])]]]],
  ],
])('hasOmissions finds %s', (_what, [steps, own, common]) => {
  expect(hasOmissions(pageOf(steps, own, common), false)).toBe(true);
});

test('hasOmissions finds nothing on a complete page', () => {
  const page = pageOf(
    [
      ['setFont', ['f1', 12]],
      ['setFont', ['f2', 12]],
      ['markPoint', ['Span']],
      ['setFillColorN', ['#ff0000']],
      ['setStrokeColorN', ['TilingPattern', null, listOf([['paintImageXObject', ['img_1', 1, 1]]])]],
      ['paintImageXObject', ['img_1', 1, 1]],
      ['paintImageXObject', ['later', 1, 1]],
    ],
    { img_1: PICTURE },
    { f1: FONT, f2: REPLACED_FONT },
  );
  expect(hasOmissions(page, false)).toBe(false);
});

test('hasOmissions finds nothing in text that uses complete glyphs and spaces', () => {
  const space = { operatorListId: 'space', isSpace: true };
  const text = textIn({ a: GLYPH, b: DAMAGED_GLYPH }, [A, -100, space, A]);
  expect(hasOmissions(pageOf(...text), false)).toBe(false);
});

test('hasOmissions looks at glyphs in glyphs once', () => {
  const fonts: Record<string, object> = {};
  for (let level = 0; level < 40; level++) {
    const steps = [['setFont', [`f${level + 1}`, 1]] as const, ['showText', [[A, A, A]]] as const];
    fonts[`f${level}`] = { charProcOperatorList: { a: listOf(steps) } };
  }
  const page = pageOf(
    [
      ['setFont', ['f0', 1]],
      ['showText', [[A]]],
    ],
    {},
    fonts,
  );
  expect(hasOmissions(page, false)).toBe(false);
});

test('hasOmissions finds a replaced font if a standard font could not be loaded', () => {
  expect(hasOmissions(pageOf([['setFont', ['f1', 12]]], {}, { f1: REPLACED_FONT }), true)).toBe(true);
  expect(hasOmissions(pageOf([['setFont', ['f1', 12]]], {}, { f1: FONT }), true)).toBe(false);
});
