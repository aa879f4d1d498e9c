import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiError, envelope } from './api-error';
import { askedApiVersion, checkApiVersion } from './api-version';
import { checkProject } from './check-project';
import { isOn, queryOf, type Query } from './query';
import { refusalPages } from './pages';
import { batchRefused, batchUnknown, malformed, notAuthorized, wrongContentType } from './refusals';
import {
  discardBody,
  queryValue,
  receiveJson,
  requireContentType,
  type RestContext,
  type RestRoute,
} from './rest-context';
import { patchWorkItem, workItemPreview } from './work-item-patch';

/** The samples send the one, the table of the documentation names the other (REST reference E.1). */
const outerTypes = ['application/json', 'application/json-patch+json'];
const innerTypes = ['application/json-patch+json'];

/** Assumed: the usual limit; Microsoft documents none (REST reference E.1). */
const maxRequests = 200;

/** `/_apis/…` or `/{project}/_apis/…`, without host, organization or collection (REST reference E.1). */
const uriPattern = /^(?:\/(?<project>[^/?]+))?\/_apis\/wit\/workitems\/(?<target>\d+|\$[^/?]+)(?:\?.*)?$/i;

/** Query parameters of the batch, valid for all its requests. */
const sharedSwitches = ['bypassRules', 'suppressNotifications'];

/** One request inside a batch. */
interface InnerRequest {
  readonly project: string | undefined;
  readonly target: string;
  readonly query: Query;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Result of a request. `body` is JSON as a text. */
interface InnerAnswer {
  readonly code: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * `PATCH …/$batch`: changes many work items with one request (REST reference E.1). It is in no specification.
 * `batchFailure` decides about the other requests after a failure, `batchFromExtension` about its
 * availability.
 */
export function workItemBatchRoutes(context: RestContext): RestRoute[] {
  const path = '_apis/wit/$batch';
  return [{ method: 'PATCH', path, operations: () => ['batch'], wrapsErrors: true, handle: changeMany }];

  async function changeMany(request: FastifyRequest, reply: FastifyReply) {
    const { batchFromExtension } = context.store.assumptions;
    if (batchFromExtension === 'refused') throw batchRefused();
    if (batchFromExtension === 'unknown') throw batchUnknown();
    if (batchFromExtension === 'hidden') throw notAuthorized();
    if (batchFromExtension !== 'taken') {
      // As a fault, since the page comes from outside the service.
      context.log.note(request.raw, { fault: batchFromExtension });
      await discardBody(context, request);
      const { status, contentType, body } = refusalPages[batchFromExtension];
      return reply.code(status).type(contentType).send(body);
    }
    requireContentType(request, 415, outerTypes);
    const requests = readBatch(await receiveJson(context, request), (name) => queryValue(request, name));
    const { store } = context;
    const value =
      store.assumptions.batchFailure === 'independent'
        ? requests.map((one) => answered(() => change(one)))
        : store.atomically(() => requests.map((one) => allOrNothing(() => change(one))));
    return { count: value.length, value };
  }

  function change(request: InnerRequest): InnerAnswer {
    const { project, target, query, headers, body } = request;
    const type = headers.get('Content-Type') ?? '';
    if (!innerTypes.includes(type.split(';')[0]?.trim().toLowerCase() ?? '')) {
      throw wrongContentType(415, 'PATCH', type, innerTypes);
    }
    const asked = askedApiVersion(query('api-version'), headers.get('Accept') ?? undefined);
    const latest = context.store.latestApiVersion;
    checkApiVersion(asked, 'PATCH', { latest, latestPreview: workItemPreview });
    checkProject(project);
    return answer(200, patchWorkItem(context, { project, target, query, version: asked, body }));
  }
}

/** Reads all of a batch before any of it is done; throws the refusal. Assumed: the texts. */
function readBatch(body: unknown, outer: Query): InnerRequest[] {
  if (!Array.isArray(body) || body.length === 0) throw malformed('The batch must be a list of requests.');
  if (body.length > maxRequests) {
    throw malformed(`The batch has ${body.length} requests, which exceeds the limit of ${maxRequests}.`);
  }
  return body.map((entry) => readRequest(entry, outer));
}

function readRequest(entry: unknown, outer: Query): InnerRequest {
  const { method, uri, headers, body } = (entry ?? {}) as Record<string, unknown>;
  if (typeof method !== 'string' || method.toUpperCase() !== 'PATCH') {
    throw malformed(`The method "${String(method)}" is not supported in a batch.`);
  }
  const place = uriPattern.exec(String(uri))?.groups;
  if (place?.['target'] === undefined)
    throw malformed(`The uri "${String(uri)}" is not supported in a batch.`);
  const inner = queryOf(String(uri));
  return {
    project: place['project'],
    target: decodeURIComponent(place['target']),
    query: (name) => (sharedSwitches.includes(name) && isOn(outer(name)) ? 'true' : inner(name)),
    headers: readHeaders(headers),
    body,
  };
}

function readHeaders(headers: unknown): Headers {
  const entries = Object.entries((headers ?? {}) as Record<string, unknown>);
  return new Headers(entries.map(([name, value]) => [name, String(value)] as [string, string]));
}

function answered(work: () => InnerAnswer): InnerAnswer {
  try {
    return work();
  } catch (error) {
    if (error instanceof ApiError) return answer(error.status, envelope(error));
    throw error;
  }
}

/** Assumed: the failed request is the answer for all, in the format of a broken batch. */
function allOrNothing(work: () => InnerAnswer): InnerAnswer {
  try {
    return work();
  } catch (error) {
    throw error instanceof ApiError ? new ApiError(400, error.typeKey, error.message) : error;
  }
}

function answer(code: number, body: object): InnerAnswer {
  const headers = { 'Content-Type': 'application/json; charset=utf-8' };
  return { code, headers, body: JSON.stringify(body) };
}
