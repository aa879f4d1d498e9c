import type { Connection } from './connection';
import { isRecord, readJson } from './server-errors';

/**
 * Reads the ids of the work items in the recycle bin of a project (OpenAPI operation `Recyclebin_Get Deleted Work Item
 * Shallow References`).
 *
 * @param project Name or GUID of the project.
 * @throws StaplerError on failure, CancelledError after an abort.
 */
export async function readDeletedIds(
  connection: Connection,
  project: string,
  signal?: AbortSignal,
): Promise<readonly number[]> {
  const path = `${encodeURIComponent(project)}/_apis/wit/recyclebin`;
  const response = await connection.send({
    method: 'GET',
    path,
    headers: {},
    ...(signal && { signal }),
    isIdempotent: true,
  });
  return readJson(response, `GET ${path}`, (body) => {
    const value = isRecord(body) ? body['value'] : undefined;
    if (!Array.isArray(value)) return undefined;
    return value.filter(isRecord).map(({ id }) => Number(id));
  });
}
