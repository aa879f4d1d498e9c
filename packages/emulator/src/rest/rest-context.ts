import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Operation } from '../contract';
import { askedApiVersion } from './api-version';
import { isOn, queryOf } from './query';
import { malformed, wrongContentType } from './refusals';
import type { Exchanges } from './exchanges';
import type { Interference } from './interference';
import type { Network } from './network';
import type { RateLimiter } from './rate-limit';
import type { RequestLog } from './request-log';
import type { Store } from './store';
import type { Tokens } from './tokens';

/** Dependencies of the routes of the REST origin. */
export interface RestContext {
  /** Path of the REST base, ending in a slash: `/fabrikam/` or `/tfs/DefaultCollection/`. */
  readonly basePath: string;
  readonly tokens: Tokens;
  readonly network: Network;
  readonly rateLimiter: RateLimiter;
  readonly interference: Interference;
  readonly log: RequestLog;
  readonly exchanges: Exchanges;
  /** The store of the moment; a reset replaces it. */
  store: Store;
  /** `http://127.0.0.1:…` and the base path; known once the server listens. */
  baseUrl: string;
}

type OperationsOf = (request: FastifyRequest) => readonly Operation[];

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Operation for faults; routes without one are spared. */
    operations?: OperationsOf;
    /** Newest preview of 7.2 for the resource (REST reference H). Default: 1. */
    latestPreview?: number;
    /** See `SupportedVersions`. */
    isPreviewOnly?: boolean;
    oldestVersion?: number;
    /** Errors of the route come as `{count, value: {Message}}` (REST reference A.4). */
    wrapsErrors?: boolean;
    /** Whether the address can name the other project of the organization. */
    allowsOtherProject?: boolean;
  }
}

/** A route below the base, with and without the optional project segment (REST reference A.1). */
export interface RestRoute {
  readonly method: string | string[];
  /** Begins with `_apis/`. */
  readonly path: string;
  readonly operations?: OperationsOf;
  readonly latestPreview?: number;
  readonly isPreviewOnly?: boolean;
  readonly oldestVersion?: number;
  /** Whether the address must name the project. */
  readonly isInProject?: boolean;
  readonly wrapsErrors?: boolean;
  readonly allowsOtherProject?: boolean;
  readonly handle: (request: FastifyRequest, reply: FastifyReply) => unknown;
}

/** Adds routes to the server. */
export function addRoutes(app: FastifyInstance, basePath: string, routes: readonly RestRoute[]): void {
  for (const { method, path, handle, isInProject = false, ...config } of routes) {
    const ofProject = `${basePath}:project/`;
    for (const scope of isInProject ? [ofProject] : [basePath, ofProject]) {
      app.route({ method, url: scope + path, config, handler: handle });
    }
  }
}

/** Version of a request; `null` if it names none. */
export function askedVersion(request: FastifyRequest): string | null {
  return askedApiVersion(queryValue(request, 'api-version'), request.headers.accept);
}

/** One parameter of the path, decoded. */
export function param(request: FastifyRequest, name: string): string | undefined {
  return (request.params as Record<string, string | undefined>)[name];
}

/** One value of the query. */
export function queryValue(request: FastifyRequest, name: string): string | undefined {
  return queryOf(request.url)(name);
}

/** A switch in the query, such as `validateOnly=true`. */
export function queryFlag(request: FastifyRequest, name: string): boolean {
  return isOn(queryValue(request, name));
}

/** The body as it arrives, at the speed of the network. */
export function receiveBody(context: RestContext, request: FastifyRequest): AsyncGenerator<Buffer> {
  return context.network.receive(request.raw, (bytes) => context.log.countBytes(request.raw, bytes));
}

/** The body as JSON; throws the refusal. */
export async function receiveJson(context: RestContext, request: FastifyRequest): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of receiveBody(context, request)) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  context.exchanges.keepRequest(request.raw, text);
  try {
    return JSON.parse(text);
  } catch {
    throw malformed('The body of the request is not valid JSON.');
  }
}

/** Reads the body to its end and throws it away. */
export async function discardBody(context: RestContext, request: FastifyRequest): Promise<void> {
  if (request.raw.readableEnded || request.raw.destroyed) return;
  const body = receiveBody(context, request);
  while (!(await body.next()).done);
}

/** Refuses other types with `status`. Parameters such as `charset` do not matter. */
export function requireContentType(request: FastifyRequest, status: number, valid: readonly string[]): void {
  const actual = request.headers['content-type'] ?? '';
  const type = actual.split(';')[0]?.trim().toLowerCase() ?? '';
  if (!valid.includes(type)) throw wrongContentType(status, request.method, actual, valid);
}
