import fc from 'fast-check';
import { hueOf } from '../../../../../src/gallery/viewers/office/hue';

test.each([
  ['C00000', 'red'],
  ['ed7d31', 'yellow'],
  ['FFC000', 'yellow'],
  ['FFF2CC', 'yellow'],
  ['00B050', 'green'],
  ['00B0B0', 'cyan'],
  ['0563C1', 'blue'],
  ['1F3864', 'blue'],
  ['7030A0', 'magenta'],
  ['DC143C', 'red'],
  ['808080', 'gray'],
  ['44546A', 'gray'],
  ['F2F2F2', 'gray'],
  ['000000', undefined],
  ['1F1F1F', undefined],
  ['050514', undefined],
  ['FFFFFF', undefined],
  ['FFFFF5', undefined],
  ['auto', undefined],
  ['', undefined],
  ['FF00', undefined],
  ['#FF0000', undefined],
  ['FF0000;', undefined],
])('The hue of %j is %j', (color, hue) => {
  expect(hueOf(color)).toBe(hue);
});

test('Each color has a known hue or none', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffffff }), (value) => {
      const hue = hueOf(value.toString(16).padStart(6, '0'));
      expect(['red', 'yellow', 'green', 'cyan', 'blue', 'magenta', 'gray', undefined]).toContain(hue);
    }),
  );
});
