import type { Connection } from './connection';
import { isRecord, readJson } from './server-errors';
import { ServerError } from '../../base/errors';

/**
 * Runs a saved query and returns its work item ids in order, without duplicates (OpenAPI operation `Wiql_Query By
 * Id`). A link query yields both ends of each link.
 *
 * @param queryId GUID of the query.
 * @throws StaplerError on failure, CancelledError after an abort.
 */
export async function runSavedQuery(
  connection: Connection,
  queryId: string,
  signal?: AbortSignal,
): Promise<readonly number[]> {
  const path = `_apis/wit/wiql/${encodeURIComponent(queryId)}`;
  const response = await connection.send({
    method: 'GET',
    path,
    headers: {},
    ...(signal && { signal }),
    isIdempotent: true,
  });
  return readJson(response, `GET ${path}`, readIds);
}

/** More words are unlikely to be a title. */
const MAX_WORDS = 10;

/** A search by title. */
export interface TitleSearch {
  /** All must occur in the title, ignoring case. */
  readonly words: readonly string[];
  /** Name of the project. */
  readonly project: string;
  /** Maximum number of results. */
  readonly maxResults: number;
}

/**
 * Finds work items of a project by words of the title; most recently changed first (OpenAPI operation `Wiql_Query By
 * Wiql`).
 *
 * @throws StaplerError on failure, CancelledError after an abort.
 */
export async function findByTitle(
  connection: Connection,
  { words, project, maxResults }: TitleSearch,
  signal: AbortSignal,
): Promise<readonly number[]> {
  const conditions = [
    `[System.TeamProject] = ${stringLiteral(project)}`,
    ...words.slice(0, MAX_WORDS).map((word) => `[System.Title] CONTAINS ${stringLiteral(word)}`),
  ];
  const query = `SELECT [System.Id] FROM WorkItems WHERE ${conditions.join(' AND ')} ORDER BY [System.ChangedDate] DESC`;
  const { ids } = await runQuery(connection, query, { $top: String(maxResults) }, signal);
  return ids;
}

/** Result of a query. */
interface QueryResult {
  /** In order, without duplicates. */
  readonly ids: readonly number[];
  /** Time of the result by the server's clock, in milliseconds since the epoch; `NaN` if the server does not tell. */
  readonly asOf: number;
}

async function runQuery(
  connection: Connection,
  query: string,
  options: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<QueryResult> {
  const path = '_apis/wit/wiql';
  const response = await connection.send({
    method: 'POST',
    path,
    query: options,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ query }),
    ...(signal && { signal }),
    isIdempotent: true,
  });
  return readJson(response, `POST ${path}`, (body) => {
    const ids = readIds(body);
    return ids && { ids, asOf: isRecord(body) ? Date.parse(String(body['asOf'])) : NaN };
  });
}

/** Results per request: a query with 20,000 or more is refused (`VS402337`). */
const PAGE_SIZE = 19_999;

/** Conditions on work items of a project. */
export interface ProjectQuery {
  /** Name of the project. */
  readonly project: string;
  /** Whether the work items have attached files; any if left out. */
  readonly hasFiles?: boolean;
  /** Time of the last change or later, in milliseconds since the epoch. */
  readonly changedSince?: number;
}

/**
 * Finds all work items of a project that meet the conditions and that the person can read, in pages by id.
 *
 * @returns Ascending ids, and the time of the first page: later changes may be missing.
 * @throws StaplerError on failure, CancelledError after an abort.
 */
export async function findInProject(
  connection: Connection,
  { project, hasFiles, changedSince }: ProjectQuery,
  signal?: AbortSignal,
): Promise<QueryResult> {
  const conditions = [`[System.TeamProject] = ${stringLiteral(project)}`];
  if (hasFiles !== undefined) conditions.push(`[System.AttachedFileCount] ${hasFiles ? '> 0' : '= 0'}`);
  if (changedSince !== undefined)
    conditions.push(`[System.ChangedDate] >= '${new Date(changedSince).toISOString()}'`);
  const ids: number[] = [];
  let asOf: number | undefined;
  for (;;) {
    const last = ids.at(-1) ?? 0;
    const where = [...conditions, `[System.Id] > ${last}`].join(' AND ');
    const query = `SELECT [System.Id] FROM WorkItems WHERE ${where} ORDER BY [System.Id]`;
    const page = await runQuery(
      connection,
      query,
      { $top: String(PAGE_SIZE), timePrecision: 'true' },
      signal,
    );
    asOf ??= page.asOf;
    const next = page.ids.filter((id) => id > last);
    ids.push(...next);
    if (next.length < PAGE_SIZE) return { ids, asOf };
  }
}

/**
 * Returns the time of the server's clock, in milliseconds since the epoch. CORS hides the `Date` of answers, so it is the
 * `asOf` of a query without results.
 *
 * @throws StaplerError on failure.
 */
export async function readServerTime(connection: Connection): Promise<number> {
  const { asOf } = await runQuery(connection, 'SELECT [System.Id] FROM WorkItems WHERE [System.Id] = 0', {});
  if (Number.isNaN(asOf)) throw new ServerError('unexpected-answer', 'The answer to a query has no time.');
  return asOf;
}

/** A WIQL string literal, safe from injection. */
function stringLiteral(text: string): string {
  return `'${text.replace(/[\u0000-\u001f\u007f]/g, ' ').replace(/'/g, "''")}'`;
}

function readIds(body: unknown): readonly number[] | undefined {
  if (!isRecord(body)) return undefined;
  const { workItems, workItemRelations } = body;
  if (!Array.isArray(workItems) && !Array.isArray(workItemRelations)) return undefined;
  const links = listOf(workItemRelations).flatMap(({ source, target }) => [source, target]);
  const ids = [...listOf(workItems), ...links].flatMap((item) => (isRecord(item) ? [item['id']] : []));
  return [...new Set(ids.filter((id): id is number => Number.isInteger(id) && Number(id) > 0))];
}

function listOf(value: unknown): readonly Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
