import { operations, type ActiveFault, type FaultDescription, type Operation } from '../contract';
import { ApiError } from './api-error';
import { frontEndPages, proxyPage, signInPage, type Page } from './pages';
import { notAuthorized, readOnlyWorkItem, testFailed } from './refusals';
import { comment, commentInside, remove, removeLink, type Intrusion } from './other-user';

/**
 * Effect of a fault. `refuse` and `page` replace the work, after the body was read. `drop` closes the
 * connection without an answer; in a request without a body, `during` means halfway through the answer.
 * `stall` neither reads nor answers, or does the work and does not answer. `intrude` changes the work item as
 * another user immediately before the work. The others do the work: `corrupt` changes the stored bytes,
 * `truncate`, `fail` and `ask-to-wait` the answer.
 */
export type FaultEffect =
  | { readonly kind: 'refuse'; readonly error: () => ApiError }
  | { readonly kind: 'page'; readonly page: Page }
  | { readonly kind: 'drop'; readonly when: 'before' | 'during' | 'after' | 'worked' }
  | { readonly kind: 'stall'; readonly when: 'before' | 'worked' }
  | { readonly kind: 'corrupt' }
  | { readonly kind: 'intrude'; readonly act: Intrusion }
  | { readonly kind: 'truncate' }
  | { readonly kind: 'fail'; readonly error: () => ApiError }
  | { readonly kind: 'ask-to-wait'; readonly seconds: number };

/** Fault with its effect. */
export interface Fault extends FaultDescription {
  readonly effect: FaultEffect;
}

const chunks: readonly Operation[] = ['first-chunk', 'middle-chunk', 'last-chunk'];
const uploads: readonly Operation[] = ['simple', 'register'];
const writes: readonly Operation[] = [...uploads, ...chunks, 'link', 'batch'];

/** Every fault there is. */
export const faults: readonly Fault[] = [
  {
    name: 'dropped-before',
    description: 'The connection dies before the body is read; nothing is done.',
    operations,
    effect: { kind: 'drop', when: 'before' },
  },
  {
    name: 'dropped-during',
    description:
      'The connection dies half-way through the body, and nothing is done; of a download or a read, half-way through the answer.',
    operations,
    effect: { kind: 'drop', when: 'during' },
  },
  {
    name: 'dropped-after',
    description: 'The connection dies when the whole body was read; nothing is done.',
    operations,
    effect: { kind: 'drop', when: 'after' },
  },
  {
    name: 'answer-lost',
    description: 'The work is done, then the connection dies without an answer.',
    operations,
    effect: { kind: 'drop', when: 'worked' },
  },
  {
    name: 'stalled',
    description: 'The request is neither read on nor answered until the client gives up; nothing is done.',
    operations,
    effect: { kind: 'stall', when: 'before' },
  },
  {
    name: 'unanswered',
    description: 'The work is done, but no answer comes until the client gives up.',
    operations,
    effect: { kind: 'stall', when: 'worked' },
  },
  {
    name: 'status-408',
    description: 'Read to its end and answered with 408 and an HTML page.',
    operations,
    effect: { kind: 'page', page: frontEndPages.timeOut },
  },
  {
    name: 'status-403',
    description: 'An upload is read to its end and answered with 403, as without permission.',
    operations: uploads,
    effect: { kind: 'refuse', error: readOnlyWorkItem },
  },
  {
    name: 'status-413',
    description: 'Read to its end and answered with 413 and an HTML page, as a front end would.',
    operations: writes,
    effect: { kind: 'page', page: frontEndPages.tooLarge },
  },
  {
    name: 'status-429',
    description: 'Read to its end and answered with 429 and Retry-After: 3.',
    operations,
    effect: { kind: 'refuse', error: throttled },
  },
  {
    name: 'status-500',
    description: 'Read to its end and answered with 500.',
    operations,
    effect: { kind: 'refuse', error: serverError },
  },
  {
    name: 'status-502',
    description: 'Read to its end and answered with 502 and an HTML page, as a gateway would.',
    operations,
    effect: { kind: 'page', page: frontEndPages.badGateway },
  },
  {
    name: 'status-503',
    description: 'Read to its end and answered with 503.',
    operations,
    effect: { kind: 'refuse', error: busy },
  },
  {
    name: 'status-504',
    description: 'Read to its end and answered with 504 and JSON that is not Azure DevOps’s.',
    operations,
    effect: { kind: 'page', page: frontEndPages.gatewayTimeOut },
  },
  {
    name: 'token-expired',
    description: 'Answered with 401 and without CORS headers, which a page sees as a network error.',
    operations,
    effect: { kind: 'refuse', error: notAuthorized },
  },
  {
    name: 'signed-out',
    description: 'Answered with 203 and the sign-in page, as if the request carried no token.',
    operations,
    effect: { kind: 'page', page: signInPage },
  },
  {
    name: 'truncated-json',
    description: 'The work is done, but the JSON of the answer ends in its middle.',
    operations: operations.filter((operation) => operation !== 'download'),
    effect: { kind: 'truncate' },
  },
  {
    name: 'done-but-500',
    description: 'The work is done, but answered with 500.',
    operations: writes,
    effect: { kind: 'fail', error: serverError },
  },
  {
    name: 'asked-to-wait',
    description: 'The work is done, and the answer carries Retry-After: 2.',
    operations,
    effect: { kind: 'ask-to-wait', seconds: 2 },
  },
  {
    name: 'chunk-corrupted',
    description: 'A chunk is stored with a wrong byte, and answered as if nothing was.',
    operations: chunks,
    effect: { kind: 'corrupt' },
  },
  {
    name: 'link-conflict',
    description: 'A patch of a work item is answered with 412, as if another user had saved first.',
    operations: ['link'],
    effect: { kind: 'refuse', error: () => testFailed('/rev', 2, 1) },
  },
  {
    name: 'edited-meanwhile',
    description:
      'Another user saves the work item right before a patch: a test of its revision fails, without one it goes through.',
    operations: ['link'],
    effect: { kind: 'intrude', act: comment },
  },
  {
    name: 'edited-inside',
    description:
      'Another user saves while the service is at a patch, which it refuses with TF26071, whether or not the revision was tested.',
    operations: ['link'],
    effect: { kind: 'intrude', act: commentInside },
  },
  {
    name: 'link-removed-meanwhile',
    description:
      'Another user removes the first link to another work item right before a patch: no new revision, but all relations move up.',
    operations: ['link'],
    effect: { kind: 'intrude', act: removeLink },
  },
  {
    name: 'deleted-meanwhile',
    description: 'Another user deletes the work item right before a patch.',
    operations: ['link'],
    effect: { kind: 'intrude', act: remove },
  },
  {
    name: 'not-json',
    description: 'A read of work items is answered with 200 and an HTML page.',
    operations: ['read'],
    effect: { kind: 'page', page: proxyPage },
  },
];

/** Short names of a fault for some of its targets: name, fault, operations. */
const aliases: readonly (readonly [string, string, readonly Operation[]])[] = [
  ['upload-server-error', 'status-500', uploads],
  ['upload-busy', 'status-503', uploads],
  ['upload-dropped', 'dropped-during', uploads],
  ['upload-answer-lost', 'answer-lost', uploads],
  ['chunk-server-error', 'status-500', chunks],
  ['chunk-dropped', 'dropped-during', chunks],
  ['chunk-answer-lost', 'answer-lost', chunks],
  ['link-server-error', 'status-500', ['link']],
  ['link-answer-lost', 'answer-lost', ['link']],
  ['throttled', 'status-429', operations],
];

const byName = new Map(faults.map((fault) => [fault.name, fault]));
for (const [name, of, hits] of aliases) byName.set(name, { ...faultNamed(of), name, operations: hits });

/** Throws a `RangeError` for an unknown fault or an unsupported target. */
export function checkFaults(active: readonly ActiveFault[]): void {
  for (const { name, at } of active) {
    const fault = faultNamed(name);
    if (at !== undefined && !fault.operations.includes(at)) {
      throw new RangeError(`The fault "${name}" cannot be aimed at "${at}".`);
    }
  }
}

/** Returns the first matching fault and counts it down; an exhausted one leaves `active`. */
export function takeFault(active: ActiveFault[], about: readonly Operation[]): Fault | undefined {
  const entry = active.find(({ name, at }) =>
    about.some(
      (operation) => faultNamed(name).operations.includes(operation) && (at ?? operation) === operation,
    ),
  );
  if (entry === undefined) return undefined;
  countDown(active, entry);
  return faultNamed(entry.name);
}

/** Whether one of the faults cuts connections off, or answers as if one had timed out. */
export function needsFreshConnection(names: readonly string[]): boolean {
  return names.some((name) => {
    const { effect } = faultNamed(name);
    return (
      effect.kind === 'drop' ||
      effect.kind === 'stall' ||
      (effect.kind === 'page' && effect.page.status === 408)
    );
  });
}

/** Throws a `RangeError` for an unknown name. */
export function faultNamed(name: string): Fault {
  const fault = byName.get(name);
  if (fault === undefined) throw new RangeError(`There is no fault "${name}".`);
  return fault;
}

function countDown(active: ActiveFault[], entry: ActiveFault): void {
  if (entry.remaining === null) return;
  entry.remaining -= 1;
  if (entry.remaining <= 0) active.splice(active.indexOf(entry), 1);
}

function serverError(): ApiError {
  return new ApiError(
    500,
    'VssServiceException',
    'VS402335: The timeout period elapsed prior to completion of the query.',
  );
}

function busy(): ApiError {
  return new ApiError(503, 'VssServiceException', 'VS402490: The service is busy. Try again later.');
}

/** REST reference F.2 and F.3. */
function throttled(): ApiError {
  return new ApiError(
    429,
    'RequestBlockedException',
    "TF400733: The request has been canceled: Request was blocked due to exceeding usage of resource 'Concurrency' in namespace 'User'.",
    { headers: { 'Retry-After': '3' } },
  );
}
