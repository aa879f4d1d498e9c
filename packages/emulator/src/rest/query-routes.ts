import type { FastifyRequest } from 'fastify';
import { savedQueries, type SavedQuery } from '../saved-queries';
import { noSuchQuery, tooManyResults } from './query-refusals';
import { attachmentCount } from './relations-on-demand';
import {
  param,
  queryFlag,
  queryValue,
  receiveJson,
  requireContentType,
  type RestContext,
  type RestRoute,
} from './rest-context';
import type { Store } from './store';
import { readWiql } from './wiql';
import { workItemIdIn, type WorkItem } from './work-item';

const child = 'System.LinkTypes.Hierarchy-Forward';

/** Delay of the number of attachments, if queries know it later. In milliseconds. */
const countDelayMs = 10_000;

/** Reference name and name, as results tell them. */
const columns = [
  ['System.Id', 'ID'],
  ['System.WorkItemType', 'Work Item Type'],
  ['System.Title', 'Title'],
  ['System.State', 'State'],
  ['System.AssignedTo', 'Assigned To'],
] as const;

/** Row of a tree; top rows have no `source`. */
interface Line {
  readonly source?: number;
  readonly target: number;
}

/**
 * `GET …/wiql/{id}`: results of a saved query (OpenAPI operation `Wiql_Query By Id`); `POST …/wiql`: results
 * of a query text (`Wiql_Query By Wiql`).
 */
export function queryRoutes(context: RestContext): RestRoute[] {
  return [
    {
      method: 'GET',
      path: '_apis/wit/wiql/:id',
      operations: () => ['read'],
      latestPreview: 2,
      handle: run,
    },
    {
      method: 'POST',
      path: '_apis/wit/wiql',
      operations: () => ['read'],
      latestPreview: 2,
      handle: runText,
    },
  ];

  function run(request: FastifyRequest) {
    const id = param(request, 'id')?.toLowerCase() ?? '';
    const query = savedQueries.find((one) => one.id === id);
    if (query === undefined) throw noSuchQuery(id);
    const found = foundBy(query, context.store);
    const most = mostOf(request, found.length);
    return {
      queryType: query.queryType,
      queryResultType: query.queryType === 'flat' ? 'workItem' : 'workItemLink',
      asOf: context.store.clock.now,
      columns: columns.map(([referenceName, name]) => field(referenceName, name)),
      sortColumns: [{ field: field('System.Id', 'ID'), descending: false }],
      ...(query.queryType === 'flat'
        ? { workItems: found.slice(0, most).map(workItem) }
        : { workItemRelations: linesOf(found, context.store).slice(0, most).map(relation) }),
    };
  }

  async function runText(request: FastifyRequest) {
    requireContentType(request, 415, ['application/json']);
    const body = (await receiveJson(context, request)) as { query?: unknown } | null;
    const { finds, sortedBy, isDescending } = readWiql(body?.query, {
      precision: queryFlag(request, 'timePrecision') ? 'time' : 'day',
      isInProject: param(request, 'project') !== undefined,
      fileCount,
    });
    const { store } = context;
    const found = store.workItemIds
      .filter((id) => store.isReadable(id))
      .map((id) => store.workItem(id))
      .filter(finds);
    const most = mostOf(request, found.length);
    const keyOf = sortedBy === 'System.Id' ? ({ id }: WorkItem) => id : dateOf;
    const sign = isDescending ? -1 : 1;
    found.sort((a, b) => sign * (keyOf(a) - keyOf(b)));
    const name = sortedBy === 'System.Id' ? 'ID' : 'Changed Date';
    return {
      queryType: 'flat',
      queryResultType: 'workItem',
      asOf: context.store.clock.now,
      columns: [field('System.Id', 'ID')],
      sortColumns: [{ field: field(sortedBy, name), descending: isDescending }],
      workItems: found.slice(0, most).map(({ id }) => workItem(id)),
    };
  }

  /** Maximum number of results; throws the refusal of too many. */
  function mostOf(request: FastifyRequest, found: number): number {
    const { limits, assumptions } = context.store;
    const top = Number(queryValue(request, '$top') ?? Infinity);
    const isCut = top <= limits.maxQueryResults && assumptions.topOfManyResults === 'cut';
    if (found > limits.maxQueryResults && !isCut) throw tooManyResults(limits.maxQueryResults);
    return top;
  }

  /** Number of attachments as queries know it, by `fileCountInQueries`. */
  function fileCount(item: WorkItem): number {
    const { store } = context;
    if (store.assumptions.fileCountInQueries === 'at once') return attachmentCount(item);
    const known = store.clock.time - countDelayMs;
    const before = store
      .updates(item.id)
      .filter(({ date }) => Date.parse(date) <= known)
      .at(-1);
    return before === undefined ? 0 : attachmentCount(before.after);
  }

  function field(referenceName: string, name: string) {
    return { referenceName, name, url: new URL(`_apis/wit/fields/${referenceName}`, context.baseUrl).href };
  }

  function workItem(id: number) {
    return { id, url: new URL(`_apis/wit/workItems/${id}`, context.baseUrl).href };
  }

  /** The members of a line on top are absent, not null, as the documentation shows them. */
  function relation({ source, target }: Line) {
    return {
      ...(source !== undefined && { rel: child, source: workItem(source) }),
      target: workItem(target),
    };
  }
}

function dateOf({ fields }: WorkItem): number {
  return Date.parse(fields['System.ChangedDate'] as string);
}

function foundBy({ finds }: SavedQuery, store: Store): number[] {
  return store.workItemIds.filter((id) => store.isReadable(id) && finds(store.workItem(id).fields));
}

/** Each work item with those below it, once, wherever it was met first. */
function linesOf(roots: readonly number[], store: Store): Line[] {
  const seen = new Set<number>();
  const branch = (line: Line): Line[] => {
    if (seen.has(line.target)) return [];
    seen.add(line.target);
    const below = childrenOf(line.target, store).map((target) => ({ source: line.target, target }));
    return [line, ...below.flatMap(branch)];
  };
  return roots.flatMap((target) => branch({ target }));
}

function childrenOf(id: number, store: Store): number[] {
  return store
    .workItem(id)
    .relations.filter(({ rel }) => rel === child)
    .flatMap(({ url }) => workItemIdIn(url) ?? [])
    .filter((child) => store.isReadable(child));
}
