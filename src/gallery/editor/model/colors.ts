import type { Color } from './shapes';

/** Red, green and blue, from 0 to 255. */
export type Rgb = readonly [number, number, number];

const VALUES: Readonly<Record<Color, Rgb>> = {
  red: [209, 23, 38],
  yellow: [255, 204, 0],
  green: [16, 124, 16],
  blue: [0, 99, 177],
  black: [0, 0, 0],
  white: [255, 255, 255],
};

const BLACK: Rgb = [0, 0, 0];
const WHITE: Rgb = [255, 255, 255];

/** Returns the value of a color. */
export function rgbOf(color: Color): Rgb {
  return VALUES[color];
}

/**
 * Returns black or white, for the outline of a shape: the one with more contrast to its color, always more than 4.5:1.
 * On any image, the color or its outline can be seen.
 */
export function outlineOf(color: Rgb): Rgb {
  return contrast(color, WHITE) >= contrast(color, BLACK) ? WHITE : BLACK;
}

/** Returns the contrast ratio of two colors as WCAG defines it, from 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [bright = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (bright + 0.05) / (dark + 0.05);
}

/** Returns a color for CSS and for canvases. */
export function css([red, green, blue]: Rgb): string {
  return `rgb(${red}, ${green}, ${blue})`;
}

function luminance([red, green, blue]: Rgb): number {
  const linear = (value: number): number => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}
