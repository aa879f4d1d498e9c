import { formatDate } from './format-date';
import { formatDigits } from './format-digits';
import { formatFraction } from './format-fraction';
import { formatGeneral } from './general';
import type { Condition, Section } from './parse-format';
import { parseFormat } from './parse-format';

/** Format of the values of a cell. */
export interface NumberFormat {
  /** @param is1904 Whether dates count from 1904. */
  readonly formatNumber: (value: number, is1904: boolean) => string;
  readonly formatText: (text: string) => string;
}

/** Format of a cell without one. */
export const GENERAL: NumberFormat = { formatNumber: formatGeneral, formatText: String };

/** Creates a format from its code, such as `#,##0.00`. An unknown one formats as General. */
export function createNumberFormat(code: string): NumberFormat {
  const sections = /^general$/i.test(code) ? undefined : parseFormat(code);
  if (!sections) return GENERAL;
  return {
    formatNumber: (value, is1904) => formatNumber(value, is1904, sections),
    formatText: (text) => formatText(text, sections),
  };
}

function formatNumber(value: number, is1904: boolean, sections: readonly Section[]): string {
  const { section, hasSign } = chooseSection(value, sections);
  const formatted = section && formatBy(section, hasSign ? Math.abs(value) : value, is1904);
  if (formatted === undefined) return formatGeneral(value);
  return hasSign && value < 0 ? `-${formatted}` : formatted;
}

/** Returns `undefined` if the value cannot be formatted. */
function formatBy(section: Section, value: number, is1904: boolean): string | undefined {
  switch (section.kind) {
    case 'date':
      return formatDate(value, is1904, section);
    case 'text':
      return undefined;
    case 'fraction':
      return formatFraction(Math.abs(value), section);
    case 'general':
      return joinTokens(section, formatGeneral(Math.abs(value))).trim();
    case 'number':
      return formatDigits(Math.abs(value), section).trim();
  }
}

interface Choice {
  readonly section: Section | undefined;
  /** Whether a negative value gets a sign. A section for negative values has its own. */
  readonly hasSign: boolean;
}

function chooseSection(value: number, sections: readonly Section[]): Choice {
  const [first, second, third] = sections.length === 4 ? sections.slice(0, 3) : withoutText(sections);
  const isDate = first?.kind === 'date';
  if (!second) return { section: first, hasSign: !isDate };
  if (first?.condition || second.condition) {
    const chosen = [first, second].find((one) => one?.condition && meets(value, one.condition));
    return {
      section: chosen ?? third ?? second,
      hasSign: chosen !== second || second.condition !== undefined,
    };
  }
  if (value < 0) return { section: second, hasSign: false };
  return { section: value === 0 && third ? third : first, hasSign: false };
}

/** Sections for numbers. The last one may be for text: `0.00;@`. */
function withoutText(sections: readonly Section[]): readonly Section[] {
  return sections.length > 1 && sections.at(-1)?.kind === 'text' ? sections.slice(0, -1) : sections;
}

function meets(value: number, { operator, limit }: Condition): boolean {
  switch (operator) {
    case '<':
      return value < limit;
    case '>':
      return value > limit;
    case '<=':
      return value <= limit;
    case '>=':
      return value >= limit;
    case '<>':
      return value !== limit;
    default:
      return value === limit;
  }
}

function formatText(text: string, sections: readonly Section[]): string {
  const last = sections.at(-1);
  return last && (sections.length === 4 || last.kind === 'text') ? joinTokens(last, text) : text;
}

/** Literal text of a section, with a value in its place. */
function joinTokens({ tokens }: Section, value: string): string {
  return tokens
    .map((token) => {
      if (token.type === 'text' || token.type === 'general') return value;
      return token.type === 'literal' ? token.text : '';
    })
    .join('');
}
