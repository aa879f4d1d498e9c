/** Bytes of the unit in the form, as in `formatBytes`. */
const MB = 1_000_000;

/** How a kind of field shows a value, and reads what is typed. An unreadable text becomes the value as it is. */
export interface ValueFormat {
  readonly show: (value: unknown) => string;
  /** `undefined` for an empty field. */
  readonly read: (typed: string) => unknown;
}

/** Formats of text fields. */
export const VALUE_FORMATS = {
  text: { show: asText, read: (typed) => (typed === '' ? undefined : typed) },
  count: {
    show: asText,
    read: (typed) => (/^\s*\d+\s*$/.test(typed) ? Number(typed) : textOrNothing(typed)),
  },
  /** Megabytes of bytes, exact to the byte up to a terabyte and beyond any file. */
  size: {
    show: (value) => (typeof value === 'number' ? String(value / MB) : asText(value)),
    read: (typed) =>
      /^\s*\d+(?:[.,]\d+)?\s*$/.test(typed)
        ? Math.round(Number(typed.replace(',', '.')) * MB)
        : textOrNothing(typed),
  },
  list: {
    show: (value) => (Array.isArray(value) ? value.map(asText).join(', ') : asText(value)),
    read: wordsIn,
  },
} as const satisfies Readonly<Record<string, ValueFormat>>;

/** Name of a format. */
export type FormatName = keyof typeof VALUE_FORMATS;

function wordsIn(typed: string): readonly string[] | undefined {
  const words = typed.split(/[\s,;]+/).filter((word) => word !== '');
  return words.length === 0 ? undefined : words;
}

function textOrNothing(typed: string): string | undefined {
  return typed.trim() === '' ? undefined : typed;
}

function asText(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
