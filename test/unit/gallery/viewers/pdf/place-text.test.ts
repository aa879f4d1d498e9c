import type { PageText } from '../../../../../src/gallery/viewers/pdf/page-text';
import { placeText } from '../../../../../src/gallery/viewers/pdf/place-text';

/** Fonts with letters half as wide as high. */
const FONTS = { widthOf: (text: string) => text.length / 2, ascentOf: () => 0.75 };

/** A page of 100 × 200 points at scale 2, upright and rotated clockwise by 90°. */
const UPRIGHT = [2, 0, 0, -2, 0, 400];
const ROTATED = [0, 2, 2, 0, 0, 0];

function pageOf(transform: readonly number[], more: object = {}): PageText {
  const run = { text: 'ab', start: 0, hasEnd: false, dir: 'ltr', width: 15, height: 10 };
  const style = { ascent: 1, descent: 0, vertical: false, fontFamily: 'serif' };
  return {
    text: 'ab',
    isPartial: false,
    runs: [{ ...run, transform: [...transform], style, ...more }],
  };
}

test('placeText puts the text above its baseline and stretches it to its width', () => {
  const [placed] = placeText(pageOf([10, 0, 0, 10, 20, 150]), UPRIGHT, FONTS);
  // The font is 20 pixels high: 15 above the baseline at 100. Its letters are 20 pixels wide, and 30 on the page.
  expect(placed).toMatchObject({
    left: 40,
    top: 85,
    fontSize: 20,
    fontFamily: 'serif',
    angle: 0,
    stretch: 1.5,
  });
});

test('placeText rotates the text with the page', () => {
  const [placed] = placeText(pageOf([10, 0, 0, 10, 20, 150]), ROTATED, FONTS);
  expect(placed).toMatchObject({ fontSize: 20, angle: Math.PI / 2, stretch: 1.5 });
  expect(placed?.left).toBeCloseTo(300 + 15);
  expect(placed?.top).toBeCloseTo(40);
});

test('placeText rotates vertical text', () => {
  const style = { ascent: 1, descent: 0, vertical: true, fontFamily: 'serif' };
  const [placed] = placeText(pageOf([10, 0, 0, 10, 20, 150], { style, height: 20 }), UPRIGHT, FONTS);
  expect(placed).toMatchObject({ angle: Math.PI / 2, stretch: 2 });
});

test('placeText limits the size of hostile text, and leaves text of unknown width as it is', () => {
  const huge = placeText(pageOf([1e9, 0, 0, 1e9, 0, 0]), UPRIGHT, FONTS);
  expect(huge[0]?.fontSize).toBe(2_000);
  const fonts = { ...FONTS, widthOf: () => 0 };
  expect(placeText(pageOf([10, 0, 0, 10, 0, 0]), UPRIGHT, fonts)[0]?.stretch).toBe(1);
  const style = undefined;
  expect(placeText(pageOf([10, 0, 0, 10, 0, 0], { style }), UPRIGHT, FONTS)[0]?.fontFamily).toBe(
    'sans-serif',
  );
});
