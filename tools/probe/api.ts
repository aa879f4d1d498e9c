import { setTimeout as sleep } from 'node:timers/promises';

/** An answer, read to its end. */
export interface Answer {
  readonly status: number;
  /** Whether the request succeeded. The sign-in page (203) does not count. */
  readonly ok: boolean;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
  /** Body, if it is JSON. */
  readonly json: unknown;
  /** Status, type and message of a refusal, for a person; the status alone of a success. */
  readonly words: string;
}

/** Further parts of a request. */
export interface Request {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array<ArrayBuffer> | string;
  /** Query, without the version. */
  readonly query?: Readonly<Record<string, string>>;
  /** Sent in place of the token's header; `null`: none. */
  readonly authorization?: string | null;
  /** Default: the version of the API. `null`: none, if allowed. */
  readonly version?: string | null;
}

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
export class Api {
  private waitMs = 0;
  readonly authorization: string;

  constructor(private readonly options: ApiOptions) {
    const { token, bearer } = options;
    // REST reference I: a personal access token is the password of an empty user name.
    this.authorization = bearer ? `Bearer ${token}` : `Basic ${Buffer.from(`:${token}`).toString('base64')}`;
  }

  /** The same requests under another version or signal. */
  with(change: Partial<Pick<ApiOptions, 'version' | 'signal'>>): Api {
    return new Api({ ...this.options, ...change });
  }

  /** @param path - relative to the organization, without a query */
  async send(method: string, path: string, request: Request = {}): Promise<Answer> {
    if (this.waitMs > 0) await sleep(this.waitMs, undefined, { signal: this.options.signal });
    const { headers = {}, body, query = {}, authorization = this.authorization } = request;
    const version = request.version === undefined ? this.options.version : request.version;
    const url = new URL(path, this.options.url);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    if (version !== null) url.searchParams.set('api-version', version);
    const response = await fetch(url, {
      method,
      headers: {
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

function answerOf({ status, ok, headers }: Response, bytes: Uint8Array): Answer {
  const isJson = headers.get('content-type')?.includes('json') ?? false;
  const json = isJson ? parse(new TextDecoder().decode(bytes)) : undefined;
  const isDone = ok && status !== 203;
  return { status, ok: isDone, headers, bytes, json, words: isDone ? String(status) : refusal(status, json) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Both envelopes: `message` at the top, or `Message` in `value` (REST reference A.4 and F.1). */
function refusal(status: number, json: unknown): string {
  const { typeKey, message, value } = (json ?? {}) as Record<string, unknown>;
  const inner = (value ?? {}) as Record<string, unknown>;
  const texts = [typeKey, message ?? inner['Message']].filter((text) => typeof text === 'string');
  return [status, ...texts].join(' ');
}
