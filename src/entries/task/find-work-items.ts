import { readWorkItemsOfBuild } from '../../azure/rest/build-work-items';
import { runSavedQuery } from '../../azure/rest/queries';
import { retry } from '../../base/retry';
import { readWorkItemIds } from '../../bulk/plan/work-item-ids';
import type { Engine } from '../../engine/engine';
import type { AgentRun } from './agent-variables';
import { TaskError } from './task-error';
import type { TaskInputs } from './task-inputs';

const GUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * Finds the work items of the inputs, without duplicates, in the order of the inputs.
 *
 * @throws TaskError for a wrong input, StaplerError if a query or the run cannot be read.
 */
export async function findWorkItems(
  { organization, services: { connection, runtime } }: Pick<Engine, 'organization' | 'services'>,
  { workItems, query, fromRun }: Pick<TaskInputs, 'workItems' | 'query' | 'fromRun'>,
  { project, buildId }: Pick<AgentRun, 'project' | 'buildId'>,
): Promise<readonly number[]> {
  const found = new Set<number>();
  if (workItems !== '') {
    const { ids, queryIds, unknown } = readWorkItemIds(workItems, [organization]);
    if (queryIds.length > 0)
      throw new TaskError('"workItems" is the address of a query. Set it as the input "query".');
    if (unknown.length > 0) throw new TaskError(`"${unknown[0]}" is not a work item of ${organization}`);
    for (const id of ids) found.add(id);
  }
  if (query !== '') {
    const { queryIds } = readWorkItemIds(query, [organization]);
    const queryId = GUID.exec(query)?.[0] ?? queryIds[0];
    if (queryId === undefined)
      throw new TaskError(`"${query}" is not a query. Set the id or the address of a saved query.`);
    for (const id of await retry(() => runSavedQuery(connection, queryId), { runtime })) found.add(id);
  }
  if (fromRun) {
    if (buildId === undefined)
      throw new TaskError('"fromRun" needs a build: this run has none (Build.BuildId).');
    const ofBuild = await retry(() => readWorkItemsOfBuild(connection, { project, buildId }), { runtime });
    for (const id of ofBuild) found.add(id);
  }
  return [...found];
}
