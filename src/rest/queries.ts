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
