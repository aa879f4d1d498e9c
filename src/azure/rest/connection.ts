import { isStaplerError } from '../../base/errors';
import type { HttpRequest, HttpResponse, HttpStack } from './http-stack';
import { errorFromResponse, isSignInPage, isSuccess, readRetryAfter } from './server-errors';

/** A call below the organization. The connection adds URL, version, token and error handling. */
export interface Call extends Omit<HttpRequest, 'url'> {
  /** `_apis/wit/attachments`, possibly with a query. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  /**
   * Whether a call with an unknown outcome can safely be sent again: true for reads. Callers repeat writes themselves
   * after verifying the outcome.
   */
  readonly isIdempotent: boolean;
  /** Fixed version for a route not documented in others. Default: the newest supported one. */
  readonly apiVersion?: string;
}

/** Dependencies of `createConnection`. The host provides the token and the base URL. */
export interface ConnectionOptions {
  readonly stack: HttpStack;
  /** Called before every request: tokens are short-lived and never cached (REST reference I). */
  readonly getToken: () => Promise<string>;
  /** Returns the `Authorization` header for a token. Default: a bearer token. */
  readonly authorize?: (token: string) => string;
  /** Called on demand; failures are not cached. */
  readonly getBaseUrl: () => Promise<string>;
}

/** Connection to an Azure DevOps organization or collection. */
export interface Connection {
  /**
   * Sends the call and resolves with a 2xx response.
   *
   * @throws StaplerError for any other outcome, CancelledError after an abort.
   */
  send(call: Call): Promise<HttpResponse>;
  readonly getBaseUrl: ConnectionOptions['getBaseUrl'];
  /** Calls `listener` when a response, also a successful one, asks for a pause of `delayMs` (`Retry-After`). */
  onThrottled(listener: (delayMs: number) => void): void;
}

/** Supported API versions, newest first. 5.0 is the minimum (REST reference H). */
const VERSIONS = ['7.1', '7.0', '6.0', '5.1', '5.0'] as const;

/** The first version to try. */
export const NEWEST_VERSION: string = VERSIONS[0];

/**
 * Headers of Microsoft's clients. Without them, an expired sign-in is answered with a redirect to the sign-in page at
 * another origin, so that a frame sees no status.
 */
export const SUPPRESS_REDIRECT = {
  'X-TFS-FedAuthRedirect': 'Suppress',
  'X-VSS-ReauthenticationAction': 'Suppress',
};

/** Default stall timeout of a call, in milliseconds. */
const STALL_MS = 30_000;

/**
 * Creates a connection to Azure DevOps. It falls back to older API versions, and renews the token once if needed.
 */
export function createConnection(options: ConnectionOptions): Connection {
  const { stack, getToken, getBaseUrl, authorize = (token) => `Bearer ${token}` } = options;
  const throttleListeners: ((delayMs: number) => void)[] = [];
  const reachability = createReachability();
  let version = NEWEST_VERSION;

  async function sendOnce(call: Call, apiVersion: string, token: string): Promise<HttpResponse> {
    const response = await reachability.watch(stack, {
      ...call,
      url: joinUrl(await getBaseUrl(), call.path, { ...call.query, 'api-version': apiVersion }),
      headers: {
        Accept: 'application/json',
        ...SUPPRESS_REDIRECT,
        ...call.headers,
        Authorization: authorize(token),
      },
      stallMs: call.stallMs ?? STALL_MS,
    });
    const delayMs = readRetryAfter(response.header('Retry-After'), Date.now());
    if (delayMs !== undefined) for (const listener of throttleListeners) listener(delayMs);
    return response;
  }

  /** 401 and the sign-in page justify one fresh token, and so does status 0, since CORS hides a 401. */
  async function sendWithToken(call: Call, apiVersion: string): Promise<HttpResponse> {
    const token = await getToken();
    try {
      const response = await sendOnce(call, apiVersion, token);
      if (response.status !== 401 && !isSignInPage(response)) return response;
    } catch (error) {
      if (!call.isIdempotent || !isStaplerError(error) || error.kind !== 'network') throw error;
      const fresh = await getToken();
      if (fresh === token) throw error;
      return await sendOnce(call, apiVersion, fresh);
    }
    return sendOnce(call, apiVersion, await getToken());
  }

  async function send(call: Call): Promise<HttpResponse> {
    const apiVersion = call.apiVersion ?? version;
    const response = await sendWithToken(call, apiVersion);
    if (isSuccess(response) && !isSignInPage(response)) return response;
    const error = errorFromResponse(response, `${call.method} ${call.path}`);
    const lower =
      error.kind === 'version-too-new' ? versionBelow(apiVersion, error.facts.supportedVersion) : undefined;
    if (lower === undefined || call.apiVersion !== undefined) throw error;
    // Concurrent calls are refused together; an earlier response may already have lowered the version.
    if (version === apiVersion) version = lower;
    return send(call);
  }

  return { send, getBaseUrl, onThrottled: (listener) => void throttleListeners.push(listener) };
}

/** Calls without an answer before the browser is suspected to block them. */
const MIN_BLOCKED_CALLS = 3;

/** Time without any answer before an established connection is suspected to be blocked, in milliseconds. */
const MIN_BLOCKED_MS = 10_000;

/**
 * Marks errors once the first calls of the session, or all calls for a while, had no answer. The browser hides the
 * reason: it blocks requests to other sites or to the local network, or the extension awaits its approval.
 */
function createReachability(): { watch: (stack: HttpStack, request: HttpRequest) => Promise<HttpResponse> } {
  let hasAnswered = false;
  let failures = 0;
  let failingSince = 0;

  function isBlocked(): boolean {
    // Node has no such property.
    const { navigator } = globalThis as { navigator?: Partial<Navigator> };
    if (navigator?.onLine === false) return false;
    failures++;
    if (failures === 1) failingSince = Date.now();
    return failures >= MIN_BLOCKED_CALLS && (!hasAnswered || Date.now() - failingSince >= MIN_BLOCKED_MS);
  }

  return {
    async watch(stack, request) {
      try {
        const response = await stack.send(request);
        hasAnswered = true;
        failures = 0;
        return response;
      } catch (error) {
        if (isStaplerError(error) && error.kind === 'network' && isBlocked())
          throw error.withFacts({ isBlocked: true });
        throw error;
      }
    },
  };
}

/**
 * Joins a URL below an organization or collection.
 *
 * @param base From the host's location service: `https://dev.azure.com/org/`, `https://org.visualstudio.com`,
 *   `https://server/tfs/Collection`; with or without a trailing slash.
 * @param path Relative, `_apis/wit/attachments`; a leading slash does not remove the organization.
 * @param query Skips `undefined` members. Values are percent-encoded as UTF-8 to preserve `#`, `+`, `&` and `%` in
 *   file names (REST reference B).
 */
export function joinUrl(
  base: string,
  path: string,
  query: Readonly<Record<string, string | undefined>> = {},
): string {
  const [bare = '', ownQuery] = path.replace(/^\/+/, '').split('?', 2);
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [`${encodeURIComponent(name)}=${encodeURIComponent(value)}`],
  );
  if (ownQuery) pairs.unshift(ownQuery);
  const root = base.replace(/[?#].*$/, '').replace(/\/+$/, '');
  return `${root}/${bare}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}`;
}

/**
 * Returns the version to try after the server refused `refused` as too new, or `undefined` after the last one.
 *
 * @param supported Newest version according to the refusal, if stated.
 */
export function versionBelow(refused: string, supported?: string): string | undefined {
  return VERSIONS.find(
    (version) =>
      compareVersions(version, refused) < 0 &&
      (supported === undefined || compareVersions(version, supported) <= 0),
  );
}

function compareVersions(a: string, b: string): number {
  const [aMajor = 0, aMinor = 0] = a.split('.').map(Number);
  const [bMajor = 0, bMinor = 0] = b.split('.').map(Number);
  return aMajor - bMajor || aMinor - bMinor;
}
