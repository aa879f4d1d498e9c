import { noSuchField, queryNotUnderstood } from './refusals';
import { calculatedField } from './calculated-fields';
import type { WorkItem } from './work-item';

/** Parsed query. */
export interface WiqlQuery {
  readonly finds: (item: WorkItem) => boolean;
}

/** A field, a text in quotation marks, a number, a sign or a word. */
const TOKEN = /\s*(?:\[([^\]]*)\]|'((?:[^']|'')*)'|(\d+)|(=)|([A-Za-z]+))/y;

const TEXT_FIELDS = ['System.Title', 'System.TeamProject', 'System.State', 'System.WorkItemType'];

const NUMBER_FIELDS = ['System.Id', 'System.AttachedFileCount'];

type Token = { readonly kind: 'field' | 'text' | 'number' | 'word'; readonly value: string };

/**
 * Parses the supported part of the query language: work items by conditions on texts and numbers joined by `AND`, the
 * last changed first. Anything else is refused. Assumed: `CONTAINS` matches parts of words; it and `=` ignore
 * case.
 */
export function readWiql(text: unknown): WiqlQuery {
  if (typeof text !== 'string') throw queryNotUnderstood('a query', String(text));
  const tokens = tokensOf(text);
  let at = 0;

  function take(kind: Token['kind'], expected: string): string {
    const token = tokens[at++];
    if (token?.kind !== kind) throw queryNotUnderstood(expected, token?.value ?? 'the end');
    return token.value;
  }

  function takeWords(words: string): void {
    for (const word of words.split(' ')) {
      const found = take('word', word);
      if (found.toUpperCase() !== word) throw queryNotUnderstood(word, found);
    }
  }

  function takeField(only?: string): string {
    const name = take('field', 'a field');
    if (only !== undefined ? name !== only : ![...TEXT_FIELDS, ...NUMBER_FIELDS].includes(name))
      throw noSuchField(name);
    return name;
  }

  function takeCondition(): WiqlQuery['finds'] {
    const name = takeField();
    if (NUMBER_FIELDS.includes(name)) {
      takeWords('=');
      const number = Number(take('number', 'a number'));
      return (item) => calculatedField(item, name) === number;
    }
    const operator = take('word', '= or CONTAINS').toUpperCase();
    const wanted = take('text', 'a text').toLowerCase();
    const valueOf = ({ fields }: WorkItem): string => textOf(fields[name]).toLowerCase();
    if (operator === '=') return (item) => valueOf(item) === wanted;
    if (operator === 'CONTAINS') return (item) => valueOf(item).includes(wanted);
    throw queryNotUnderstood('= or CONTAINS', operator);
  }

  takeWords('SELECT');
  takeField('System.Id');
  takeWords('FROM WORKITEMS WHERE');
  const conditions = [takeCondition()];
  while (tokens[at]?.value.toUpperCase() === 'AND') {
    at++;
    conditions.push(takeCondition());
  }
  if (at < tokens.length) {
    takeWords('ORDER BY');
    takeField('System.ChangedDate');
    takeWords('DESC');
  }
  const rest = tokens[at];
  if (rest) throw queryNotUnderstood('the end', rest.value);
  return { finds: (item) => conditions.every((holds) => holds(item)) };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const from = TOKEN.lastIndex;
    const found = TOKEN.exec(text);
    if (!found) throw queryNotUnderstood('a word', text.slice(from, from + 20));
    const [, field, quoted, number, sign, word] = found;
    if (field !== undefined) tokens.push({ kind: 'field', value: field });
    else if (quoted !== undefined) tokens.push({ kind: 'text', value: quoted.replaceAll("''", "'") });
    else if (number !== undefined) tokens.push({ kind: 'number', value: number });
    else tokens.push({ kind: 'word', value: sign ?? word ?? '' });
  }
  return tokens;
}
