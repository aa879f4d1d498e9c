import { decimalDigits } from './decimal-digits';
import type { FormatToken, Section } from './parse-format';

/** Formats a number by places of digits, without its sign. */
export function formatDigits(value: number, { tokens }: Section): string {
  const percents = tokens.filter(({ type }) => type === 'percent').length;
  const shift = 2 * percents - 3 * countScales(tokens);
  const exponentAt = tokens.findIndex(({ type }) => type === 'exponent');
  if (exponentAt >= 0) return formatScientific(value, tokens, exponentAt);
  const { decimals } = placesOf(tokens);
  const { whole, fraction } = decimalDigits(value, decimals, shift);
  return fillPlaces(tokens, whole, fraction);
}

/** Counts the commas at the end of the digits. Each divides by 1000. */
function countScales(tokens: readonly FormatToken[]): number {
  return tokens.filter((token, index) => token.type === 'comma' && commaAt(tokens, index) === 'scale').length;
}

/** Whether a comma groups thousands, divides by 1000, or is text. */
function commaAt(tokens: readonly FormatToken[], index: number): 'group' | 'scale' | 'text' {
  let [before, after] = [index - 1, index + 1];
  while (tokens[before]?.type === 'comma') before--;
  while (tokens[after]?.type === 'comma') after++;
  if (tokens[before]?.type !== 'digit') return 'text';
  return tokens[after]?.type === 'digit' ? 'group' : 'scale';
}

/** Counts the places before and after the point. */
function placesOf(tokens: readonly FormatToken[]): { readonly wholes: number; readonly decimals: number } {
  const pointAt = tokens.findIndex(({ type }) => type === 'point');
  const count = (part: readonly FormatToken[]): number => part.filter(({ type }) => type === 'digit').length;
  if (pointAt < 0) return { wholes: count(tokens), decimals: 0 };
  return { wholes: count(tokens.slice(0, pointAt)), decimals: count(tokens.slice(pointAt)) };
}

/** Digit in a place that the number does not reach. */
const EMPTY_PLACES: Readonly<Record<string, string>> = { '0': '0', '?': ' ', '#': '' };

function fillPlaces(tokens: readonly FormatToken[], whole: string, fraction: string): string {
  const { wholes } = placesOf(tokens);
  const isGrouped = tokens.some(
    (token, index) => token.type === 'comma' && commaAt(tokens, index) === 'group',
  );
  const digits = whole === '0' ? '' : whole;
  const shownDecimals = fraction.replace(/0+$/, '').length;
  let [place, decimal, isPast] = [wholes, 0, false];
  let text = '';
  const writeWhole = (empty: string): void => {
    // The first place has the digits without a place, too.
    const count = place === wholes ? Math.max(1, digits.length - wholes + 1) : 1;
    for (let right = place + count - 2; right >= place - 1; right--) {
      const digit = digits.charAt(digits.length - 1 - right) || empty;
      text += digit;
      if (isGrouped && right > 0 && right % 3 === 0 && /\d/.test(digit)) text += ',';
    }
    place--;
  };
  for (const [index, token] of tokens.entries())
    switch (token.type) {
      case 'digit':
        if (!isPast) {
          writeWhole(EMPTY_PLACES[token.text] ?? '');
        } else {
          const isShown = token.text === '0' || decimal < shownDecimals;
          text += isShown ? fraction.charAt(decimal) : (EMPTY_PLACES[token.text] ?? '');
          decimal++;
        }
        break;
      case 'point':
        if (!isPast && wholes === 0) text += digits;
        isPast = true;
        text += '.';
        break;
      case 'comma':
        if (commaAt(tokens, index) === 'text') text += ',';
        break;
      default:
        text += plainText(token);
    }
  return text;
}

/** Text of a token without digits. */
function plainText(token: FormatToken): string {
  switch (token.type) {
    case 'literal':
      return token.text;
    case 'pad':
      return ' ';
    case 'percent':
      return '%';
    case 'slash':
      return '/';
    default:
      return '';
  }
}

/** `1.23E+05`. With more than one place before the point, the exponent is a multiple of their number. */
function formatScientific(value: number, tokens: readonly FormatToken[], exponentAt: number): string {
  const mantissaTokens = tokens.slice(0, exponentAt);
  const rest = tokens.slice(exponentAt + 1);
  const { wholes, decimals } = placesOf(mantissaTokens);
  const step = Math.max(1, wholes);
  const power = value === 0 ? 0 : Number(value.toExponential().split('e')[1]);
  let exponent = Math.floor(power / step) * step;
  let mantissa = decimalDigits(value, decimals, -exponent);
  // Rounding may add a digit: 9.99 is 1.0E+01.
  if (mantissa.whole.length > step) {
    exponent += step;
    mantissa = decimalDigits(value, decimals, -exponent);
  }
  const exponentToken = tokens[exponentAt];
  const hasPlus = exponentToken?.type === 'exponent' && exponentToken.hasPlus;
  const sign = exponent < 0 ? '-' : hasPlus ? '+' : '';
  return `${fillPlaces(mantissaTokens, mantissa.whole, mantissa.fraction)}E${sign}${fillPlaces(rest, String(Math.abs(exponent)), '')}`;
}
