import type { Connection } from './connection';
import { isRecord, readJson } from './server-errors';

/**
 * Returns the id of a project, in lower case (the page "Projects - Get").
 *
 * @throws StaplerError on failure, CancelledError after an abort.
 */
export async function readProjectId(
  connection: Connection,
  name: string,
  signal?: AbortSignal,
): Promise<string> {
  const path = `_apis/projects/${encodeURIComponent(name)}`;
  const response = await connection.send({
    ...{ method: 'GET', path, headers: {}, isIdempotent: true },
    ...(signal && { signal }),
  });
  return readJson(response, `GET ${path}`, (body) => {
    const id = isRecord(body) ? body['id'] : undefined;
    return typeof id === 'string' ? id.toLowerCase() : undefined;
  });
}
