import type { FastifyRequest } from 'fastify';
import { isInReadableArea } from './area-rights';
import { jamal, project } from './fabrikam';
import { lastRevision, type DeletedWorkItem } from './recycle-bin';
import { malformed, notInRecycleBin, tooManyIds } from './refusals';
import {
  param,
  queryValue,
  receiveJson,
  requireContentType,
  type RestContext,
  type RestRoute,
} from './rest-context';
import { workItemId } from './work-item-patch';

const maxIds = 200;

/**
 * `…/recyclebin` (OpenAPI operations `Recyclebin_Get Deleted Work Item Shallow References`, `Get Deleted Work Items`,
 * `Get` and `Restore Work Item`). The list of references has no pages. Assumed: `ids` takes as many as other lists.
 */
export function recycleBinRoutes(context: RestContext): RestRoute[] {
  const path = '_apis/wit/recyclebin';
  const byId = `${path}/:id`;
  const latestPreview = 2;
  return [
    { method: 'GET', path, operations: () => ['read'], latestPreview, handle: list },
    { method: 'GET', path: byId, operations: () => ['read'], latestPreview, handle: read },
    { method: 'PATCH', path: byId, latestPreview, handle: restore },
  ];

  function list(request: FastifyRequest) {
    const ids = queryValue(request, 'ids');
    const value = ids === undefined ? readable().map(referenceJson) : chosen(ids).map(deletedJson);
    return { count: value.length, value };
  }

  function chosen(text: string): DeletedWorkItem[] {
    const ids = text.split(',').map(Number);
    if (!ids.every(Number.isInteger)) throw malformed('The ids of the work items are not valid.');
    if (ids.length > maxIds) throw tooManyIds(ids.length, maxIds);
    return ids.map(find);
  }

  function read(request: FastifyRequest) {
    return deletedJson(find(workItemId(param(request, 'id') ?? '')));
  }

  async function restore(request: FastifyRequest) {
    requireContentType(request, 415, ['application/json']);
    const { isDeleted, IsDeleted = isDeleted } = ((await receiveJson(context, request)) ?? {}) as Record<
      string,
      unknown
    >;
    if (IsDeleted !== false) throw malformed('The body must have "IsDeleted": false.');
    const deleted = find(workItemId(param(request, 'id') ?? ''));
    context.store.putBack(lastRevision(deleted).id);
    return deletedJson(deleted);
  }

  function find(id: number): DeletedWorkItem {
    const deleted = context.store.recycleBin.find(id);
    if (!isReadable(deleted)) throw notInRecycleBin(id);
    return deleted;
  }

  function readable(): DeletedWorkItem[] {
    return context.store.recycleBin.all.filter(isReadable);
  }

  function isReadable(deleted: DeletedWorkItem): boolean {
    return isInReadableArea(lastRevision(deleted), context.store.hiddenAreas);
  }

  function referenceJson(deleted: DeletedWorkItem) {
    const { id } = lastRevision(deleted);
    return { id, url: new URL(`${project.id}/_apis/wit/recyclebin/${id}`, context.baseUrl).href };
  }

  function deletedJson(deleted: DeletedWorkItem) {
    const { fields } = lastRevision(deleted);
    return {
      ...referenceJson(deleted),
      type: fields['System.WorkItemType'],
      name: fields['System.Title'],
      project: project.name,
      deletedDate: deleted.deletedDate,
      deletedBy: `${jamal.displayName} <${jamal.uniqueName}>`,
      code: 200,
    };
  }
}
