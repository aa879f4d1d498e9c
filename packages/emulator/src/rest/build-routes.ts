import type { FastifyRequest } from 'fastify';
import { ApiError } from './api-error';
import { param, queryValue, type RestContext, type RestRoute } from './rest-context';

/** Work items linked to the runs of pipelines, by id of the run. */
const builds: ReadonlyMap<number, readonly number[]> = new Map([
  [42, [8, 9]],
  [43, []],
]);

/** `GET …/build/builds/{id}/workitems` (OpenAPI operation `Builds_Get Build Work Items Refs`). */
export function buildRoutes(context: RestContext): RestRoute[] {
  return [
    {
      method: 'GET',
      path: '_apis/build/builds/:id/workitems',
      operations: () => ['read'],
      isInProject: true,
      latestPreview: 2,
      handle: workItemsOf,
    },
  ];

  function workItemsOf(request: FastifyRequest) {
    const id = param(request, 'id') ?? '';
    const ids = builds.get(Number(id));
    if (ids === undefined)
      throw new ApiError(404, 'BuildNotFoundException', `The requested build ${id} could not be found.`);
    const most = Number(queryValue(request, '$top') ?? Infinity);
    const value = ids.slice(0, most).map((each) => ({
      id: String(each),
      url: `${context.baseUrl}_apis/wit/workItems/${each}`,
    }));
    return { count: value.length, value };
  }
}
