import type { Problem, ProblemKind } from './errors';
import { isStaplerError } from './errors';

/** Property of a kind of problem, as a basis for decisions in code. */
export type ProblemTrait =
  /** Resolves without the user; retried automatically. */
  | 'transient'
  /**
   * Not resolved by a manual retry either: the file must be picked again or is too large, its form is closed, or the page
   * must be reloaded.
   */
  | 'final'
  /** Unknown outcome: the server may have acted. Verify before repeating the request. */
  | 'ambiguous'
  /** The connection failed before a response. */
  | 'no-answer'
  /** The server or the connection is overloaded; send less at once. */
  | 'overload'
  /** The server asks for the same request later. */
  | 'busy'
  /** The refusal concerns one work item, with any form of request. */
  | 'about-work-item'
  /** The refusal may concern one of several attachments in a patch; the others may succeed without it. */
  | 'about-attachment'
  /** The upload session is gone or at another offset; a new session may succeed. */
  | 'refuses-session'
  /** No byte of the request body was accepted. */
  | 'not-received'
  /** An upload to the work item would fail the same way, and not wait. */
  | 'blocks-attach';

/** Traits of every kind of problem. */
const TRAITS: Readonly<Record<ProblemKind, readonly ProblemTrait[]>> = {
  network: ['transient', 'ambiguous', 'no-answer'],
  timeout: ['transient', 'ambiguous', 'no-answer', 'overload'],
  // The connection has already renewed the token once.
  'signed-out': ['ambiguous'],
  'no-permission': ['about-work-item', 'refuses-session', 'blocks-attach'],
  'work-item-missing': ['about-work-item', 'refuses-session', 'blocks-attach'],
  'work-item-closed': ['final'],
  'file-too-large': ['final'],
  'request-too-large': ['not-received'],
  'file-unreadable': ['final'],
  'file-changed': ['final'],
  'has-secrets': ['final'],
  'not-cleaned': ['final'],
  'breaks-policy': ['final'],
  'folder-unreadable': ['final'],
  'folder-empty': ['final'],
  'attachment-limit': ['about-attachment'],
  'link-limit': ['about-attachment'],
  'revision-limit': ['about-work-item'],
  'already-linked': ['about-attachment'],
  'comment-too-long': [],
  'not-attached': [],
  elsewhere: ['final'],
  conflict: ['refuses-session'],
  'rule-broken': ['about-work-item'],
  throttled: ['transient', 'overload', 'busy'],
  'server-busy': ['transient', 'ambiguous', 'busy'],
  'version-too-new': ['blocks-attach'],
  refused: ['refuses-session'],
  'unexpected-answer': ['ambiguous'],
  'content-damaged': [],
  'split-incomplete': ['final'],
  'link-lost': [],
  'host-silent': ['transient', 'not-received'],
  updated: ['final'],
  internal: [],
};

/** Whether a problem, or an error of ours, has a trait. False for any other value. */
export function hasTrait(problem: unknown, trait: ProblemTrait): boolean {
  return isProblemLike(problem) && TRAITS[problem.kind].includes(trait);
}

/**
 * Whether an automatic retry may help. Includes an unreadable response with a success status: it was truncated, or
 * comes from a proxy.
 */
export function isTransient(problem: Problem): boolean {
  return hasTrait(problem, 'transient') || (problem.kind === 'unexpected-answer' && !isClientError(problem));
}

/** Whether all requests fail until the person signs in. */
export function isSignedOut(problem: unknown): boolean {
  return isProblemLike(problem) && problem.kind === 'signed-out';
}

/** Whether no request reached the server, or the host could not provide for one. */
export function isUnreachable(problem: Problem): boolean {
  return hasTrait(problem, 'no-answer') || problem.kind === 'host-silent';
}

/** Whether the queue should send less at once. */
export function isOverload(problem: Problem): boolean {
  return hasTrait(problem, 'overload') || problem.status === 503;
}

/** Whether a manual retry of the upload may help. */
export function canRetryByHand(problem: Problem): boolean {
  return !hasTrait(problem, 'final');
}

/** Whether the outcome of the request is unknown. Such a request is verified, never simply repeated. */
export function isAmbiguous(error: unknown): boolean {
  return hasTrait(error, 'ambiguous');
}

/** Whether the server, or a proxy with a client error, refuses the upload session. */
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

/** Whether the server has refused to link stored bytes for certain, and an upload of the same file may succeed. */
export function refusesReference({ kind }: Problem): boolean {
  return kind === 'refused' || kind === 'already-linked' || kind === 'link-lost';
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
