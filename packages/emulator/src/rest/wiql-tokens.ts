import { queryNotUnderstood } from './query-refusals';

/** Part of a query. Operators are words. */
export interface Token {
  readonly kind: 'field' | 'text' | 'number' | 'macro' | 'word';
  readonly value: string;
}

/** A field, a text in quotation marks, a number, a macro, an operator or a word. */
const TOKEN = /\s*(?:\[([^\]]*)\]|'((?:[^']|'')*)'|(\d+)|(@[A-Za-z]+)|(<>|<=|>=|[=<>])|([A-Za-z]+))/y;

/** Splits a query; throws the refusal. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const from = TOKEN.lastIndex;
    const found = TOKEN.exec(text);
    if (!found) throw queryNotUnderstood('a word', text.slice(from, from + 20));
    const [, field, quoted, number, macro, operator, word] = found;
    if (field !== undefined) tokens.push({ kind: 'field', value: field });
    else if (quoted !== undefined) tokens.push({ kind: 'text', value: quoted.replaceAll("''", "'") });
    else if (number !== undefined) tokens.push({ kind: 'number', value: number });
    else if (macro !== undefined) tokens.push({ kind: 'macro', value: macro });
    else tokens.push({ kind: 'word', value: operator ?? word ?? '' });
  }
  return tokens;
}
