import type { FastifyRequest } from 'fastify';
import { readOnlyWorkItem } from './refusals';
import { workItemJson } from './render';
import { jamal, project } from './fabrikam';
import { param, queryFlag, type RestContext, type RestRoute } from './rest-context';
import { workItemId, workItemPreview } from './work-item-patch';

/** `DELETE …/workitems/{id}`: the answer is a `WorkItemDelete` of the official description. It goes to the recycle bin, unless `destroy` is set. */
export function workItemDeletionRoutes(context: RestContext): RestRoute[] {
  const path = '_apis/wit/workitems/:id';
  return [{ method: 'DELETE', path, latestPreview: workItemPreview, handle: deleteWorkItem }];

  function deleteWorkItem(request: FastifyRequest) {
    const { store, baseUrl } = context;
    const id = workItemId(param(request, 'id') ?? '');
    const item = store.readable(id);
    if (store.readOnlyIds.has(id)) throw readOnlyWorkItem();
    store.remove(id);
    if (queryFlag(request, 'destroy')) store.recycleBin.take(id);
    return {
      id,
      type: item.fields['System.WorkItemType'],
      name: item.fields['System.Title'],
      project: project.name,
      deletedDate: store.clock.now,
      deletedBy: `${jamal.displayName} <${jamal.uniqueName}>`,
      code: 200,
      url: new URL(`${project.id}/_apis/wit/recyclebin/${id}`, baseUrl).href,
      resource: workItemJson(item, {
        baseUrl,
        relations: false,
        links: false,
        allFields: false,
        fields: null,
        formatted: null,
      }),
    };
  }
}
