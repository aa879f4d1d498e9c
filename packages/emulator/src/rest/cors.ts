import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { EmulatorMode } from '../contract';
import type { Store } from './store';

/**
 * Headers readable by pages (captures in REST reference I). `Retry-After` and `X-RateLimit-*` are not among
 * them.
 */
const exposedHeaders: Readonly<Record<EmulatorMode, string>> = {
  services: 'ActivityId,X-TFS-Session,X-MS-ContinuationToken,X-VSS-GlobalMessage,ETag,Request-Context',
  server: 'ActivityId,X-TFS-Session,X-MS-ContinuationToken',
};

const corsHeaders = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'OPTIONS,GET,POST,PATCH,PUT,DELETE',
  'Access-Control-Max-Age': '3600',
};

/** Whether a request is a browser's question before the real request. */
export function isPreflight(request: FastifyRequest): boolean {
  return request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined;
}

/** Answers a preflight. Assumed: every requested header is allowed (REST reference I). */
export function answerPreflight(
  request: FastifyRequest,
  reply: FastifyReply,
  { assumptions }: Store,
): FastifyReply {
  let asked = request.headers['access-control-request-headers'];
  if (assumptions.contentRangeInPreflight === 'refused') asked = asked?.replace(/content-range,?/i, '');
  // The name of the other header ends with this one.
  if (assumptions.downloadRange === 'refused') asked = asked?.replace(/(^|,)\s*range(?=,|$)/i, '');
  return reply
    .headers(corsHeaders)
    .header('Access-Control-Allow-Headers', asked ?? 'authorization')
    .code(200)
    .send();
}

/** Adds the CORS headers of all other answers. */
export function addCorsHeaders(reply: FastifyReply, { mode, assumptions }: Store): void {
  const exposed = exposedHeaders[mode] + (assumptions.retryAfterReadable ? ',Retry-After' : '');
  reply
    .headers(corsHeaders)
    .header('Access-Control-Allow-Headers', 'authorization')
    .header('Access-Control-Expose-Headers', exposed)
    .header('ActivityId', randomUUID());
}

/** A 401 comes without them, so a page sees it as a network error (host reference 6.4). */
export function removeCorsHeaders(reply: FastifyReply): void {
  for (const name of Object.keys(reply.getHeaders())) {
    if (name.toLowerCase().startsWith('access-control-')) reply.removeHeader(name);
  }
}
