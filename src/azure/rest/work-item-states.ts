import type { Connection } from './connection';
import { readProjectList } from './project-list';
import { isRecord, textOf } from './server-errors';

/** Categories of states that close a work item. */
const CLOSED = new Set(['completed', 'removed']);

/**
 * Reads the states of each type of work item that are in the category Completed or Removed (OpenAPI operation `Work Item
 * Types_List`). Types without known categories are left out.
 *
 * @param project Name or GUID of the project.
 * @throws StaplerError on failure, CancelledError after an abort.
 */
export async function readClosedStates(
  connection: Connection,
  project: string,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const types = await readProjectList(connection, { project, path: '_apis/wit/workitemtypes' }, signal);
  return new Map(
    types.flatMap(({ name, states }): [string, readonly string[]][] => {
      const known = (Array.isArray(states) ? states : []).filter(isRecord);
      if (!known.some(({ category }) => textOf(category) !== '')) return [];
      const closed = known.filter(({ category }) => CLOSED.has(textOf(category).toLowerCase()));
      return [[textOf(name), closed.map((state) => textOf(state['name']))]];
    }),
  );
}
