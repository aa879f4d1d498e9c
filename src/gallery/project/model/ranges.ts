/** Numbers from `from` up to, but not including, `to`. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

const UNITS: Readonly<Record<string, number>> = { b: 1, kb: 1e3, mb: 1e6, gb: 1e9, tb: 1e12 };

const SIZE = /^(\d+(?:[.,]\d+)?)\s*([kmgt]?b)?$/i;

/** Reads a size in bytes: `300`, `20kb`, `1.5mb`; units of 1,000. */
function readSize(text: string): number | undefined {
  const [, number = '', unit = 'b'] = SIZE.exec(text) ?? [];
  return number === ''
    ? undefined
    : Math.round(Number(number.replace(',', '.')) * (UNITS[unit.toLowerCase()] ?? 1));
}

/** Reads sizes: `>10mb`, `>=10mb`, `<10mb`, `<=10mb`, `10mb`, `1mb..10mb` without its end. */
export function readSizes(text: string): Range | undefined {
  const [low = '', high] = text.split('..', 2);
  if (high !== undefined) {
    const [from, to] = [readSize(low), readSize(high)];
    return from === undefined || to === undefined ? undefined : { from, to };
  }
  const [, sign = '', rest = ''] = /^(>=|<=|>|<)?(.*)$/s.exec(text) ?? [];
  const size = readSize(rest);
  if (size === undefined) return undefined;
  const from = sign === '>' ? size + 1 : sign.startsWith('<') ? 0 : size;
  return { from, to: sign.startsWith('>') ? Infinity : sign === '<' ? size : size + 1 };
}

/** Reads a day, a month or a year in the local time zone: `2026-01-31`, `2026-01`, `2026`. */
export function readPeriod(text: string): Range | undefined {
  const found = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(text);
  if (!found) return undefined;
  const [year, month, day] = found.slice(1).map((part) => (part ? Number(part) : undefined));
  const start = (y: number, m: number, d: number): number => {
    const date = new Date(2000, 0, 1);
    date.setFullYear(y, m - 1, d);
    return date.getTime();
  };
  const y = year ?? 0;
  if (month === undefined) return { from: start(y, 1, 1), to: start(y + 1, 1, 1) };
  if (month < 1 || month > 12) return undefined;
  if (day === undefined) return { from: start(y, month, 1), to: start(y, month + 1, 1) };
  const date = new Date(start(y, month, day));
  const exists = date.getMonth() === month - 1 && date.getDate() === day;
  return exists ? { from: start(y, month, day), to: start(y, month, day + 1) } : undefined;
}

/** Reads the number of a work item: `1234`, `#1234`. */
export function readWorkItemId(text: string): number | undefined {
  const number = /^#?(\d{1,10})$/.exec(text)?.[1];
  return number === undefined ? undefined : Number(number);
}

/** Reads `yes` or `no`. */
export function readAnswer(text: string): boolean | undefined {
  const answers: Readonly<Record<string, boolean>> = { yes: true, true: true, no: false, false: false };
  return answers[text.toLowerCase()];
}
