import { isStaplerError } from '../model/errors';
import { NEWEST_VERSION, versionBelow } from './api-version';
import type { HttpRequest, HttpResponse, HttpStack } from './http-stack';
import { readRetryAfter } from './retry-after';
import { errorFromResponse, isSignInPage, isSuccess } from './server-errors';
import { joinUrl } from './url';

/** A call below the organisation; URL, version, token and errors are the connection's business. */
export interface Call extends Omit<HttpRequest, 'url' | 'stallMs'> {
  /** `_apis/wit/attachments`, at times with a query of its own. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  /**
   * Whether a call whose outcome is unknown may be sent again without a word: true of a read. What changes something
   * is repeated by whoever can tell what became of it.
   */
  readonly repeatable: boolean;
  /** For a route that is not described in other versions; it is not stepped down. Default: the newest that works. */
  readonly apiVersion?: string;
}

/** What a connection is made of. The token and the base URL come from the host. */
export interface ConnectionOptions {
  readonly stack: HttpStack;
  /** Asked before every request: a token is short-lived and never kept (REST reference I). */
  readonly getToken: () => Promise<string>;
  /** Asked once it is needed; a failure is not remembered. */
  readonly getBaseUrl: () => Promise<string>;
}

/** An Azure DevOps organisation or collection that answers calls. */
export interface Connection {
  /**
   * Sends the call and resolves with a 2xx answer.
   *
   * @throws StaplerError for any other outcome, CancelledError after an abort.
   */
  send(call: Call): Promise<HttpResponse>;
  /** Calls `listener` when a response, also a successful one, asks for a pause of `delayMs` (`Retry-After`). */
  onThrottled(listener: (delayMs: number) => void): void;
}

/** Longest time in which no byte of a call may move, in milliseconds. */
const STALL_MS = 30_000;

/** A connection to Azure DevOps that steps its API version down and renews the token once where that helps. */
export function createConnection(options: ConnectionOptions): Connection {
  const { stack, getToken, getBaseUrl } = options;
  const throttleListeners: ((delayMs: number) => void)[] = [];
  let version = NEWEST_VERSION;

  async function sendOnce(call: Call, asked: string, token: string): Promise<HttpResponse> {
    const response = await stack.send({
      ...call,
      url: joinUrl(await getBaseUrl(), call.path, { ...call.query, 'api-version': asked }),
      headers: { Accept: 'application/json', ...call.headers, Authorization: `Bearer ${token}` },
      stallMs: STALL_MS,
    });
    const delayMs = readRetryAfter(response.header('Retry-After'), Date.now());
    if (delayMs !== undefined) for (const listener of throttleListeners) listener(delayMs);
    return response;
  }

  /** 401 and the sign-in page are worth one fresh token; so is status 0, behind which CORS hides a 401. */
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
    // Calls that run side by side are refused side by side; the first answer has lowered it already.
    if (version === asked) version = lower;
    return send(call);
  }

  return { send, onThrottled: (listener) => void throttleListeners.push(listener) };
}
