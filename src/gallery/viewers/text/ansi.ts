/** Color of a terminal that is shown. The others (black, white, default) are the color of the text. */
type AnsiColor = 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan' | 'gray';

/** Style of a terminal. */
interface AnsiStyle {
  readonly color?: AnsiColor | undefined;
  readonly background?: AnsiColor | undefined;
  readonly isBold?: boolean;
  readonly isDim?: boolean;
  readonly isItalic?: boolean;
  readonly isUnderlined?: boolean;
}

/** Part of a line in one style. */
export interface AnsiRun {
  /** Offset of its end in the text without escape sequences, in UTF-16 units. */
  readonly end: number;
  /** Class names; empty for unstyled text. */
  readonly className: string;
}

/** A line without its escape sequences. */
export interface AnsiText {
  readonly text: string;
  /** Runs of the whole text, in order. */
  readonly runs: readonly AnsiRun[];
}

/**
 * Control sequences of terminals (ECMA-48, 5.4): styles, and moves of the cursor that mean nothing in a file. Other
 * escape sequences stay visible.
 */
const SEQUENCES = /\u001b\[([0-?]*)[ -/]*([@-~])/g;

const ESCAPE = '\u001b';

/** Colors 1 to 6 of the palette; 0 is black and 7 is white. */
const PALETTE: readonly (AnsiColor | undefined)[] = [
  undefined,
  ...(['red', 'green', 'yellow', 'blue', 'magenta', 'cyan'] as const),
  undefined,
];

/** Colors by sixths of the color wheel, from red. */
const WHEEL = ['red', 'yellow', 'green', 'cyan', 'blue', 'magenta'] as const;

/** Colors with less difference between their components are shades of gray. */
const MIN_CHROMA = 40;

/** Returns a line without its control sequences. */
export function withoutAnsi(line: string): string {
  return line.includes(ESCAPE) ? line.replace(SEQUENCES, '') : line;
}

/**
 * Reads the control sequences of a line. Each line starts without a style: loggers end theirs with the line. Concealed
 * text is shown.
 */
export function readAnsi(line: string): AnsiText {
  if (!line.includes(ESCAPE)) return { text: line, runs: [{ end: line.length, className: '' }] };
  const runs: AnsiRun[] = [];
  let style: AnsiStyle = {};
  let text = '';
  let last = 0;
  const add = (until: number): void => {
    if (until > last) {
      text += line.slice(last, until);
      runs.push({ end: text.length, className: classNameOf(style) });
    }
  };
  for (const { index, 0: sequence, 1: parameters = '', 2: final } of line.matchAll(SEQUENCES)) {
    add(index);
    last = index + sequence.length;
    if (final === 'm') style = restyle(style, parameters);
  }
  add(line.length);
  return { text, runs };
}

/** Applies the parameters of "select graphic rendition" (ECMA-48, 8.3.117). */
function restyle(style: AnsiStyle, parameters: string): AnsiStyle {
  const codes = parameters.split(/[;:]/).map(Number);
  let next = style;
  for (let code = codes.shift(); code !== undefined; code = codes.shift()) {
    if (code === 38) next = { ...next, color: takeColor(codes) };
    else if (code === 48) next = { ...next, background: takeColor(codes) };
    else next = applyCode(next, code);
  }
  return next;
}

function applyCode(style: AnsiStyle, code: number): AnsiStyle {
  if (code >= 30 && code <= 37) return { ...style, color: PALETTE[code - 30] };
  if (code >= 90 && code <= 97) return { ...style, color: code === 90 ? 'gray' : PALETTE[code - 90] };
  if (code >= 40 && code <= 47) return { ...style, background: PALETTE[code - 40] };
  if (code >= 100 && code <= 107) return { ...style, background: PALETTE[code - 100] };
  switch (code) {
    case 0:
      return {};
    case 1:
      return { ...style, isBold: true };
    case 2:
      return { ...style, isDim: true };
    case 3:
      return { ...style, isItalic: true };
    case 4:
      return { ...style, isUnderlined: true };
    case 22:
      return { ...style, isBold: false, isDim: false };
    case 23:
      return { ...style, isItalic: false };
    case 24:
      return { ...style, isUnderlined: false };
    case 39:
      return { ...style, color: undefined };
    case 49:
      return { ...style, background: undefined };
    default:
      return style;
  }
}

/** Takes an extended color off the codes: `5;n` of 256 colors, or `2;r;g;b`. */
function takeColor(codes: number[]): AnsiColor | undefined {
  const [kind, ...values] = codes;
  if (kind === 2) {
    codes.splice(0, 4);
    const [red = 0, green = 0, blue = 0] = values;
    return nearest(red, green, blue);
  }
  codes.splice(0, 2);
  return kind === 5 ? indexed(values[0] ?? 0) : undefined;
}

/** Color of the table with 256: the palette twice, a cube of 6 × 6 × 6, and shades of gray. */
function indexed(index: number): AnsiColor | undefined {
  if (index < 16) return index === 8 ? 'gray' : PALETTE[index % 8];
  if (index >= 232) return undefined;
  const [red, green, blue] = [36, 6, 1].map((unit) => (Math.floor((index - 16) / unit) % 6) * 51);
  return nearest(red ?? 0, green ?? 0, blue ?? 0);
}

/** The shown color with the nearest hue: the exact color could be unreadable in a theme. */
function nearest(red: number, green: number, blue: number): AnsiColor | undefined {
  const max = Math.max(red, green, blue);
  const chroma = max - Math.min(red, green, blue);
  if (!(chroma >= MIN_CHROMA)) return undefined;
  const sixth =
    max === red
      ? (green - blue) / chroma
      : max === green
        ? 2 + (blue - red) / chroma
        : 4 + (red - green) / chroma;
  return WHEEL[(Math.round(sixth) + 6) % 6];
}

function classNameOf({ color, background, isBold, isDim, isItalic, isUnderlined }: AnsiStyle): string {
  const names = [
    color && `ansi-${color}`,
    background && `ansi-on ansi-on-${background}`,
    isBold && 'ansi-bold',
    isDim && !color && 'ansi-gray',
    isItalic && 'ansi-italic',
    isUnderlined && 'ansi-underlined',
  ];
  return names.filter(Boolean).join(' ');
}
