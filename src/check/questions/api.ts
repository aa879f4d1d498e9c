/** An answer, read to its end. */
export interface Answer {
  /** 0 without an answer that can be read. */
  readonly status: number;
  /** Whether the request succeeded. The sign-in page (203) does not count. */
  readonly ok: boolean;
  /** Readable headers only. */
  readonly headers: Pick<Headers, 'get' | 'has'>;
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
  /** Sent in place of the token's header; `null`: none. Scripts only. */
  readonly authorization?: string | null;
  /** Default: the version of the API. `null`: none, if allowed. */
  readonly version?: string | null;
  /** Whether it is sent as it is, although an earlier upload was refused without a project. */
  readonly isBare?: boolean;
}

/** Requests to one organization. */
export interface Api {
  /** Header of the token. Scripts only. */
  readonly authorization?: string;
  /** @param path - relative to the organization, without a query */
  readonly send: (method: Method, path: string, request?: Request) => Promise<Answer>;
}

/** Methods of the questions. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';

/** Returns an answer with its body read. */
export function answerOf({ status, headers }: Pick<Answer, 'status' | 'headers'>, bytes: Uint8Array): Answer {
  const isJson = headers.get('content-type')?.includes('json') ?? false;
  const json = isJson ? parse(new TextDecoder().decode(bytes)) : undefined;
  const ok = status >= 200 && status < 300 && status !== 203;
  return { status, ok, headers, bytes, json, words: ok ? String(status) : refusal(status, json) };
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
