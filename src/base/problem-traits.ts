import type { Problem, ProblemKind } from './errors';
import { isStaplerError } from './errors';

/** Facts about a kind of problem that code decides by. */
export type ProblemTrait =
  /** Passes without help from a person, so that it is retried automatically. */
  | 'transient'
  /** A retry by hand cannot help either: the file has to be picked again or is too large, or its form is closed. */
  | 'final'
  /** The server may have acted although no usable answer arrived; verify before repeating the request. */
  | 'ambiguous'
  /** The connection failed before an answer arrived. */
  | 'no-answer'
  /** The server or the connection is overloaded; send less at once. */
  | 'overload'
  /** The server wants to be asked later, not differently. */
  | 'busy'
  /** The refusal is about one work item, however the request is made. */
  | 'about-work-item'
  /** One of several attachments in a patch may be the reason; the others are worth a patch without it. */
  | 'about-attachment'
  /** The upload session is gone, or the server stands elsewhere in it; a new session is worth a try. */
  | 'refuses-session'
  /** No byte of the request body was accepted. */
  | 'not-received'
  /** An upload to the work item would fail the same way. */
  | 'blocks-attach';

/** Traits of every kind of problem. */
const TRAITS: Readonly<Record<ProblemKind, readonly ProblemTrait[]>> = {
  network: ['transient', 'ambiguous', 'no-answer'],
  timeout: ['transient', 'ambiguous', 'no-answer', 'overload'],
  // The connection has asked for a fresh token before, so that a retry does not help.
  'signed-out': ['ambiguous', 'blocks-attach'],
  'no-permission': ['about-work-item', 'refuses-session', 'blocks-attach'],
  'work-item-missing': ['about-work-item', 'refuses-session', 'blocks-attach'],
  'work-item-closed': ['final'],
  'file-too-large': ['final'],
  'request-too-large': ['not-received'],
  'file-unreadable': ['final'],
  'folder-unreadable': ['final'],
  'folder-empty': ['final'],
  'attachment-limit': ['about-attachment'],
  'link-limit': ['about-attachment'],
  'revision-limit': ['about-work-item'],
  'already-linked': ['about-attachment'],
  'comment-too-long': [],
  'not-attached': [],
  conflict: ['refuses-session'],
  'rule-broken': ['about-work-item'],
  throttled: ['transient', 'overload', 'busy'],
  'server-busy': ['transient', 'ambiguous', 'busy'],
  'version-too-new': ['blocks-attach'],
  refused: ['refuses-session'],
  'unexpected-answer': ['ambiguous'],
  'content-damaged': [],
  'link-lost': [],
  'host-silent': ['transient', 'not-received', 'blocks-attach'],
  internal: [],
};

/** Whether a problem, or an error of ours, has a trait. False for any other value. */
export function hasTrait(problem: unknown, trait: ProblemTrait): boolean {
  return isProblemLike(problem) && TRAITS[problem.kind].includes(trait);
}

/**
 * Whether the problem passes without help from a person. That includes an unreadable answer with a good status: it was
 * cut short, or comes from a proxy.
 */
export function isTransient(problem: Problem): boolean {
  return hasTrait(problem, 'transient') || (problem.kind === 'unexpected-answer' && !isClientError(problem));
}

/** Whether the queue should send less at once. */
export function isOverload(problem: Problem): boolean {
  return hasTrait(problem, 'overload') || problem.status === 503;
}

/** Whether a person can retry an upload after this problem. */
export function canRetryByHand(problem: Problem): boolean {
  return !hasTrait(problem, 'final');
}

/**
 * Whether `error` leaves open if the server acted. Such a request is verified, never simply repeated.
 */
export function isAmbiguous(error: unknown): boolean {
  return hasTrait(error, 'ambiguous');
}

/** Whether the upload session is refused. A proxy that answers with such a status speaks for the server as well. */
export function refusesSession(error: unknown): boolean {
  if (!isStaplerError(error)) return false;
  return (
    hasTrait(error, 'refuses-session') || (error.kind === 'unexpected-answer' && isClientError(error.facts))
  );
}

/** Whether the refusal of a patch may be about one of its attachments. */
export function isAboutAttachment(error: unknown): boolean {
  if (!isStaplerError(error)) return false;
  const { typeKey = '' } = error.facts;
  return hasTrait(error, 'about-attachment') || /FileIdNotFound|VssPropertyValidation/.test(typeKey);
}

/** Whether the work item changed since it was read. */
export function isConflict(error: unknown): boolean {
  return isStaplerError(error) && error.kind === 'conflict';
}

function isProblemLike(value: unknown): value is { readonly kind: ProblemKind } {
  return typeof value === 'object' && value !== null && 'kind' in value && String(value.kind) in TRAITS;
}

function isClientError({ status = 0 }: Pick<Problem, 'status'>): boolean {
  return status >= 400 && status < 500;
}
