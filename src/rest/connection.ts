import { isStaplerError } from '../model/errors';
import { NEWEST_VERSION, versionBelow } from './api-version';
import type { HttpRequest, HttpResponse, HttpStack } from './http-stack';
import { readRetryAfter } from './retry-after';
import { errorFromResponse, isSignInPage, isSuccess } from './server-errors';
import { joinUrl } from './url';

/** A call below the organization. The connection adds URL, version, token and error handling. */
export interface Call extends Omit<HttpRequest, 'url' | 'stallMs'> {
  /** `_apis/wit/attachments`, possibly with a query. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  /**
   * Whether a call with an unknown outcome can safely be sent again: true for reads. Callers repeat writes themselves
   * after verifying the outcome.
   */
  readonly repeatable: boolean;
  /** Fixed version for a route not documented in others. Default: the newest supported one. */
  readonly apiVersion?: string;
}

/** Dependencies of `createConnection`. The host provides the token and the base URL. */
export interface ConnectionOptions {
  readonly stack: HttpStack;
  /** Called before every request: tokens are short-lived and never cached (REST reference I). */
  readonly getToken: () => Promise<string>;
  /** Called on demand; failures are not cached. */
  readonly getBaseUrl: () => Promise<string>;
  /** Called with the delay of every `Retry-After`, on successful responses too, in milliseconds. */
  readonly onAskedToWait?: (delayMs: number) => void;
}

/** Connection to an Azure DevOps organization or collection. */
export interface Connection {
  /**
   * Sends the call and resolves with a 2xx response.
   *
   * @throws StaplerError for any other outcome, CancelledError after an abort.
   */
  send(call: Call): Promise<HttpResponse>;
}

/** Stall timeout of a call, in milliseconds. */
const STALL_MS = 30_000;

/**
 * Creates a connection to Azure DevOps. It falls back to older API versions, and renews the token once if needed.
 */
export function createConnection(options: ConnectionOptions): Connection {
  const { stack, getToken, getBaseUrl, onAskedToWait } = options;
  let version = NEWEST_VERSION;

  async function sendOnce(call: Call, asked: string, token: string): Promise<HttpResponse> {
    const response = await stack.send({
      ...call,
      url: joinUrl(await getBaseUrl(), call.path, { ...call.query, 'api-version': asked }),
      headers: { Accept: 'application/json', ...call.headers, Authorization: `Bearer ${token}` },
      stallMs: STALL_MS,
    });
    const delayMs = readRetryAfter(response.header('Retry-After'), Date.now());
    if (delayMs !== undefined) onAskedToWait?.(delayMs);
    return response;
  }

  /** 401 and the sign-in page justify one fresh token, and so does status 0, since CORS hides a 401. */
  async function sendWithToken(call: Call, asked: string): Promise<HttpResponse> {
    const token = await getToken();
    try {
      const response = await sendOnce(call, asked, token);
      if (response.status !== 401 && !isSignInPage(response)) return response;
    } catch (error) {
      if (!call.repeatable || !isStaplerError(error) || error.kind !== 'network') throw error;
      const fresh = await getToken();
      if (fresh === token) throw error;
      return await sendOnce(call, asked, fresh);
    }
    return sendOnce(call, asked, await getToken());
  }

  async function send(call: Call): Promise<HttpResponse> {
    const asked = call.apiVersion ?? version;
    const response = await sendWithToken(call, asked);
    if (isSuccess(response) && !isSignInPage(response)) return response;
    const error = errorFromResponse(response, `${call.method} ${call.path}`);
    const lower =
      error.kind === 'version-too-new' ? versionBelow(asked, error.facts.supportedVersion) : undefined;
    if (lower === undefined || call.apiVersion !== undefined) throw error;
    // Concurrent calls are refused together; an earlier response may already have lowered the version.
    if (version === asked) version = lower;
    return send(call);
  }

  return { send };
}
