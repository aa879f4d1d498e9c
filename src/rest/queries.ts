import type { Connection } from './connection';
import { isRecord, readJson } from './server-errors';

/**
 * Numbers of the work items that a saved query finds, each once, in its order (OpenAPI operation `Wiql_Query By Id`).
 * A query for links finds both ends of each.
 *
 * @param queryId GUID of the query.
 * @throws StaplerError when it failed, CancelledError after an abort.
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
    repeatable: true,
  });
  return readJson(response, `GET ${path}`, readIds);
}

/** So many conditions stand in a query at most; who writes more words is not looking for a title. */
const MOST_WORDS = 10;

/** What is looked for. */
export interface TitleSearch {
  /** Each must stand somewhere in the title, whatever the case. */
  readonly words: readonly string[];
  /** Name of the project. */
  readonly project: string;
  /** So many work items at most. */
  readonly atMost: number;
}

/**
 * Numbers of the work items of a project whose title has these words, those that were changed last first (OpenAPI
 * operation `Wiql_Query By Wiql`).
 *
 * @throws StaplerError when it failed, CancelledError after an abort.
 */
export async function findByTitle(
  connection: Connection,
  { words, project, atMost }: TitleSearch,
  signal: AbortSignal,
): Promise<readonly number[]> {
  const path = '_apis/wit/wiql';
  const conditions = [
    `[System.TeamProject] = ${quoted(project)}`,
    ...words.slice(0, MOST_WORDS).map((word) => `[System.Title] CONTAINS ${quoted(word)}`),
  ];
  const query = `SELECT [System.Id] FROM WorkItems WHERE ${conditions.join(' AND ')} ORDER BY [System.ChangedDate] DESC`;
  const response = await connection.send({
    method: 'POST',
    path,
    query: { $top: String(atMost) },
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ query }),
    signal,
    repeatable: true,
  });
  return readJson(response, `POST ${path}`, readIds);
}

/** A text in WIQL, in which nothing can end it but the end. */
function quoted(text: string): string {
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
