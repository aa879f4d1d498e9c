import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';

/** A request of either protocol. */
export type Request = IncomingMessage | Http2ServerRequest;

/** Its response. */
export type Response = ServerResponse | Http2ServerResponse;

/** Answer. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: object;
  /** In place of JSON. */
  readonly bytes?: Buffer;
}

/** The path below the server's root, `_apis/wit/attachments`, and the query. */
export interface Address {
  readonly path: string;
  readonly query: URLSearchParams;
}

/** Address of a request. Parameter names are case-sensitive, sufficient for our contestants. */
export function addressOf(request: Pick<Request, 'url'>): Address {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://server');
  return { path: pathname.replace(/^\/+/, ''), query: searchParams };
}

/** Sends an answer readable by pages of any origin, including the headers of tus. */
export function respond(response: Response, { status, headers, json, bytes }: Answer): void {
  const body = bytes ?? (json && Buffer.from(JSON.stringify(json)));
  const type = bytes ? 'application/octet-stream' : 'application/json; charset=utf-8';
  const all = {
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Expose-Headers': 'ActivityId,X-TFS-Session,Location,Upload-Offset,Tus-Resumable',
    ...headers,
    ...(body && { 'Content-Type': type, 'Content-Length': String(body.length) }),
  };
  // The two protocols type this call differently and take the same.
  (response as ServerResponse).writeHead(status, all).end(body);
}

/** The answer to a preflight: whatever was asked for, for an hour, as Azure DevOps says it. */
export function preflightAnswer(request: Request): Answer {
  return {
    status: 200,
    headers: {
      'Access-Control-Allow-Methods': 'OPTIONS,GET,POST,PATCH,PUT,DELETE',
      'Access-Control-Allow-Headers': request.headers['access-control-request-headers'] ?? '',
      'Access-Control-Max-Age': '3600',
      'Content-Length': '0',
    },
  };
}
