import { decimalDigits } from './decimal-digits';

/** Maximum length of a number in the General format, without its sign. */
const MAX_LENGTH = 11;

/** From here on, the General format has an exponent. */
const MAX_VALUE = 1e11;

/** Below, decimals are shown only if they are exact. */
const MIN_ROUNDED = 1e-4;

/** Formats a number as Excel does without a format: up to 11 characters, otherwise with an exponent. */
export function formatGeneral(value: number): string {
  const abs = Math.abs(value);
  if (abs === 0) return '0';
  return (value < 0 ? '-' : '') + (decimalsOf(abs) ?? withExponent(abs));
}

/** `undefined` for numbers that need an exponent. */
function decimalsOf(abs: number): string | undefined {
  if (abs >= MAX_VALUE) return undefined;
  const length = String(Math.floor(abs)).length;
  const { whole, fraction } = decimalDigits(abs, Math.max(0, MAX_LENGTH - 1 - length));
  const text = fraction === '' ? whole : `${whole}.${fraction}`.replace(/\.?0+$/, '');
  if (whole.length > MAX_LENGTH || (abs < MIN_ROUNDED && Number(text) !== Number(abs.toPrecision(15))))
    return undefined;
  return text;
}

function withExponent(abs: number): string {
  const [mantissa = '', exponent = ''] = abs.toExponential(5).split('e');
  const power = exponent.slice(1).padStart(2, '0');
  return `${mantissa.replace(/\.?0+$/, '')}E${exponent.charAt(0)}${power}`;
}
