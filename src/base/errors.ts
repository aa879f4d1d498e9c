import type { PROBLEM_KINDS } from './problem-kinds';

/** One of `PROBLEM_KINDS`. */
export type ProblemKind = (typeof PROBLEM_KINDS)[number];

/** Details of a problem. Unknown ones are left out. */
export interface ProblemFacts {
  /** HTTP status; 0 without a readable response. */
  status?: number;
  /** Whether requests get no answer although the page works: the browser may block them. */
  isBlocked?: boolean;
  /** Message of the server, in one line. */
  serverMessage?: string;
  /** `TF237082`, `VS403313`: the prefix of the server's message. */
  serverCode?: string;
  /** `typeKey` of the error envelope, such as `RuleValidationException`. */
  typeKey?: string;
  /** Id for Microsoft's support; the only diagnostic header exposed by CORS. */
  activityId?: string;
  /** Maximum number of attachments or links of a work item, according to the refusal of another one. */
  limitCount?: number;
  /** Maximum file size, in bytes, according to `TF237082`. */
  limitBytes?: number;
  /** Newest supported REST version, according to `VssVersionOutOfRangeException`. */
  supportedVersion?: string;
  /** Messages about broken rules: of the work item, each with its field, or of the project's policy, as sentences. */
  brokenRules?: readonly string[];
  /** Numbers of the volumes of a split file that are missing or damaged. */
  parts?: readonly number[];
  /** Value of `Retry-After`, in milliseconds, if readable. */
  retryAfterMs?: number;
  /** `Content-Range` of the failed chunk: `bytes 0-8388607/104857600`, both ends inclusive. */
  range?: string;
}

/** An error as plain data, as it leaves the queue. */
export interface Problem extends ProblemFacts {
  kind: ProblemKind;
}

/** Base of all deliberate errors. `name` is a literal, so guards work across frames. */
export class StaplerError extends Error {
  override readonly name: string = 'StaplerError';

  constructor(
    readonly kind: ProblemKind,
    message: string,
    readonly facts: ProblemFacts = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** Adds facts known to the caller and returns the same error. */
  withFacts(facts: ProblemFacts): this {
    Object.assign(this.facts, facts);
    return this;
  }
}

/** No response: the connection failed, or CORS hid the response, such as a 401 (REST reference I). */
export class NetworkError extends StaplerError {
  override readonly name = 'NetworkError';

  constructor(message: string, options?: ErrorOptions) {
    super('network', message, { status: 0 }, options);
  }
}

/** No response in time, or a stalled transfer. The server may or may not have acted. */
export class TimeoutError extends StaplerError {
  override readonly name = 'TimeoutError';

  constructor(
    message: string,
    readonly timeoutMs: number,
  ) {
    super('timeout', message);
  }
}

/** The server refused a request or sent an unexpected response. */
export class ServerError extends StaplerError {
  override readonly name = 'ServerError';
}

/** The bytes of a picked file cannot be read (moved, deleted, changed, or a folder in disguise). */
export class FileUnreadableError extends StaplerError {
  override readonly name = 'FileUnreadableError';

  constructor(fileName: string, options?: ErrorOptions) {
    super('file-unreadable', `The file "${fileName}" cannot be read.`, {}, options);
  }
}

/** A picked file was overwritten on disk; its bytes may be a mix of both versions. */
export class FileChangedError extends StaplerError {
  override readonly name = 'FileChangedError';

  constructor(fileName: string, options?: ErrorOptions) {
    super('file-changed', `The file "${fileName}" was changed after it was picked.`, {}, options);
  }
}

/** The host page did not answer in time, or answered with a failure. */
export class HostError extends StaplerError {
  override readonly name = 'HostError';

  constructor(message: string, options?: ErrorOptions) {
    super('host-silent', message, {}, options);
  }
}

/** A cancellation by the user or the code; never shown as a failure. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';

  constructor() {
    super('Cancelled.');
  }
}

/** Whether `error` is a cancellation, including the platform's `AbortError`. */
export function isCancelled(error: unknown): boolean {
  return hasName(error, 'CancelledError') || hasName(error, 'AbortError');
}

/** Whether `error` is a `StaplerError`, also one of another frame. */
export function isStaplerError(error: unknown): error is StaplerError {
  return typeof error === 'object' && error !== null && 'kind' in error && 'facts' in error;
}

/** Converts an error to data. Anything but a `StaplerError` is a bug of ours, `internal`. */
export function toProblem(error: unknown): Problem {
  if (isStaplerError(error)) return { ...error.facts, kind: error.kind };
  return { kind: 'internal', serverMessage: messageOf(error) };
}

/**
 * Returns the message of any thrown value. Errors of the host page are plain objects with a `toString` proxied across
 * frames, so `String(error)` itself would throw (host reference 6.2).
 *
 * @param otherwise Default message.
 */
export function messageOf(error: unknown, otherwise = 'unknown error'): string {
  if (typeof error === 'string') return error;
  if (
    typeof error === 'object' &&
    error !== null &&
    'message' in error &&
    typeof error.message === 'string'
  ) {
    return error.message;
  }
  return otherwise;
}

function hasName(error: unknown, name: string): boolean {
  return typeof error === 'object' && error !== null && 'name' in error && error.name === name;
}
