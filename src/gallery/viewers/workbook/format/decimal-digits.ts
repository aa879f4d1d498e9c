/** Significant digits of a number in Excel. */
const SIGNIFICANT = 15;

/** Decimal digits of a number that is not negative. */
export interface DecimalDigits {
  /** At least one digit. */
  readonly whole: string;
  readonly fraction: string;
}

/**
 * Rounds a number as Excel does: halves up, and in decimal digits. So 1.005 becomes 1.01, although its binary form is
 * smaller.
 *
 * @param value Finite and not negative.
 * @param decimals Digits after the point.
 * @param shift Power of ten to multiply with first.
 */
export function decimalDigits(value: number, decimals: number, shift = 0): DecimalDigits {
  const [mantissa = '', exponent = ''] = value.toExponential(SIGNIFICANT - 1).split('e');
  const digits = mantissa.replace('.', '');
  const kept = Number(exponent) + 1 + shift + decimals;
  const rounded = roundDigits(digits, kept).padStart(decimals + 1, '0');
  const point = rounded.length - decimals;
  return { whole: rounded.slice(0, point), fraction: rounded.slice(point) };
}

/** Rounds to the first digits, as an integer. */
function roundDigits(digits: string, kept: number): string {
  if (kept < 0) return '0';
  if (kept >= digits.length) return BigInt(digits.padEnd(kept, '0')).toString();
  const isUp = digits.charAt(kept) >= '5';
  return (BigInt(digits.slice(0, kept)) + (isUp ? 1n : 0n)).toString();
}
