import type { FormatToken, Section } from './parse-format';

/** Maximum number of digits of a denominator. */
const MAX_PLACES = 3;

/** Places of the format in text form: `# ??/??`, `?/8`. */
const PLACES = /^\s*(?:([#0?]+)\s+)?([#0?]+)\s*\/\s*([#0?]+|[1-9]\d*)\s*$/;

/** Formats a number as a fraction, without its sign. Returns `undefined` for an unusual format. */
export function formatFraction(value: number, { tokens }: Section): string | undefined {
  const [match, wholes, , denominators = ''] = PLACES.exec(tokens.map(textOf).join('')) ?? [];
  if (match === undefined || value >= Number.MAX_SAFE_INTEGER) return undefined;
  const whole = wholes === undefined ? 0 : Math.floor(value);
  const { numerator, denominator } = /^[1-9]/.test(denominators)
    ? withDenominator(value - whole, Number(denominators))
    : closest(value - whole, 10 ** Math.min(denominators.length, MAX_PLACES) - 1);
  if (wholes === undefined) return `${numerator}/${denominator}`;
  // The fraction may be rounded up to 1.
  const rounded = whole + Math.floor(numerator / denominator);
  const left = numerator % denominator;
  if (left === 0) return String(rounded);
  return rounded === 0 && !wholes.includes('0')
    ? `${left}/${denominator}`
    : `${rounded} ${left}/${denominator}`;
}

interface Fraction {
  readonly numerator: number;
  readonly denominator: number;
}

function withDenominator(value: number, denominator: number): Fraction {
  return { numerator: Math.round(value * denominator), denominator };
}

/** Last convergent of the continued fraction within the limit, as in Excel. */
function closest(value: number, maxDenominator: number): Fraction {
  let before: Fraction = { numerator: 1, denominator: 0 };
  let fraction: Fraction = { numerator: Math.floor(value), denominator: 1 };
  let rest = value - Math.floor(value);
  while (rest > 1e-7) {
    const whole = Math.floor(1 / rest);
    rest = 1 / rest - whole;
    const next = {
      numerator: whole * fraction.numerator + before.numerator,
      denominator: whole * fraction.denominator + before.denominator,
    };
    if (next.denominator > maxDenominator) break;
    [before, fraction] = [fraction, next];
  }
  return fraction;
}

function textOf(token: FormatToken): string {
  switch (token.type) {
    case 'literal':
    case 'digit':
      return token.text;
    case 'slash':
      return '/';
    case 'pad':
      return ' ';
    default:
      return 'x';
  }
}
