/** Phases of a request, in the order of time. `connect` does not include `ssl`, unlike in a file. */
export const PHASES = ['blocked', 'dns', 'connect', 'ssl', 'send', 'wait', 'receive'] as const;

/** Phase of a request. */
export type Phase = (typeof PHASES)[number];

/** Groups of requests, in display order. */
export const REQUEST_GROUPS = ['fetch', 'document', 'script', 'style', 'image', 'other'] as const;

/** Group of a request, by the use of its response. */
export type RequestGroup = (typeof REQUEST_GROUPS)[number];

/** A request for a list, without headers and bodies. */
export interface HarRequest {
  /** Position in the file, from 0. */
  readonly index: number;
  /** Bytes of its JSON in `RequestLog.source`. */
  readonly start: number;
  readonly end: number;
  readonly method: string;
  /** Cut at a maximum length. */
  readonly url: string;
  /** `undefined` without a response. */
  readonly status: number | undefined;
  readonly statusText: string;
  /** MIME type without parameters. Can be empty. */
  readonly type: string;
  readonly group: RequestGroup;
  /** Received bytes of the response, as far as known. */
  readonly bytes: number | undefined;
  readonly isFromCache: boolean;
  /** Start, in milliseconds since 1970. */
  readonly startedAt: number | undefined;
  readonly durationMs: number | undefined;
  /** Durations by `PHASES`, in milliseconds. Empty if unknown. */
  readonly phasesMs: readonly number[];
  /** Reason of a failure, in the words of the browser. */
  readonly error: string;
  readonly isFailed: boolean;
  /** Whether it has cookies, credentials or tokens. */
  readonly hasSecrets: boolean;
}

/** Requests of a file. */
export interface RequestLog {
  /** UTF-8 text with the JSON of each request. */
  readonly source: Blob;
  /** In the order of their starts. */
  readonly requests: readonly HarRequest[];
  /** Number of requests in the file. Can be more than the listed ones. */
  readonly total: number;
  /** Number of requests that cannot be read. */
  readonly damaged: number;
  /** Whether the file ends within the requests. */
  readonly isCut: boolean;
  /** Program that wrote the file, and browser. */
  readonly creator: string;
}
