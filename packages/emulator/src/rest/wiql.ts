import { project } from './fabrikam';
import { isUnder } from './area-rights';
import { calculatedField } from './calculated-fields';
import { compare, comparisons, dateCondition, type Comparison, type Precision } from './wiql-comparisons';
import { noSuchField, queryNotUnderstood } from './query-refusals';
import type { WorkItem } from './work-item';
import { tokensOf, type Token } from './wiql-tokens';

/** Parsed query. */
export interface WiqlQuery {
  readonly finds: (item: WorkItem) => boolean;
  readonly sortedBy: 'System.Id' | 'System.ChangedDate';
  readonly isDescending: boolean;
}

/** Circumstances of a query. */
export interface WiqlContext {
  /** Precision of dates: `timePrecision` of the request. */
  readonly precision: Precision;
  /** Whether the address names the project: without it, `@project` has no value. */
  readonly isInProject: boolean;
  /** The number of attachments as queries know it. */
  readonly fileCount: (item: WorkItem) => number;
}

const textFields = ['System.Title', 'System.TeamProject', 'System.State', 'System.WorkItemType'];
const areaField = 'System.AreaPath';
const dateFields = ['System.ChangedDate', 'System.CreatedDate'];
const countField = 'System.AttachedFileCount';
const numberFields = ['System.Id', countField];
const knownFields = [...textFields, areaField, ...dateFields, ...numberFields];

/**
 * Parses the supported part of the query language: work items by conditions joined by `AND`. Without an order, the last
 * changed are first. Anything else is refused. Assumed: `CONTAINS` matches parts of words; texts ignore case.
 */
export function readWiql(text: unknown, context: WiqlContext): WiqlQuery {
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

  function takeField(among: readonly string[]): string {
    const name = take('field', 'a field');
    if (!among.includes(name)) throw noSuchField(name);
    return name;
  }

  function isNext(word: string): boolean {
    const token = tokens[at];
    const isIt = token?.kind === 'word' && token.value.toUpperCase() === word;
    if (isIt) at++;
    return isIt;
  }

  function takeCondition(): WiqlQuery['finds'] {
    const name = takeField(knownFields);
    if (numberFields.includes(name)) return numberCondition(name);
    if (dateFields.includes(name))
      return dateCondition(name, takeComparison(), take('text', 'a date'), context);
    return name === areaField ? areaCondition() : textCondition(name);
  }

  function takeComparison(): Comparison {
    const found = take('word', 'an operator');
    const comparison = comparisons.find((one) => one === found);
    if (comparison === undefined) throw queryNotUnderstood('an operator', found);
    return comparison;
  }

  function numberCondition(name: string): WiqlQuery['finds'] {
    const comparison = takeComparison();
    const wanted = Number(take('number', 'a number'));
    const valueOf = (item: WorkItem): number =>
      name === countField ? context.fileCount(item) : Number(calculatedField(item, name));
    return (item) => compare(valueOf(item), comparison, wanted);
  }

  function areaCondition(): WiqlQuery['finds'] {
    const isNot = isNext('NOT');
    const operator = take('word', '= or UNDER').toUpperCase();
    const wanted = take('text', 'a text');
    const isSame = (path: unknown) => textOf(path).toLowerCase() === wanted.toLowerCase();
    if (operator !== 'UNDER' && (operator !== '=' || isNot)) throw queryNotUnderstood('= or UNDER', operator);
    const holds = operator === '=' ? isSame : (path: unknown) => isUnder(path, wanted);
    return ({ fields }) => holds(fields[areaField]) !== isNot;
  }

  function textCondition(name: string): WiqlQuery['finds'] {
    const operator = take('word', '= or CONTAINS').toUpperCase();
    const wanted = takeText().toLowerCase();
    const valueOf = ({ fields }: WorkItem): string => textOf(fields[name]).toLowerCase();
    if (operator === '=') return (item) => valueOf(item) === wanted;
    if (operator === '<>') return (item) => valueOf(item) !== wanted;
    if (operator === 'CONTAINS') return (item) => valueOf(item).includes(wanted);
    throw queryNotUnderstood('= or CONTAINS', operator);
  }

  function takeText(): string {
    const token = tokens[at];
    if (token?.kind !== 'macro') return take('text', 'a text');
    at++;
    if (token.value.toLowerCase() !== '@project' || !context.isInProject)
      throw queryNotUnderstood('a text', token.value);
    return project.name;
  }

  function takeOrder(): Pick<WiqlQuery, 'sortedBy' | 'isDescending'> {
    takeWords('ORDER BY');
    const sortedBy = takeField(['System.Id', 'System.ChangedDate']) as WiqlQuery['sortedBy'];
    const isDescending = isNext('DESC');
    if (!isDescending) isNext('ASC');
    return { sortedBy, isDescending };
  }

  takeWords('SELECT');
  takeField(['System.Id']);
  takeWords('FROM WORKITEMS WHERE');
  const conditions = [takeCondition()];
  while (isNext('AND')) conditions.push(takeCondition());
  const order =
    at < tokens.length ? takeOrder() : { sortedBy: 'System.ChangedDate' as const, isDescending: true };
  const rest = tokens[at];
  if (rest) throw queryNotUnderstood('the end', rest.value);
  return { finds: (item) => conditions.every((holds) => holds(item)), ...order };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
