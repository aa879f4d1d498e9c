import type { Connection } from './connection';
import { readProjectList } from './project-list';

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
  const deleted = await readProjectList(connection, { project, path: '_apis/wit/recyclebin' }, signal);
  return deleted.map(({ id }) => Number(id));
}
