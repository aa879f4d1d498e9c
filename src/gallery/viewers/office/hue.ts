/** Hue of a text or its background. */
export type Hue = 'red' | 'yellow' | 'green' | 'cyan' | 'blue' | 'magenta' | 'gray';

/** Hues by their last angle on the color wheel. After the last one, red begins again. */
const HUES: readonly (readonly [degrees: number, hue: Hue])[] = [
  [15, 'red'],
  [70, 'yellow'],
  [160, 'green'],
  [200, 'cyan'],
  [255, 'blue'],
  [345, 'magenta'],
];

/** Minimum difference between the largest and smallest channel of a color that is no gray. */
const MIN_CHROMA = 16;

/** Minimum saturation of a color that is no gray. */
const MIN_SATURATION = 0.25;

/** Darkest and lightest gray that differ from the usual text and background. */
const MIN_GRAY = 0x40;
const MAX_GRAY = 0xf7;

/**
 * Returns the hue of a color such as `C00000`. Returns `undefined` for black, white, shades near them, and values that
 * are no color.
 *
 * Colors of a file are shown by their hue only, as those of a terminal: a text has the color of the theme with this
 * hue, and a highlighted text is black on a tint. So each text is readable in each theme, and no value of a file gets
 * into a style.
 */
export function hueOf(color: string): Hue | undefined {
  if (!/^[\dA-F]{6}$/i.test(color)) return undefined;
  const [red, green, blue] = [0, 2, 4].map((start) => parseInt(color.slice(start, start + 2), 16)) as [
    number,
    number,
    number,
  ];
  const max = Math.max(red, green, blue);
  const min = Math.min(red, green, blue);
  const chroma = max - min;
  const saturation = chroma / (255 - Math.abs(max + min - 255));
  if (chroma < MIN_CHROMA || saturation < MIN_SATURATION) {
    const lightness = (max + min) / 2;
    return lightness >= MIN_GRAY && lightness <= MAX_GRAY ? 'gray' : undefined;
  }
  const degrees = degreesOf(red, green, blue);
  return HUES.find(([last]) => degrees < last)?.[1] ?? 'red';
}

/** Angle on the color wheel, from 0 to 360. */
function degreesOf(red: number, green: number, blue: number): number {
  const max = Math.max(red, green, blue);
  const chroma = max - Math.min(red, green, blue);
  if (max === red) return (60 * ((green - blue) / chroma) + 360) % 360;
  return max === green ? 60 * ((blue - red) / chroma) + 120 : 60 * ((red - green) / chroma) + 240;
}
