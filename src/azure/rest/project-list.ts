import type { Connection } from './connection';
import { isRecord, readJson } from './server-errors';

/** A list below a project that comes in one response. */
export interface ProjectList {
  /** Name or GUID of the project. */
  readonly project: string;
  /** Path below the project. */
  readonly path: string;
}

/**
 * Reads the objects of a list.
 *
 * @throws StaplerError on failure, CancelledError after an abort.
 */
export async function readProjectList(
  connection: Connection,
  { project, path: below }: ProjectList,
  signal?: AbortSignal,
): Promise<readonly Record<string, unknown>[]> {
  const path = `${encodeURIComponent(project)}/${below}`;
  const response = await connection.send({
    method: 'GET',
    path,
    headers: {},
    ...(signal && { signal }),
    isIdempotent: true,
  });
  return readJson(response, `GET ${path}`, (body) => {
    const value = isRecord(body) ? body['value'] : undefined;
    return Array.isArray(value) ? value.filter(isRecord) : undefined;
  });
}
