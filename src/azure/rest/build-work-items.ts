import type { Connection } from './connection';
import { isRecord, readJson } from './server-errors';

/** Maximum number of work items of a run. The server considers as many changes. */
const MAX_WORK_ITEMS = 1000;

/** A run of a pipeline. */
export interface BuildAddress {
  /** Name or id of the project. */
  readonly project: string;
  readonly buildId: number;
}

/**
 * Returns the work items that are linked to a run of a pipeline (OpenAPI operation `Builds_Get Build Work Items Refs`).
 *
 * @throws StaplerError on failure, CancelledError after an abort.
 */
export async function readWorkItemsOfBuild(
  connection: Connection,
  { project, buildId }: BuildAddress,
  signal?: AbortSignal,
): Promise<readonly number[]> {
  const path = `${encodeURIComponent(project)}/_apis/build/builds/${buildId}/workitems`;
  const response = await connection.send({
    method: 'GET',
    path,
    query: { $top: String(MAX_WORK_ITEMS) },
    headers: {},
    ...(signal && { signal }),
    isIdempotent: true,
  });
  return readJson(response, `GET ${path}`, (body) => {
    const value: unknown = isRecord(body) ? body['value'] : undefined;
    if (!Array.isArray(value)) return undefined;
    const ids = value.map((reference: unknown) => (isRecord(reference) ? Number(reference['id']) : NaN));
    return [...new Set(ids.filter((id) => Number.isInteger(id) && id > 0))];
  });
}
