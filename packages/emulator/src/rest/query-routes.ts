import type { FastifyRequest } from 'fastify';
import { savedQueries, type SavedQuery } from '../saved-queries';
import { noSuchQuery } from './refusals';
import {
  param,
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
    const most = Number(queryValue(request, '$top') ?? Infinity);
    const found = foundBy(query, context.store);
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
    const query = readWiql(body?.query);
    const most = Number(queryValue(request, '$top') ?? Infinity);
    const { store } = context;
    const found = store.workItemIds
      .map((id) => store.workItem(id))
      .filter((item) => query.finds(item))
      .sort((a, b) => dateOf(b) - dateOf(a));
    return {
      queryType: 'flat',
      queryResultType: 'workItem',
      asOf: context.store.clock.now,
      columns: [field('System.Id', 'ID')],
      sortColumns: [{ field: field('System.ChangedDate', 'Changed Date'), descending: true }],
      workItems: found.slice(0, most).map(({ id }) => workItem(id)),
    };
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
  return store.workItemIds.filter((id) => finds(store.workItem(id).fields));
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
    .flatMap(({ url }) => workItemIdIn(url) ?? []);
}
