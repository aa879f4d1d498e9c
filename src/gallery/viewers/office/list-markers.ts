/** Way to write the number of a list item. */
export type NumberStyle =
  'decimal' | 'decimalZero' | 'lowerLetter' | 'upperLetter' | 'lowerRoman' | 'upperRoman';

const ROMAN: readonly (readonly [value: number, letters: string])[] = [
  [1_000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
];

/** Larger numbers are written in digits: letters and Roman numerals grow with the number. */
const MAX_WORDY = 780;

/** Bullets by level. */
const BULLETS = ['•', '◦', '▪'] as const;

/** Characters of the fonts Symbol and Wingdings, which browsers do not show. */
const SYMBOLS: Readonly<Record<number, string>> = {
  0xf06f: '□',
  0xf071: '❑',
  0xf076: '❖',
  0xf0a7: '▪',
  0xf0a8: '◻',
  0xf0b7: '•',
  0xf0d8: '➢',
  0xf0e0: '→',
  0xf0fb: '✗',
  0xf0fc: '✓',
  0xf0fd: '☒',
  0xf0fe: '☑',
};

/** Writes the number of a list item. */
export function formatNumber(number: number, style: NumberStyle): string {
  const isWordy = number >= 1 && number <= MAX_WORDY;
  switch (style) {
    case 'decimalZero':
      return String(number).padStart(2, '0');
    case 'lowerLetter':
    case 'upperLetter':
      return isWordy ? inCase(lettersOf(number), style === 'upperLetter') : String(number);
    case 'lowerRoman':
    case 'upperRoman':
      return isWordy ? inCase(romanOf(number), style === 'upperRoman') : String(number);
    case 'decimal':
      return String(number);
  }
}

/**
 * Returns a bullet that every browser can show.
 *
 * @param text Bullet in the file. Fonts of symbols have their own characters.
 * @param level Level of the item, from 0.
 */
export function bulletOf(text: string, level: number): string {
  const shown = symbolOf(text.codePointAt(0) ?? 0);
  if (shown !== undefined) return shown;
  // A letter is the place of a symbol in a font: `o` and `§` are bullets.
  const isPlain = text !== '' && text.length <= 2 && !/[\w§\s\ue000-\uf8ff]/.test(text);
  return isPlain ? text : (BULLETS[Math.min(level, BULLETS.length - 1)] ?? BULLETS[0]);
}

/** Returns a character that looks like one of a font of symbols, if known. */
export function symbolOf(code: number): string | undefined {
  return SYMBOLS[code];
}

/** `a` to `z`, then `aa`, `bb`, as Word counts. */
function lettersOf(number: number): string {
  const letter = String.fromCharCode(97 + ((number - 1) % 26));
  return letter.repeat(Math.ceil(number / 26));
}

function romanOf(number: number): string {
  let rest = number;
  let text = '';
  for (const [value, letters] of ROMAN) for (; rest >= value; rest -= value) text += letters;
  return text;
}

function inCase(text: string, isUpper: boolean): string {
  return isUpper ? text.toUpperCase() : text;
}
