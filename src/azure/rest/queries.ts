import type { Connection } from './connection';
import { isRecord, readJson } from './server-errors';

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
  const path = '_apis/wit/wiql';
  const conditions = [
    `[System.TeamProject] = ${stringLiteral(project)}`,
    ...words.slice(0, MAX_WORDS).map((word) => `[System.Title] CONTAINS ${stringLiteral(word)}`),
  ];
  const query = `SELECT [System.Id] FROM WorkItems WHERE ${conditions.join(' AND ')} ORDER BY [System.ChangedDate] DESC`;
  const response = await connection.send({
    method: 'POST',
    path,
    query: { $top: String(maxResults) },
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ query }),
    signal,
    isIdempotent: true,
  });
  return readJson(response, `POST ${path}`, readIds);
}

/**
 * Returns the time of the server's clock, in milliseconds since the epoch. CORS hides the `Date` of answers, so it is the
 * `asOf` of a query without results.
 *
 * @throws StaplerError on failure.
 */
export async function readServerTime(connection: Connection): Promise<number> {
  const path = '_apis/wit/wiql';
  const response = await connection.send({
    method: 'POST',
    path,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ query: 'SELECT [System.Id] FROM WorkItems WHERE [System.Id] = 0' }),
    isIdempotent: true,
  });
  return readJson(response, `POST ${path}`, (body) => {
    const asOf = isRecord(body) ? Date.parse(String(body['asOf'])) : NaN;
    return Number.isNaN(asOf) ? undefined : asOf;
  });
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
