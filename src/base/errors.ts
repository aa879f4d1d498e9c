/**
 * What can go wrong, by what a person can do about it. The list is closed: the screen has a sentence for each
 * (`ui/sentences.ts`), and the code that decides about a retry looks at nothing else.
 */
export const PROBLEM_KINDS = [
  'network',
  'timeout',
  'signed-out',
  'no-permission',
  'work-item-missing',
  'work-item-closed',
  'file-too-large',
  'request-too-large',
  'file-unreadable',
  'folder-unreadable',
  'folder-empty',
  'attachment-limit',
  'link-limit',
  'revision-limit',
  'already-linked',
  'comment-too-long',
  'not-attached',
  'conflict',
  'rule-broken',
  'throttled',
  'server-busy',
  'version-too-new',
  'refused',
  'unexpected-answer',
  'content-damaged',
  'link-lost',
  'host-silent',
  'internal',
] as const;

/** One of `PROBLEM_KINDS`. */
export type ProblemKind = (typeof PROBLEM_KINDS)[number];

/** What is known beside the kind. Members are left out where nothing was said. */
export interface ProblemFacts {
  /** HTTP status; 0 where no answer was readable. */
  status?: number;
  /** The server's own words, one line. */
  serverMessage?: string;
  /** `TF237082`, `VS403313`: the prefix of the server's message. */
  serverCode?: string;
  /** `typeKey` of the error envelope, such as `RuleValidationException`. */
  typeKey?: string;
  /** The id that Microsoft's support asks for; the only diagnostic header that CORS lets through. */
  activityId?: string;
  /** How many attachments or links a work item holds, as the refusal of one more tells it. */
  limitCount?: number;
  /** Largest file that the server takes, in bytes, as `TF237082` tells it. */
  limitBytes?: number;
  /** Newest REST version that the server supports, as `VssVersionOutOfRangeException` tells it. */
  supportedVersion?: string;
  /** Sentences of the work item's rules that are broken, each naming its field. */
  brokenRules?: readonly string[];
  /** How long the server asked us to wait, in milliseconds, where the header was readable. */
  retryAfterMs?: number;
  /** The chunk that failed, as its header named it: `bytes 0-8388607/104857600`, `last` inclusive. */
  range?: string;
}

/** An error as plain data: what leaves the engine at the queue's boundary. */
export interface Problem extends ProblemFacts {
  kind: ProblemKind;
}

/** Every error that Stapler throws on purpose. `name` is a literal, so that a guard works across frames. */
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

  /** Adds what only the caller knows, and returns the error itself. */
  withFacts(facts: ProblemFacts): this {
    Object.assign(this.facts, facts);
    return this;
  }
}

/** No answer: the connection failed, or the answer was one that CORS hides (a 401 is: REST reference I). */
export class NetworkError extends StaplerError {
  override readonly name = 'NetworkError';

  constructor(message: string, options?: ErrorOptions) {
    super('network', message, { status: 0 }, options);
  }
}

/** No answer in time, or no byte moved for too long. Whether the server acted is unknown. */
export class TimeoutError extends StaplerError {
  override readonly name = 'TimeoutError';

  constructor(
    message: string,
    readonly timeoutMs: number,
  ) {
    super('timeout', message);
  }
}

/** The server answered, and the answer is not the one that was hoped for. */
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

/** The host page did not answer in time, or answered with a failure. */
export class HostError extends StaplerError {
  override readonly name = 'HostError';

  constructor(message: string, options?: ErrorOptions) {
    super('host-silent', message, {}, options);
  }
}

/** Somebody cancelled: not a failure, and never shown as one. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';

  constructor() {
    super('Cancelled.');
  }
}

/** Whether `error` says that somebody cancelled. Also true of the platform's own `AbortError`. */
export function isCancelled(error: unknown): boolean {
  return hasName(error, 'CancelledError') || hasName(error, 'AbortError');
}

/** Whether `error` is one of ours, also when it was made in another frame. */
export function isStaplerError(error: unknown): error is StaplerError {
  return typeof error === 'object' && error !== null && 'kind' in error && 'facts' in error;
}

/** The error as data. What we did not throw on purpose is a bug of ours and is called `internal`. */
export function toProblem(error: unknown): Problem {
  if (isStaplerError(error)) return { ...error.facts, kind: error.kind };
  return { kind: 'internal', serverMessage: messageOf(error) };
}

/**
 * The message of anything that was thrown. An error of the host page arrives as a plain object whose `toString` is
 * a function across frames, so that `String(error)` itself would throw (host reference 6.2).
 *
 * @param otherwise What stands for a message that is not there.
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
