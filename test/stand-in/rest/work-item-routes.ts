import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiError } from './api-error';
import { parsePatch } from './json-patch';
import { malformed, noSuchWorkItem, tooManyIds } from './refusals';
import { expansions, revisionJson, updateJson, workItemJson, type Shape } from './render';
import {
  param,
  queryFlag,
  queryValue,
  receiveJson,
  requireContentType,
  type RestContext,
  type RestRoute,
} from './rest-context';
import { createWorkItem, updateWorkItem } from './work-item-changes';

/** REST reference E.2. */
const maxIds = 200;

const reading = () => ['read'] as const;

type ErrorPolicy = 'fail' | 'omit';

/** Reading and changing work items (REST reference D and E.2). */
export function workItemRoutes(context: RestContext): RestRoute[] {
  const path = '_apis/wit/workitems';
  const one = `${path}/:id`;
  const shared = { latestPreview: 3 };
  return [
    { ...shared, method: 'GET', path, operations: reading, handle: list },
    { ...shared, method: 'GET', path: one, operations: reading, handle: read },
    { ...shared, method: 'GET', path: `${one}/revisions`, operations: reading, handle: revisions },
    { ...shared, method: 'GET', path: `${one}/updates`, operations: reading, handle: updates },
    { ...shared, method: ['PATCH', 'POST'], path: one, operations: () => ['link'], handle: change },
    { method: 'POST', path: '_apis/wit/workitemsbatch', operations: reading, handle: batch },
  ];

  function read(request: FastifyRequest) {
    const item = context.store.workItem(workItemId(request));
    return workItemJson(item, shapeOf(request, { links: true }));
  }

  function list(request: FastifyRequest) {
    const ids = (queryValue(request, 'ids') ?? '').split(',').map(Number);
    const policy = queryValue(request, 'errorPolicy')?.toLowerCase() === 'omit' ? 'omit' : 'fail';
    return many(ids, policy, shapeOf(request));
  }

  async function batch(request: FastifyRequest) {
    requireContentType(request, 415, ['application/json']);
    const body = ((await receiveJson(context, request)) ?? {}) as Record<string, unknown>;
    const { ids, fields, errorPolicy } = body;
    if (!Array.isArray(ids)) throw malformed('The body must have a list "ids".');
    const policy = String(errorPolicy).toLowerCase() === 'omit' ? 'omit' : 'fail';
    return many(
      ids.map(Number),
      policy,
      shapeFrom(body['$expand'], Array.isArray(fields) ? fields.map(String) : null),
    );
  }

  /** Assumed: an item that is left out stands as `null`, with `omit` (REST reference E.2). */
  function many(ids: readonly number[], policy: ErrorPolicy, shape: Shape) {
    if (ids.length === 0 || !ids.every(Number.isInteger))
      throw malformed('The ids of the work items are not valid.');
    if (ids.length > maxIds) throw tooManyIds(ids.length, maxIds);
    const { store } = context;
    const missing = ids.find((id) => !store.has(id));
    if (missing !== undefined && policy === 'fail') throw noSuchWorkItem(missing);
    return collection(ids.map((id) => (store.has(id) ? workItemJson(store.workItem(id), shape) : null)));
  }

  function revisions(request: FastifyRequest) {
    const shape = shapeOf(request);
    return collection(context.store.revisions(workItemId(request)).map((item) => revisionJson(item, shape)));
  }

  function updates(request: FastifyRequest) {
    const all = context.store.updates(workItemId(request));
    return collection(all.map((update, index) => updateJson(update, all[index + 1], context.baseUrl)));
  }

  async function change(request: FastifyRequest, reply: FastifyReply) {
    requireContentType(request, 415, ['application/json-patch+json']);
    const operations = parsePatch(await receiveJson(context, request));
    const options = { validateOnly: queryFlag(request, 'validateOnly'), baseUrl: context.baseUrl };
    const type = param(request, 'id')?.startsWith('$') ? param(request, 'id')?.slice(1) : undefined;
    if (type === undefined && request.method === 'POST') throw postNotSupported();
    if (type !== undefined && param(request, 'project') === undefined) throw projectMissing();
    const item =
      type === undefined
        ? updateWorkItem(context.store, workItemId(request), operations, options)
        : createWorkItem(context.store, type, operations, options);
    // The official examples answer a patch with the whole item, relations and links included (REST reference D.2).
    return reply.send(workItemJson(item, shapeOf(request, { links: true, relations: true })));
  }

  function workItemId(request: FastifyRequest): number {
    const id = Number(param(request, 'id'));
    if (!Number.isInteger(id))
      throw malformed(`The work item id "${param(request, 'id') ?? ''}" is not a number.`);
    return id;
  }

  function shapeOf(request: FastifyRequest, unlessExpanded: Partial<Shape> = {}): Shape {
    const expand = queryValue(request, '$expand');
    const fields = queryValue(request, 'fields');
    const names = fields === undefined ? null : fields.split(',').map((name) => name.trim());
    const shape = shapeFrom(expand, names);
    return expand === undefined && names === null ? { ...shape, ...unlessExpanded } : shape;
  }

  function shapeFrom(expand: unknown, fields: readonly string[] | null): Shape {
    if (expand !== undefined && expand !== null && fields !== null) {
      // Assumed: the text; the reference says only that the two cannot be combined.
      throw malformed('The expand parameter can not be used with the fields parameter.');
    }
    const expansion = expansionOf(expand ?? 'none');
    return {
      baseUrl: context.baseUrl,
      fields,
      relations: expansion === 'relations' || expansion === 'all',
      links: expansion === 'links' || expansion === 'all',
    };
  }
}

/** The names, or their numbers as the official client sends them (`WorkItemExpand`). */
function expansionOf(value: unknown): (typeof expansions)[number] {
  const text = String(value).toLowerCase();
  const expansion = expansions.find((name, index) => name === text || String(index) === text);
  if (expansion === undefined) throw malformed(`The value "${text}" of $expand is not known.`);
  return expansion;
}

function collection<T>(value: readonly T[]) {
  return { count: value.length, value };
}

function projectMissing(): ApiError {
  return new ApiError(
    400,
    'VssPropertyValidationException',
    'A project must be named to create a work item.',
  );
}

function postNotSupported(): ApiError {
  return new ApiError(
    405,
    'HttpRequestException',
    "The requested resource does not support http method 'POST'.",
  );
}
