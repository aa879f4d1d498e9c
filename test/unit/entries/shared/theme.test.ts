/** @jest-environment jsdom */
import { followTheme, isDark } from '../../../../src/entries/shared/frame';

test.each([
  ['rgb(255, 255, 255)', false],
  ['rgb(32, 31, 30)', true],
  ['rgb(0, 0, 0)', true],
  ['rgb(0, 120, 212)', true],
  ['rgb(255, 255, 0)', false],
  ['rgba(32, 31, 30, 0.9)', true],
  ['rgb(127, 127, 127)', true],
  ['rgb(128, 128, 128)', false],
  ['', false],
  ['transparent', false],
  // Computed value of a page without a background.
  ['rgba(0, 0, 0, 0)', false],
])('isDark of %s is %s', (color, expected) => {
  expect(isDark(color)).toBe(expected);
});

test("followTheme applies the host's theme to the page", () => {
  const { style, dataset } = document.documentElement;
  const seen = (): unknown[] => [dataset['theme'], style.colorScheme];
  document.body.style.backgroundColor = 'rgb(255, 255, 255)';
  followTheme();
  expect(seen()).toEqual(['light', 'light']);
  document.body.style.backgroundColor = 'rgb(32, 31, 30)';
  window.dispatchEvent(new Event('themeApplied'));
  expect(seen()).toEqual(['dark', 'dark']);
});

test.each([
  ['rgb(0, 0, 0)', true],
  ['rgb(32, 31, 30)', false],
  ['rgba(0, 0, 0, 0)', false],
])('followTheme takes the background %s for high contrast: %s', (background, isHigh) => {
  document.body.style.backgroundColor = background;
  followTheme();
  expect(document.documentElement.classList.contains('high-contrast')).toBe(isHigh);
});
