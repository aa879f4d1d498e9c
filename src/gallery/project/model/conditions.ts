/** Names of conditions. `word` is a text without a name. */
export const CONDITION_NAMES = [
  'word',
  'type',
  'size',
  'by',
  'before',
  'after',
  'month',
  'state',
  'area',
  'item',
  'on',
  'inline',
  'duplicate',
] as const;

/** Name of a condition. */
export type ConditionName = (typeof CONDITION_NAMES)[number];

/** One of the values of a condition. */
export interface ConditionValue {
  readonly text: string;
  /** Whether the whole property has this value: `state:=Closed`. */
  readonly isExact: boolean;
}

/** Condition of a search: `type:log,txt`, `-by:anna`, a word. */
export interface Condition {
  readonly name: ConditionName;
  /** Whether it must not hold. */
  readonly isNegated: boolean;
  /** At least one; one of them must hold. */
  readonly values: readonly ConditionValue[];
}

/** Value of conditions on properties that are unknown for some files. */
export const UNKNOWN = 'unknown';

const NAME = /^([a-z]+):/i;

/** Characters that end a value without quotation marks, or make it another one. */
const NEEDS_QUOTES = /[\s,"]|^=|^$/;

/** A condition with its source. */
export interface ReadCondition {
  readonly condition: Condition;
  /** As typed. */
  readonly source: string;
}

/**
 * Reads a search: words, `"several words"`, `name:value`, `name:one,other`, `name:="exact value"`; `-` before any of
 * them negates it. In quotation marks, `""` is one mark. A name that is not known is a word. Skips conditions without a
 * value.
 */
export function readConditions(text: string): readonly ReadCondition[] {
  const found: ReadCondition[] = [];
  let at = 0;

  function takeQuoted(): string {
    let value = '';
    for (at++; at < text.length; at++) {
      if (text[at] === '"' && text[at + 1] !== '"') break;
      if (text[at] === '"') at++;
      value += text[at] ?? '';
    }
    at++;
    return value;
  }

  function takeBare(end: RegExp): string {
    const start = at;
    while (at < text.length && !end.test(text[at] ?? '')) at++;
    return text.slice(start, at);
  }

  function takeValues(): readonly ConditionValue[] {
    const values: ConditionValue[] = [];
    do {
      if (text[at] === ',') at++;
      const isExact = text[at] === '=';
      if (isExact) at++;
      const value = text[at] === '"' ? takeQuoted() : takeBare(/[\s,]/);
      if (value !== '') values.push({ text: value, isExact });
    } while (text[at] === ',');
    return values;
  }

  while (at < text.length) {
    if (/\s/.test(text[at] ?? '')) {
      at++;
      continue;
    }
    const start = at;
    const isNegated = text[at] === '-' && /\S/.test(text[at + 1] ?? '');
    if (isNegated) at++;
    const name = nameIn(text.slice(at, at + 16));
    let values: readonly ConditionValue[];
    if (name !== undefined) {
      at += name.length + 1;
      values = takeValues();
    } else {
      const word = text[at] === '"' ? takeQuoted() : takeBare(/\s/);
      values = word === '' ? [] : [{ text: word, isExact: false }];
    }
    if (values.length > 0)
      found.push({ condition: { name: name ?? 'word', isNegated, values }, source: text.slice(start, at) });
  }
  return found;
}

function nameIn(text: string): ConditionName | undefined {
  const name = NAME.exec(text)?.[1]?.toLowerCase();
  return name === 'word' ? undefined : CONDITION_NAMES.find((each) => each === name);
}

/** Writes a condition so that `readConditions` reads the same one. */
export function writeCondition({ name, isNegated, values }: Condition): string {
  const sign = isNegated ? '-' : '';
  if (name === 'word') return sign + writeWord(values[0]?.text ?? '');
  const written = values.map(({ text, isExact }) => (isExact ? '=' : '') + writeValue(text));
  return `${sign}${name}:${written.join(',')}`;
}

function writeWord(text: string): string {
  const needsQuotes = /\s|^["-]|^$/.test(text) || nameIn(text) !== undefined;
  return needsQuotes ? quoted(text) : text;
}

function writeValue(text: string): string {
  return NEEDS_QUOTES.test(text) ? quoted(text) : text;
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
