import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Api, Method, Request } from '../../src/check/questions/api';
import { answerOf } from '../../src/check/questions/api';

/** Target and user of the requests. */
export interface ApiOptions {
  /** Ends in a slash. */
  readonly url: string;
  readonly token: string;
  readonly bearer: boolean;
  readonly version: string;
  /** Aborts the current request. */
  readonly signal: AbortSignal;
}

/** How long one request may take; 61 MB on a slow line take a while. */
const timeOutMs = 300_000;

/** Maximum wait requested by a server. */
const longestWaitMs = 60_000;

/** As Stapler's connection. */
const SUPPRESS_REDIRECT = {
  'X-TFS-FedAuthRedirect': 'Suppress',
  'X-VSS-ReauthenticationAction': 'Suppress',
};

/**
 * Requests to one organization, one after another. It follows no redirection, so the token is sent only to
 * the named host, and it respects `Retry-After` (REST reference F.3).
 */
export class NodeApi implements Api {
  private waitMs = 0;
  readonly authorization: string;

  constructor(private readonly options: ApiOptions) {
    const { token, bearer } = options;
    // REST reference I: a personal access token is the password of an empty user name.
    this.authorization = bearer ? `Bearer ${token}` : `Basic ${Buffer.from(`:${token}`).toString('base64')}`;
  }

  /** The same requests under another version or signal. */
  with(change: Partial<Pick<ApiOptions, 'version' | 'signal'>>): NodeApi {
    return new NodeApi({ ...this.options, ...change });
  }

  async send(method: Method, path: string, request: Request = {}): Promise<Answer> {
    if (this.waitMs > 0) await sleep(this.waitMs, undefined, { signal: this.options.signal });
    const { headers = {}, body, query = {}, authorization = this.authorization } = request;
    const version = request.version === undefined ? this.options.version : request.version;
    const url = new URL(path, this.options.url);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    if (version !== null) url.searchParams.set('api-version', version);
    const response = await fetch(url, {
      method,
      headers: {
        // A server may close a kept connection just as the next request is sent.
        Connection: 'close',
        ...SUPPRESS_REDIRECT,
        ...headers,
        ...(authorization !== null && { Authorization: authorization }),
      },
      ...(body !== undefined && { body }),
      redirect: 'manual',
      signal: AbortSignal.any([this.options.signal, AbortSignal.timeout(timeOutMs)]),
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    const seconds = Number(response.headers.get('retry-after') ?? 0);
    this.waitMs = Math.min(Number.isFinite(seconds) ? seconds * 1000 : 0, longestWaitMs);
    return answerOf(response, bytes);
  }
}
