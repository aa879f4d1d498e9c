import type { Problem, ProblemKind } from '../model/errors';

/** Trying the same file again changes nothing: it has to be picked anew, or it is too large. */
const HOPELESS: ReadonlySet<ProblemKind> = new Set([
  'file-unreadable',
  'folder-unreadable',
  'folder-empty',
  'file-too-large',
  'work-item-closed',
]);

/** What passes by itself. A sign-in that ran out does not: the connection has asked for a fresh token before. */
const PASSING: ReadonlySet<ProblemKind> = new Set([
  'network',
  'timeout',
  'throttled',
  'server-busy',
  'host-silent',
]);

/** So many attempts are made by ourselves before a person is asked; the waits add up to a minute or two. */
const MOST_ATTEMPTS = 10;

const BASE_MS = 500;
const CAP_MS = 30_000;

/** What to do about something that failed. */
export type Decision = { readonly action: 'stop' } | { readonly action: 'wait'; readonly delayMs: number };

/**
 * Whether what failed is tried again by itself, and when: full jitter below a ceiling that doubles from half a second
 * to half a minute, or exactly what the server asked for. It judges what is left after the connection renewed the
 * token once.
 *
 * @param attempt The attempt that failed, 1-based; it counts from the last byte that the server accepted.
 * @param random From 0 (inclusive) to 1 (exclusive).
 */
export function decide(problem: Problem, attempt: number, random: () => number): Decision {
  if (!isPassing(problem) || attempt >= MOST_ATTEMPTS) return { action: 'stop' };
  const ceilingMs = Math.min(CAP_MS, BASE_MS * 2 ** (attempt - 1));
  return { action: 'wait', delayMs: problem.retryAfterMs ?? Math.round(random() * ceilingMs) };
}

/** Whether the whole queue shall go slower: the server, or the line to it, has more than it can take. */
export function isOverload(problem: Problem): boolean {
  return problem.kind === 'throttled' || problem.kind === 'timeout' || problem.status === 503;
}

/** Whether a person is offered "Retry" for an upload that failed so. */
export function canRetryByHand(problem: Problem): boolean {
  return !HOPELESS.has(problem.kind);
}

/** An answer with a good status that cannot be understood was cut short, or a proxy gave it: it passes as well. */
function isPassing({ kind, status = 0 }: Problem): boolean {
  return PASSING.has(kind) || (kind === 'unexpected-answer' && !(status >= 400 && status < 500));
}
