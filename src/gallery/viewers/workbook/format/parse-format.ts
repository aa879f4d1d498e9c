/** Part of a number format. */
export type FormatToken =
  /** Shown as it is. */
  | { readonly type: 'literal'; readonly text: string }
  /** Space as wide as a character. */
  | { readonly type: 'pad' }
  /** Place of a digit: `0`, `#` or `?`. */
  | { readonly type: 'digit'; readonly text: string }
  | { readonly type: 'point' | 'comma' | 'percent' | 'slash' | 'text' | 'general' }
  | { readonly type: 'exponent'; readonly hasPlus: boolean }
  /** Part of a date or time, by its first letter. `n` is a minute, to be told from a month. */
  | { readonly type: 'date'; readonly unit: DateUnit; readonly length: number }
  /** Hours, minutes or seconds in total. */
  | { readonly type: 'elapsed'; readonly unit: DateUnit; readonly length: number }
  | { readonly type: 'half-day'; readonly texts: readonly string[] }
  /** Decimals of a second. */
  | { readonly type: 'decimals'; readonly length: number };

/** Year, month, day, hour, minute, second. */
export type DateUnit = 'y' | 'm' | 'd' | 'h' | 'n' | 's';

/** Comparison before a section, such as `[>=100]`. */
export interface Condition {
  readonly operator: string;
  readonly limit: number;
}

/** One of up to four sections of a format. */
export interface Section {
  readonly kind: 'number' | 'fraction' | 'date' | 'text' | 'general';
  readonly tokens: readonly FormatToken[];
  readonly condition: Condition | undefined;
}

/** Maximum length of a format in Excel. */
const MAX_LENGTH = 255;

const TOKEN =
  /"([^"]*)"?|\\(.)|_(.)|\*.|\[([^\]]*)\]|(general)|(AM\/PM|A\/P)|(e[+-](?=[0#?]))|(y+|m+|d+|h+|s+|e+)|([0#?])|([.,%/@;])|([^a-z])/giy;

const SYMBOLS: Readonly<Record<string, FormatToken>> = {
  '.': { type: 'point' },
  ',': { type: 'comma' },
  '%': { type: 'percent' },
  '/': { type: 'slash' },
  '@': { type: 'text' },
};

/** Parses a number format. Returns `undefined` if it has an unknown part. */
export function parseFormat(code: string): readonly Section[] | undefined {
  if (code.length > MAX_LENGTH) return undefined;
  const sections: Section[] = [];
  let tokens: FormatToken[] = [];
  let condition: Condition | undefined;
  let end = 0;
  for (const match of `${code};`.matchAll(TOKEN)) {
    end = match.index + match[0].length;
    if (match[0] === ';') {
      const section = sectionOf(tokens, condition);
      if (!section) return undefined;
      sections.push(section);
      [tokens, condition] = [[], undefined];
    } else if (match[4] === undefined) {
      tokens.push(...tokensOf(match));
    } else {
      condition ??= conditionOf(match[4]);
      tokens.push(...bracketed(match[4]));
    }
  }
  return end > code.length && sections.length <= 4 ? sections : undefined;
}

function tokensOf(match: RegExpExecArray): readonly FormatToken[] {
  const [, quoted, escaped, pad, , general, halfDay, exponent, date, digit, symbol, other] = match;
  const literal = quoted ?? escaped ?? other;
  if (literal !== undefined) return [{ type: 'literal', text: literal }];
  if (pad !== undefined) return [{ type: 'pad' }];
  if (general !== undefined) return [{ type: 'general' }];
  if (halfDay !== undefined) return [{ type: 'half-day', texts: halfDay.split('/') }];
  if (exponent !== undefined) return [{ type: 'exponent', hasPlus: exponent.endsWith('+') }];
  if (digit !== undefined) return [{ type: 'digit', text: digit }];
  if (date !== undefined) return [dateToken('date', date)];
  const token = symbol === undefined ? undefined : SYMBOLS[symbol];
  return token ? [token] : [];
}

function dateToken(type: 'date' | 'elapsed', text: string): FormatToken {
  const letter = text.charAt(0).toLowerCase();
  // `e` is the year in East Asian formats.
  return letter === 'e'
    ? { type, unit: 'y', length: 4 }
    : { type, unit: letter as DateUnit, length: text.length };
}

/** Tokens in brackets: a total of time, or a currency. Colors and languages are not shown. */
function bracketed(text: string): readonly FormatToken[] {
  if (/^(?:h+|m+|s+)$/i.test(text)) return [dateToken('elapsed', text)];
  const [, currency = ''] = /^\$([^-]*)/.exec(text) ?? [];
  return currency === '' ? [] : [{ type: 'literal', text: currency }];
}

function conditionOf(text: string): Condition | undefined {
  const [, operator = '', limit] = /^(<=|>=|<>|<|>|=)(-?\d*\.?\d+(?:E[+-]?\d+)?)$/i.exec(text) ?? [];
  return limit === undefined ? undefined : { operator, limit: Number(limit) };
}

function sectionOf(tokens: readonly FormatToken[], condition: Condition | undefined): Section | undefined {
  const types = new Set(tokens.map(({ type }) => type));
  if (types.has('date') || types.has('elapsed') || types.has('half-day')) {
    const parts = dateParts(tokens);
    return parts && { kind: 'date', tokens: parts, condition };
  }
  const isMixed = types.has('digit') && (types.has('text') || types.has('general'));
  if (isMixed || (types.has('exponent') && types.has('slash'))) return undefined;
  if (types.has('slash') && types.has('digit')) return { kind: 'fraction', tokens, condition };
  const kind = types.has('text') ? 'text' : types.has('general') ? 'general' : 'number';
  return { kind, tokens, condition };
}

/** Distinguishes minutes from months, and reads digits after a point as decimals of a second. */
function dateParts(tokens: readonly FormatToken[]): readonly FormatToken[] | undefined {
  const parts: FormatToken[] = [];
  for (const [index, token] of tokens.entries()) {
    const last = parts.at(-1);
    switch (token.type) {
      case 'point':
        parts.push(
          tokens[index + 1]?.type === 'digit'
            ? { type: 'decimals', length: 0 }
            : { type: 'literal', text: '.' },
        );
        break;
      case 'digit':
        if (last?.type !== 'decimals' || token.text !== '0') return undefined;
        parts[parts.length - 1] = { type: 'decimals', length: last.length + 1 };
        break;
      case 'comma':
      case 'slash':
      case 'percent':
        parts.push({ type: 'literal', text: { comma: ',', slash: '/', percent: '%' }[token.type] });
        break;
      case 'text':
        // `yyyy-mm-dd;@` has it in a section of its own; within a date it has no meaning.
        break;
      case 'exponent':
      case 'general':
        return undefined;
      default:
        parts.push(token);
    }
  }
  return withMinutes(parts);
}

function withMinutes(parts: readonly FormatToken[]): readonly FormatToken[] {
  const units = parts.filter(({ type }) => type === 'date' || type === 'elapsed');
  return parts.map((part) => {
    if ((part.type !== 'date' && part.type !== 'elapsed') || part.unit !== 'm') return part;
    const index = units.indexOf(part);
    const isMinute =
      part.type === 'elapsed' ||
      (part.length <= 2 && (isUnit(units[index - 1], 'h') || isUnit(units[index + 1], 's')));
    return isMinute ? { ...part, unit: 'n' } : part;
  });
}

function isUnit(token: FormatToken | undefined, unit: DateUnit): boolean {
  return token !== undefined && 'unit' in token && token.unit === unit;
}
