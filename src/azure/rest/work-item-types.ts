import type { Connection } from './connection';
import { readProjectList } from './project-list';
import { textOf } from './server-errors';

/**
 * Reads the names of the types of work items in a project (OpenAPI operation `Work Item Types_List`). Disabled types are
 * left out: no new work item has them.
 *
 * @param project Name or GUID of the project.
 * @throws StaplerError on failure, CancelledError after an abort.
 */
export async function readWorkItemTypes(
  connection: Connection,
  project: string,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const types = await readProjectList(connection, { project, path: '_apis/wit/workitemtypes' }, signal);
  return types
    .filter(({ isDisabled }) => isDisabled !== true)
    .map(({ name }) => textOf(name))
    .filter((name) => name !== '');
}
