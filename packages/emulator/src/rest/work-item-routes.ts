import type { FastifyRequest } from 'fastify';
import { pageOf } from './paging';
import { queryOf } from './query';
import { malformed, methodNotSupported, noSuchWorkItem, tooManyIds } from './refusals';
import { revisionJson, updateJson, workItemJson, type Shape } from './render';
import {
  askedVersion,
  param,
  queryValue,
  receiveJson,
  requireContentType,
  type RestContext,
  type RestRoute,
} from './rest-context';
import { patchWorkItem, workItemId, workItemPreview } from './work-item-patch';
import { fixedShape, shapeFrom, shapeOf, type FixedShape } from './work-item-shape';

/** REST reference E.2. */
const maxIds = 200;

const reading = () => ['read'] as const;

type ErrorPolicy = 'fail' | 'omit';

/** Reading and changing work items (REST reference D and E.2). */
export function workItemRoutes(context: RestContext): RestRoute[] {
  const path = '_apis/wit/workitems';
  const one = `${path}/:id`;
  const shared = { latestPreview: workItemPreview };
  return [
    { ...shared, method: 'GET', path, operations: reading, handle: list },
    { ...shared, method: 'GET', path: one, operations: reading, handle: read },
    { ...shared, method: 'GET', path: `${one}/revisions`, operations: reading, handle: revisions },
    { ...shared, method: 'GET', path: `${one}/updates`, operations: reading, handle: updates },
    { ...shared, method: ['PATCH', 'POST'], path: one, operations: () => ['link'], handle: change },
    { method: 'POST', path: '_apis/wit/workitemsbatch', operations: reading, handle: batch },
  ];

  function read(request: FastifyRequest) {
    const item = context.store.readable(idOf(request));
    return workItemJson(item, shape(request, { links: true }));
  }

  function list(request: FastifyRequest) {
    const ids = (queryValue(request, 'ids') ?? '').split(',').map(Number);
    return many(ids, errorPolicyOf(queryValue(request, 'errorPolicy')), shape(request));
  }

  async function batch(request: FastifyRequest) {
    requireContentType(request, 415, ['application/json']);
    const body = ((await receiveJson(context, request)) ?? {}) as Record<string, unknown>;
    const { ids, fields, errorPolicy } = body;
    if (!Array.isArray(ids)) throw malformed('The body must have a list "ids".');
    return many(
      ids.map(Number),
      errorPolicyOf(errorPolicy),
      shapeFrom(body['$expand'], Array.isArray(fields) ? fields.map(String) : null, fixed(request)),
    );
  }

  /** Assumed: with `omit`, an omitted item is `null` (REST reference E.2). */
  function many(ids: readonly number[], policy: ErrorPolicy, asked: Shape) {
    if (ids.length === 0 || !ids.every(Number.isInteger))
      throw malformed('The ids of the work items are not valid.');
    if (ids.length > maxIds) throw tooManyIds(ids.length, maxIds);
    const { store } = context;
    const missing = ids.find((id) => !store.isReadable(id));
    if (missing !== undefined && policy === 'fail') throw noSuchWorkItem(missing);
    return collection(
      ids.map((id) => (store.isReadable(id) ? workItemJson(store.workItem(id), asked) : null)),
    );
  }

  function revisions(request: FastifyRequest) {
    const asked = shape(request);
    const page = pageOf(context.store.revisions(readableId(request)), queryOf(request.url));
    return collection(page.map((item) => revisionJson(item, asked)));
  }

  function updates(request: FastifyRequest) {
    const all = context.store.updates(readableId(request));
    const page = pageOf(all, queryOf(request.url));
    return collection(page.map((update) => updateJson(update, all[update.id], context.baseUrl)));
  }

  async function change(request: FastifyRequest) {
    requireContentType(request, 415, ['application/json-patch+json']);
    const body = await receiveJson(context, request);
    const target = param(request, 'id') ?? '';
    if (request.method === 'POST' && !target.startsWith('$')) throw methodNotSupported('POST');
    const project = param(request, 'project');
    return patchWorkItem(context, {
      project,
      target,
      query: queryOf(request.url),
      version: askedVersion(request),
      body,
    });
  }

  function readableId(request: FastifyRequest): number {
    return context.store.readable(idOf(request)).id;
  }

  function idOf(request: FastifyRequest): number {
    return workItemId(param(request, 'id') ?? '');
  }

  function shape(request: FastifyRequest, unlessExpanded: Partial<Shape> = {}): Shape {
    return shapeOf(queryOf(request.url), fixed(request), unlessExpanded);
  }

  function fixed(request: FastifyRequest): FixedShape {
    return fixedShape(context, askedVersion(request));
  }
}

/** The names, or their numbers as the official client sends them (`WorkItemErrorPolicy`). */
function errorPolicyOf(value: unknown): ErrorPolicy {
  return ['omit', '2'].includes(String(value).toLowerCase()) ? 'omit' : 'fail';
}

function collection<T>(value: readonly T[]) {
  return { count: value.length, value };
}
